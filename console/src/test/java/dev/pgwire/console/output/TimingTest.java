package dev.pgwire.console.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TimingTest {
    @Test
    void fromASecondOnThereIsAClockToo() {
        assertEquals("Time: 0.250 ms", Timing.line(250_000));
        assertEquals("Time: 1500.000 ms (00:01.500)", Timing.line(1_500_000_000L));
        assertEquals("Time: 61000.000 ms (01:01.000)", Timing.line(61_000_000_000L));
        assertEquals("Time: 3661000.000 ms (01:01:01.000)", Timing.line(3_661_000_000_000L));
        assertEquals("Time: 90061000.000 ms (1 d 01:01:01.000)", Timing.line(90_061_000_000_000L));
    }
}
