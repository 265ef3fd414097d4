package dev.pgwire.internal.codec.number;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** Long rows of decimal digits as one number, in less than the square of their count. */
final class Digits {
    /** This number of digits always fits in a long. */
    static final int IN_LONG = 18;

    private static final int SHORT_ENOUGH = 400;

    private Digits() {}

    /** The number that these ASCII digits are. */
    static BigInteger toNumber(byte[] digits) {
        int end = digits.length;
        while (end > 0 && digits[end - 1] == '0') {
            end--;
        }
        // A few bytes on the wire may claim 131072 digits, and then nearly all are zeros.
        BigInteger value = toNumber(digits, 0, end);
        return end == digits.length ? value : value.multiply(BigInteger.TEN.pow(digits.length - end));
    }

    private static BigInteger toNumber(byte[] digits, int begin, int end) {
        int count = end - begin;
        if (count <= IN_LONG) {
            long value = 0;
            for (int i = begin; i < end; i++) {
                value = value * 10 + (digits[i] - '0');
            }
            return BigInteger.valueOf(value);
        }
        if (count <= SHORT_ENOUGH) {
            return new BigInteger(new String(digits, begin, count, StandardCharsets.ISO_8859_1));
        }
        int low = count / 2;
        BigInteger high = toNumber(digits, begin, end - low);
        return high.multiply(BigInteger.TEN.pow(low)).add(toNumber(digits, end - low, end));
    }
}
