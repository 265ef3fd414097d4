package dev.pgwire.internal.codec;

import java.math.BigInteger;

/**
 * The powers of five that a double can need, and their inverses, each as its first 125 bits: enough for a product with 55 bits to have
 * the right digits before the point (Ulf Adams, "Ryu: fast float-to-string conversion", 2018, section 3.2). They are made when they
 * are needed first, which takes less than a millisecond.
 */
final class PowersOfFive {
    static final int BITS = 125;

    private static final int POWERS = 326;
    private static final int INVERSES = 292;
    /** Two numbers for each power: the upper 61 bits, and the lower 64. */
    private static final long[] POWER = new long[2 * POWERS];

    private static final long[] INVERSE = new long[2 * INVERSES];

    static {
        BigInteger power = BigInteger.ONE;
        for (int i = 0; i < POWERS; i++) {
            int length = power.bitLength();
            put(POWER, i, length > BITS ? power.shiftRight(length - BITS) : power.shiftLeft(BITS - length));
            if (i < INVERSES) {
                put(
                        INVERSE,
                        i,
                        BigInteger.ONE
                                .shiftLeft(length - 1 + BITS)
                                .divide(power)
                                .add(BigInteger.ONE));
            }
            power = power.multiply(BigInteger.valueOf(5));
        }
    }

    private PowersOfFive() {}

    private static void put(long[] table, int index, BigInteger value) {
        table[2 * index] = value.shiftRight(64).longValue();
        table[2 * index + 1] = value.longValue();
    }

    /** How many bits 5^exponent has; for exponents up to 3528. */
    static int bitLength(int exponent) {
        return (int) (exponent * 1217359L >>> 19) + 1;
    }

    /** {@code factor * 5^exponent / 2^shift}, rounded down, where shift counts from the first {@link #BITS} bits of the power. */
    static long times(long factor, int exponent, int shift) {
        return product(factor, POWER[2 * exponent], POWER[2 * exponent + 1], shift);
    }

    /** {@code factor / 5^exponent / 2^shift}, rounded down, where shift counts from the first {@link #BITS} bits of the inverse. */
    static long dividedBy(long factor, int exponent, int shift) {
        return product(factor, INVERSE[2 * exponent], INVERSE[2 * exponent + 1], shift);
    }

    /** The factor has at most 56 bits, the shift is from 64 to 127. */
    private static long product(long factor, long high, long low, int shift) {
        // Of a low half whose first bit is set, multiplyHigh thinks that it is negative.
        long carried = Math.multiplyHigh(factor, low) + (low >> 63 & factor);
        long middle = factor * high + carried;
        long upper = Math.multiplyHigh(factor, high) + (Long.compareUnsigned(middle, carried) < 0 ? 1 : 0);
        int rest = shift - 64;
        return rest == 0 ? middle : upper << -rest | middle >>> rest;
    }
}
