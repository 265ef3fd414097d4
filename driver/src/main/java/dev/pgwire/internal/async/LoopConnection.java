package dev.pgwire.internal.async;

import dev.pgwire.ConnectionInfo;
import dev.pgwire.Retry;
import dev.pgwire.TransactionMode;
import dev.pgwire.Xid;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.async.EventLoops;
import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.call.Routines;
import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.lob.OpenObjects;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.notification.NotificationPublisher;
import dev.pgwire.internal.password.LoopPasswords;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionInfo;
import dev.pgwire.internal.sql.ChannelSql;
import dev.pgwire.internal.verify.Verifying;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection that lives on a shared event loop. */
public final class LoopConnection extends LoopClient implements AsyncConnection {
    private final Config config;
    private final LoopSession session;
    private final Describing describing;
    private final LoopTransactions transactions;
    private final @Nullable LoopBorrowing borrowing;
    private final @Nullable Birth birth;

    private final Routines routines = new Routines();
    private final OpenObjects openObjects;
    private volatile @Nullable Duration deadline;

    /** Says what a connection is; only the package of {@link ConnectionInfo} can. */
    @FunctionalInterface
    public interface Describing {
        /** What the protocol has told of a connection. */
        ConnectionInfo describe(Config config, SessionInfo facts, ServerState server, int processId);
    }

    /**
     * A connection.
     *
     * @param borrowing what it has to do with its pool; null for one of the program's own
     * @param birth null if it is not looked for when the program forgets it
     */
    LoopConnection(
            Config config,
            LoopSession session,
            Describing describing,
            @Nullable LoopBorrowing borrowing,
            @Nullable Birth birth) {
        this.config = config;
        this.session = session;
        this.describing = describing;
        this.borrowing = borrowing;
        this.transactions = new LoopTransactions(this);
        this.openObjects = new OpenObjects(session.dispatch());
        this.birth = birth;
    }

    /** Has the session closed when the program cannot reach this object any more. */
    LoopConnection watched() {
        if (birth != null) {
            birth.watch(this, new OwnedLoopSession(session));
        }
        return this;
    }

    /** Connects on a thread that may block, and completes there. */
    public static CompletableFuture<AsyncConnection> connect(Config config, EventLoops loops, Describing describing) {
        Connecting connecting =
                new Connecting(config, LoopGroup.of(loops), describing, Birth.now(config.leakDetection()));
        BlockingWork.executor().execute(connecting);
        return connecting;
    }

    LoopSession session() {
        return session;
    }

    LoopTransactions transactions() {
        return transactions;
    }

    @Override
    LoopConnection loopConnection() {
        return this;
    }

    @Override
    long mark() {
        return ServerState.ANY_TRANSACTION;
    }

    @Override
    @Nullable
    InterfaceException refusal() {
        return borrowing == null ? null : borrowing.refusal();
    }

    /** Checks that it was not given back to its pool. */
    private LoopConnection checked() {
        InterfaceException refusal = refusal();
        if (refusal != null) {
            throw refusal;
        }
        return this;
    }

    private <T extends @Nullable Object> CompletableFuture<T> unlessOver(Supplier<CompletableFuture<T>> what) {
        InterfaceException refusal = refusal();
        return refusal != null ? failed(refusal) : what.get();
    }

    /** The functions and procedures that were called. */
    Routines routines() {
        return routines;
    }

    /** Its large objects. */
    OpenObjects openObjects() {
        return openObjects;
    }

    /** A statement is run. */
    void runs(String sql) {
        if (borrowing != null) {
            borrowing.runs(sql);
        }
    }

    @Override
    public boolean autocommit() {
        return transactions.autocommit();
    }

    @Override
    public CompletableFuture<@Nullable Void> autocommit(boolean autocommit) {
        return this.<@Nullable Void>unlessOver(() -> transactions.autocommit(autocommit));
    }

    @Override
    public TransactionMode transactionMode() {
        return transactions.mode();
    }

    @Override
    public CompletableFuture<@Nullable Void> transactionMode(TransactionMode mode) {
        return this.<@Nullable Void>unlessOver(() -> transactions.mode(mode));
    }

    @Override
    public CompletableFuture<Boolean> inTransaction() {
        return unlessOver(transactions::isInProgress);
    }

    @Override
    public TransactionStatus transactionStatus() {
        return session.server().transactionStatus();
    }

    @Override
    public CompletableFuture<@Nullable Void> commit() {
        return this.<@Nullable Void>unlessOver(() -> transactions.end("COMMIT", ServerState.ANY_TRANSACTION));
    }

    @Override
    public CompletableFuture<@Nullable Void> rollback() {
        return this.<@Nullable Void>unlessOver(() -> transactions.end("ROLLBACK", ServerState.ANY_TRANSACTION));
    }

