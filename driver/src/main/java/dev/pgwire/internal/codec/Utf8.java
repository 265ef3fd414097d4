package dev.pgwire.internal.codec;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as PostgreSQL takes it: strict UTF-8 without U+0000. Nothing is ever replaced by a question mark. */
public final class Utf8 {
    /** Up to this length our own look at the bytes is faster than the JDK's, which uses wider registers. */
    private static final int SHORT = 64;

    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /**
     * Checks a text and counts its bytes.
     *
     * @param text the text
     * @return how many bytes it has in UTF-8; a {@code long}, because a large text may need more than 2 GiB
     * @throws DataException when it contains U+0000 or half of a surrogate pair; the message says at which index
     */
    public static long length(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw refused("U+0000", i, "PostgreSQL cannot store it in text");
            }
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                String name = String.format("U+%04X", (int) c);
                throw refused(name, i, "half of a surrogate pair has no UTF-8");
            }
        }
        return bytes;
    }

    /**
     * Reads a text.
     *
     * @param source the bytes
     * @param offset where the text begins
     * @param length how many bytes it has
     * @return the text
     * @throws DataException when the bytes are not UTF-8
     */
    public static String decode(byte[] source, int offset, int length) {
        return length <= SHORT && isAscii(source, offset, length)
                ? ascii(source, offset, length)
                : decodeAny(source, offset, length);
    }

    /** This constructor only copies, and is small enough to be inlined; the one that takes a Charset is neither. */
    @SuppressWarnings("deprecation") // It is, because it knows Latin-1 alone; ASCII is that.
    private static String ascii(byte[] source, int offset, int length) {
        return new String(source, 0, offset, length);
    }

    /** Eight bytes at a time; the last eight may overlap those before. */
    private static boolean isAscii(byte[] source, int offset, int length) {
        int last = offset + length - Long.BYTES;
        if (length < Long.BYTES) {
            int bits = 0;
            for (int i = offset; i < offset + length; i++) {
                bits |= source[i];
            }
            return bits >= 0;
        }
        long bits = BigEndian.getLong(source, last);
        for (int i = offset; i < last; i += Long.BYTES) {
            bits |= BigEndian.getLong(source, i);
        }
        return (bits & HIGH_BITS) == 0;
    }

    private static String decodeAny(byte[] source, int offset, int length) {
        String text = new String(source, offset, length, StandardCharsets.UTF_8);
        // The constructor is the fastest way there is, but it replaces: only a replacement needs the second look.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source, offset, length));
            } catch (CharacterCodingException e) {
                throw new DataException(
                        SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                        "the server sent text that is not UTF-8; getRaw gives the bytes as they are",
                        e);
            }
        }
        return text;
    }

    private static DataException refused(String character, int index, String why) {
        return new DataException(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "the text has " + character + " at index " + index + ": " + why,
                null);
    }

    /** What is shown of bytes that could be anything and of any length. */
    static String excerpt(byte[] source, int offset, int length) {
        StringBuilder out = new StringBuilder(40);
        String text = new String(source, offset, Math.min(length, 40), StandardCharsets.UTF_8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? '?' : c);
        }
        return length > 40 ? out.append("...").toString() : out.toString();
    }
}
