package dev.pgwire.type;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A span of time as PostgreSQL has it: months, days and microseconds, which are kept apart. A month has no fixed number of
 * days, and a day has 23 or 25 hours where the clock changes. Immutable. Source: PostgreSQL manual, 8.5.4 Interval Input.
 *
 * <p>Equality is that of the three numbers. To the server 30 days equal a month, and 24 hours a day.
 *
 * @param months the months, twelve for each year
 * @param days the days
 * @param microseconds the hours, minutes and seconds
 */
public record Interval(int months, int days, long microseconds) {
    /** No time at all. */
    public static final Interval ZERO = new Interval(0, 0, 0);

    /**
     * The interval that is longer than all others: each number is the largest of its Java type. Servers have it from version
     * 17 on; to older ones it is 178956970 years, 7 months, 2147483647 days and as many microseconds.
     */
    public static final Interval INFINITY = new Interval(Integer.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE);

    /** The interval that is shorter than all others: each number is the least of its Java type. See {@link #INFINITY}. */
    public static final Interval NEGATIVE_INFINITY = new Interval(Integer.MIN_VALUE, Integer.MIN_VALUE, Long.MIN_VALUE);

    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long MICROS_OF_MINUTE = 60 * MICROS_OF_SECOND;
    private static final long MICROS_OF_HOUR = 60 * MICROS_OF_MINUTE;

    private static final String NUMBER = "([-+]?[0-9]{1,19})";
    private static final Pattern ISO = Pattern.compile("([-+]?)P(?:" + NUMBER + "Y)?(?:" + NUMBER + "M)?(?:" + NUMBER
            + "W)?(?:" + NUMBER + "D)?(?:T(?=[-+0-9])(?:" + NUMBER + "H)?(?:" + NUMBER + "M)?(?:" + NUMBER
            + "(?:\\.([0-9]{1,6})0{0,3})?S)?)?");

    /**
     * The interval of a period: its years and months become months.
     *
     * @param period the period
     * @return the interval
     * @throws ArithmeticException if there are more months than an {@code int} holds
     */
    public static Interval from(Period period) {
        return new Interval(Math.toIntExact(period.toTotalMonths()), period.getDays(), 0);
    }

    /**
     * The interval of a duration: all of it becomes microseconds, rounded to the nearest one, of two as near to the even one.
     *
     * @param duration the duration
     * @return an interval without months and days
     * @throws ArithmeticException if there are more microseconds than a {@code long} holds, which is 292471 years
     */
    public static Interval from(Duration duration) {
        int nanos = duration.getNano();
        int rest = nanos % 1000;
        long part = nanos / 1000;
        if (rest > 500 || rest == 500 && (part & 1) == 1) {
            part++;
        }
        long seconds = duration.getSeconds();
        if (seconds < 0 && part > 0) {
            // The sum may fit in a long where the product does not.
            seconds++;
            part -= MICROS_OF_SECOND;
        }
        return new Interval(0, 0, Math.addExact(Math.multiplyExact(seconds, MICROS_OF_SECOND), part));
    }

    /**
     * Reads the text that {@link #toString} writes, and those of {@link Period} and {@link Duration}.
     *
     * @param text ISO 8601 with units, for example "P1Y2M-3DT4H5M6.789S", or "infinity" and "-infinity"
     * @return the interval
     * @throws DateTimeParseException if it is another text, or has more than microseconds or more than the numbers can hold
     */
    public static Interval parse(CharSequence text) {
        if (text.length() > 0 && text.charAt(text.length() - 1) == 'y') {
            if ("infinity".contentEquals(text)) {
                return INFINITY;
            }
            if ("-infinity".contentEquals(text)) {
                return NEGATIVE_INFINITY;
            }
        }
        Matcher part = ISO.matcher(text);
        // Behind the P there is something.
        if (!part.matches() || text.charAt(text.length() - 1) == 'P') {
            throw new DateTimeParseException("no ISO 8601 interval, expected such as P1Y2M-3DT4H5M6.789S", text, 0);
        }
        try {
            boolean minus = part.group(1).equals("-");
            long months =
                    Math.addExact(Math.multiplyExact(number(part.group(2), minus), 12), number(part.group(3), minus));
            long days =
                    Math.addExact(Math.multiplyExact(number(part.group(4), minus), 7), number(part.group(5), minus));
            long micros = Math.addExact(
                    Math.addExact(
                            Math.multiplyExact(number(part.group(6), minus), MICROS_OF_HOUR),
                            Math.multiplyExact(number(part.group(7), minus), MICROS_OF_MINUTE)),
                    Math.addExact(
                            Math.multiplyExact(number(part.group(8), minus), MICROS_OF_SECOND),
                            fraction(part.group(8), part.group(9), minus)));
            return new Interval(Math.toIntExact(months), Math.toIntExact(days), micros);
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DateTimeParseException("an interval beyond what its numbers can hold", text, 0, e);
        }
    }

