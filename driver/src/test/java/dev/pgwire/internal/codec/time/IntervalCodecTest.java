package dev.pgwire.internal.codec.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.type.Interval;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetTime;
import java.time.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The texts are those of a PostgreSQL 18 server. */
class IntervalCodecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1Y2M3DT4H5M6.789S|1 year 2 mons 3 days 04:05:06.789",
                "P1Y2M-3DT4H5M6.789S|1 year 2 mons -3 days +04:05:06.789",
                "P-1Y-2M3DT-4H-5M-6.789S|-1 years -2 mons +3 days -04:05:06.789",
                "P-1Y2D|-1 years +2 days",
                "P-1DT1S|-1 days +00:00:01",
                "P1M|1 mon",
                "P-1M|-1 mons",
                "PT0S|00:00:00",
                "PT-0.000001S|-00:00:00.000001",
                "PT100H|100:00:00",
                "PT-2562047788H-54.775808S|-2562047788:00:54.775808"
            })
    void theTextIsThatOfTheStylePostgres(String iso, String text) {
        assertEquals(text, IntervalCodec.INSTANCE.format(Interval.parse(iso)));
        assertEquals(Interval.parse(iso), read(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "P1Y2M3DT4H5M6.789S|@ 1 year 2 mons 3 days 4 hours 5 mins 6.789 secs|+1-2 +3 +4:05:06.789",
                "P1Y2M-3DT4H5M6.789S|@ 1 year 2 mons -3 days 4 hours 5 mins 6.789 secs|+1-2 -3 +4:05:06.789",
                "P-1Y-2M3DT-4H-5M-6.789S|@ 1 year 2 mons -3 days 4 hours 5 mins 6.789 secs ago|-1-2 +3 -4:05:06.789",
                "P-1Y-2M|@ 1 year 2 mons ago|-1-2",
                "P-1DT-1S|@ 1 day 1 sec ago|-1 0:00:01",
                "P-1DT1S|@ 1 day -1 sec ago|+0-0 -1 +0:00:01",
                "P1D|@ 1 day|1 0:00:00",
                "PT0S|@ 0|0",
                "PT-0.5S|@ 0.5 secs ago|-0:00:00.5",
                "P1DT-0.5S|@ 1 day -0.5 secs|+0-0 +1 -0:00:00.5",
                "PT4H|@ 4 hours|4:00:00"
            })
    void theOtherStylesAreReadAsWell(String iso, String verbose, String sql) {
        Interval value = Interval.parse(iso);
        assertEquals(value, read(iso));
        assertEquals(value, read(verbose));
        assertEquals(value, read(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "@",
                "@ ",
                "@ 1",
                "@ 0 ago",
                "@ ago",
                "@ 1 day ago ago",
                "1",
                "1 day ",
                "1 days 2",
                "1 week",
                "04:05",
                "4:60:00",
                "1-2 3",
                "+1-2 +3 4",
                "1 2",
                "0 1:00:00",
                "2147483648 days",
                "178956971 years",
                "9223372036854775808 days",
                "2562047788:00:54.775808",
                "1 day 1:00:00 1 day",
                "-P1D",
                "Infinity",
                "infinity "
            })
    void whatIsNoIntervalIsRefusedWithTheNameOfTheSetting(String text) {
        DataException error = assertThrows(DataException.class, () -> read(text));
        assertTrue(error.getMessage().contains("IntervalStyle"), error.getMessage());
        assertEquals("22P02", error.sqlState());
    }

    @Test
    void periodsAndDurationsAreIntervals() {
        IntervalCodec codec = IntervalCodec.INSTANCE;
        assertTrue(codec.accepts(Period.of(1, 2, 3)));
        assertTrue(codec.accepts(Duration.ofDays(-3)));
        assertFalse(codec.accepts(Period.ofYears(Integer.MAX_VALUE)));
        assertFalse(codec.accepts(Duration.ofSeconds(Long.MAX_VALUE)));
        assertFalse(codec.accepts("1 day"));
        Interval days = new Interval(0, 3, 0);
        assertEquals(Period.ofDays(3), codec.convert(days, Period.class));
        assertEquals(Duration.ofDays(3), codec.convert(days, Duration.class));
        assertEquals("3 days", codec.convert(days, String.class));
        assertThrows(DataException.class, () -> codec.convert(new Interval(1, 0, 0), Duration.class));
        assertThrows(DataException.class, () -> codec.convert(new Interval(0, 0, 1), Period.class));
        assertThrows(DataException.class, () -> codec.convert(days, OffsetTime.class));
    }

    @Test
    void theServerHasOffsetsOfLessThanSixteenHours() {
        TimetzCodec codec = TimetzCodec.INSTANCE;
        assertTrue(codec.accepts(OffsetTime.parse("12:00:00-15:59:59")));
        assertFalse(codec.accepts(OffsetTime.parse("12:00:00+16:00")));
        byte[] tooFar = "12:00:00+16".getBytes(StandardCharsets.US_ASCII);
        assertThrows(DataException.class, () -> codec.decodeText(tooFar, 0, tooFar.length));
        byte[] end = "24:00:00+01".getBytes(StandardCharsets.US_ASCII);
        DataException error = assertThrows(DataException.class, () -> codec.decodeText(end, 0, end.length));
        assertEquals("the time is 24:00:00, which no OffsetTime is; use getString", error.getMessage());
    }

    private static Interval read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return IntervalCodec.INSTANCE.decodeText(bytes, 0, bytes.length);
    }
}
