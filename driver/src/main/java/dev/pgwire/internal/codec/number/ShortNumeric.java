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

    /** The largest number up to which a double holds every whole number. */
    private static final long EXACT_IN_DOUBLE = 1L << 53;

    /** The powers of ten that a double holds exactly, for as many digits as a long can have after its point. */
    static final double[] EXACT = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

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
        long magnitude = magnitude(source, offset, length);
        return magnitude < 0 ? null : BigDecimal.valueOf(signed(magnitude, source, offset), scale(source, offset));
    }

    /** The double nearest to the number; NaN if it has more digits than a double, or is none. */
    static double toDouble(byte[] source, int offset, int length) {
        long magnitude = magnitude(source, offset, length);
        if (magnitude < 0 || magnitude > EXACT_IN_DOUBLE) {
            return Double.NaN;
        }
        int scale = scale(source, offset);
        // Both operands are exact, so the quotient is rounded once, as it should be.
        return scale < EXACT.length ? signed(magnitude, source, offset) / EXACT[scale] : Double.NaN;
    }

    private static int scale(byte[] source, int offset) {
        return BigEndian.getShort(source, offset + 6);
    }

    private static long signed(long magnitude, byte[] source, int offset) {
        return BigEndian.getShort(source, offset + 4) == 0 ? magnitude : -magnitude;
    }

    /** The number without its sign and its point; -1 if it is a longer one, or none. */
    private static long magnitude(byte[] source, int offset, int length) {
        if (length < HEADER || length > HEADER + 2 * MOST_GROUPS) {
            return -1;
        }
        long header = BigEndian.getLong(source, offset);
        int groups = (int) (header >>> 48);
        int weight = (short) (header >>> 32);
        int sign = (int) (header >>> 16) & 0xFFFF;
        int scale = (int) header & 0xFFFF;
        if (length != HEADER + 2 * groups || (sign & ~NEGATIVE) != 0 || scale > NumericLimits.MAX_SCALE) {
            return -1;
        }
        long value = groups == 0 ? 0 : digits(source, offset + HEADER, groups);
        // The groups end at a multiple of four digits behind the point, the number where its scale says.
        int excess = 4 * (groups - 1 - weight) - scale;
        if (value < 0 || excess == 0) {
            return value;
        }
        if (excess > 0) {
            return cut(value, excess);
        }
        return 4 * groups - excess > MOST_DIGITS ? -1 : value * POWERS[-excess];
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
