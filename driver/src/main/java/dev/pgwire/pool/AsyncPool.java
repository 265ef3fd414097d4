package dev.pgwire.pool;

import dev.pgwire.Isolation;
import dev.pgwire.Retry;
import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Pool} for callers that do not wait, see {@link Pool#async}: the same connections, of which those that are lent here live on event
 * loops. What is said there of borrowers, time-outs, the reset and shared connections is true here, too. Any thread may use it.
 *
 * <p>Futures are completed as those of {@link dev.pgwire.async.AsyncExecutor} are. To cancel one gives up the wait for a connection, or asks
 * the server to cancel the statement.
 */
public interface AsyncPool {
    /**
     * Borrows a connection; {@link AsyncConnection#close} gives it back, when what was asked for before is done. That has five seconds:
     * then the connection is closed instead. What is asked for afterwards is refused.
     *
     * @return fails with {@link NoConnectionException} if none comes free within {@link PoolConfig#acquireTimeout}, or too many wait
     *     already, and else as {@link Pool#connection} does
     */
    CompletableFuture<AsyncConnection> connection();

    /**
     * Borrows a connection until the stage is done that a block returns.
     *
     * @return what comes of the stage, when the connection was given back
     */
    <T extends @Nullable Object> CompletableFuture<T> withConnection(
            Function<AsyncConnection, ? extends CompletionStage<T>> block);

    /** Runs a block in a transaction on a borrowed connection, see {@link dev.pgwire.async.AsyncClient#transaction}. */
    default <T extends @Nullable Object> CompletableFuture<T> transaction(
            Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return withConnection(connection -> connection.transaction(block));
    }

    /** The same, with characteristics of its own. */
    default <T extends @Nullable Object> CompletableFuture<T> transaction(
            TransactionMode mode, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return withConnection(connection -> connection.transaction(mode, block));
    }

    /** The same, with an isolation of its own. */
    default <T extends @Nullable Object> CompletableFuture<T> transaction(
            Isolation isolation, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return withConnection(connection -> connection.transaction(isolation, block));
    }

    /** The same, repeated after a serialization failure or a deadlock, see {@link AsyncConnection#transaction(Retry, Function)}. */
    default <T extends @Nullable Object> CompletableFuture<T> transaction(
            Retry retry, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return withConnection(connection -> connection.transaction(retry, block));
    }

    /**
     * Runs one statement in autocommit, on a connection that others share where that is possible, see {@link Pool#execute}.
     *
     * @param values as {@link dev.pgwire.SqlExecutor} takes them
     * @return fails with {@link PgException} as {@link AsyncConnection#execute} does, and as {@link #connection}
     */
    CompletableFuture<Answer> execute(String sql, @Nullable Object... values);

    /** The rows of {@link #execute}. */
    CompletableFuture<Rows> fetchAll(String sql, @Nullable Object... values);

    /** The rows of {@link #execute} as records, see {@link Answer#rows(Class)}. */
    <T extends Record> CompletableFuture<List<T>> query(Class<T> type, String sql, @Nullable Object... values);

    /** What a mapper makes of the rows of {@link #execute}. */
    <T extends @Nullable Object> CompletableFuture<List<T>> query(
            RowMapper<T> mapper, String sql, @Nullable Object... values);

    /**
     * The rows of a statement as they are asked for, see {@link dev.pgwire.async.AsyncClient#stream}. Each subscriber has a borrowed
     * connection, which is given back when its rows are over, have failed, or are cancelled; the subscription begins when it is there.
     */
    Flow.Publisher<Row> stream(String sql, @Nullable Object... values);

    /** The same as records. */
    <T extends Record> Flow.Publisher<T> stream(Class<T> type, String sql, @Nullable Object... values);

    /** The same, and what a mapper makes of the rows. */
    <T> Flow.Publisher<T> stream(RowMapper<T> mapper, String sql, @Nullable Object... values);
}
