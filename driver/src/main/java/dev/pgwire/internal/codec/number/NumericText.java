package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.FieldCodec;
import java.math.BigDecimal;
import java.math.BigInteger;

/** numeric in text format: an optional minus, digits, and perhaps a point and more digits. */
final class NumericText {
    private NumericText() {}

    /** NaN or an infinity, and 0 for every other text. */
    static double special(byte[] source, int offset, int length) {
        if (length < 3 || length > 9 || source[offset + 1] < 'A') {
            return 0;
        }
        if (Ascii.equals(source, offset, length, "NaN")) {
            return Double.NaN;
        }
        if (Ascii.equals(source, offset, length, "Infinity")) {
            return Double.POSITIVE_INFINITY;
        }
        return Ascii.equals(source, offset, length, "-Infinity") ? Double.NEGATIVE_INFINITY : 0;
    }

    static BigDecimal decode(FieldCodec<?> codec, byte[] source, int offset, int length) {
        int end = offset + length;
        boolean negative = length > 0 && source[offset] == '-';
        int begin = negative ? offset + 1 : offset;
        int point = -1;
        for (int i = begin; i < end; i++) {
            if (source[i] == '.' && point < 0) {
                point = i;
            } else if (!Ascii.isDigit(source[i])) {
                throw codec.badText(source, offset, length);
            }
        }
        int integerDigits = (point < 0 ? end : point) - begin;
        int scale = point < 0 ? 0 : end - point - 1;
        boolean empty = integerDigits == 0 || (point >= 0 && scale == 0);
        if (empty || integerDigits > NumericLimits.MAX_INTEGER_DIGITS || scale > NumericLimits.MAX_SCALE) {
            throw codec.badText(source, offset, length);
        }
        if (integerDigits + scale <= Digits.IN_LONG) {
            long value = 0;
            for (int i = begin; i < end; i++) {
                value = i == point ? value : value * 10 + (source[i] - '0');
            }
            return BigDecimal.valueOf(negative ? -value : value, scale);
        }
        byte[] digits = new byte[integerDigits + scale];
        System.arraycopy(source, begin, digits, 0, integerDigits);
        System.arraycopy(source, end - scale, digits, integerDigits, scale);
        BigInteger value = Digits.toNumber(digits);
        return new BigDecimal(negative ? value.negate() : value, scale);
    }
}
