package dev.pgwire.internal.copy.form;

// HOT: rows of a COPY in text

import dev.pgwire.internal.row.RowPageBuilder;
import dev.pgwire.internal.sql.CopyForm;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A line of the text format: values between delimiters, with escapes. Source: PostgreSQL manual, COPY, Text Format. */
final class TextLine implements LineSplitter {
    private final byte delimiter;
    private final byte[] nullText;

    TextLine(CopyForm form) {
        this.delimiter = (byte) form.delimiter();
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
            while (at < to && bytes[at] != delimiter) {
                byte c = bytes[at++];
                if (c == '\\' && at < to) {
                    at = escaped(bytes, at, to, page);
                } else {
                    page.put(c);
                }
            }
            if (Arrays.equals(bytes, start, at, nullText, 0, nullText.length)) {
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

    /** Puts what stands behind a backslash; returns where that ends. */
    private static int escaped(byte[] bytes, int from, int to, RowPageBuilder page) {
        int at = from;
        byte c = bytes[at++];
        switch (c) {
            case 'b' -> page.put((byte) '\b');
            case 'f' -> page.put((byte) '\f');
            case 'n' -> page.put((byte) '\n');
            case 'r' -> page.put((byte) '\r');
            case 't' -> page.put((byte) '\t');
            case 'v' -> page.put((byte) 0x0B);
            case 'x' -> {
                int end = digits(bytes, at, Math.min(to, at + 2), 16);
                page.put(end == at ? c : number(bytes, at, end, 16));
                at = end;
            }
            default -> {
                int end = digits(bytes, at - 1, Math.min(to, at + 2), 8);
                page.put(end == at - 1 ? c : number(bytes, at - 1, end, 8));
                at = Math.max(at, end);
            }
        }
        return at;
    }

    private static int digits(byte[] bytes, int from, int to, int radix) {
        int at = from;
        while (at < to && Character.digit(bytes[at], radix) >= 0) {
            at++;
        }
        return at;
    }

    private static byte number(byte[] bytes, int from, int to, int radix) {
        int number = 0;
        for (int at = from; at < to; at++) {
            number = number * radix + Character.digit(bytes[at], radix);
        }
        return (byte) number;
    }
}
