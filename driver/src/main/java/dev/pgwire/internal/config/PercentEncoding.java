package dev.pgwire.internal.config;

import dev.pgwire.error.InterfaceException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The percent-encoding of URIs as libpq 18 has it: {@code +} stands for itself, {@code %00} is refused, spaces around a part are
 * dropped and spaces inside are refused.
 */
final class PercentEncoding {
    private PercentEncoding() {}

    static String decode(String encoded) {
        String part = trim(encoded);
        if (part.indexOf(' ') >= 0) {
            throw new InterfaceException("the URI has a space inside one of its parts, expected it as %20");
        }
        if (part.indexOf('%') < 0) {
            return part;
        }
        byte[] source = part.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '%') {
                bytes.write(octet(source, i));
                i += 2;
            } else {
                bytes.write(source[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            // Without the cause, which would not say more.
            throw new InterfaceException("the percent-encoded bytes of the URI are no UTF-8, expected UTF-8");
        }
    }

    /** Spaces only: a tabulator stays where it is. */
    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == ' ') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == ' ') {
            to--;
        }
        return text.substring(from, to);
    }

    private static int octet(byte[] source, int percent) {
        int high = percent + 1 < source.length ? Character.digit(source[percent + 1], 16) : -1;
        int low = percent + 2 < source.length ? Character.digit(source[percent + 2], 16) : -1;
        if (high < 0 || low < 0) {
            throw new InterfaceException("a % of the URI is not followed by two hexadecimal digits, expected %XX");
        }
        if (high == 0 && low == 0) {
            throw new InterfaceException("the URI contains %00, expected text without NUL");
        }
        return high << 4 | low;
    }
}
