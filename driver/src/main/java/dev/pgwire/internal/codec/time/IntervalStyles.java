package dev.pgwire.internal.codec.time;

import dev.pgwire.type.Interval;
import java.time.DateTimeException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an interval in each of the server's IntervalStyles.
 *
 * <pre>
 * postgres          1 year 2 mons -3 days +04:05:06.789
 * postgres_verbose  @ 1 year 2 mons -3 days 4 hours 5 mins 6.789 secs ago
 * sql_standard      1-2, -3 4:05:06.789 or +1-2 -3 +4:05:06.789
 * iso_8601          P1Y2M-3DT4H5M6.789S
 * </pre>
 *
 * Source: PostgreSQL manual, 8.5.5 Interval Output.
 */
final class IntervalStyles {
    private static final int LONGEST = 200;

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,19}");
    private static final Pattern SECONDS = Pattern.compile("([-+]?)([0-9]{1,19})(?:\\.([0-9]{1,6}))?");
    private static final Pattern TIME =
            Pattern.compile("([-+]?)([0-9]{1,10}):([0-5][0-9]):([0-5][0-9])(?:\\.([0-9]{1,6}))?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([-+]?)([0-9]{1,9})-([0-9]{1,2})");

    private final String[] words;
    private long months;
    private long days;
    private long micros;

    private IntervalStyles(String[] words) {
        this.words = words;
    }

    /** The interval; null if the text is in none of the styles, or beyond what an interval holds. */
    static @Nullable Interval read(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return null;
        }
        try {
            if (text.charAt(0) == 'P' || text.endsWith("infinity")) {
                return Interval.parse(text);
            }
            IntervalStyles parts = new IntervalStyles(text.split(" ", -1));
            boolean known = text.startsWith("@ ") ? parts.verbose() : parts.plain();
            return known
                    ? new Interval(Math.toIntExact(parts.months), Math.toIntExact(parts.days), parts.micros)
                    : null;
        } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** Numbers with their units between the at sign and perhaps "ago", which turns all of them around. */
    private boolean verbose() {
        boolean ago = words[words.length - 1].equals("ago");
        int end = ago ? words.length - 1 : words.length;
        if (end < 3) {
            return end == 2 && words[1].equals("0") && !ago;
        }
        for (int i = 1; i < end; i += 2) {
            if (i + 1 == end || !(unit(words[i], words[i + 1], ago) || clock(words[i], words[i + 1], ago))) {
                return false;
            }
        }
        return true;
    }

    /** The styles {@code postgres} and {@code sql_standard}. */
    private boolean plain() {
        int at = 0;
        if (words[0].equals("0")) {
            at = 1;
        } else if (yearMonth(words[0])) {
            at = 1;
            // All three parts are there, or this one alone.
            if (words.length == 3 && NUMBER.matcher(words[1]).matches()) {
                days = Long.parseLong(words[1]);
                at = time(words[2], false) ? 3 : 2;
            }
        } else if (words.length == 2
                && NUMBER.matcher(words[0]).matches()
                && TIME.matcher(words[1]).matches()) {
            days = Long.parseLong(words[0]);
            // The sign of the days is that of the time, too.
            time(words[1], words[0].startsWith("-"));
            at = 2;
        } else {
            while (at + 1 < words.length && unit(words[at], words[at + 1], false)) {
                at += 2;
            }
            if (at + 1 == words.length && time(words[at], false)) {
                at++;
            }
        }
        return at == words.length;
    }

    private boolean unit(String number, String unit, boolean ago) {
        boolean known =
                switch (unit) {
                    case "year", "years", "mon", "mons", "day", "days" -> true;
                    default -> false;
                };
        if (!known || !NUMBER.matcher(number).matches()) {
            return false;
        }
        long value = Long.parseLong(number);
        value = ago ? Math.negateExact(value) : value;
        if (unit.startsWith("d")) {
            days = Math.addExact(days, value);
        } else {
            months = Math.addExact(months, unit.startsWith("y") ? Math.multiplyExact(value, 12) : value);
        }
        return true;
    }

    /** Hours, minutes and seconds with their unit. */
    private boolean clock(String number, String unit, boolean ago) {
        long size =
                switch (unit) {
                    case "hour", "hours" -> PostgresTime.MICROS_OF_HOUR;
                    case "min", "mins" -> PostgresTime.MICROS_OF_MINUTE;
                    case "sec", "secs" -> PostgresTime.MICROS_OF_SECOND;
                    default -> 0;
                };
        Matcher digits = SECONDS.matcher(number);
        if (size == 0 || !digits.matches() || digits.group(3) != null && size != PostgresTime.MICROS_OF_SECOND) {
            return false;
        }
        boolean minus = digits.group(1).equals("-") != ago;
        add(minus, Long.parseLong(digits.group(2)), size);
        add(minus, fraction(digits.group(3)), 1);
        return true;
    }

    private boolean yearMonth(String word) {
        Matcher digits = YEAR_MONTH.matcher(word);
        if (!digits.matches()) {
            return false;
        }
        long value = Long.parseLong(digits.group(2)) * 12 + Long.parseLong(digits.group(3));
        months = digits.group(1).equals("-") ? -value : value;
        return true;
    }

    private boolean time(String word, boolean afterMinus) {
        Matcher digits = TIME.matcher(word);
        if (!digits.matches()) {
            return false;
        }
        boolean minus = afterMinus || digits.group(1).equals("-");
        add(minus, Long.parseLong(digits.group(2)), PostgresTime.MICROS_OF_HOUR);
        add(minus, Long.parseLong(digits.group(3)), PostgresTime.MICROS_OF_MINUTE);
        add(minus, Long.parseLong(digits.group(4)), PostgresTime.MICROS_OF_SECOND);
        add(minus, fraction(digits.group(5)), 1);
        return true;
    }

    /** One by one and with their sign, since the least of all has no positive counterpart. */
    private void add(boolean minus, long value, long size) {
        micros = Math.addExact(micros, Math.multiplyExact(minus ? -value : value, size));
    }

    private static long fraction(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong((digits + "00000").substring(0, 6));
    }
}
