package dev.pgwire;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Literals;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements with values: what a {@link Connection}, a {@link Transaction}, a {@link Cursor} and a {@link Pipeline}
 * have in common. The first two run each statement on a new cursor, a cursor on itself, and a pipeline queues it.
 *
 * <p>Values are given in one of two ways, which {@link #execute(String, Object...)} tells apart by the statement:
 *
 * <pre>{@code
 * conn.execute("SELECT * FROM users WHERE age > $1 AND name LIKE $2", 30, "A%");        // by number
 * conn.execute("SELECT * FROM users WHERE age > :age", Map.of("age", 30));              // by name
 * conn.execute("INSERT INTO users VALUES (:id, :name)", new User(1, "Ada"));            // by the components of a record
 * conn.execute("SELECT $1::int", null);                                                 // one NULL
 * }</pre>
 *
 * <ul>
 *   <li>One Map or one record, as the only value, has the values of all {@code :name}, unless the statement counts its
 *       parameters ({@code $1}) and has no names: then it is the value of {@code $1}.
 *   <li>Everything else is a value for each of {@code $1}, {@code $2} ... A List is one value; the elements of an
 *       {@code Object[]} are the values.
 *   <li>What is quoted or commented is no parameter, nor is {@code ::}. A name may stand several times. A Map may have more
 *       values than there are names, and a record more components.
 * </ul>
 */
public sealed interface SqlExecutor extends Literals permits SqlClient, Cursor, Pipeline {
    /**
     * Runs a statement, or several in one string if no values are given, see {@link Cursor#nextSet}.
     *
     * @return the cursor with the result
     * @throws InterfaceException if the number of values is wrong, if a {@code :name} has no value, if the statement has both
     *     {@code :name} and {@code $1}, or if what runs it is closed or has ended
     * @throws DatabaseException if a value cannot be written as its parameter's type; then nothing was executed
     * @throws PgException what the server has against it; see {@link Pipeline} for when that is told there
     */
    Cursor execute(String sql, @Nullable Object... values);

    /**
     * What {@code execute(sql, null)} is: one NULL, for {@code $1}. Without this method the compiler would take null for the
     * array of all values, and warn; it prefers this one because its type is narrower, and nothing else is of this type.
     *
     * @param none null
     */
    default Cursor execute(String sql, Void @Nullable [] none) {
        return execute(sql, none == null ? new @Nullable Object[1] : (@Nullable Object[]) none);
    }

    /**
     * Runs a statement that was composed, with the values of its placeholders: {@code execute(sql.asString(this), values)}.
     *
     * @return as {@link #execute(String, Object...)} does
     */
    default Cursor execute(Composable sql, @Nullable Object... values) {
        return execute(sql.asString(this), values);
    }

    /**
     * A statement with its values in the place of its parameters, as {@link #literal} writes them: for those that take no parameters,
     * such as CREATE, ALTER, SET and NOTIFY. Where the grammar wants a bare string, as behind PASSWORD, give a String: other classes have
     * casts. Nothing is sent.
     *
     * @param values as {@link #execute(String, Object...)} takes them
     * @return the text, with the values as this session reads them
     * @throws InterfaceException if the number of values is wrong, or a {@code :name} has none
     * @throws DataException if no constant of SQL stands for a value
     */
    String mogrify(String sql, @Nullable Object... values);

    /**
     * Runs a statement with its values in the place of its parameters: {@code execute(mogrify(sql, values))}. The text with the values
     * stands in the server's log and in exceptions, as that of every statement.
     *
     * @return as {@link #execute(String, Object...)} does
     */
    default Cursor executeMogrified(String sql, @Nullable Object... values) {
        return execute(mogrify(sql, values));
    }
}
