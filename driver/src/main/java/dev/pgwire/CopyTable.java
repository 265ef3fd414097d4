package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.SqlName;
import dev.pgwire.internal.sql.SqlString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of which data is copied, and what the data looks like: the COPY for where it is not written as SQL. Immutable: each method
 * gives another one.
 *
 * <pre>{@code
 * conn.copyIn(CopyTable.of("users", "id", "name").delimiter('|').nullText("").fromStdin(), reader);
 * conn.copyOut(CopyTable.of("users").csv().header().toStdout(), writer);
 * }</pre>
 */
public final class CopyTable {
    private final String table;
    private final List<String> columns;
    private final String format;
    /** By name, each with its argument. */
    private final Map<String, String> options;

    private CopyTable(String table, List<String> columns, String format, Map<String, String> options) {
        this.table = table;
        this.columns = columns;
        this.format = format;
        this.options = options;
    }

    /** As {@link #of(String, List)}. */
    public static CopyTable of(String table, String... columns) {
        return of(table, List.of(columns));
    }

    /**
     * Some columns of a table, in text as the server has it: tabs between the values, {@code \N} for NULL.
     *
     * <p>Names are taken as the catalog has them, upper and lower case included, and always quoted, so whatever they contain, they are
     * names and no SQL.
     *
     * @param table {@code name} or {@code schema.name}, as {@link BulkInsert#into(String, List)} takes it
     * @param columns the names of the columns; none for all that COPY takes
     * @throws InterfaceException if the table's name has no such form, or a name is empty
     */
    public static CopyTable of(String table, List<String> columns) {
        return new CopyTable(
                SqlName.quotedTable(table),
                columns.stream().map(SqlName::quoted).toList(),
                "text",
                Map.of());
    }

    private CopyTable as(String newFormat) {
        return new CopyTable(table, columns, newFormat, options);
    }

    /** An option that was given before is replaced. */
    private CopyTable with(String option, String argument) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(option, argument);
        return new CopyTable(table, columns, format, Collections.unmodifiableMap(more));
    }

    private CopyTable withText(String option, String value) {
        return with(option, " " + SqlString.quoted(Objects.requireNonNull(value, "value")));
    }

    /** In csv. */
    public CopyTable csv() {
        return as("csv");
    }

    /** In binary, which has no option that follows but the encoding. */
    public CopyTable binary() {
        return as("binary");
    }

    /** With this between two values. */
    public CopyTable delimiter(char delimiter) {
        return withText("DELIMITER", String.valueOf(delimiter));
    }

    /** With this for NULL. */
    public CopyTable nullText(String text) {
        return withText("NULL", text);
    }

    /** With this around values in csv. */
    public CopyTable quote(char quote) {
        return withText("QUOTE", String.valueOf(quote));
    }

    /** With this before a quote in a value in csv. */
    public CopyTable escape(char escape) {
        return withText("ESCAPE", String.valueOf(escape));
    }

    /** With the names of the columns in the first line; in text, since PostgreSQL 15. */
    public CopyTable header() {
        return with("HEADER", "");
    }

    /** In this encoding of the server's, such as {@code LATIN1}. */
    public CopyTable encoding(String encoding) {
        return withText("ENCODING", encoding);
    }

    /** The COPY of data into the table. */
    public String fromStdin() {
        return sql("FROM STDIN");
    }

    /** The COPY of the table's rows. */
    public String toStdout() {
        return sql("TO STDOUT");
    }

    private String sql(String direction) {
        String names = columns.isEmpty() ? "" : columns.stream().collect(Collectors.joining(", ", " (", ")"));
        List<String> all = new ArrayList<>();
        options.forEach((option, argument) -> all.add(option + argument));
        if (!format.equals("text")) {
            all.add(0, "FORMAT " + format);
        }
        return "COPY " + table + names + " " + direction
                + (all.isEmpty() ? "" : all.stream().collect(Collectors.joining(", ", " (", ")")));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopyTable copy && copy.fromStdin().equals(fromStdin());
    }

    @Override
    public int hashCode() {
        return fromStdin().hashCode();
    }

    /** The COPY of data into the table, which tells all. */
    @Override
    public String toString() {
        return fromStdin();
    }
}
