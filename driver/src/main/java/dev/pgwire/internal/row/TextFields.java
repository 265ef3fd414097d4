package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row in text, taken apart: each field a length, -1 for NULL, and its bytes without quotes. Source: PostgreSQL manual, 8.16.6
 * Composite Type Input and Output Syntax.
 */
final class TextFields {
    private final FieldBuffer fields = new FieldBuffer();
    private int[] places = new int[8];
    private int count;

    TextFields(FieldCodec<?> type, byte[] source, int offset, int length) {
        int end = offset + length - 1;
        if (length < 2 || source[offset] != '(' || source[end] != ')') {
            throw type.badText(source, offset, length);
        }
        int at = offset + 1;
        if (at == end) {
            return;
        }
        boolean more = true;
        while (more) {
            start();
            boolean quoted = false;
            boolean there = false;
            int from = fields.startField();
            while (at < end && (quoted || source[at] != ',')) {
                byte c = source[at++];
                there = true;
                if (c == '"' && !quoted) {
                    quoted = true;
                } else if (c == '"' && (at == end || source[at] != '"')) {
                    quoted = false;
                } else if (c == '"' || c == '\\') {
                    if (at == end) {
                        throw type.badText(source, offset, length);
                    }
                    fields.writeByte(source[at++]);
                } else {
                    fields.writeByte(c);
                }
            }
            if (quoted) {
                throw type.badText(source, offset, length);
            }
            if (there) {
                fields.endField(from);
            } else {
                fields.setInt(from - 4, -1);
            }
            more = at < end;
            at++;
        }
    }

    private void start() {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
        }
        places[count++] = fields.size();
    }

    int count() {
        return count;
    }

    void addNull() {
        start();
        fields.writeNull();
    }

    byte[] bytes() {
        return Arrays.copyOf(fields.bytes(), fields.size());
    }

    int[] places() {
        return Arrays.copyOf(places, count);
    }

    /** Writes a field as the server prints it; NULL is nothing. */
    static void print(@Nullable String text, StringBuilder out) {
        if (text == null) {
            return;
        }
        if (!needsQuotes(text)) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append(c);
            }
            out.append(c);
        }
        out.append('"');
    }

    private static boolean needsQuotes(String text) {
        if (text.isEmpty()) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c == '(' || c == ')' || c == ',' || c == ' ' || (c >= 9 && c <= 13)) {
                return true;
            }
        }
        return false;
    }
}
