package dev.pgwire.console.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text that may hold bytes which are no UTF-8. Each of them stands as a lone surrogate from U+DC80 to U+DCFF, which no UTF-8
 * decodes to: so it is scanned, stored and printed as the byte that it was, and is found before it is sent.
 */
public final class RawText {
    private static final char ESCAPE = '\uDC00';

    /** The server names at most this number of bytes. */
    private static final int LONGEST = 4;

    private RawText() {}

    public static String decode(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : escaped(bytes);
    }

    private static String escaped(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CharsetDecoder decoder = UTF_8.newDecoder();
        while (decoder.decode(in, out, true).isError()) {
            out.put((char) (ESCAPE | in.get() & 0xFF));
            decoder.reset();
        }
        return out.flip().toString();
    }

    static byte[] encode(String text) {
        int stray = strayByte(text, 0);
        if (stray < 0) {
            return text.getBytes(UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int begin = 0;
        for (; stray >= 0; stray = strayByte(text, begin)) {
            bytes.writeBytes(text.substring(begin, stray).getBytes(UTF_8));
            bytes.write(text.charAt(stray));
            begin = stray + 1;
        }
        bytes.writeBytes(text.substring(begin).getBytes(UTF_8));
        return bytes.toByteArray();
    }

    /** Prints the bytes that the text was read from. */
    public static void print(PrintStream out, String text) {
        byte[] bytes = encode(text);
        out.write(bytes, 0, bytes.length);
    }

    /**
     * The first bytes that are no UTF-8, as many as the server names in its error: those that the first of them announces.
     *
     * @return null if all is UTF-8
     */
    public static byte @Nullable [] invalid(String text) {
        int stray = strayByte(text, 0);
        if (stray < 0) {
            return null;
        }
        // Enough that no surrogate pair is cut within these bytes.
        int end = Math.min(text.length(), stray + 2 * LONGEST);
        byte[] bytes = encode(text.substring(stray, end));
        return Arrays.copyOf(bytes, Math.min(bytes.length, announced(bytes[0])));
    }

    private static int announced(byte first) {
        if ((first & 0xE0) == 0xC0) {
            return 2;
        }
        if ((first & 0xF0) == 0xE0) {
            return 3;
        }
        return (first & 0xF8) == 0xF0 ? 4 : 1;
    }

    private static int strayByte(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                i++;
            } else if (c > ESCAPE && c <= (ESCAPE | 0xFF)) {
                return i;
            }
        }
        return -1;
    }
}
