package dev.pgwire.internal.sql;

import dev.pgwire.error.InterfaceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A COPY from or to the client, as its text tells.
 *
 * @param sql the text, as it is sent
 * @param shape what else the text tells
 * @param direction whether the rows go to the server or come from there
 * @param source the SQL of the table's name, or of the query between its parentheses
 * @param isQuery whether it is a query
 * @param columns the columns' names as SQL has them; empty for all
 * @param form what its data looks like
 */
public record CopyStatement(
        String sql,
        SqlShape shape,
        Direction direction,
        String source,
        boolean isQuery,
        List<String> columns,
        CopyForm form) {
    /** Where the rows go. */
    public enum Direction {
        FROM_STDIN("COPY ... FROM STDIN"),
        TO_STDOUT("COPY ... TO STDOUT");

        private final String shown;

        Direction(String shown) {
            this.shown = shown;
        }
    }

    /**
     * Reads a statement.
     *
     * @param backslashEscapes whether a backslash escapes in every string, as in an old-fashioned session
     * @throws InterfaceException if it is none in that direction
     */
    public static CopyStatement of(String sql, Direction expected, boolean backslashEscapes) {
        SqlShape shape = SqlShape.of(sql, backslashEscapes);
        CopyStatement read =
                shape.firstWord().equals("COPY") ? new CopyReader(sql, shape, backslashEscapes).read() : null;
        if (read == null || read.direction() != expected) {
            throw new InterfaceException("the statement is " + SqlExcerpt.of(sql) + ", expected " + expected.shown);
        }
        if (shape.hasSeveralStatements()) {
            throw new InterfaceException(
                    "several statements stand behind a COPY in one string, expected it alone: " + SqlExcerpt.of(sql));
        }
        return read;
    }

    /** The query whose columns are those of the rows; null where the columns of a table are not given. */
    public @Nullable String columnsQuery() {
        if (isQuery) {
            return source;
        }
        return columns.isEmpty() ? null : "SELECT " + String.join(", ", columns) + " FROM " + source + " WHERE false";
    }
}
