package dev.pgwire.async;

import dev.pgwire.BulkInsert;
import dev.pgwire.CopyClient;
import dev.pgwire.CopyProgress;
import dev.pgwire.CopySource;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.SqlClient;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.StatementDescription;
import dev.pgwire.sql.Composable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be done on an {@link AsyncConnection} and in an {@link AsyncTransaction}, as {@link SqlClient} has it for callers that wait.
 * On a transaction that has ended, each of these methods fails with {@link InterfaceException}.
 *
 * <p>Statements run in the order of the calls. Plain ones outside a transaction (SELECT, INSERT, UPDATE, DELETE, MERGE, VALUES) are
 * sent one behind the other without waiting for answers, each as a transaction of its own.
 */
public interface AsyncClient extends AsyncExecutor {
    /** Sends a string as one simple Query; every column of every result arrives as text. Fails if any statement of it does. */
    CompletableFuture<Answer> executeSimple(String sql);

    /** Calls a function or a procedure, see {@link dev.pgwire.Cursor#callProc(String, Object...)}. */
    CompletableFuture<Answer> callProc(String name, @Nullable Object... values);

    /** The same with values by the names of the parameters. */
    CompletableFuture<Answer> callProc(String name, Map<String, ?> values);

    /**
     * Runs one statement for each of many sets of values, in one go: outside a transaction all of it happens or nothing.
     *
     * @param sets as {@code Cursor.executeMany} takes them. They are asked for on the thread of the event loop, one by one, as there is
     *     room to send: to find them must not block
     */
    CompletableFuture<Answer> executeMany(String sql, Iterable<?> sets);

    /** As {@link #insertMany(BulkInsert, Iterable)}, with nothing asked but the table and the columns. */
    default CompletableFuture<Answer> insertMany(String table, List<String> columns, Iterable<?> rows) {
        return insertMany(BulkInsert.into(table, columns), rows);
    }

    /**
     * Inserts many rows in the quickest way, see {@link SqlClient#insertMany(BulkInsert, Iterable)}.
     *
     * @param rows are asked for as the sets of {@link #executeMany} are
     */
    CompletableFuture<Answer> insertMany(BulkInsert insert, Iterable<?> rows);

    /**
     * Runs a statement and makes records of its rows, as {@link Answer#rows(Class)} does. They are made on the thread of the event
     * loop.
     */
    <T extends Record> CompletableFuture<List<T>> query(Class<T> type, String sql, @Nullable Object... values);

    /** As {@link #query(Class, String, Object...)}, of what a mapper makes of the rows. */
    <T extends @Nullable Object> CompletableFuture<List<T>> query(
            RowMapper<T> mapper, String sql, @Nullable Object... values);

    /**
     * The rows of a statement, which is run for each subscriber anew, when it subscribes. The rows come as the subscriber asks for
     * them, and may be kept: while it does not ask, nothing is read from the socket beyond 64 KiB, and the server waits. A statement
     * that comes behind meanwhile has the rest of the rows set aside in memory, up to 64 MiB or a quarter of the heap, and fails beyond
     * that. Of several statements in one string the rows are those of the first.
     */
    Flow.Publisher<Row> stream(String sql, @Nullable Object... values);

    /** As {@link #stream(String, Object...)}, of records. */
    <T extends Record> Flow.Publisher<T> stream(Class<T> type, String sql, @Nullable Object... values);

    /** As {@link #stream(String, Object...)}, of what a mapper makes of the rows, which must not be null. */
    <T> Flow.Publisher<T> stream(RowMapper<T> mapper, String sql, @Nullable Object... values);

    /**
     * Copies data into a table, see {@link CopyClient#copyIn(String, CopySource)}.
     *
     * @param sql a {@code COPY ... FROM STDIN}
     * @param buffers gives the data, each buffer up to its limit, which is not looked at any more when the next one has been asked
     *     for. It is subscribed to when the server wants the data, and cancelled when the COPY fails; its failure fails the COPY
     * @return how many rows were stored
     */
    CompletableFuture<Long> copyIn(String sql, Flow.Publisher<ByteBuffer> buffers);

    /** The same, with something that is told how much was sent, on the loop's thread. */
    CompletableFuture<Long> copyIn(String sql, Flow.Publisher<ByteBuffer> buffers, CopyProgress progress);

