package dev.pgwire.internal.codec;

/** Numbers in decimal digits, read straight from the bytes. */
public final class Ascii {
    private Ascii() {}

    /**
     * Reads an optional minus and digits, and nothing else.
     *
     * @throws dev.pgwire.error.DataException in the name of the codec, also when the number is not from min to max
     */
    public static long wholeNumber(FieldCodec<?> codec, byte[] source, int offset, int length, long min, long max) {
        int end = offset + length;
        int i = offset;
        boolean negative = length > 0 && source[i] == '-';
        if (negative) {
            i++;
        }
        if (i == end) {
            throw codec.badText(source, offset, length);
        }
        // Negative numbers reach one further, so the sum is kept below zero.
        long sum = 0;
        for (; i < end; i++) {
            int digit = source[i] - '0';
            if (digit < 0 || digit > 9 || sum < Long.MIN_VALUE / 10) {
                throw codec.badText(source, offset, length);
            }
            sum = sum * 10 - digit;
            if (sum > 0) {
                throw codec.badText(source, offset, length);
            }
        }
        if (!negative && sum == Long.MIN_VALUE) {
            throw codec.badText(source, offset, length);
        }
        long value = negative ? sum : -sum;
        if (value < min || value > max) {
            throw codec.badText(source, offset, length);
        }
        return value;
    }

    public static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** The value of a hexadecimal digit, or -1. */
    public static int hex(int c) {
        return c < 0 || c > 'f' ? -1 : Character.digit((char) c, 16);
    }

    public static boolean equals(byte[] source, int offset, int length, String text) {
        if (length != text.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (source[offset + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
