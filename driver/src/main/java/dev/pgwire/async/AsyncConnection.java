package dev.pgwire.async;

import dev.pgwire.AccessMode;
import dev.pgwire.ConnectionInfo;
import dev.pgwire.Deferrable;
import dev.pgwire.Isolation;
import dev.pgwire.PreparedTransaction;
import dev.pgwire.Retry;
import dev.pgwire.TransactionMode;
import dev.pgwire.Xid;
import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.notification.Notification;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Mismatch;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A session with a server, for callers that do not wait. Made by {@code Postgres.connectAsync}. What {@link dev.pgwire.Connection} says
 * of autocommit, transactions, deadlines and lost connections is true here, too.
 *
 * <p>Any number of threads may use it at any time: what they ask for is done in the order of their calls. A transaction is the
 * connection's, as everywhere: callers that must not share one need connections of their own.
 */
public interface AsyncConnection extends AsyncClient {
    /** Whether each statement outside a transaction block commits by itself. */
    boolean autocommit();

    /** Says whether each statement commits by itself; fails with {@link InterfaceException} if a transaction is in progress. */
    CompletableFuture<@Nullable Void> autocommit(boolean autocommit);

    /** The characteristics of the transactions that this connection begins. */
    TransactionMode transactionMode();

    /** Sets them; fails with {@link InterfaceException} if a transaction is in progress. */
    CompletableFuture<@Nullable Void> transactionMode(TransactionMode mode);

    /** As {@link #transactionMode(TransactionMode)}, of the isolation alone. */
    default CompletableFuture<@Nullable Void> isolation(Isolation isolation) {
        return transactionMode(transactionMode().with(isolation));
    }

    /** As {@link #transactionMode(TransactionMode)}, of the access alone. */
    default CompletableFuture<@Nullable Void> access(AccessMode access) {
        return transactionMode(transactionMode().with(access));
    }

    /** As {@link #transactionMode(TransactionMode)}, of the deferrability alone. */
    default CompletableFuture<@Nullable Void> deferrable(Deferrable deferrable) {
        return transactionMode(transactionMode().with(deferrable));
    }

    /** Whether a transaction is in progress when all that was asked for before is done, or will be with the next statement. */
    CompletableFuture<Boolean> inTransaction();

    /** The transaction's state as the server told it last. */
    TransactionStatus transactionStatus();

    /** Commits the transaction that is in progress, see {@link dev.pgwire.Connection#commit}; does nothing if there is none. */
    CompletableFuture<@Nullable Void> commit();

    /** Rolls back the transaction that is in progress, if there is one. */
    CompletableFuture<@Nullable Void> rollback();

    /**
     * Begins a transaction with characteristics of its own; fails with {@link InterfaceException} if a transaction is in progress and
     * the mode is not that of the connection.
     */
    CompletableFuture<AsyncTransaction> begin(TransactionMode mode);

    /** As {@link #transaction(Function)}, with characteristics of its own. */
    <T extends @Nullable Object> CompletableFuture<T> transaction(
            TransactionMode mode, Function<AsyncTransaction, ? extends CompletionStage<T>> block);

    /** As {@link #begin(TransactionMode)}, with an isolation of its own. */
    default CompletableFuture<AsyncTransaction> begin(Isolation isolation) {
        return begin(transactionMode().with(isolation));
    }

    /** As {@link #transaction(Function)}, with an isolation of its own. */
    default <T extends @Nullable Object> CompletableFuture<T> transaction(
            Isolation isolation, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return transaction(transactionMode().with(isolation), block);
    }

    /**
     * As {@link #transaction(Function)}, and runs the block again in a new transaction if the server has ended its own with a
     * serialization failure or to break a deadlock, see {@link Retry}; fails with {@link InterfaceException} if a transaction is in
     * progress. While it waits for the next attempt, other callers may use the connection.
     */
    <T extends @Nullable Object> CompletableFuture<T> transaction(
            Retry retry, Function<AsyncTransaction, ? extends CompletionStage<T>> block);

    /** Names a two-phase transaction, see {@link dev.pgwire.Connection#xid}. */
    default Xid xid(int formatId, String gtrid, String bqual) {
        return Xid.of(formatId, gtrid, bqual);
    }

    /** Begins a two-phase transaction, see {@link dev.pgwire.Connection#tpcBegin}. */
    CompletableFuture<@Nullable Void> tpcBegin(Xid xid);

    /** The first phase, see {@link dev.pgwire.Connection#tpcPrepare}. */
    CompletableFuture<@Nullable Void> tpcPrepare();

    /** Commits the two-phase transaction of this connection, see {@link dev.pgwire.Connection#tpcCommit()}. */
    CompletableFuture<@Nullable Void> tpcCommit();

    /** Commits a transaction that was prepared, see {@link dev.pgwire.Connection#tpcCommit(Xid)}. */
    CompletableFuture<@Nullable Void> tpcCommit(Xid xid);

    /** Rolls back the two-phase transaction of this connection, see {@link dev.pgwire.Connection#tpcRollback()}. */
    CompletableFuture<@Nullable Void> tpcRollback();

