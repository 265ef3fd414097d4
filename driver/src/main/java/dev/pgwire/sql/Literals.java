package dev.pgwire.sql;

import dev.pgwire.error.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as SQL has them: what each connection, cursor, transaction and pipeline does. Those of a connection know the
 * conversions of the program. A program may have another one, whose text stands in the statement as it is.
 */
public interface Literals {
    /**
     * A value as a constant of SQL, which means the same whatever {@code standard_conforming_strings} is: a string with a backslash in
     * it has the form {@code E'...'}.
     *
     * <p>A whole number and a decimal fraction are digits, a string is a quoted string without a type, as are an array, a range and an
     * address. What only one type takes has a cast: {@code '2024-02-29'::pg_catalog.date}. The server converts such a value to another type as it does between columns: an
     * OffsetDateTime becomes a timestamp in the time zone of the session.
     *
     * @param value null for NULL; else what a parameter takes, but for what only a {@code Codec} of the program writes
     * @return the constant; a negative number has a minus, which is an operator to the server
     * @throws DataException if no constant stands for the value, or if its text has U+0000 or half of a surrogate pair
     */
    String literal(@Nullable Object value);
}
