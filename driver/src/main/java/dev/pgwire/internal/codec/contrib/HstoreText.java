package dev.pgwire.internal.codec.contrib;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Utf8;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of an hstore, as the server prints it: {@code "a"=>"1", "b"=>NULL}. */
final class HstoreText {
    private final FieldCodec<?> type;
    private final byte[] source;
    private final int from;
    private final int end;
    private int at;
    /** A text without its backslashes. */
    private final byte[] plain;

    HstoreText(FieldCodec<?> type, byte[] source, int offset, int length) {
        this.type = type;
        this.source = source;
        this.from = offset;
        this.at = offset;
        this.end = offset + length;
        this.plain = new byte[length];
    }

    Map<String, @Nullable String> pairs() {
        Map<String, @Nullable String> pairs = new LinkedHashMap<>();
        while (at < end) {
            if (!pairs.isEmpty()) {
                take(", ");
            }
            String key = quoted();
            take("=>");
            if (at < end && source[at] == 'N') {
                take("NULL");
                pairs.put(key, null);
            } else {
                pairs.put(key, quoted());
            }
        }
        return pairs;
    }

    private void take(String expected) {
        for (int i = 0; i < expected.length(); i++) {
            if (at == end || source[at++] != expected.charAt(i)) {
                throw bad();
            }
        }
    }

    private String quoted() {
        take("\"");
        int length = 0;
        while (at < end && source[at] != '"') {
            if (source[at] == '\\' && ++at == end) {
                throw bad();
            }
            plain[length++] = source[at++];
        }
        take("\"");
        return Utf8.decode(plain, 0, length);
    }

    private DataException bad() {
        return type.badText(source, from, end - from);
    }

    static String of(Map<String, @Nullable String> pairs) {
        StringBuilder out = new StringBuilder();
        pairs.forEach((key, value) -> {
            append(key, out.append(out.length() == 0 ? "" : ", "));
            out.append("=>");
            if (value == null) {
                out.append("NULL");
            } else {
                append(value, out);
            }
        });
        return out.toString();
    }

    private static void append(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}
