package dev.pgwire.internal.session;

import dev.pgwire.config.CallerStack;
import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.insert.InsertTarget;
import dev.pgwire.internal.insert.SessionInserts;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.loop.SharedLoop;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.pipeline.PipelineRun;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.ExecuteMany;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.SimpleQuery;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.transaction.InTransaction;
import dev.pgwire.internal.upkeep.Cleaning;
import dev.pgwire.internal.upkeep.SessionReset;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.protocol.backend.BackendKeyData;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server, for many callers that do not wait: its connection lives on a shared event loop. The same
 * procedures as those of {@link Session} do the work. May be used by any thread. A future that is completed runs what depends on
 * it on the loop's thread, which must not block there.
 */
public final class LoopSession implements AutoCloseable {
    /** Half of what a reader that takes no rows may hold up: one read of the socket may come on top. */
    private static final int STREAM_FROM = 32 * 1024;

    /** How often is looked whether there is still something to do. */
    private static final Duration LOOKS_EVERY = Duration.ofMillis(20);

    private final LoopTurns turns;
    private final Transport transport;
    private final LoopDriver driver;
    private final CancelFence fence;
    private final Dispatch dispatch;
    private final Duration grace;
    private final LoopCancels cancels;
    private final ServerState server;
    private final SessionInfo info;
    private final @Nullable BackendKeyData key;
    private final SessionInserts inserts;
    /** Whether the borrower that it was lent to has given it back; null if it is lent to none. */
    private final @Nullable AtomicBoolean givenBack;

    /**
     * A session on a connection that is there.
     *
     * @param types what is known of its database, with the codecs that the program has given it
     */
    LoopSession(
            Config config,
            Connector connector,
            Connector.Opened opened,
            ServerState server,
            DatabaseTypes types,
            SharedLoop loop,
            Executor blocking,
            boolean shared) {
        CallerTurns caller = opened.turns();
        this.grace = config.cancelGrace();
        this.server = server;
        this.info = new SessionInfo(opened.facts());
        this.key = opened.key();
        this.fence = new CancelFence(connector.cancelRequest(opened), this::lowered);
        this.transport = caller.transport();
        LoopGate gate = new LoopGate(transport, fence, loop.pace().new Connection());
        this.dispatch = SessionDispatch.of(config, opened, server, gate, STREAM_FROM, types);
        this.inserts = new SessionInserts(dispatch);
        this.givenBack = null;
        DateStyleWatch dateStyle = new DateStyleWatch(config, dispatch);
        this.cancels = new LoopCancels(transport, fence, gate, blocking, shared);
        this.driver = new LoopDriver(
                transport, gate, cancels, dispatch, dateStyle, !shared && config.callerStack() == CallerStack.ON);
        server.tell(fence, gate);
        this.turns = caller.moveTo(loop, driver);
        driver.drive(turns);
    }

    /** A session as one borrower has it. */
    private LoopSession(LoopSession lent) {
        this.turns = lent.turns;
        this.transport = lent.transport;
        this.driver = lent.driver;
        this.fence = lent.fence;
        this.dispatch = lent.dispatch;
        this.grace = lent.grace;
        this.cancels = lent.cancels;
        this.server = lent.server;
        this.info = lent.info;
        this.key = lent.key;
        this.inserts = lent.inserts;
        this.givenBack = new AtomicBoolean();
    }

    /** The same session for one borrower: what is asked of it behind {@link #clean} fails. */
    public LoopSession lent() {
        return new LoopSession(this);
    }

    private void lowered() {
        turns.execute(driver::pump);
    }

    /** How much it has to do. */
    public LoopLoad load() {
        return driver.load();
    }

    /** What the server has told about itself and the session. */
    public ServerState server() {
        return server;
    }

    /** How the session came about. */
    public SessionInfo info() {
        return info;
    }

    /** The process id of the server; 0 if it did not tell. */
    public int processId() {
        return key == null ? 0 : key.processId();
    }

    /** Whether the session can no longer be used. */
    public boolean isClosed() {
        return transport.isClosed() || transport.broken() != null || fence.isShutForGood();
    }

    /** What procedures of this session are made with. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** Runs a statement, and reads all of its answer. */
    public CompletableFuture<Results> execute(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        return execute(sql, values, deadline, ServerState.ANY_TRANSACTION, Function.identity());
    }

