package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.sql.CopyForm;

/** A value of csv, in quotes where it could be taken for something else. */
final class CsvText implements FieldText {
    private final char delimiter;
    private final char quote;
    private final char escape;
    private final String nullText;

    CsvText(CopyForm form) {
        this.delimiter = form.delimiter();
        this.quote = form.quote();
        this.escape = form.escape();
        this.nullText = form.nullText();
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

    /** A backslash and a dot alone would end the data. */
    private boolean needsQuotes(String value) {
        if (value.isEmpty() || value.equals(nullText) || value.charAt(0) == '\\') {
            return true;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == delimiter || c == quote || c == escape || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }
}
