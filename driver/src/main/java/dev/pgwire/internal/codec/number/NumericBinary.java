package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * numeric in binary format, which the manual leaves to the server's source ({@code numeric_send}):
 *
 * <pre>
 * int16 ndigits   how many groups follow, without sign: the largest numbers have 36864
 * int16 weight    the first group counts 10000^weight
 * int16 sign      0x0000 +, 0x4000 -, 0xC000 NaN, 0xD000 Infinity, 0xF000 -Infinity
 * int16 dscale    digits after the point, 0 to 16383
 * int16[ndigits]  groups of four decimal digits, 0 to 9999; leading and trailing zero groups are left out
 * </pre>
 */
final class NumericBinary {
    private static final int HEADER = 8;
    private static final int POSITIVE = 0x0000;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int MINUS_INFINITY = 0xF000;

    /** 10000^78 is more than any double. */
    private static final int MAX_DOUBLE_WEIGHT = 77;

    private static final int[] POWERS = {1, 10, 100, 1000, 10000};

    private NumericBinary() {}

    /** NaN or an infinity, and 0 for a number; the header is checked with it. */
    static double special(FieldCodec<?> codec, byte[] source, int offset, int length) {
        if (length < HEADER) {
            throw codec.badBinary(length + " bytes, expected at least " + HEADER);
        }
        int groups = groups(source, offset);
        int scale = BigEndian.getShort(source, offset + 6);
        if (length != HEADER + 2 * groups) {
            throw codec.badBinary(length + " bytes for " + groups + " groups of digits");
        }
        int sign = BigEndian.getShort(source, offset + 4) & 0xFFFF;
        switch (sign) {
            case POSITIVE:
            case NEGATIVE:
                if (scale < 0 || scale > NumericLimits.MAX_SCALE) {
                    throw codec.badBinary("scale " + (scale & 0xFFFF) + ", expected 0 to " + NumericLimits.MAX_SCALE);
                }
                return 0;
            case NAN:
                return Double.NaN;
            case INFINITY:
                return Double.POSITIVE_INFINITY;
            case MINUS_INFINITY:
                return Double.NEGATIVE_INFINITY;
            default:
                throw codec.badBinary("sign 0x" + Integer.toHexString(sign));
        }
    }

    static BigDecimal decode(FieldCodec<?> codec, byte[] source, int offset, int length) {
        int scale = BigEndian.getShort(source, offset + 6);
        if (fitsInLong(source, offset)) {
            return BigDecimal.valueOf(unscaled(codec, source, offset), scale);
        }
        byte[] digits = digits(codec, source, offset);
        BigInteger value = Digits.toNumber(digits);
        return new BigDecimal(isNegative(source, offset) ? value.negate() : value, scale);
    }

    static double toDouble(NumericCodec codec, byte[] source, int offset, int length) {
        if (fitsInLong(source, offset)) {
            long unscaled = unscaled(codec, source, offset);
            if (Math.abs(unscaled) < 1L << 53) {
                // Both operands are exact, so the quotient is rounded once, as it should be.
                return unscaled / ShortNumeric.EXACT[BigEndian.getShort(source, offset + 6)];
            }
        }
        boolean beyond = BigEndian.getShort(source, offset + 2) > MAX_DOUBLE_WEIGHT
                && group(codec, source, offset, groups(source, offset), 0) != 0;
        if (beyond) {
            throw codec.outOfRange("a number of more than 308 digits", "within Double");
        }
        return codec.toDouble(decode(codec, source, offset, length));
    }

