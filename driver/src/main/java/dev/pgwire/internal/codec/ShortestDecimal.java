package dev.pgwire.internal.codec;

// HOT: see docs/decisions.md "Text without strings"

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Floating point numbers as the server prints them: the fewest digits that read back as the same number, the nearest of
 * those when there are several, a limit of the interval never taken (1e23 is 9.999999999999999e+22 to PostgreSQL).
 * {@code Double.toString} does not serve: before Java 19 it is not always the shortest, and later it writes two digits
 * where one is enough. Method: Ulf Adams, "Ryu: fast float-to-string conversion" (2018).
 */
public final class ShortestDecimal {
    /** The most bytes that a number takes: -2.2250738585072014e-308. */
    public static final int LONGEST = 24;

    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

    /** From this decimal exponent on numbers are written with an exponent. */
    private static final int DOUBLE_LIMIT = 15;

    private static final int FLOAT_LIMIT = 6;

    private ShortestDecimal() {}

    public static String of(double value) {
        byte[] text = new byte[LONGEST];
        return text(text, write(value, text, 0));
    }

    public static String of(float value) {
        byte[] text = new byte[LONGEST];
        return text(text, write(value, text, 0));
    }

    private static String text(byte[] text, int length) {
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes a number into an array that has room for {@link #LONGEST} bytes; returns where it ends. */
    public static int write(double value, byte[] to, int at) {
        double magnitude = Math.abs(value);
        if (magnitude == 0 || !(magnitude <= Double.MAX_VALUE)) {
            return writeSpecial(value, to, at);
        }
        int from = sign(value < 0, to, at);
        if (magnitude >= 1e-4 && magnitude < 1e9) {
            // Up to 15 digits no two decimals are the same double, so the first that reads back is the shortest.
            for (int scale = 0; scale < POWERS.length; scale++) {
                double scaled = Math.rint(magnitude * POWERS[scale]);
                if (scaled / POWERS[scale] == magnitude) {
                    return write((long) scaled, -scale, DOUBLE_LIMIT, to, from);
                }
            }
        }
        long bits = Double.doubleToRawLongBits(magnitude);
        long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
        int exponent = (int) (bits >>> 52);
        long mantissa = exponent == 0 ? fraction : fraction | 1L << 52;
        boolean narrowBelow = fraction == 0 && exponent > 1;
        return shortest(mantissa, Math.max(exponent, 1) - 1075, narrowBelow, DOUBLE_LIMIT, to, from);
    }

    /** As {@link #write(double, byte[], int)}. */
    public static int write(float value, byte[] to, int at) {
        float magnitude = Math.abs(value);
        if (magnitude == 0 || !(magnitude <= Float.MAX_VALUE)) {
            return writeSpecial(value, to, at);
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int fraction = bits & 0x7F_FFFF;
        int exponent = bits >>> 23;
        int mantissa = exponent == 0 ? fraction : fraction | 1 << 23;
        boolean narrowBelow = fraction == 0 && exponent > 1;
        return shortest(mantissa, Math.max(exponent, 1) - 150, narrowBelow, FLOAT_LIMIT, to, sign(value < 0, to, at));
    }

    private static int sign(boolean negative, byte[] to, int at) {
        if (negative) {
            to[at] = '-';
            return at + 1;
        }
        return at;
    }

    /** Zero, an infinity or NaN. */
    private static int writeSpecial(double value, byte[] to, int at) {
        if (value == 0) {
            int from = sign(1 / value < 0, to, at);
            to[from] = '0';
            return from + 1;
        }
        byte[] name = Double.toString(value).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(name, 0, to, at, name.length);
        return at + name.length;
    }

    /** The number is mantissa * 2^exponent; below a power of two the neighbour is only half as far away. */
    private static int shortest(long mantissa, int exponent, boolean narrowBelow, int limit, byte[] to, int at) {
        // Four times the number, so that half and quarter steps to its neighbours are whole.
        long middle = 4 * mantissa;
        long below = middle - (narrowBelow ? 1 : 2);
        long above = middle + 2;
        int e2 = exponent - 2;
        int e10;
        long r;
        long m;
        long p;
        boolean exact;
        boolean limitIsWhole;
        if (e2 >= 0) {
            int fives = Math.max(0, log10OfPowerOf2(e2) - 1);
            int shift = fives - e2 + PowersOfFive.BITS + PowersOfFive.bitLength(fives) - 1;
            r = PowersOfFive.dividedBy(middle, fives, shift);
            m = PowersOfFive.dividedBy(below, fives, shift);
            p = PowersOfFive.dividedBy(above, fives, shift);
            exact = isMultipleOfPowerOf5(middle, fives);
            limitIsWhole = isMultipleOfPowerOf5(above, fives);
            e10 = fives;
        } else {
            int twos = Math.max(0, log10OfPowerOf5(-e2) - 1);
            int fives = -e2 - twos;
            int shift = twos - (PowersOfFive.bitLength(fives) - PowersOfFive.BITS);
            r = PowersOfFive.times(middle, fives, shift);
            m = PowersOfFive.times(below, fives, shift);
            p = PowersOfFive.times(above, fives, shift);
            exact = isMultipleOfPowerOf2(middle, twos);
            limitIsWhole = isMultipleOfPowerOf2(above, twos);
            e10 = twos + e2;
        }
        return digits(r, exact, m, p - (limitIsWhole ? 1 : 0), e10, limit, to, at);
    }

    /** How often ten goes into 2^exponent, rounded down; for exponents up to 1650. */
    private static int log10OfPowerOf2(int exponent) {
        return (int) (exponent * 78913L >>> 18);
    }

    /** How often ten goes into 5^exponent, rounded down; for exponents up to 2620. */
    private static int log10OfPowerOf5(int exponent) {
        return (int) (exponent * 732923L >>> 20);
    }

    private static boolean isMultipleOfPowerOf5(long value, int exponent) {
        long rest = value;
        for (int i = 0; i < exponent; i++) {
            if (rest % 5 != 0) {
                return false;
            }
            rest /= 5;
        }
        return true;
    }

    private static boolean isMultipleOfPowerOf2(long value, int exponent) {
        return exponent < 64 && (value & (1L << exponent) - 1) == 0;
    }

    /** Drops digits while two numbers of the interval still differ, and rounds half to even what was dropped. */
    private static int digits(
            long middle, boolean exact, long below, long above, int e10, int limit, byte[] to, int at) {
        long r = middle;
        long m = below;
        long p = above;
        int exponent = e10;
        boolean zerosBefore = exact;
        int dropped = 0;
        while (p / 10 > m / 10) {
            zerosBefore &= dropped == 0;
            dropped = (int) (r % 10);
            r /= 10;
            m /= 10;
            p /= 10;
            exponent++;
        }
        boolean tieToEven = dropped == 5 && zerosBefore && (r & 1) == 0;
        boolean up = r == m || (dropped >= 5 && !tieToEven);
        return write(up ? r + 1 : r, exponent, limit, to, at);
    }

    /** Writes mantissa * 10^exponent. */
    private static int write(long mantissa, int exponent10, int limit, byte[] to, int at) {
        long digits = mantissa;
        int scale = exponent10;
        while (digits % 10 == 0) {
            digits /= 10;
            scale++;
        }
        int end = Decimal.write(digits, to, at);
        int count = end - at;
        int exponent = scale + count - 1;
        if (exponent < -4 || exponent >= limit) {
            if (count > 1) {
                end = point(to, at + 1, end);
            }
            to[end++] = 'e';
            to[end++] = (byte) (exponent < 0 ? '-' : '+');
            int magnitude = Math.abs(exponent);
            return Decimal.padded(magnitude, magnitude < 100 ? 2 : 3, to, end);
        }
        if (exponent < 0) {
            int zeros = 1 - exponent;
            System.arraycopy(to, at, to, at + zeros, count);
            Arrays.fill(to, at, at + zeros, (byte) '0');
            to[at + 1] = '.';
            return end + zeros;
        }
        if (scale >= 0) {
            Arrays.fill(to, end, end + scale, (byte) '0');
            return end + scale;
        }
        return point(to, at + exponent + 1, end);
    }

    /** Puts a point before the digits from there on; returns where they end now. */
    private static int point(byte[] to, int at, int end) {
        System.arraycopy(to, at, to, at + 1, end - at);
        to[at] = '.';
        return end + 1;
    }
}