    @Override
    public CompletableFuture<AsyncTransaction> begin(TransactionMode mode) {
        return unlessOver(() -> transactions.begin(mode, mark()));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> transaction(
            TransactionMode mode, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return new TransactionBlockFuture<>(this, block).after(begin(mode));
    }

    @Override
    public <T extends @Nullable Object> CompletableFuture<T> transaction(
            Retry retry, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        return new RetriedBlock<>(this, retry, block).begin();
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcBegin(Xid xid) {
        String name = xid.toString();
        return this.<@Nullable Void>unlessOver(() -> transactions.beginTwoPhase(name));
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcPrepare() {
        return this.<@Nullable Void>unlessOver(transactions::prepare);
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcCommit() {
        return this.<@Nullable Void>unlessOver(() -> transactions.endTwoPhase("COMMIT", null));
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcCommit(Xid xid) {
        String name = xid.toString();
        return this.<@Nullable Void>unlessOver(() -> transactions.endTwoPhase("COMMIT", name));
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcRollback() {
        return this.<@Nullable Void>unlessOver(() -> transactions.endTwoPhase("ROLLBACK", null));
    }

    @Override
    public CompletableFuture<@Nullable Void> tpcRollback(Xid xid) {
        String name = xid.toString();
        return this.<@Nullable Void>unlessOver(() -> transactions.endTwoPhase("ROLLBACK", name));
    }

    @Override
    public CompletableFuture<@Nullable Void> cancel() {
        return this.<@Nullable Void>unlessOver(() -> session.cancel(() -> refusal() == null));
    }

    @Override
    public @Nullable Duration deadline() {
        return deadline;
    }

    @Override
    public void deadline(@Nullable Duration deadline) {
        Session.checkDeadline(deadline);
        checked();
        this.deadline = deadline == null || deadline.isZero() ? null : deadline;
    }

    @Override
    public CompletableFuture<@Nullable Void> reset() {
        return this.<@Nullable Void>unlessOver(() -> {
            Duration before = deadline;
            deadline = null;
            return transactions.reset(before);
        });
    }

    @Override
    public void codec(String type, Codec<?> codec) {
        marked().dispatch().types().register(type, codec);
    }

    @Override
    public void conversion(Conversion<?, ?> conversion) {
        marked().dispatch().types().register(conversion);
    }

    /** The session, which is given something of the borrower's own that cannot be taken away again. */
    private LoopSession marked() {
        LoopBorrowing borrowed = checked().borrowing;
        if (borrowed != null) {
            borrowed.mark();
        }
        return session;
    }

    @Override
    public List<Diagnostic> notices() {
        return checked().session.server().notices();
    }

    @Override
    public void onNotice(@Nullable Consumer<Diagnostic> listener) {
        checked().session.server().onNotice(listener);
    }

    @Override
    public void onStatement(@Nullable StatementListener listener) {
        checked().session.server().onStatement(listener);
    }

    @Override
    public CompletableFuture<@Nullable Void> listen(String... channels) {
        return commands(ChannelSql.listen(channels));
    }

    @Override
    public CompletableFuture<@Nullable Void> unlisten(String... channels) {
        return commands(ChannelSql.unlisten(channels));
    }

    private CompletableFuture<@Nullable Void> commands(String sql) {
        return this.<@Nullable Void>execute(given(sql, new Object[0]), results -> null);
    }

    @Override
    public Flow.Publisher<Notification> notifications() {
        return new NotificationPublisher(session, this::refusal);
    }

    @Override
    public void onNotification(@Nullable Consumer<Notification> listener) {
        checked().session.server().notifications().listener(listener);
    }

    @Override
    public CompletableFuture<String> encryptPassword(String password, String user) {
        return unlessOver(() -> new LoopPasswords(session, deadline, BlockingWork.executor()).encrypt(password, user));
    }

    @Override
    public CompletableFuture<@Nullable Void> changePassword(String user, String password) {
        return this.<@Nullable Void>unlessOver(
                () -> new LoopPasswords(session, deadline, BlockingWork.executor()).change(user, password));
    }

    @Override
    public CompletableFuture<List<Mismatch>> verify(Map<String, Class<? extends Record>> statements) {
        return unlessOver(() -> session.run(Verifying.of(session.dispatch(), statements), deadline));
    }

    @Override
    public Map<String, String> parameters() {
        return session.server().parameters();
    }

    @Override
    public @Nullable String parameter(String name) {
        return session.server().parameter(name);
    }

    @Override
    public int processId() {
        return session.processId();
    }

    @Override
    public ConnectionInfo info() {
        return describing.describe(config, session.info(), session.server(), session.processId());
    }

    @Override
    public Config config() {
        return config;
    }

    @Override
    public boolean isBroken() {
        return refusal() == null && session.failure() != null;
    }

    @Override
    public boolean isClosed() {
        return session.isClosed() || refusal() != null;
    }

    @Override
    public CompletableFuture<@Nullable Void> close() {
        if (borrowing != null) {
            transactions.tellForgotten("its connection was given back to the pool, which rolls it back");
            return borrowing.giveBack();
        }
        LoopFuture<@Nullable Void> closed = new LoopFuture<>();
        transactions.tellForgotten("its connection was closed, which rolls it back");
        session.whenEnded(() -> closed.complete(null));
        session.close();
        if (birth != null) {
            birth.ends();
        }
        return closed;
    }

    @Override
    public String toString() {
        return "AsyncConnection[" + config
                + (isClosed() ? ", closed" : ", process " + Integer.toUnsignedString(processId())) + "]";
    }
}
