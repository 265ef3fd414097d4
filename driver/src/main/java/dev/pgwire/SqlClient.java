package dev.pgwire;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.StatementDescription;
import dev.pgwire.sql.Composable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What can be done on a {@link Connection} and in a {@link Transaction}: for code that should not care whether it runs inside
 * one. On a transaction that has ended, each of these methods throws {@link InterfaceException}.
 */
public sealed interface SqlClient extends SqlExecutor, CopyClient permits Connection, Transaction {
    /**
     * A new cursor of the connection. Cursors are cheap, and there may be any number of them.
     *
     * @throws InterfaceException if the connection was closed
     * @throws PgException why it was lost
     */
    Cursor cursor();

    /**
     * A cursor of the server by its name. It is declared by {@link ServerCursor#execute}; without that, it is the one of this name that
     * SQL or a function has opened.
     *
     * @param name as the catalog would have it: {@code cursor("C")} for {@code DECLARE "C"}, at most 63 bytes
     * @throws InterfaceException if the connection was closed, or no cursor can have the name
     * @throws PgException why the connection was lost
     */
    default ServerCursor cursor(String name) {
        return cursor(name, ServerCursorOptions.DEFAULT);
    }

    /** The same, declared and read otherwise than usual. */
    ServerCursor cursor(String name, ServerCursorOptions options);

    /**
     * Begins a pipeline: several different statements in one round trip.
     *
     * @throws InterfaceException if the connection was closed
     * @throws PgException why it was lost
     */
    Pipeline pipeline();

    /** The large objects of the database: to make, open and drop them. Asks the server nothing. */
    LargeObjects largeObjects();

    /**
     * The value that a text stands for, read as a column of that type is that comes as text: by the codecs of the connection. Nothing is
     * sent, and no turn is taken, but for a type that the driver does not know: that is asked for once, as by a statement.
     *
     * @param oid of the type, as {@link Column} and the catalog have it; the text of one that there is not stays a String
     * @param text as the server prints the type; null for NULL
     * @return null for NULL
     * @throws DataException if the text is none of that type
     */
    @Nullable
    Object cast(int oid, @Nullable String text);

    /**
     * What a statement takes and returns, as the server says without running it. What it refuses fails the transaction, if one is in
     * progress. Many are checked at once by {@link Connection#verify}.
     *
     * @param sql one statement, with {@code $1} or {@code :name}
     */
    StatementDescription describe(String sql);

    /** Begins a transaction, or a savepoint if one is in progress. BEGIN goes with the first statement. */
    Transaction begin();

    @Override
    default Cursor execute(String sql, @Nullable Object... values) {
        return cursor().execute(sql, values);
    }

    @Override
    default String literal(@Nullable Object value) {
        return cursor().literal(value);
    }

    @Override
    default String mogrify(String sql, @Nullable Object... values) {
        return cursor().mogrify(sql, values);
    }

    /** Sends a string as one simple Query on a cursor of its own, as {@link Cursor#executeSimple}. */
    default Cursor executeSimple(String sql) {
        return cursor().executeSimple(sql);
    }

    /** Calls a function or a procedure on a cursor of its own, as {@link Cursor#callProc(String, Object...)}. */
    default Cursor callProc(String name, @Nullable Object... values) {
        return cursor().callProc(name, values);
    }

    /** The same with values by the names of the parameters. */
    default Cursor callProc(String name, Map<String, ?> values) {
        return cursor().callProc(name, values);
    }

    /** Runs one statement for each of many sets of values on a cursor of its own, as {@link Cursor#executeMany}. */
    default Cursor executeMany(String sql, Iterable<?> sets) {
        return cursor().executeMany(sql, sets);
    }

    /** The same of a statement that was composed. */
    default Cursor executeMany(Composable sql, Iterable<?> sets) {
        return executeMany(sql.asString(this), sets);
    }

    /** As {@link #copyIn(String, CopySource)}, by a statement that was composed. */
    default long copyIn(Composable sql, CopySource source) throws IOException {
        return copyIn(sql.asString(this), source);
    }

