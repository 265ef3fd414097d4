package dev.pgwire.internal.codec.time;

import dev.pgwire.type.Interval;

/**
 * Writes an interval as the server does under the IntervalStyle {@code postgres}: "1 year 2 mons -3 days +04:05:06.789".
 * Source: {@code EncodeInterval} in the server's {@code datetime.c}.
 */
final class IntervalText {
    private final StringBuilder out = new StringBuilder(48);
    private boolean afterNegative;

    private IntervalText() {}

    static String of(Interval value) {
        if (value.isInfinite()) {
            return value.months() > 0 ? "infinity" : "-infinity";
        }
        IntervalText text = new IntervalText();
        text.part(value.months() / 12, "year");
        text.part(value.months() % 12, "mon");
        text.part(value.days(), "day");
        text.time(value.microseconds());
        return text.out.toString();
    }

    /** A plus stands only behind a negative part, and -1 is a plural. */
    private void part(int value, String unit) {
        if (value == 0) {
            return;
        }
        if (out.length() > 0) {
            out.append(' ');
        }
        out.append(afterNegative && value > 0 ? "+" : "")
                .append(value)
                .append(' ')
                .append(unit);
        out.append(value == 1 ? "" : "s");
        afterNegative = value < 0;
    }

    private void time(long micros) {
        if (micros == 0 && out.length() > 0) {
            return;
        }
        if (out.length() > 0) {
            out.append(' ');
        }
        out.append(micros < 0 ? "-" : afterNegative ? "+" : "");
        // Kept below zero, since the least of all has no positive counterpart.
        long negative = micros < 0 ? micros : -micros;
        long hours = negative / PostgresTime.MICROS_OF_HOUR;
        out.append(hours > -10 ? "0" : "").append(-hours).append(':');
        PostgresTime.appendMinutes(out, -(negative % PostgresTime.MICROS_OF_HOUR));
    }
}