    /**
     * The data of a {@code COPY ... TO STDOUT}, which is run for each subscriber anew, when it subscribes. Each buffer has whole rows,
     * some ten thousand bytes where there are that many, and is the subscriber's to keep. What the subscriber does not ask for waits as
     * it does in {@link #stream(String, Object...)}.
     */
    Flow.Publisher<ByteBuffer> copyOut(String sql);

    /**
     * Copies rows into a table, see {@link CopyClient#copyRows}.
     *
     * @param rows are asked for as the sets of {@link #executeMany} are
     * @return how many rows were stored
     */
    CompletableFuture<Long> copyRows(String sql, Iterable<?> rows);

    /** The same, with something that is told how much was sent, on the loop's thread. */
    CompletableFuture<Long> copyRows(String sql, Iterable<?> rows, CopyProgress progress);

    /** The rows of a {@code COPY ... TO STDOUT}, as {@link CopyClient#copyOut(String)} reads them, otherwise as {@link #stream}. */
    Flow.Publisher<Row> copyRows(String sql);

    /** As {@link #executeMany(String, Iterable)}, of a statement that was composed; fails, too, if that cannot be written. */
    default CompletableFuture<Answer> executeMany(Composable sql, Iterable<?> sets) {
        return Composition.of(sql, this, text -> executeMany(text, sets));
    }

    /** As {@link #query(Class, String, Object...)}, of a statement that was composed. */
    default <T extends Record> CompletableFuture<List<T>> query(
            Class<T> type, Composable sql, @Nullable Object... values) {
        return Composition.of(sql, this, text -> query(type, text, values));
    }

    /** As {@link #query(RowMapper, String, Object...)}, of a statement that was composed. */
    default <T extends @Nullable Object> CompletableFuture<List<T>> query(
            RowMapper<T> mapper, Composable sql, @Nullable Object... values) {
        return Composition.of(sql, this, text -> query(mapper, text, values));
    }

    /** As {@link #stream(String, Object...)}, of a statement that was composed. */
    default Flow.Publisher<Row> stream(Composable sql, @Nullable Object... values) {
        return stream(sql.asString(this), values);
    }

    /** As {@link #copyIn(String, java.util.concurrent.Flow.Publisher)}, by a statement that was composed. */
    default CompletableFuture<Long> copyIn(Composable sql, Flow.Publisher<ByteBuffer> buffers) {
        return Composition.of(sql, this, text -> copyIn(text, buffers));
    }

    /** As {@link #copyRows(String, Iterable)}, by a statement that was composed. */
    default CompletableFuture<Long> copyRows(Composable sql, Iterable<?> rows) {
        return Composition.of(sql, this, text -> copyRows(text, rows));
    }

    /** As {@link #copyOut(String)}, by a statement that was composed. */
    default Flow.Publisher<ByteBuffer> copyOut(Composable sql) {
        return copyOut(sql.asString(this));
    }

    /** As {@link #copyRows(String)}, by a statement that was composed. */
    default Flow.Publisher<Row> copyRows(Composable sql) {
        return copyRows(sql.asString(this));
    }

    /** The value that a text stands for, null for NULL, see {@link SqlClient#cast}. */
    CompletableFuture<@Nullable Object> cast(int oid, @Nullable String text);

    /** What a statement takes and returns, see {@link SqlClient#describe}. */
    CompletableFuture<StatementDescription> describe(String sql);

    /** A cursor of the server by its name, see {@link SqlClient#cursor(String)}. Nothing is sent, and what goes wrong is thrown. */
    default AsyncServerCursor cursor(String name) {
        return cursor(name, ServerCursorOptions.DEFAULT);
    }

    /** The same, declared otherwise than usual; its {@code itersize} is of no interest, since nothing is fetched ahead. */
    AsyncServerCursor cursor(String name, ServerCursorOptions options);

    /** A pipeline: several different statements in one round trip, and outside a transaction all of them or none. */
    AsyncPipeline pipeline();

    /** The large objects of the database: to make, open and drop them. Asks the server nothing; throws {@link InterfaceException} if it may not. */
    AsyncLargeObjects largeObjects();

    /** Begins a transaction, or a savepoint if one is in progress. BEGIN goes with the first statement. */
    CompletableFuture<AsyncTransaction> begin();

    /**
     * Runs a block in a transaction, or in a savepoint if a transaction is in progress: commits when the stage that it returns is
     * done, rolls back when that fails or the block throws. The future is done when the transaction has ended.
     *
     * @param block is called on the thread of the event loop
     */
    <T extends @Nullable Object> CompletableFuture<T> transaction(
            Function<AsyncTransaction, ? extends CompletionStage<T>> block);
}
