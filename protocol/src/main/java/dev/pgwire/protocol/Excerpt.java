package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Content of messages as their {@code toString} shows it: text in quotes, other bytes in hexadecimal, and of what is long the
 * beginning and the length.
 */
public final class Excerpt {
    /** The most bytes of a value that are shown. */
    public static final int MOST_BYTES = 64;

    /** The most values of a list that are shown. */
    public static final int MOST_VALUES = 16;

    /** The most characters of a statement that are shown. */
    public static final int MOST_CHARS = 1_000;

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private Excerpt() {}

    /** A value, null for NULL. */
    public static String of(byte @Nullable [] value) {
        return value == null ? "NULL" : of(Unpooled.wrappedBuffer(value));
    }

    /** The bytes that a buffer has left; they are not consumed. */
    public static String of(ByteBuf bytes) {
        int length = bytes.readableBytes();
        byte[] shown = new byte[Math.min(length, MOST_BYTES)];
        bytes.getBytes(bytes.readerIndex(), shown);
        String text = text(shown, shown.length < length);
        return (text == null ? hex(shown) : text) + (shown.length < length ? "... " + length + " bytes" : "");
    }

    /** Values, null for NULL. */
    public static String of(List<byte @Nullable []> values) {
        return list(values.size(), i -> of(values.get(i)));
    }

    /** Formats. */
    public static String ofFormats(List<Format> formats) {
        return list(formats.size(), i -> formats.get(i).toString());
    }

    /** Oids. */
    public static String ofOids(int[] oids) {
        return list(oids.length, i -> Integer.toUnsignedString(oids[i]));
    }

    private static String list(int size, IntFunction<String> shown) {
        StringJoiner list = new StringJoiner(", ", "[", "]");
        for (int i = 0; i < Math.min(size, MOST_VALUES); i++) {
            list.add(shown.apply(i));
        }
        if (size > MOST_VALUES) {
            list.add("... " + size + " values");
        }
        return list.toString();
    }

    /** A statement, in one line. */
    public static String of(String sql) {
        int end = Math.min(sql.length(), MOST_CHARS);
        if (end < sql.length() && Character.isHighSurrogate(sql.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = sql.charAt(i);
            if (!escaped(c, shown)) {
                shown.append(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return end == sql.length() ? shown.toString() : shown + "... " + sql.length() + " characters";
    }

    private static boolean escaped(char c, StringBuilder shown) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The text that the bytes are in UTF-8, in quotes; null if they are none, or have control characters that text seldom has. */
    private static @Nullable String text(byte[] bytes, boolean isCut) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        // A character that is cut at the end is left out.
        if (StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes), text, !isCut)
                .isError()) {
            return null;
        }
        text.flip();
        StringBuilder shown = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '\'') {
                shown.append('\\').append(c);
            } else if (!escaped(c, shown)) {
                if (Character.isISOControl(c)) {
                    return null;
                }
                shown.append(c);
            }
        }
        return shown.append('\'').toString();
    }

    private static String hex(byte[] bytes) {
        StringBuilder shown = new StringBuilder(2 + 2 * bytes.length).append("\\x");
        for (byte b : bytes) {
            shown.append(HEX[b >> 4 & 0xF]).append(HEX[b & 0xF]);
        }
        return shown.toString();
    }
}
