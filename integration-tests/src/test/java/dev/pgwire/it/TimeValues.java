package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;
import static dev.pgwire.it.TypeValue.literals;

import dev.pgwire.type.Interval;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Days, times of day and intervals. */
final class TimeValues {
    private TimeValues() {}

    static Stream<TypeValue> all() {
        return Stream.of(dates(), times(), timestamps(), timestampsWithTimeZone(), timesWithTimeZone(), intervals())
                .flatMap(family -> family);
    }

    private static Stream<TypeValue> dates() {
        return Stream.of(
                literal("date", "2000-01-01", LocalDate.of(2000, 1, 1)),
                literal("date", "1999-12-31", LocalDate.of(1999, 12, 31)),
                literal("date", "1970-01-01", LocalDate.of(1970, 1, 1)),
                literal("date", "2024-02-29", LocalDate.of(2024, 2, 29)),
                literal("date", "1900-02-28", LocalDate.of(1900, 2, 28)),
                literal("date", "2000-02-29", LocalDate.of(2000, 2, 29)),
                literal("date", "1582-10-04", LocalDate.of(1582, 10, 4)),
                literal("date", "0001-01-01", LocalDate.of(1, 1, 1)),
                literal("date", "0001-12-31 BC", LocalDate.of(0, 12, 31)),
                literal("date", "0001-01-01 BC", LocalDate.of(0, 1, 1)),
                literal("date", "0005-02-29 BC", LocalDate.of(-4, 2, 29)),
                literal("date", "4713-01-01 BC", LocalDate.of(-4712, 1, 1)),
                literal("date", "4714-11-24 BC", LocalDate.of(-4713, 11, 24)),
                literal("date", "9999-12-31", LocalDate.of(9999, 12, 31)),
                literal("date", "10000-01-01", LocalDate.of(10000, 1, 1)),
                literal("date", "294276-12-31", LocalDate.of(294276, 12, 31)),
                literal("date", "5874897-12-31", LocalDate.of(5874897, 12, 31)),
                literal("date", "infinity", LocalDate.MAX),
                literal("date", "-infinity", LocalDate.MIN));
    }

    private static Stream<TypeValue> times() {
        return Stream.concat(
                literals(
                        "time",
                        LocalTime::parse,
                        "00:00:00",
                        "23:59:59",
                        "23:59:59.999999",
                        "12:34:56.7",
                        "12:34:56.000001",
                        "00:00:00.1"),
                Stream.of(
                        new TypeValue("time", "'12:34:56.789'::time(1)::time", LocalTime.of(12, 34, 56, 800_000_000))));
    }