    /** As {@link #copyIn(String)}, by a statement that was composed. */
    default CopyWriter copyIn(Composable sql) {
        return copyIn(sql.asString(this));
    }

    /** As {@link #copyIn(String, CopyBlock)}, by a statement that was composed. */
    default <E extends Exception> long copyIn(Composable sql, CopyBlock<E> block) throws E {
        return copyIn(sql.asString(this), block);
    }

    /** As {@link #copyRows(String, Iterable)}, by a statement that was composed. */
    default long copyRows(Composable sql, Iterable<?> rows) {
        return copyRows(sql.asString(this), rows);
    }

    /** As {@link #copyOut(String)}, by a statement that was composed. */
    default Cursor copyOut(Composable sql) {
        return copyOut(sql.asString(this));
    }

    /** As {@link #copyOut(String, CopySink)}, by a statement that was composed. */
    default long copyOut(Composable sql, CopySink sink) throws IOException {
        return copyOut(sql.asString(this), sink);
    }

    /**
     * Inserts many rows in the quickest way: {@code insertMany(BulkInsert.into(table, columns), rows)}.
     *
     * @param table {@code name} or {@code schema.name}, as {@link BulkInsert#into(String, List)} takes it
     * @param columns the names of the columns that get values, as the catalog has them
     */
    default Cursor insertMany(String table, List<String> columns, Iterable<?> rows) {
        return insertMany(BulkInsert.into(table, columns), rows);
    }

    /**
     * Inserts many rows on a cursor of its own. Few are sent as {@link Cursor#executeMany} would, more as arrays, and many as
     * a binary COPY; see {@link BulkWay}. Outside a transaction all rows are stored or none, whichever way they go. Inside
     * one, a failure after rows were sent fails the transaction, as an error of the server does.
     *
     * <p>How many statements the server sees is not promised, so a trigger FOR EACH STATEMENT may run once for all rows or once
     * for each.
     *
     * <p>The rows are read one by one and are not kept. The iterable must not use this connection.
     *
     * @param rows each an {@code Object[]} or a List with the values in the order of the columns, or a Map or a record with
     *     values by the names of the columns
     * @return a cursor whose {@link Cursor#rowCount} is the number of rows that were inserted, and which has the rows of
     *     RETURNING, all in one result and in the order of the rows given
     * @throws DataException if a value cannot be written as its column's type; nothing was stored then
     * @throws PgException what else the server has against a row, or the iterable's own exception; nothing was stored then.
     *     {@link DatabaseException#place} names the row that the server refused, or the rows among which it is
     */
    default Cursor insertMany(BulkInsert insert, Iterable<?> rows) {
        return cursor().insertMany(insert, rows);
    }

    /**
     * Runs a block in a transaction, or in a savepoint if a transaction is in progress: commits when it returns, rolls back
     * when it throws. A block that ends the transaction by {@link Transaction#commit} or {@link Transaction#rollback} is left
     * at that.
     *
     * @throws InterfaceException if a statement of the block, such as COMMIT, has ended the transaction: what comes behind it
     *     would not have been part of it
     * @throws InFailedTransactionException if a statement of the block had failed although the block returned, so that all
     *     was rolled back
     * @throws E what the block throws
     */
    default <E extends Exception> void transaction(TransactionBlock<E> block) throws E {
        begin().run(block);
    }

    /**
     * The same for Kotlin and other languages without checked exceptions, where nothing would tell E. Java's compiler always
     * prefers the other one.
     */
    default void transaction(UncheckedBlock block) {
        begin().runUnchecked(block);
    }

    /** As {@link #transaction(TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // The one interface extends the other, so that every lambda finds its method.
    default <T extends @Nullable Object, E extends Exception> T transactionReturning(TransactionFunction<T, E> block)
            throws E {
        return begin().runReturning(block);
    }

    /**
     * The same for Kotlin, as {@link #transaction(UncheckedBlock)}; for a value that may be null, say there which types are
     * meant: {@code transactionReturning<Row?, RuntimeException> { ... }}.
     */
    @SuppressWarnings("overloads") // See above.
    default <T> T transactionReturning(UncheckedFunction<T> block) {
        return begin().runReturningUnchecked(block);
    }
}
