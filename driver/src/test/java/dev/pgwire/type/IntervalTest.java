package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0, 0, 0",
        "P1Y2M-3DT4H5M6.789S, 14, -3, 14706789000",
        "P-1Y-2M3DT-4H-5M-6.789S, -14, 3, -14706789000",
        "PT0.000001S, 0, 0, 1",
        "PT-0.000001S, 0, 0, -1",
        "P178956970Y7M, 2147483647, 0, 0",
        "P-178956970Y-8M-2147483648D, -2147483648, -2147483648, 0",
        "PT2562047788H54.775807S, 0, 0, 9223372036854775807",
        "PT-2562047788H-54.775808S, 0, 0, -9223372036854775808",
        "infinity, 2147483647, 2147483647, 9223372036854775807",
        "-infinity, -2147483648, -2147483648, -9223372036854775808"
    })
    void theTextIsReadAsItIsWritten(String text, int months, int days, long microseconds) {
        Interval value = new Interval(months, days, microseconds);
        assertEquals(text, value.toString());
        assertEquals(value, Interval.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "-P1Y2W, -12, -14, 0",
        "P3W-1D, 0, 20, 0",
        "-PT-1.5S, 0, 0, 1500000",
        "+PT+1M, 0, 0, 60000000",
        "P0D, 0, 0, 0",
        "PT1.500000000S, 0, 0, 1500000"
    })
    void otherWaysToWriteItAreReadToo(String text, int months, int days, long microseconds) {
        assertEquals(new Interval(months, days, microseconds), Interval.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "PT",
                "P1DT",
                "1 day",
                "P1S",
                "PT1D",
                "P1M1Y",
                "PT1.S",
                "PT0.0000001S",
                "P178956971Y",
                "PT9223372036854775808S",
                "PT9223372036855S",
                "P99999999999999999999D",
                "p1d",
                "y",
                "Infinity",
                "P1D "
            })
    void whatIsNoIntervalIsRefused(String text) {
        assertThrows(DateTimeParseException.class, () -> Interval.parse(text));
    }

    @Test
    void aDurationIsMicroseconds() {
        assertEquals(new Interval(0, 0, 90_000_000), Interval.from(Duration.ofSeconds(90)));
        assertEquals(new Interval(0, 0, -1), Interval.from(Duration.ofNanos(-1000)));
        assertEquals(new Interval(0, 0, 2), Interval.from(Duration.ofNanos(1500)));
        assertEquals(new Interval(0, 0, 2), Interval.from(Duration.ofNanos(2500)));
        assertEquals(new Interval(0, 0, 1_000_000), Interval.from(Duration.ofNanos(999_999_501)));
        Duration least = new Interval(0, 0, Long.MIN_VALUE).toDuration();
        assertEquals(new Interval(0, 0, Long.MIN_VALUE), Interval.from(least));
        Duration most = new Interval(0, 0, Long.MAX_VALUE).toDuration();
        assertEquals(new Interval(0, 0, Long.MAX_VALUE), Interval.from(most));
        assertThrows(ArithmeticException.class, () -> Interval.from(most.plusNanos(1000)));
        assertThrows(ArithmeticException.class, () -> Interval.from(least.minusNanos(1000)));
        assertThrows(ArithmeticException.class, () -> Interval.from(Duration.ofSeconds(Long.MIN_VALUE)));
    }

    @Test
    void aDayOfADurationIsTwentyFourHours() {
        assertEquals(Duration.ofHours(23), new Interval(0, 1, -3_600_000_000L).toDuration());
        String message = assertThrows(DateTimeException.class, () -> new Interval(1, 0, 0).toDuration())
                .getMessage();
        assertEquals("P1M has months, which no Duration holds", message);
        assertThrows(DateTimeException.class, Interval.INFINITY::toDuration);
    }

    @Test
    void aPeriodHasYearsMonthsAndDays() {
        assertEquals(new Interval(-10, 3, 0), Interval.from(Period.of(-1, 2, 3)));
        assertEquals(Period.of(1, 2, -3), new Interval(14, -3, 0).toPeriod());
        assertEquals(Period.of(0, -10, 3), new Interval(-10, 3, 0).toPeriod());
        String message = assertThrows(DateTimeException.class, () -> new Interval(0, 0, 1).toPeriod())
                .getMessage();
        assertEquals("PT0.000001S has a time of day, which no Period holds", message);
        assertThrows(DateTimeException.class, Interval.NEGATIVE_INFINITY::toPeriod);
        assertThrows(ArithmeticException.class, () -> Interval.from(Period.ofYears(178_956_971)));
    }

    @Test
    void infinityIsAllThreeNumbers() {
        assertTrue(Interval.INFINITY.isInfinite());
        assertTrue(Interval.NEGATIVE_INFINITY.isInfinite());
        assertFalse(new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE - 1).isInfinite());
    }
}
