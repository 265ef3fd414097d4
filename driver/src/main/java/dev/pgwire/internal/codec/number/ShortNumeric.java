package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.BigEndian;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

// HOT: see DataRowBenchmark

/**
 * The numerics that nearly all are: of at most four groups of digits, so that they fit in a long, in the layout of {@link
 * NumericBinary}, which reads whatever is not one of these.
 */
final class ShortNumeric {
    private static final int HEADER = 8;
    private static final int MOST_GROUPS = 4;
    private static final int MOST_DIGITS = 18;
    private static final int NEGATIVE = 0x4000;

    private static final long[] POWERS = new long[MOST_DIGITS + 1];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
    }

    private ShortNumeric() {}

    /** The number; null if it is a longer one, or none. */
    static @Nullable BigDecimal decode(byte[] source, int offset, int length) {
        if (length < HEADER || length > HEADER + 2 * MOST_GROUPS) {
            return null;
        }
        long header = BigEndian.getLong(source, offset);
        int groups = (int) (header >>> 48);
        int weight = (short) (header >>> 32);
        int sign = (int) (header >>> 16) & 0xFFFF;
        int scale = (int) header & 0xFFFF;
        if (length != HEADER + 2 * groups || (sign & ~NEGATIVE) != 0 || scale > NumericLimits.MAX_SCALE) {
            return null;
        }
        long value = groups == 0 ? 0 : digits(source, offset + HEADER, groups);
        if (value < 0) {
            return null;
        }
        // The groups end at a multiple of four digits behind the point, the number where its scale says.
        int excess = 4 * (groups - 1 - weight) - scale;
        if (excess > 0) {
            long cut = cut(value, excess);
            if (cut < 0) {
                return null;
            }
            value = cut;
        } else if (excess < 0) {
            if (4 * groups - excess > MOST_DIGITS) {
                return null;
            }
            value *= POWERS[-excess];
        }
        return BigDecimal.valueOf(sign == 0 ? value : -value, scale);
    }

    /** The number that one to four groups are; -1 if one of them is none. Four are read at once, so that nothing branches. */
    private static long digits(byte[] source, int at, int groups) {
        long four;
        if (source.length - at >= Long.BYTES) {
            four = BigEndian.getLong(source, at) >>> 16 * (MOST_GROUPS - groups);
        } else {
            four = 0;
            for (int i = 0; i < groups; i++) {
                four = four << 16 | BigEndian.getShort(source, at + 2 * i) & 0xFFFF;
            }
        }
        int first = (int) (four >>> 48);
        int second = (int) (four >>> 32) & 0xFFFF;
        int third = (int) (four >>> 16) & 0xFFFF;
        int last = (int) four & 0xFFFF;
        if (first > 9999 || second > 9999 || third > 9999 || last > 9999) {
            return -1;
        }
        return (first * 10_000 + second) * 100_000_000L + (third * 10_000 + last);
    }

    /** Without its last digits, which must be zeros; else -1. Divisors that the compiler knows are multiplications. */
    private static long cut(long value, int digits) {
        long cut;
        long back;
        switch (digits) {
            case 1:
                cut = value / 10;
                back = cut * 10;
                break;
            case 2:
                cut = value / 100;
                back = cut * 100;
                break;
            case 3:
                cut = value / 1000;
                back = cut * 1000;
                break;
            default:
                return -1;
        }
        return back == value ? cut : -1;
    }
}