    private static long number(@Nullable String digits, boolean minus) {
        if (digits == null) {
            return 0;
        }
        long value = Long.parseLong(digits);
        return minus ? Math.negateExact(value) : value;
    }

    /** Microseconds, with the sign of the seconds before the point, which may be -0. */
    private static long fraction(@Nullable String seconds, @Nullable String digits, boolean minus) {
        if (seconds == null || digits == null) {
            return 0;
        }
        long micros = Long.parseLong((digits + "00000").substring(0, 6));
        return seconds.startsWith("-") != minus ? -micros : micros;
    }

    /**
     * Whether it is {@link #INFINITY} or {@link #NEGATIVE_INFINITY}.
     *
     * @return whether it is
     */
    public boolean isInfinite() {
        return equals(INFINITY) || equals(NEGATIVE_INFINITY);
    }

    /**
     * The interval as a period: twelve months are a year.
     *
     * @return years, months and days
     * @throws DateTimeException if there are microseconds, which a Period cannot hold, or if it is infinite
     */
    public Period toPeriod() {
        if (microseconds != 0) {
            throw new DateTimeException(this + " has a time of day, which no Period holds");
        }
        return Period.of(months / 12, months % 12, days);
    }

    /**
     * The interval as a duration: a day is 24 hours.
     *
     * @return the days and microseconds
     * @throws DateTimeException if there are months, which have no fixed length, or if it is infinite
     */
    public Duration toDuration() {
        if (months != 0) {
            throw new DateTimeException(this + " has months, which no Duration holds");
        }
        return Duration.ofDays(days)
                .plusSeconds(microseconds / MICROS_OF_SECOND)
                .plusNanos(microseconds % MICROS_OF_SECOND * 1000);
    }

    /**
     * The interval in ISO 8601 with units, as the server writes it under the IntervalStyle {@code iso_8601}.
     *
     * @return for example "P1Y2M-3DT4H5M6.789S", "PT0S", "infinity"
     */
    @Override
    public String toString() {
        if (isInfinite()) {
            return months > 0 ? "infinity" : "-infinity";
        }
        if (equals(ZERO)) {
            return "PT0S";
        }
        StringBuilder out = new StringBuilder("P");
        append(out, months / 12, 'Y');
        append(out, months % 12, 'M');
        append(out, days, 'D');
        if (microseconds != 0) {
            out.append('T');
            append(out, microseconds / MICROS_OF_HOUR, 'H');
            append(out, microseconds % MICROS_OF_HOUR / MICROS_OF_MINUTE, 'M');
            appendSeconds(out, microseconds % MICROS_OF_MINUTE);
        }
        return out.toString();
    }

    private static void append(StringBuilder out, long value, char unit) {
        if (value != 0) {
            out.append(value).append(unit);
        }
    }

    private static void appendSeconds(StringBuilder out, long micros) {
        if (micros == 0) {
            return;
        }
        long size = Math.abs(micros);
        out.append(micros < 0 ? "-" : "").append(size / MICROS_OF_SECOND);
        if (size % MICROS_OF_SECOND != 0) {
            String digits = Long.toString(MICROS_OF_SECOND + size % MICROS_OF_SECOND);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.append('.').append(digits, 1, end);
        }
        out.append('S');
    }
}