    /**
     * Runs a statement, and reads all of its answer.
     *
     * @param mark of the transaction that it is to be part of, see {@link ServerState#endedTransactions}
     * @param reading what is made of its results, on the loop's thread
     */
    public <T extends @Nullable Object> CompletableFuture<T> execute(
            String sql,
            @Nullable Object[] values,
            @Nullable Duration deadline,
            long mark,
            Function<Results, T> reading) {
        Execution statement = new Execution(dispatch, sql, values.clone());
        Procedure<Results> told = watched(StatementKind.STATEMENT, sql, statement);
        return submit(in(mark, new WholeAnswer<>(dispatch, told, reading)), deadline, statement::isPlain);
    }

    /** Sends a text as one simple Query; otherwise as {@link #execute(String, Object[], Duration, long, Function)}. */
    public <T extends @Nullable Object> CompletableFuture<T> query(
            String sql, @Nullable Duration deadline, long mark, Function<Results, T> reading) {
        return whole(watched(StatementKind.SIMPLE_QUERY, sql, new SimpleQuery(dispatch, sql)), deadline, mark, reading);
    }

    /** Runs a statement up to its first rows; the others are read by {@link #next}. */
    public CompletableFuture<Results> stream(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        return stream(sql, values, deadline, ServerState.ANY_TRANSACTION);
    }

    /** The same in the transaction of a mark. */
    public CompletableFuture<Results> stream(
            String sql, @Nullable Object[] values, @Nullable Duration deadline, long mark) {
        Execution statement = new Execution(dispatch, sql, values.clone());
        Procedure<Results> told = watched(StatementKind.STATEMENT, sql, statement);
        return submit(new OpenedAnswer(dispatch, in(mark, told), sql), deadline, statement::isPlain);
    }

    /** The next rows of a result that is streamed; null if there are none any more. To cancel the future may lose them. */
    public CompletableFuture<@Nullable RowSlice> next(Results results, Result result) {
        LoopTask<@Nullable RowSlice> reader = LoopTask.unwatched(driver, new NextRows(dispatch, results, result));
        driver.submitReader(reader);
        return reader;
    }

    /** Drops what is left of an answer that is streamed. */
    public void discard(Results results) {
        if (turns.isHere()) {
            driver.discard(results);
        } else {
            turns.execute(() -> driver.discard(results));
        }
    }

    /** Runs something on the loop's thread, behind what it has to do already; on the calling thread if the loop has ended. */
    public void onLoop(Runnable what) {
        if (!turns.execute(what)) {
            what.run();
        }
    }

    /** How many bytes the rows take that came of the answer that is streamed, and that were not asked for. */
    public CompletableFuture<Long> unreadBytes() {
        CompletableFuture<Long> bytes = new CompletableFuture<>();
        if (!turns.execute(() -> bytes.complete(driver.readers().unreadBytes()))) {
            bytes.complete(0L);
        }
        return bytes;
    }

    /**
     * Runs a statement for many sets of values, which are asked for on the loop's thread; otherwise as
     * {@link #execute(String, Object[], Duration, long, Function)}.
     */
    public <T extends @Nullable Object> CompletableFuture<T> executeMany(
            String sql,
            Iterator<@Nullable Object[]> sets,
            @Nullable Duration deadline,
            long mark,
            Function<Results, T> reading) {
        return whole(watched(StatementKind.BATCH, sql, new ExecuteMany(dispatch, sql, sets)), deadline, mark, reading);
    }

    /** Inserts rows in whatever way is quickest; otherwise as {@link #executeMany}. */
    public <T extends @Nullable Object> CompletableFuture<T> insertMany(
            InsertTarget target,
            Iterator<@Nullable Object[]> rows,
            @Nullable Duration deadline,
            long mark,
            Function<Results, T> reading) {
        String sql = "INSERT INTO " + target.table();
        return whole(watched(StatementKind.INSERT, sql, inserts.insert(target, rows)), deadline, mark, reading);
    }

    private Procedure<Results> watched(StatementKind kind, String sql, Procedure<Results> what) {
        return WatchedResults.of(dispatch, kind, sql, what);
    }

    private <T extends @Nullable Object> CompletableFuture<T> whole(
            Procedure<Results> what, @Nullable Duration deadline, long mark, Function<Results, T> reading) {
        return submit(in(mark, new WholeAnswer<>(dispatch, what, reading)), deadline, () -> false);
    }

    /** Runs a pipeline; done when all of it is answered, well or not. */
    public CompletableFuture<@Nullable Void> pipeline(
            List<PipelineRun.Statement> statements, @Nullable Duration deadline, long mark) {
        return submit(in(mark, new PipelineRun(dispatch, statements)), deadline, () -> false);
    }

    private <T extends @Nullable Object> Procedure<T> in(long mark, Procedure<T> procedure) {
        return mark == ServerState.ANY_TRANSACTION ? procedure : new InTransaction<>(dispatch, mark, procedure);
    }

