package dev.pgwire.type;

import java.util.Locale;

/**
 * A position in the server's write-ahead log. Immutable. Source: PostgreSQL manual, 8.20 pg_lsn Type.
 *
 * @param value the number of bytes before it, which has no sign: from 2^63 on it is negative here
 */
public record Lsn(long value) implements Comparable<Lsn> {
    /**
     * Reads the text that the server writes.
     *
     * @param text two hexadecimal numbers of up to eight digits, for example "16/B374D848"
     * @return the position
     * @throws IllegalArgumentException if it is another text
     */
    public static Lsn parse(CharSequence text) {
        long high = 0;
        long low = 0;
        int digits = 0;
        int slash = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int digit = c > 'f' ? -1 : Character.digit(c, 16);
            if (c == '/' && slash < 0 && digits > 0) {
                slash = i;
                high = low;
                low = 0;
                digits = 0;
            } else if (digit >= 0 && digits < 8) {
                low = low << 4 | digit;
                digits++;
            } else {
                throw bad();
            }
        }
        if (slash < 0 || digits == 0) {
            throw bad();
        }
        return new Lsn(high << 32 | low);
    }

    private static IllegalArgumentException bad() {
        return new IllegalArgumentException("no log position, expected such as 16/B374D848");
    }

    /**
     * The bytes of the log between another position and this one.
     *
     * @param other the other position
     * @return negative if the other one is behind this one
     */
    public long minus(Lsn other) {
        return value - other.value;
    }

    /**
     * By the bytes before it, without sign.
     *
     * @param other the other position
     * @return negative, zero or positive
     */
    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /**
     * The position as the server writes it.
     *
     * @return for example "16/B374D848"
     */
    @Override
    public String toString() {
        return (Long.toHexString(value >>> 32) + '/' + Long.toHexString(value & 0xFFFF_FFFFL)).toUpperCase(Locale.ROOT);
    }
}
