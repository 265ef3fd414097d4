package dev.pgwire.internal.codec;

// HOT: see docs/decisions.md "Text without strings"

/** Numbers written in decimal digits, straight into an array that has room for them. */
public final class Decimal {
    /** The most bytes of a whole number. */
    public static final int LONGEST_WHOLE = 20;

    private Decimal() {}

    /** Writes a whole number; returns where it ends. */
    public static int write(long value, byte[] to, int at) {
        int from = at;
        // Negative numbers reach one further.
        long rest = value;
        if (value < 0) {
            to[from++] = '-';
        } else {
            rest = -value;
        }
        int end = from + width(rest);
        int i = end;
        do {
            long tens = rest / 10;
            to[--i] = (byte) ('0' + (tens * 10 - rest));
            rest = tens;
        } while (rest != 0);
        return end;
    }

    /** How many digits a number has that is not above zero. */
    private static int width(long negative) {
        int width = 1;
        for (long rest = negative; rest <= -10; rest /= 10) {
            width++;
        }
        return width;
    }

    /** Writes a number of at most that many digits, with zeros before it; returns where it ends. */
    public static int padded(int value, int width, byte[] to, int at) {
        int rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + width;
    }
}