    /**
     * Brings the session back to what it was when it began, when all before it is done.
     *
     * @param begins is run first, on the loop's thread
     */
    public CompletableFuture<@Nullable Void> reset(@Nullable Duration deadline, Runnable begins) {
        LoopTask<@Nullable Void> reset = task(SessionReset.of(dispatch, begins), deadline, () -> false);
        return submit(reset.hasToRun("the connection was reset"));
    }

    /** Whether it has something to do, or is read from. Never waits. */
    public boolean isInUse() {
        return load().tasks() > 0 || driver.readers().isOpen();
    }

    /**
     * Clears away what a user has left unfinished, when all before it is done; gives whether a statement may have left something in the
     * session that outlives its transaction.
     *
     * @param limit fails if it is not done by then
     */
    public CompletableFuture<Boolean> clean(Duration limit) {
        AtomicBoolean over = givenBack == null ? new AtomicBoolean() : givenBack;
        LoopTask<Boolean> cleaning = task(Cleaning.of(dispatch, () -> over.set(true)), limit, () -> false);
        return send(cleaning.hasToRun("the connection was given back to its pool"));
    }

    /** Runs a procedure alone on the connection, behind all that was asked for before. */
    public <T extends @Nullable Object> CompletableFuture<T> run(Procedure<T> procedure, @Nullable Duration deadline) {
        return submit(procedure, deadline, () -> false);
    }

    /** The same of a command that is not cancelled, such as SAVEPOINT. */
    public <T extends @Nullable Object> CompletableFuture<T> runUncancelled(
            String command, Procedure<T> procedure, @Nullable Duration deadline) {
        CancelPolicy policy = new CancelPolicy(grace);
        policy.beginUncancelled(command, Deadline.of(deadline));
        return submit(LoopTask.of(driver, procedure, policy, () -> false));
    }

    /** The same of a command that ends a transaction or a savepoint, and is sent whatever the deadline. */
    public <T extends @Nullable Object> CompletableFuture<T> runEnding(
            String command, Procedure<T> procedure, @Nullable Duration deadline) {
        CancelPolicy policy = new CancelPolicy(grace);
        policy.beginEnding(command, Deadline.of(deadline));
        return submit(LoopTask.of(driver, procedure, policy, () -> false).hasToRun(command + " came"));
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(
            Procedure<T> procedure, @Nullable Duration deadline, BooleanSupplier plain) {
        return submit(task(procedure, deadline, plain));
    }

    private <T extends @Nullable Object> LoopTask<T> task(
            Procedure<T> procedure, @Nullable Duration deadline, BooleanSupplier plain) {
        CancelPolicy policy = new CancelPolicy(grace);
        policy.begin(Deadline.of(deadline));
        return LoopTask.of(driver, procedure, policy, plain);
    }

    private <T extends @Nullable Object> CompletableFuture<T> submit(LoopTask<T> task) {
        return send(task.of(givenBack));
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(LoopTask<T> task) {
        if (transport.isClosed()) {
            task.fail(closed());
        } else {
            driver.submit(task);
        }
        return task;
    }

    private static InterfaceException closed() {
        return new InterfaceException("the connection is closed, expected an open one");
    }

    /**
     * Asks the server to cancel what it works on; done when it has been told. Does nothing if it works on nothing.
     *
     * @param wanted whether what runs is still the caller's: asked when nothing else can begin any more
     */
    public CompletableFuture<@Nullable Void> cancel(BooleanSupplier wanted) {
        LoopFuture<@Nullable Void> told = new LoopFuture<>();
        if (transport.isClosed()) {
            told.completeExceptionally(closed());
        } else {
            cancels.cancel(wanted, told);
        }
        return told;
    }

    /** Why the connection was lost; null while it is not, and if it was closed. */
    public @Nullable PgException failure() {
        return transport.isClosed() ? null : transport.broken();
    }

    /** Runs something when the connection has ended, on the loop's thread or the current one. */
    public void whenEnded(Runnable told) {
        turns.whenEnded(told);
    }

    /** Ends the session when all that was asked for is answered, but not before a time has passed: what is on its way may still come. */
    public void closeWhenIdle(Duration notBefore) {
        turns.at(System.nanoTime() + notBefore.toNanos(), () -> {
            if (driver.isIdle()) {
                close();
            } else if (!isClosed()) {
                closeWhenIdle(LOOKS_EVERY);
            }
        });
    }

    /** Ends the session; what is not answered fails. */
    @Override
    public void close() {
        fence.shut();
        turns.close();
        lowered();
    }
}
