package dev.pgwire.internal.codec;

import java.nio.charset.StandardCharsets;

/**
 * Floating point numbers read from their text. Up to 14 digits (real: 6)
 * without an exponent nothing is allocated.
 */
public final class FloatText {
    private static final double[] DOUBLE_POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
    };
    private static final float[] FLOAT_POWERS = {1, 1e1f, 1e2f, 1e3f, 1e4f, 1e5f, 1e6f};

    /** The server prints at most 24 characters; old ones with extra_float_digits a few more. */
    private static final int MAX_LENGTH = 400;

    private FloatText() {}

    /**
     * Reads a double.
     *
     * @throws dev.pgwire.error.DataException in the name of the codec
     */
    public static double parseDouble(FieldCodec<?> codec, byte[] source, int offset, int length) {
        long simple = simple(source, offset, length, 16);
        if (simple >= 0) {
            // Both operands are exact, so the quotient is rounded once, as it should be.
            double value = (simple >>> 8) / DOUBLE_POWERS[(int) (simple & 0xFF)];
            return source[offset] == '-' ? -value : value;
        }
        double value = Double.parseDouble(number(codec, source, offset, length));
        checkOverflow(codec, source, offset, length, Double.isInfinite(value));
        return value;
    }

    /**
     * Reads a float.
     *
     * @throws dev.pgwire.error.DataException in the name of the codec
     */
    public static float parseFloat(FieldCodec<?> codec, byte[] source, int offset, int length) {
        // Not by way of a double: that would round twice.
        long simple = simple(source, offset, length, 8);
        if (simple >= 0) {
            float value = (simple >>> 8) / FLOAT_POWERS[(int) (simple & 0xFF)];
            return source[offset] == '-' ? -value : value;
        }
        float value = Float.parseFloat(number(codec, source, offset, length));
        checkOverflow(codec, source, offset, length, Float.isInfinite(value));
        return value;
    }

    /**
     * The digits as a whole number, shifted left by 8, plus how many of them stand after the point; -1 if not simple.
     */
    private static long simple(byte[] source, int offset, int length, int maxLength) {
        int begin = length > 0 && source[offset] == '-' ? 1 : 0;
        // Together with the point, or without it, one more than 15 digits (or 7) would not be exact.
        if (length - begin < 1 || length - begin >= maxLength) {
            return -1;
        }
        long digits = 0;
        int point = length;
        for (int i = begin; i < length; i++) {
            int c = source[offset + i];
            if (Ascii.isDigit(c)) {
                digits = digits * 10 + (c - '0');
            } else if (c == '.' && point == length && i > begin && i + 1 < length) {
                point = i;
            } else {
                return -1;
            }
        }
        return digits << 8 | (point == length ? 0 : length - 1 - point);
    }

    private static void checkOverflow(FieldCodec<?> codec, byte[] source, int offset, int length, boolean infinite) {
        if (infinite && source[offset + length - 1] != 'y') {
            throw codec.badText(source, offset, length);
        }
    }

    /** Only the server's own forms pass: Java would also take "0x1p3", "1d" and spaces. */
    private static String number(FieldCodec<?> codec, byte[] source, int offset, int length) {
        if (length > MAX_LENGTH) {
            throw codec.badText(source, offset, length);
        }
        String text = new String(source, offset, length, StandardCharsets.ISO_8859_1);
        if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
            return text;
        }
        int i = text.startsWith("-") ? 1 : 0;
        int start = i;
        i = digits(text, i);
        int count = i - start;
        if (i < length && text.charAt(i) == '.') {
            start = i + 1;
            i = digits(text, start);
            count += i - start;
        }
        boolean valid = count > 0;
        if (valid && i < length && text.charAt(i) == 'e') {
            i++;
            i += i < length && (text.charAt(i) == '-' || text.charAt(i) == '+') ? 1 : 0;
            start = i;
            i = digits(text, i);
            valid = i > start;
        }
        if (!valid || i != length) {
            throw codec.badText(source, offset, length);
        }
        return text;
    }

    private static int digits(String text, int from) {
        int i = from;
        while (i < text.length() && Ascii.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
