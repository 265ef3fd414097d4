package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.sql.CopyForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value of csv, in quotes where it could be taken for something else. */
final class CsvText implements FieldText {
    private final char delimiter;
    private final char quote;
    private final char escape;
    private final String nullText;
    private final byte[] nullBytes;
    private final @Nullable String defaultText;
    private final byte @Nullable [] defaultBytes;

    CsvText(CopyForm form) {
        this.delimiter = form.delimiter();
        this.quote = form.quote();
        this.escape = form.escape();
        this.nullText = form.nullText();
        this.nullBytes = nullText.getBytes(StandardCharsets.UTF_8);
        this.defaultText = form.defaultText();
        this.defaultBytes = defaultText == null ? null : defaultText.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void write(String value, FieldBuffer out) {
        if (!needsQuotes(value)) {
            out.writeUtf8(value);
            return;
        }
        out.writeByte(quote);
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == quote || c == escape) {
                out.writeUtf8(value.substring(from, i));
                from = i;
                out.writeByte(escape);
            }
        }
        out.writeUtf8(value.substring(from));
        out.writeByte(quote);
    }

    @Override
    public boolean isPlain(FieldBuffer out, int from) {
        byte[] bytes = out.bytes();
        int end = out.size();
        if (delimiter >= 0x80 || quote >= 0x80 || escape >= 0x80 || from == end || bytes[from] == '\\') {
            return false;
        }
        for (int i = from; i < end; i++) {
            if (isSpecial((char) bytes[i])) {
                return false;
            }
        }
        return !Arrays.equals(bytes, from, end, nullBytes, 0, nullBytes.length)
                && (defaultBytes == null || !Arrays.equals(bytes, from, end, defaultBytes, 0, defaultBytes.length));
    }

    private boolean isSpecial(char c) {
        return c == delimiter || c == quote || c == escape || c == '\n' || c == '\r';
    }

    /** A backslash and a dot alone would end the data. */
    private boolean needsQuotes(String value) {
        if (value.isEmpty() || value.equals(nullText) || value.equals(defaultText) || value.charAt(0) == '\\') {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            if (isSpecial(value.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
