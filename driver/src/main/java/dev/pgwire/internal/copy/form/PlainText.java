package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.sql.CopyForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A value of the text format, with its escapes. */
final class PlainText implements FieldText {
    private final char delimiter;
    /** The value that would look like NULL; null if there is none. */
    private final @Nullable String likeNull;

    private final byte @Nullable [] likeNullBytes;
    /** The value that would look like DEFAULT; null if there is none. */
    private final @Nullable String likeDefault;

    private final byte @Nullable [] likeDefaultBytes;
    /** What the server takes for something else than a value, before it reads escapes. */
    private final CopyForm form;

    PlainText(CopyForm form) {
        this.delimiter = form.delimiter();
        this.form = form;
        this.likeNull = unescaped(form.nullText());
        this.likeNullBytes = likeNull == null ? null : likeNull.getBytes(StandardCharsets.UTF_8);
        String marker = form.defaultText();
        this.likeDefault = marker == null ? null : unescaped(marker);
        this.likeDefaultBytes = likeDefault == null ? null : likeDefault.getBytes(StandardCharsets.UTF_8);
    }

    /** The value whose escaped text this is; null if it is that of none. */
    private @Nullable String unescaped(String text) {
        StringBuilder value = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                c = text.charAt(at++);
                if (c >= '0' && c <= '3' && at + 2 <= text.length()) {
                    c = (char) (Character.digit(c, 8) << 6
                            | Character.digit(text.charAt(at), 8) << 3
                            | Character.digit(text.charAt(at + 1), 8));
                    at += 2;
                }
            }
            value.append(c);
        }
        FieldBuffer escaped = new FieldBuffer();
        escape(value.toString(), escaped);
        String again = new String(escaped.bytes(), 0, escaped.size(), StandardCharsets.UTF_8);
        return again.equals(text) ? value.toString() : null;
    }

    @Override
    public boolean isPlain(FieldBuffer out, int from) {
        if (delimiter >= 0x80) {
            return false;
        }
        byte[] bytes = out.bytes();
        int end = out.size();
        for (int i = from; i < end; i++) {
            if (isSpecial((char) bytes[i])) {
                return false;
            }
        }
        return !isEqual(likeNullBytes, bytes, from, end) && !isEqual(likeDefaultBytes, bytes, from, end);
    }

    private static boolean isEqual(byte @Nullable [] marker, byte[] bytes, int from, int to) {
        return marker != null && Arrays.equals(bytes, from, to, marker, 0, marker.length);
    }

    private boolean isSpecial(char c) {
        return c == '\\' || c == delimiter || (c >= '\b' && c <= '\r');
    }

    @Override
    public void write(String value, FieldBuffer out) {
        if (!value.equals(likeNull) && !value.equals(likeDefault)) {
            escape(value, out);
            return;
        }
        // No value is escaped so but for this.
        int from = out.size();
        if (!value.isEmpty() && value.charAt(0) < 0x80) {
            out.writeUtf8(String.format(Locale.ROOT, "\\x%02x", (int) value.charAt(0)));
            escape(value.substring(1), out);
            String written = new String(out.bytes(), from, out.size() - from, StandardCharsets.UTF_8);
            if (!written.equals(form.nullText()) && !written.equals(form.defaultText())) {
                return;
            }
        }
        String what = value.equals(likeNull) ? "NULL" : "DEFAULT";
        throw new DataException(
                SqlState.DATA_EXCEPTION,
                "cannot be told from " + what + ", for which this COPY in text has the same text, expected another one"
                        + " in the option " + what + ", or FORMAT csv",
                null);
    }

    private void escape(String value, FieldBuffer out) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isSpecial(c)) {
                out.writeUtf8(value.substring(from, i));
                from = i + 1;
                octal(c, out);
            }
        }
        out.writeUtf8(from == 0 ? value : value.substring(from));
    }

    private static void octal(char c, FieldBuffer out) {
        out.writeByte('\\');
        if (c == '\\') {
            out.writeByte(c);
            return;
        }
        out.writeByte('0' + (c >> 6));
        out.writeByte('0' + (c >> 3 & 7));
        out.writeByte('0' + (c & 7));
    }
}
