package dev.pgwire.internal.codec.time;

import dev.pgwire.internal.codec.Decimal;
import dev.pgwire.internal.codec.FieldBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;

/**
 * How the server counts time: days and microseconds from 2000-01-01, in the proleptic Gregorian calendar. Its limits
 * are those of the server's {@code timestamp.h}: from 4714-11-24 BC, the day 0 of the Julian count, to 5874897-12-31
 * for date and to the end of 294276 for timestamps. Java's own limits lie outside and stand for infinity.
 */
final class PostgresTime {
    static final long MICROS_OF_SECOND = 1_000_000L;
    static final long MICROS_OF_MINUTE = 60 * MICROS_OF_SECOND;
    static final long MICROS_OF_HOUR = 60 * MICROS_OF_MINUTE;
    static final long MICROS_OF_DAY = 86_400 * MICROS_OF_SECOND;

    /** 2000-01-01 as java.time counts days. */
    private static final int EPOCH_DAY = 10957;

    private static final int FIRST_DAY = -2_451_545;
    private static final int LAST_DAY = 2_145_031_948;
    private static final long FIRST_MICROS = FIRST_DAY * MICROS_OF_DAY;
    private static final long END_MICROS = 9_223_371_331_200_000_000L;

    /** From the year 1 to the year 9999 a year has four digits. */
    private static final long FIRST_SHORT = day(LocalDate.of(1, 1, 1)) * MICROS_OF_DAY;

    private static final long END_SHORT = day(LocalDate.of(10_000, 1, 1)) * MICROS_OF_DAY;
    /** 2000-01-01 00:00:00.000000+00. */
    private static final int LONGEST_TIMESTAMP = 29;

    private static final RecentDates DATES = new RecentDates();

    private PostgresTime() {}

    static boolean isDay(long day) {
        return day >= FIRST_DAY && day <= LAST_DAY;
    }

    static boolean isTimestamp(long micros) {
        return micros >= FIRST_MICROS && micros < END_MICROS;
    }

    /** Whether the server has this day and time; an offset may have moved the time out of the day. */
    static boolean isTimestamp(long day, long micros) {
        // Beyond these days the product does not fit in a long.
        return day >= FIRST_DAY - 1 && day <= END_MICROS / MICROS_OF_DAY && isTimestamp(day * MICROS_OF_DAY + micros);
    }

    /** Days since 2000-01-01, for a date of any year. */
    static long day(LocalDate date) {
        return date.toEpochDay() - EPOCH_DAY;
    }

    static LocalDate date(long day) {
        return DATES.of(day + EPOCH_DAY);
    }

    static LocalDateTime timestamp(long micros) {
        long day = Math.floorDiv(micros, MICROS_OF_DAY);
        return LocalDateTime.of(date(day), time(micros - day * MICROS_OF_DAY));
    }

    static LocalTime time(long micros) {
        return LocalTime.ofNanoOfDay(micros * 1000);
    }

    /** Rounded to the nearest microsecond, so that it may be 24:00:00; half goes to even, as in the server's input. */
    static long micros(LocalTime time) {
        long nanos = time.toNanoOfDay();
        long micros = nanos / 1000;
        long rest = nanos % 1000;
        return rest > 500 || (rest == 500 && (micros & 1) == 1) ? micros + 1 : micros;
    }

    /** Microseconds since 2000-01-01, or {@code Long.MAX_VALUE} when the server has no such timestamp. */
    static long micros(LocalDateTime timestamp) {
        long day = day(timestamp.toLocalDate());
        long micros = micros(timestamp.toLocalTime());
        return isTimestamp(day, micros) ? day * MICROS_OF_DAY + micros : Long.MAX_VALUE;
    }

    static void appendDate(StringBuilder out, LocalDate date) {
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        append(out, year, 4);
        append(out.append('-'), date.getMonthValue(), 2);
        append(out.append('-'), date.getDayOfMonth(), 2);
    }

