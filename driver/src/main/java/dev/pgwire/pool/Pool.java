package dev.pgwire.pool;

import dev.pgwire.Connection;
import dev.pgwire.Isolation;
import dev.pgwire.Retry;
import dev.pgwire.TransactionBlock;
import dev.pgwire.TransactionFunction;
import dev.pgwire.TransactionMode;
import dev.pgwire.UncheckedBlock;
import dev.pgwire.UncheckedFunction;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Rows;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Connections that are used again: a program borrows one and gives it back. Made by {@code Postgres.pool}; any thread may use it,
 * virtual ones as well.
 *
 * <pre>{@code
 * try (Pool pool = Postgres.pool("dbname=postgres user=cenrax")) {
 *     pool.transaction(tx -> tx.execute("UPDATE users SET age = age + 1 WHERE id = $1", 1));
 *     try (Connection conn = pool.connection()) {
 *         System.out.println(conn.execute("SELECT count(*) FROM users").fetchOne());
 *     }
 * }
 * }</pre>
 *
 * <p>Borrowers are served in the order in which they came. What a borrower leaves behind is cleared away when the connection is given
 * back, see {@link SessionReset}; the next one finds a connection as good as new, with its prepared statements. Programs do not
 * implement this interface: it may get more methods.
 */
public interface Pool extends AutoCloseable {
    /**
     * Borrows a connection; {@link Connection#close} gives it back. From then on it refuses whatever is asked of it.
     *
     * @throws NoConnectionException if none comes free within {@link PoolConfig#acquireTimeout}, or too many wait already
     * @throws QueryCanceledException if the thread is interrupted while it waits
     * @throws InterfaceException if the pool was closed
     * @throws PgException if there is no connection, and the server refuses to let this user in
     */
    Connection connection();

    /**
     * Borrows a connection for as long as a block runs.
     *
     * @throws PgException as {@link #connection} does
     * @throws E what the block throws
     */
    default <E extends Exception> void withConnection(ConnectionBlock<E> block) throws E {
        try (Connection connection = connection()) {
            block.run(connection);
        }
    }

    /** The same for Kotlin, as {@link dev.pgwire.SqlClient#transaction(UncheckedBlock)}. */
    @SuppressWarnings("unchecked")
    default void withConnection(UncheckedConnectionBlock block) {
        ConnectionBlock<Exception> throwing = block::run;
        withConnection((ConnectionBlock<RuntimeException>) (ConnectionBlock<?>) throwing);
    }

    /** As {@link #withConnection(ConnectionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // The one interface extends the other, so that every lambda finds its method.
    default <T extends @Nullable Object, E extends Exception> T withConnectionReturning(ConnectionFunction<T, E> block)
            throws E {
        try (Connection connection = connection()) {
            return block.apply(connection);
        }
    }

    /** The same for Kotlin. */
    @SuppressWarnings({"unchecked", "overloads"}) // See above.
    default <T> T withConnectionReturning(UncheckedConnectionFunction<T> block) {
        ConnectionFunction<T, Exception> throwing = block::apply;
        return withConnectionReturning((ConnectionFunction<T, RuntimeException>) (ConnectionFunction<T, ?>) throwing);
    }

    /**
     * Runs a block in a transaction on a borrowed connection, see {@link dev.pgwire.SqlClient#transaction(TransactionBlock)}.
     *
     * @throws E what the block throws
     */
    default <E extends Exception> void transaction(TransactionBlock<E> block) throws E {
        try (Connection connection = connection()) {
            connection.transaction(block);
        }
    }

    /** The same for Kotlin. */
    default void transaction(UncheckedBlock block) {
        try (Connection connection = connection()) {
            connection.transaction(block);
        }
    }

    /** As {@link #transaction(TransactionBlock)}, with characteristics of its own. */
    default <E extends Exception> void transaction(TransactionMode mode, TransactionBlock<E> block) throws E {
        try (Connection connection = connection()) {
            connection.transaction(mode, block);
        }
    }

    /** The same for Kotlin. */
    default void transaction(TransactionMode mode, UncheckedBlock block) {
        try (Connection connection = connection()) {
            connection.transaction(mode, block);
        }
    }

    /** As {@link #transaction(TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // See above.
    default <T extends @Nullable Object, E extends Exception> T transactionReturning(TransactionFunction<T, E> block)
            throws E {
        try (Connection connection = connection()) {
            return connection.transactionReturning(block);
        }
    }

    /** The same for Kotlin. */
    @SuppressWarnings("overloads") // See above.
    default <T> T transactionReturning(UncheckedFunction<T> block) {
        try (Connection connection = connection()) {
            return connection.transactionReturning(block);
        }
    }

    /** As {@link #transactionReturning(TransactionFunction)}, with characteristics of its own. */
    @SuppressWarnings("overloads") // See above.
    default <T extends @Nullable Object, E extends Exception> T transactionReturning(
            TransactionMode mode, TransactionFunction<T, E> block) throws E {
        try (Connection connection = connection()) {
            return connection.transactionReturning(mode, block);
        }
    }

    /** The same for Kotlin. */
    @SuppressWarnings("overloads") // See above.
    default <T> T transactionReturning(TransactionMode mode, UncheckedFunction<T> block) {
        try (Connection connection = connection()) {
            return connection.transactionReturning(mode, block);
        }
    }