    /** Literals without a time zone. */
    private static Map<String, LocalDateTime> moments() {
        Map<String, LocalDateTime> moments = new LinkedHashMap<>();
        moments.put("2000-01-01 00:00:00", LocalDateTime.of(2000, 1, 1, 0, 0));
        moments.put("1999-12-31 23:59:59.999999", LocalDateTime.of(1999, 12, 31, 23, 59, 59, 999_999_000));
        moments.put("1970-01-01 00:00:00.000001", LocalDateTime.of(1970, 1, 1, 0, 0, 0, 1000));
        moments.put("2024-02-29 12:34:56.789", LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_000_000));
        moments.put("2024-02-29 12:34:56.7", LocalDateTime.of(2024, 2, 29, 12, 34, 56, 700_000_000));
        moments.put("1900-02-28 23:59:59", LocalDateTime.of(1900, 2, 28, 23, 59, 59));
        moments.put("1582-10-10 01:02:03", LocalDateTime.of(1582, 10, 10, 1, 2, 3));
        moments.put("0001-01-01 00:00:00", LocalDateTime.of(1, 1, 1, 0, 0));
        moments.put("0001-12-31 23:59:59.5 BC", LocalDateTime.of(0, 12, 31, 23, 59, 59, 500_000_000));
        moments.put("0005-02-29 06:00:00 BC", LocalDateTime.of(-4, 2, 29, 6, 0));
        moments.put("4713-01-01 00:00:00 BC", LocalDateTime.of(-4712, 1, 1, 0, 0));
        moments.put("4714-11-24 00:00:00 BC", LocalDateTime.of(-4713, 11, 24, 0, 0));
        moments.put("9999-12-31 23:59:59.999999", LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
        moments.put("10000-01-01 00:00:00", LocalDateTime.of(10000, 1, 1, 0, 0));
        moments.put("294276-12-31 23:59:59.999999", LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000));
        return moments;
    }

    private static Stream<TypeValue> timestamps() {
        return Stream.concat(
                moments().entrySet().stream().map(moment -> literal("timestamp", moment.getKey(), moment.getValue())),
                Stream.of(
                        literal("timestamp", "infinity", LocalDateTime.MAX),
                        literal("timestamp", "-infinity", LocalDateTime.MIN)));
    }

    private static Stream<TypeValue> timestampsWithTimeZone() {
        return Stream.concat(
                moments().entrySet().stream()
                        .map(moment -> literal(
                                "timestamptz",
                                moment.getKey().replaceFirst("( BC)?$", "+00$1"),
                                moment.getValue().atOffset(ZoneOffset.UTC))),
                Stream.of(
                        literal(
                                "timestamptz",
                                "2024-02-29 12:34:56+05:30",
                                OffsetDateTime.of(2024, 2, 29, 7, 4, 56, 0, ZoneOffset.UTC)),
                        literal("timestamptz", "infinity", OffsetDateTime.MAX),
                        literal("timestamptz", "-infinity", OffsetDateTime.MIN)));
    }

    private static Stream<TypeValue> timesWithTimeZone() {
        return Stream.of(
                literal("timetz", "00:00:00+00", OffsetTime.of(0, 0, 0, 0, ZoneOffset.UTC)),
                literal("timetz", "12:34:56.7+05:30", OffsetTime.parse("12:34:56.7+05:30")),
                literal("timetz", "23:59:59.999999-15:59:59", OffsetTime.parse("23:59:59.999999-15:59:59")),
                literal("timetz", "00:00:00+15:59:59", OffsetTime.parse("00:00:00+15:59:59")),
                literal("timetz", "12:00:00-00:00:01", OffsetTime.parse("12:00:00-00:00:01")));
    }

    /** The infinite ones are left out, which servers have from version 17 on. */
    private static Stream<TypeValue> intervals() {
        long time = 14_706_789_000L;
        long most = (2_000_000_000L * 3600 + 3599) * 1_000_000 + 999_999;
        return Stream.of(
                literal("interval", "1 year 2 mons -3 days 04:05:06.789", new Interval(14, -3, time)),
                literal("interval", "1 year 2 mons 3 days 04:05:06.789", new Interval(14, 3, time)),
                literal("interval", "-1 year -2 mons 3 days -04:05:06.789", new Interval(-14, 3, -time)),
                literal("interval", "-1 years 2 days", new Interval(-12, 2, 0)),
                literal("interval", "-1 days 1 sec", new Interval(0, -1, 1_000_000)),
                literal("interval", "1 mon", new Interval(1, 0, 0)),
                literal("interval", "-1 mon", new Interval(-1, 0, 0)),
                literal("interval", "0", Interval.ZERO),
                literal("interval", "-00:00:00.000001", new Interval(0, 0, -1)),
                literal("interval", "100:00:00", new Interval(0, 0, 360_000_000_000L)),
                new TypeValue(
                        "interval",
                        "make_interval(years => 178956970, months => 7, days => 2147483647)",
                        new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, 0)),
                new TypeValue(
                        "interval",
                        "make_interval(months => -2147483647, days => -2147483648)",
                        new Interval(-Integer.MAX_VALUE, Integer.MIN_VALUE, 0)),
                literal("interval", "-2000000000:59:59.999999", new Interval(0, 0, -most)),
                literal("interval", "2000000000:59:59.999999", new Interval(0, 0, most)));
    }
}
