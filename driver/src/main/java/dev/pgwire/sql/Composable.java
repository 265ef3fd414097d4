package dev.pgwire.sql;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import java.util.List;

/**
 * A part of a statement, or all of it. It does not change, is equal to another one that is made of the same, and shows no value in
 * {@code toString()}.
 *
 * <pre>{@code
 * Composed query = Sql.of("SELECT {} FROM {} WHERE {} = {}")
 *         .format(Sql.of(", ").join(Identifier.of("id"), Identifier.of("name")),
 *                 Identifier.of("public", "users"), Identifier.of("age"), Placeholder.next());
 * conn.execute(query, 30);
 * }</pre>
 */
public sealed interface Composable permits Sql, Identifier, Literal, Placeholder, Composed {
    /**
     * Its text, with values as every connection writes them. The text of a program that has conversions is that of
     * {@link #asString(Literals)}.
     *
     * @throws InterfaceException if placeholders that count themselves stand beside others that have numbers
     * @throws DataException if no constant of SQL stands for a value
     */
    default String asString() {
        return asString(Rendering.BUILTIN);
    }

    /**
     * Its text.
     *
     * @param literals what writes the values: a connection, or what runs statements on it
     * @throws InterfaceException as {@link #asString()}
     * @throws DataException as {@link #asString()}
     */
    default String asString(Literals literals) {
        return Rendering.of(this, literals);
    }

    /** This part with another one behind it. Two texts become one as they are, without a space between them. */
    default Composed plus(Composable other) {
        return new Composed(List.of(this, other));
    }
}
