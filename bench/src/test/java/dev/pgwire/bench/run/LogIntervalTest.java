package dev.pgwire.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LogIntervalTest {
    private static String line(LogInterval interval) {
        StringBuilder line = new StringBuilder();
        interval.write(line);
        return line.toString();
    }

    @Test
    void anIntervalIsALineOfSumsAndCounts() {
        LogInterval interval = new LogInterval(7_000_000, 2_000_000);
        interval.done(300, 30, 3);
        interval.done(100, 10, 1);
        interval.skipped();
        interval.failed(Failure.DEADLOCK, 2);
        interval.failed(Failure.OTHER, 1);
        assertEquals("7 2 400 100000 100 300 40 1000 10 30 1 2 3 0 1", line(interval));
        assertEquals(9_000_000, interval.end());
        assertEquals("9 0 0 0 0 0 0 0 0 0 0 0 0 0 0", line(interval.next()));
    }

    @Test
    void greatSumsHaveAllTheirDigits() {
        LogInterval interval = new LogInterval(0, 1);
        interval.done(10_000_000_000L, 0, 1);
        assertEquals("0 1 10000000000 100000000000000000000 10000000000 10000000000 0 0 0 0 0 0 0 0 0", line(interval));
    }
}