    static void appendEra(StringBuilder out, LocalDate date) {
        if (date.getYear() <= 0) {
            out.append(" BC");
        }
    }

    static void appendTime(StringBuilder out, long microsOfDay) {
        append(out, (int) (microsOfDay / MICROS_OF_HOUR), 2);
        out.append(':');
        appendMinutes(out, microsOfDay % MICROS_OF_HOUR);
    }

    /** Minutes and seconds. The fraction loses its zeros at the end. */
    static void appendMinutes(StringBuilder out, long microsOfHour) {
        int seconds = (int) (microsOfHour / MICROS_OF_SECOND);
        append(out, seconds / 60, 2);
        append(out.append(':'), seconds % 60, 2);
        int fraction = (int) (microsOfHour % MICROS_OF_SECOND);
        if (fraction != 0) {
            int width = 6;
            while (fraction % 10 == 0) {
                fraction /= 10;
                width--;
            }
            append(out.append('.'), fraction, width);
        }
    }

    /** Seconds east of Greenwich, in the forms +05, -03:30 and -00:01:15. */
    static void appendOffset(StringBuilder out, int seconds) {
        int size = Math.abs(seconds);
        append(out.append(seconds < 0 ? '-' : '+'), size / 3600, 2);
        if (size % 3600 != 0) {
            append(out.append(':'), size / 60 % 60, 2);
        }
        if (size % 60 != 0) {
            append(out.append(':'), size % 60, 2);
        }
    }

    /** A timestamp with what follows its time: nothing, or an offset. */
    static String text(LocalDateTime timestamp, String offset) {
        StringBuilder out = new StringBuilder(32);
        appendDate(out, timestamp.toLocalDate());
        appendTime(out.append(' '), timestamp.toLocalTime().toNanoOfDay() / 1000);
        out.append(offset);
        appendEra(out, timestamp.toLocalDate());
        return out.toString();
    }

    /**
     * Writes a timestamp with what follows its time, an offset or nothing.
     *
     * @return false if the year has not four digits, or it is no timestamp; nothing is written then
     */
    static boolean writeTimestamp(long micros, String offset, FieldBuffer out) {
        if (micros < FIRST_SHORT || micros >= END_SHORT) {
            return false;
        }
        long day = Math.floorDiv(micros, MICROS_OF_DAY);
        int at = out.skip(LONGEST_TIMESTAMP);
        byte[] to = out.bytes();
        at = writeDate(date(day), to, at);
        to[at++] = ' ';
        at = writeTime(micros - day * MICROS_OF_DAY, to, at);
        for (int i = 0; i < offset.length(); i++) {
            to[at++] = (byte) offset.charAt(i);
        }
        out.cut(at);
        return true;
    }

    private static int writeDate(LocalDate date, byte[] to, int from) {
        int at = Decimal.padded(date.getYear(), 4, to, from);
        to[at] = '-';
        at = Decimal.padded(date.getMonthValue(), 2, to, at + 1);
        to[at] = '-';
        return Decimal.padded(date.getDayOfMonth(), 2, to, at + 1);
    }

    /** The fraction loses its zeros at the end. */
    private static int writeTime(long microsOfDay, byte[] to, int from) {
        int second = (int) (microsOfDay / MICROS_OF_SECOND);
        int fraction = (int) (microsOfDay % MICROS_OF_SECOND);
        int at = Decimal.padded(second / 3600, 2, to, from);
        to[at] = ':';
        at = Decimal.padded(second / 60 % 60, 2, to, at + 1);
        to[at] = ':';
        at = Decimal.padded(second % 60, 2, to, at + 1);
        if (fraction == 0) {
            return at;
        }
        to[at] = '.';
        at = Decimal.padded(fraction, 6, to, at + 1);
        while (to[at - 1] == '0') {
            at--;
        }
        return at;
    }

    private static void append(StringBuilder out, int value, int width) {
        String digits = Integer.toString(value);
        for (int i = digits.length(); i < width; i++) {
            out.append('0');
        }
        out.append(digits);
    }
}