    static String text(FieldCodec<?> codec, byte[] source, int offset, int length) {
        if (fitsInLong(source, offset)) {
            return decode(codec, source, offset, length).toPlainString();
        }
        int scale = BigEndian.getShort(source, offset + 6);
        byte[] digits = digits(codec, source, offset);
        int point = digits.length - scale;
        int begin = 0;
        while (begin < point - 1 && digits[begin] == '0') {
            begin++;
        }
        String text = new String(digits, begin, digits.length - begin, StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(text.length() + 2);
        if (isNegative(source, offset)) {
            out.append('-');
        }
        out.append(text, 0, point - begin);
        return scale == 0
                ? out.toString()
                : out.append('.').append(text, point - begin, text.length()).toString();
    }

    private static int groups(byte[] source, int offset) {
        return BigEndian.getShort(source, offset) & 0xFFFF;
    }

    private static boolean isNegative(byte[] source, int offset) {
        return BigEndian.getShort(source, offset + 4) == NEGATIVE;
    }

    private static boolean fitsInLong(byte[] source, int offset) {
        int weight = BigEndian.getShort(source, offset + 2);
        int scale = BigEndian.getShort(source, offset + 6);
        return Math.max(4 * (weight + 1), 0) + scale <= Digits.IN_LONG;
    }

    /** The number without its point, when it has at most 18 digits. */
    private static long unscaled(FieldCodec<?> codec, byte[] source, int offset) {
        int groups = groups(source, offset);
        int weight = BigEndian.getShort(source, offset + 2);
        int scale = BigEndian.getShort(source, offset + 6);
        long value = 0;
        int last = weight + 1 + scale / 4;
        for (int i = weight < 0 ? weight + 1 : 0; i < last; i++) {
            value = value * 10000 + group(codec, source, offset, groups, i);
        }
        int rest = scale % 4;
        if (rest != 0) {
            int group = group(codec, source, offset, groups, last);
            int cut = POWERS[4 - rest];
            checkCut(codec, group % cut);
            value = value * POWERS[rest] + group / cut;
            last++;
        }
        for (int i = Math.max(last, 0); i < groups; i++) {
            checkCut(codec, group(codec, source, offset, groups, i));
        }
        return isNegative(source, offset) ? -value : value;
    }

    /** All digits before the point, at least one, and then as many as the scale says. */
    private static byte[] digits(FieldCodec<?> codec, byte[] source, int offset) {
        int groups = groups(source, offset);
        int weight = BigEndian.getShort(source, offset + 2);
        int scale = BigEndian.getShort(source, offset + 6);
        int point = Math.max(4 * (weight + 1), 1);
        byte[] digits = new byte[point + scale];
        Arrays.fill(digits, (byte) '0');
        for (int i = 0; i < groups; i++) {
            int group = group(codec, source, offset, groups, i);
            int first = point + 4 * (i - weight - 1);
            for (int d = 0; d < 4; d++) {
                int digit = group / POWERS[3 - d] % 10;
                if (first + d < digits.length) {
                    digits[first + d] = (byte) ('0' + digit);
                } else {
                    checkCut(codec, digit);
                }
            }
        }
        return digits;
    }

    private static int group(FieldCodec<?> codec, byte[] source, int offset, int groups, int index) {
        if (index < 0 || index >= groups) {
            return 0;
        }
        int group = BigEndian.getShort(source, offset + HEADER + 2 * index);
        if (group < 0 || group > 9999) {
            throw codec.badBinary("a group of digits is " + (group & 0xFFFF) + ", expected 0 to 9999");
        }
        return group;
    }

    private static void checkCut(FieldCodec<?> codec, int digits) {
        if (digits != 0) {
            throw codec.badBinary("digits after the last that its scale allows");
        }
    }

    static void encodeSpecial(double value, FieldWriter out) {
        out.writeShort(0);
        out.writeShort(0);
        out.writeShort(Double.isNaN(value) ? NAN : value > 0 ? INFINITY : MINUS_INFINITY);
        out.writeShort(0);
    }

    static void encode(BigDecimal value, FieldWriter out) {
        if (value.signum() == 0) {
            header(0, 0, POSITIVE, Math.max(value.scale(), 0), out);
        } else if (value.precision() <= Digits.IN_LONG && value.scale() >= 0 && value.scale() <= Digits.IN_LONG) {
            encodeLong(value.unscaledValue().longValue(), value.scale(), out);
        } else {
            encodeDigits(value, out);
        }
    }

    private static void encodeLong(long unscaled, int scale, FieldWriter out) {
        long magnitude = Math.abs(unscaled);
        // Groups are counted from the point: the digits of the last one are filled up with zeros.
        int rest = scale % 4;
        long head = magnitude / POWERS[rest];
        long tail = magnitude % POWERS[rest] * POWERS[4 - rest];
        int headGroups = 0;
        for (long left = head; left != 0; left /= 10000) {
            headGroups++;
        }
        int groups = headGroups + 1;
        if (tail == 0) {
            groups--;
            for (long left = head; left % 10000 == 0; left /= 10000) {
                groups--;
            }
        }
        header(groups, headGroups - scale / 4 - 1, unscaled < 0 ? NEGATIVE : POSITIVE, scale, out);
        long divisor = 1;
        for (int i = 1; i < headGroups; i++) {
            divisor *= 10000;
        }
        for (int i = 0; i < Math.min(headGroups, groups); i++) {
            out.writeShort((int) (head / divisor % 10000));
            divisor /= 10000;
        }
        if (groups > headGroups) {
            out.writeShort((int) tail);
        }
    }

    private static void encodeDigits(BigDecimal value, FieldWriter out) {
        String digits = value.unscaledValue().abs().toString();
        int scale = Math.max(value.scale(), 0);
        // Where the point stands, counted from the first digit; negative when zeros lie between.
        int point = digits.length() - value.scale();
        int weight = Math.floorDiv(point - 1, 4);
        int first = point - 4 * (weight + 1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        int groups = (end - first + 3) / 4;
        header(groups, weight, value.signum() < 0 ? NEGATIVE : POSITIVE, scale, out);
        for (int i = 0; i < groups; i++) {
            int group = 0;
            for (int d = first + 4 * i; d < first + 4 * i + 4; d++) {
                group = group * 10 + (d < 0 || d >= end ? 0 : digits.charAt(d) - '0');
            }
            out.writeShort(group);
        }
    }

    private static void header(int groups, int weight, int sign, int scale, FieldWriter out) {
        out.writeShort(groups);
        out.writeShort(weight);
        out.writeShort(sign);
        out.writeShort(scale);
    }
}