    /** As {@link #transaction(TransactionBlock)}, with an isolation of its own. */
    default <E extends Exception> void transaction(Isolation isolation, TransactionBlock<E> block) throws E {
        try (Connection connection = connection()) {
            connection.transaction(isolation, block);
        }
    }

    /** The same for Kotlin. */
    default void transaction(Isolation isolation, UncheckedBlock block) {
        try (Connection connection = connection()) {
            connection.transaction(isolation, block);
        }
    }

    /** As {@link #transaction(Isolation, TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // See above.
    default <T extends @Nullable Object, E extends Exception> T transactionReturning(
            Isolation isolation, TransactionFunction<T, E> block) throws E {
        try (Connection connection = connection()) {
            return connection.transactionReturning(isolation, block);
        }
    }

    /** The same for Kotlin. */
    @SuppressWarnings("overloads") // See above.
    default <T> T transactionReturning(Isolation isolation, UncheckedFunction<T> block) {
        try (Connection connection = connection()) {
            return connection.transactionReturning(isolation, block);
        }
    }

    /**
     * As {@link #transaction(TransactionBlock)}, and runs the block again, on the same connection, after a serialization failure or a
     * deadlock, see {@link Connection#transaction(Retry, TransactionBlock)}.
     */
    default <E extends Exception> void transaction(Retry retry, TransactionBlock<E> block) throws E {
        try (Connection connection = connection()) {
            connection.transaction(retry, block);
        }
    }

    /** The same for Kotlin. */
    default void transaction(Retry retry, UncheckedBlock block) {
        try (Connection connection = connection()) {
            connection.transaction(retry, block);
        }
    }

    /** As {@link #transaction(Retry, TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // See above.
    default <T extends @Nullable Object, E extends Exception> T transactionReturning(
            Retry retry, TransactionFunction<T, E> block) throws E {
        try (Connection connection = connection()) {
            return connection.transactionReturning(retry, block);
        }
    }

    /** The same for Kotlin. */
    @SuppressWarnings("overloads") // See above.
    default <T> T transactionReturning(Retry retry, UncheckedFunction<T> block) {
        try (Connection connection = connection()) {
            return connection.transactionReturning(retry, block);
        }
    }

    /**
     * Runs one statement in autocommit, and returns all of its answer. Statements of many threads share a few connections, see
     * {@link PoolConfig#lanes}: they are sent one behind the other without waiting for answers, so that few connections serve thousands
     * of threads. One that may leave something behind in its session, as SET and LISTEN do, several in one string, and one that finds no
     * shared connection, gets a connection of its own, as by {@link #connection}.
     *
     * <p>A statement behind a slow one on the same connection waits for it; the least busy connection is chosen. The thread is released
     * at once when it is interrupted, or when {@link PoolConfig#deadline} has passed, counted from the call: whether the statement was done is not known then.
     *
     * @param values as {@link dev.pgwire.SqlExecutor} takes them
     * @throws PgException as {@link Connection#execute} does, and as {@link #connection}
     */
    Answer execute(String sql, @Nullable Object... values);

    /** The rows of {@link #execute}. */
    default Rows fetchAll(String sql, @Nullable Object... values) {
        return execute(sql, values).rows();
    }

    /** The rows of {@link #execute} as records, see {@link Answer#rows(Class)}. */
    default <T extends Record> List<T> query(Class<T> type, String sql, @Nullable Object... values) {
        return execute(sql, values).rows(type);
    }

    /** The pool for callers that do not wait. Both lend the same connections, and share what {@link PoolConfig} says. */
    AsyncPool async();

    /**
     * A pool for reads, made at the first call: with several hosts its connections are on the standbys, each on one that is chosen at
     * random, and on the primary only if there is no standby, or none that is at most {@link PoolConfig#maxLag} behind. Its sessions
     * are read-only by default, so that a write is refused wherever it ends. It has the options of this one, but
     * {@link PoolConfig#maxReaders} connections, which live for 5 minutes at most; its own {@code reads()} is itself.
     *
     * <p>How far a server is behind is asked when a connection is made, and when it is borrowed and was not asked for
     * {@link PoolConfig#validateAfter}. So what is read may be older than {@code maxLag} by that time and that of its statements.
     *
     * <p>It is closed with this pool. Closed by itself it stays so: this method then returns the closed one.
     *
     * @throws InterfaceException if there are several hosts, and {@code target_session_attrs} is not {@code primary} or
     *     {@code read-write}: writes must find the primary; or if this pool was closed before the first call
     */
    Pool reads();

    /** What the pool is doing at this moment, and what it has done; its {@link #reads} has numbers of its own. Never waits. */
    PoolStats stats();

    /** What the pool was made with. */
    PoolConfig config();

    /** Whether {@link #close} or {@link #drain} was called. */
    boolean isClosed();

    /**
     * Closes the pool, and does not wait. Nothing is lent any more, and borrowers that wait fail. Idle connections are closed at once,
     * borrowed ones when they are given back. Does nothing the second time.
     */
    @Override
    void close();

    /**
     * Closes the pool as {@link #close} does, and waits for the connections that are borrowed. Those that are not given back within the
     * time are closed: the calls that use them fail.
     *
     * @return whether all were given back
     */
    boolean drain(Duration limit);
}
