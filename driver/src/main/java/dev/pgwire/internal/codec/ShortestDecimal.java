package dev.pgwire.internal.codec;

import java.math.BigInteger;

/**
 * Floating point numbers as the server prints them: the fewest digits that read back as the same number, the nearest of
 * those when there are several, a limit of the interval never taken (1e23 is 9.999999999999999e+22 to PostgreSQL).
 * {@code Double.toString} does not serve: before Java 19 it is not always the shortest, and later it writes two digits
 * where one is enough. Method: exact integers in the place of Ryu's tables, after Ulf Adams, "Ryu: fast float-to-string
 * conversion" (2018).
 */
public final class ShortestDecimal {
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    private static final double LOG10_OF_2 = 0.30102999566398120;

    /** From this decimal exponent on numbers are written with an exponent. */
    private static final int DOUBLE_LIMIT = 15;

    private static final int FLOAT_LIMIT = 6;

    private ShortestDecimal() {}

    public static String of(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        boolean negative = value < 0;
        double magnitude = Math.abs(value);
        if (magnitude >= 1e-4 && magnitude < 1e15) {
            // Up to 15 digits no two decimals are the same double, so the first that reads back is the shortest.
            for (int scale = 0; scale < POWERS.length; scale++) {
                double scaled = Math.rint(magnitude * POWERS[scale]);
                if (scaled >= 1e15) {
                    break;
                }
                if (scaled / POWERS[scale] == magnitude) {
                    return write(negative, (long) scaled, -scale, DOUBLE_LIMIT);
                }
            }
        }
        long bits = Double.doubleToRawLongBits(magnitude);
        long fraction = bits & 0xF_FFFF_FFFF_FFFFL;
        int exponent = (int) (bits >>> 52);
        long mantissa = exponent == 0 ? fraction : fraction | 1L << 52;
        boolean narrowBelow = fraction == 0 && exponent > 1;
        return shortest(negative, mantissa, Math.max(exponent, 1) - 1075, narrowBelow, DOUBLE_LIMIT);
    }

    public static String of(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return Float.toString(value);
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        int bits = Float.floatToRawIntBits(Math.abs(value));
        int fraction = bits & 0x7F_FFFF;
        int exponent = bits >>> 23;
        int mantissa = exponent == 0 ? fraction : fraction | 1 << 23;
        boolean narrowBelow = fraction == 0 && exponent > 1;
        return shortest(value < 0, mantissa, Math.max(exponent, 1) - 150, narrowBelow, FLOAT_LIMIT);
    }

    /** The number is mantissa * 2^exponent; below a power of two the neighbour is only half as far away. */
    private static String shortest(boolean negative, long mantissa, int exponent, boolean narrowBelow, int limit) {
        // Four times the number, so that half and quarter steps to its neighbours are whole.
        BigInteger middle = BigInteger.valueOf(4 * mantissa);
        BigInteger below = BigInteger.valueOf(4 * mantissa - (narrowBelow ? 1 : 2));
        BigInteger above = BigInteger.valueOf(4 * mantissa + 2);
        int e2 = exponent - 2;
        int e10;
        BigInteger[] r;
        BigInteger[] m;
        BigInteger[] p;
        if (e2 >= 0) {
            e10 = Math.max(0, (int) (e2 * LOG10_OF_2) - 1);
            BigInteger divisor = BigInteger.TEN.pow(e10);
            r = middle.shiftLeft(e2).divideAndRemainder(divisor);
            m = below.shiftLeft(e2).divideAndRemainder(divisor);
            p = above.shiftLeft(e2).divideAndRemainder(divisor);
        } else {
            e10 = -(int) (-e2 * LOG10_OF_2) - 2;
            BigInteger factor = BigInteger.TEN.pow(-e10);
            r = shiftAndRemainder(middle.multiply(factor), -e2);
            m = shiftAndRemainder(below.multiply(factor), -e2);
            p = shiftAndRemainder(above.multiply(factor), -e2);
        }
        return digits(
                negative,
                r[0].longValue(),
                r[1].signum() == 0,
                m[0].longValue(),
                p[0].longValue() - (p[1].signum() == 0 ? 1 : 0),
                e10,
                limit);
    }

    private static BigInteger[] shiftAndRemainder(BigInteger value, int bits) {
        BigInteger quotient = value.shiftRight(bits);
        boolean exact = value.getLowestSetBit() >= bits;
        return new BigInteger[] {quotient, exact ? BigInteger.ZERO : BigInteger.ONE};
    }

    /** Drops digits while two numbers of the interval still differ, and rounds half to even what was dropped. */
    private static String digits(
            boolean negative, long middle, boolean exact, long below, long above, int e10, int limit) {
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
        return write(negative, up ? r + 1 : r, exponent, limit);
    }

    private static String write(boolean negative, long mantissa, int exponent10, int limit) {
        long digits = mantissa;
        int scale = exponent10;
        while (digits % 10 == 0) {
            digits /= 10;
            scale++;
        }
        String text = Long.toString(digits);
        int count = text.length();
        int exponent = scale + count - 1;
        StringBuilder out = new StringBuilder(24);
        if (negative) {
            out.append('-');
        }
        if (exponent < -4 || exponent >= limit) {
            out.append(text.charAt(0));
            if (count > 1) {
                out.append('.').append(text, 1, count);
            }
            int magnitude = Math.abs(exponent);
            out.append('e').append(exponent < 0 ? '-' : '+').append(magnitude < 10 ? "0" : "");
            return out.append(magnitude).toString();
        }
        if (exponent < 0) {
            return out.append("0.")
                    .append("0".repeat(-exponent - 1))
                    .append(text)
                    .toString();
        }
        if (scale >= 0) {
            return out.append(text).append("0".repeat(scale)).toString();
        }
        return out.append(text, 0, exponent + 1)
                .append('.')
                .append(text, exponent + 1, count)
                .toString();
    }
}
