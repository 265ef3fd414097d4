package dev.pgwire.internal.sql;

import org.jspecify.annotations.Nullable;

/**
 * What the options of a COPY say of its data (PostgreSQL manual, COPY, File Formats). Where an option is not given, it has the
 * server's default.
 *
 * @param format how values and rows are told apart
 * @param delimiter what stands between two values in text and csv
 * @param nullText what stands for NULL in text and csv
 * @param defaultText what stands for the column's default in text and csv; null if nothing does
 * @param quote what stands around a value in csv
 * @param escape what stands before a quote in a value in csv
 * @param header whether the first line has the names of the columns
 * @param encoding what the option ENCODING names; null for the session's, which is UTF8
 */
public record CopyForm(
        Format format,
        char delimiter,
        String nullText,
        @Nullable String defaultText,
        char quote,
        char escape,
        boolean header,
        @Nullable String encoding) {
    /** How values and rows are told apart. */
    public enum Format {
        TEXT,
        CSV,
        BINARY
    }

    /** Whether it is lines of characters. */
    public boolean isText() {
        return format != Format.BINARY;
    }
}
