package dev.pgwire.internal.copy.form;

// HOT: a million rows a second pass here

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.sql.CopyForm;

/** A value of the text format, with its escapes. */
final class PlainText implements FieldText {
    private final char delimiter;
    private final String nullText;

    PlainText(CopyForm form) {
        this.delimiter = form.delimiter();
        this.nullText = form.nullText();
    }

    @Override
    public void write(String value, FieldBuffer out) {
        if (!value.equals(nullText)) {
            escape(value, out);
            return;
        }
        // The server compares before it reads escapes.
        if (value.isEmpty() || value.charAt(0) >= 0x80) {
            throw new DataException(
                    SqlState.DATA_EXCEPTION,
                    "cannot be told from NULL, for which this COPY in text has the same text, expected another one in the"
                            + " option NULL, or FORMAT csv",
                    null);
        }
        octal(value.charAt(0), out);
        escape(value.substring(1), out);
    }

    private void escape(String value, FieldBuffer out) {
        int from = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' || c == delimiter || (c >= '\b' && c <= '\r')) {
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