    /** Rolls back a transaction that was prepared, see {@link dev.pgwire.Connection#tpcRollback(Xid)}. */
    CompletableFuture<@Nullable Void> tpcRollback(Xid xid);

    /**
     * The transactions that are prepared on the server, the oldest first, see {@link dev.pgwire.Connection#tpcRecover}. It is a
     * statement as others are: it begins a transaction where autocommit is off.
     */
    default CompletableFuture<List<PreparedTransaction>> tpcRecover() {
        return query(
                PreparedTransaction::of,
                "SELECT gid, prepared, owner::text, database::text FROM pg_catalog.pg_prepared_xacts"
                        + " ORDER BY prepared, gid");
    }

    /**
     * Asks the server to cancel the statement that it works on, see {@link dev.pgwire.Connection#cancel}; done when the server has been
     * told.
     */
    CompletableFuture<@Nullable Void> cancel();

    /** How long a statement may take; null if for ever. */
    @Nullable
    Duration deadline();

    /**
     * Sets how long a statement may take, counted from the call, so with the time that it waits behind others. It is for the statements
     * that are asked for from now on. One that was not sent by then is not sent; the server is asked to cancel one that it works on. See
     * {@link dev.pgwire.Connection#deadline(Duration)} for the grace that comes behind, and COMMIT.
     *
     * @param deadline null or zero for no deadline
     * @throws InterfaceException if it is negative
     */
    void deadline(@Nullable Duration deadline);

    /** Makes the connection as it was when it was new, see {@link dev.pgwire.Connection#reset}. */
    CompletableFuture<@Nullable Void> reset();

    /** Has the values of a type read and written by a codec of the program from now on, in this connection. */
    void codec(String type, Codec<?> codec);

    /** Has a class of the program converted from now on, in this connection. */
    void conversion(Conversion<?, ?> conversion);

    /** The last notices of the server, at most 50 and at most 1 MiB of them, the oldest first. */
    List<Diagnostic> notices();

    /** Sets the listener to notices; null for none. It is called on the thread of the event loop, which it must not block. */
    void onNotice(@Nullable Consumer<Diagnostic> listener);

    /**
     * Has something told of the statements that are run on this connection, see {@link dev.pgwire.Connection#onStatement}. It is called on
     * the thread of the event loop, which it must not block.
     */
    void onStatement(@Nullable StatementListener listener);

    /** Listens to channels, see {@link dev.pgwire.Connection#listen}; throws {@link InterfaceException} if a name is empty, or there is none. */
    CompletableFuture<@Nullable Void> listen(String... channels);

    /** Listens to channels no more, or to none at all if none is named. */
    CompletableFuture<@Nullable Void> unlisten(String... channels);

    /**
     * The notifications that come while a subscriber has subscribed; each subscriber gets all. What a subscriber does not want yet waits
     * for it: at most 65,536, and at most 8 MiB; {@link Notification#missed} counts those that were dropped. It is told the end when the
     * connection is closed, or given back to its pool, and the failure when it is lost; a
     * {@link dev.pgwire.notification.Subscriber} goes on then.
     */
    Flow.Publisher<Notification> notifications();

    /**
     * Sets the listener to notifications; null for none. It is called on the thread of the event loop, which it must not block. Those that
     * come when there is neither a listener nor a subscriber wait for nothing: the oldest of them are dropped.
     */
    void onNotification(@Nullable Consumer<Notification> listener);

    /** What the server would keep of a password, see {@link dev.pgwire.Connection#encryptPassword}; computed on a thread that may block. */
    CompletableFuture<String> encryptPassword(String password, String user);

    /**
     * Changes the password of a role, which the server never has, see {@link dev.pgwire.Connection#changePassword}. It takes several steps: begin no
     * transaction and end none before it is done, or the new password is part of that.
     */
    CompletableFuture<@Nullable Void> changePassword(String user, String password);

    /** Has the server describe statements and finds those that do not fit their records, see {@link dev.pgwire.Connection#verify}. */
    CompletableFuture<List<Mismatch>> verify(Map<String, Class<? extends Record>> statements);

    /** The run-time parameters that the server reports, by name, as they are now. */
    Map<String, String> parameters();

    /** A run-time parameter that the server reports, such as {@code TimeZone}; null if it does not report it. */
    @Nullable
    String parameter(String name);

    /** The server's version as it tells it, such as {@code 18.6}. */
    default String serverVersion() {
        String version = parameter("server_version");
        return version == null ? "unknown" : version;
    }

    /** The process id of the server process; 0 if the server did not tell. */
    int processId();

    /** What this connection is, as the protocol told it up to now: the server is not asked. */
    ConnectionInfo info();

    /** What the connection was made with. */
    Config config();

    /** Whether the connection was closed or lost. */
    boolean isClosed();

    /** Whether the connection was lost, and not closed or given back by the program. Never waits. */
    boolean isBroken();

    /**
     * Closes the connection; a transaction in progress is rolled back. What was not answered fails with
     * {@link ConnectionFailureException}. Does nothing the second time.
     *
     * @return done when the socket is closed
     */
    CompletableFuture<@Nullable Void> close();
}
