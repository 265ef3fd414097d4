package dev.pgwire.internal.copy.form;

// HOT: rows of a COPY in csv

import dev.pgwire.internal.row.RowPageBuilder;
import dev.pgwire.internal.sql.CopyForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of csv: values between delimiters, with quotes around some. Source: PostgreSQL manual, COPY, CSV Format. */
final class CsvLine implements LineSplitter {
    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte[] nullText;

    CsvLine(CopyForm form) {
        this.delimiter = (byte) form.delimiter();
        this.quote = (byte) form.quote();
        this.escape = (byte) form.escape();
        this.nullText = form.nullText().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean split(byte[] bytes, int from, int to, RowPageBuilder page, int columns) {
        if (columns == 0) {
            return from == to;
        }
        int at = from;
        for (int column = 0; column < columns; column++) {
            page.startField();
            int start = at;
            boolean wasQuoted = false;
            boolean quoted = false;
            while (at < to && (quoted || bytes[at] != delimiter)) {
                byte c = bytes[at++];
                if (quoted && c == escape && at < to && (bytes[at] == quote || bytes[at] == escape)) {
                    page.put(bytes[at++]);
                } else if (c == quote) {
                    quoted = !quoted;
                    wasQuoted = true;
                } else {
                    page.put(c);
                }
            }
            if (!wasQuoted && Arrays.equals(bytes, start, at, nullText, 0, nullText.length)) {
                page.endNull();
            } else {
                page.endField();
            }
            if (column < columns - 1 && at++ == to) {
                return false;
            }
        }
        return at == to;
    }
}
