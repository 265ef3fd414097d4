package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Remainder;
import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.exchange.RowSlice;
import dev.pgwire.internal.net.Connector;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendKeyData;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server. Threads may share it, one at a time: whoever calls while another is inside waits for its
 * turn. An answer that is still being read when the connection is needed for something else is set aside in memory.
 */
public final class Session implements AutoCloseable {
    /** So much of an unread answer is set aside at most. */
    static final long MOST_SET_ASIDE = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 4);

    private final Runnable cancelRequest = new Runnable() {
        @Override
        public void run() {
            sendCancelRequest();
        }
    };
    private final Runnable makeRoom = new Runnable() {
        @Override
        public void run() {
            finishPipeline();
            setAside();
        }
    };
    private final Transport transport;
    private final Connector connector;
    private final @Nullable BackendKeyData key;
    private final SessionInfo info;
    private final ServerState server;
    private final DueBegin begin;
    private final CancelFence fence;
    private final AnswerWait waiting;
    private final Dispatch dispatch;
    private final StatementRunner runner;
    private final BatchRunner batches;
    private final Preparation preparation;
    private @Nullable Results streaming;
    /** The pipeline that has used the connection last. */
    private @Nullable PipelineRunner pipeline;

    private @Nullable BulkWriter bulk;
    private volatile @Nullable Duration pipelineDeadline;

    private Session(Config config, Connector connector, Connector.Opened opened, ServerState server, Duration grace) {
        this.connector = connector;
        this.transport = opened.transport();
        this.key = opened.key();
        this.info = new SessionInfo(opened.facts());
        this.server = server;
        this.begin = new DueBegin(server);
        this.fence = new CancelFence(cancelRequest);
        this.waiting = new AnswerWait(transport, fence, grace);
        server.tell(fence, waiting);
        this.dispatch = new Dispatch(transport, server, begin, fence, waiting, config.prepare());
        this.preparation = new Preparation(dispatch);
        this.runner = new StatementRunner(dispatch, preparation);
        this.batches = new BatchRunner(dispatch, preparation);
    }

    /** Connects and logs in. */
    public static Session open(Config config) {
        return open(config, AnswerWait.GRACE);
    }

    /** The same with another time for the server to answer a cancel request. */
    static Session open(Config config, Duration grace) {
        Connector connector = new Connector(config);
        ServerState server = new ServerState();
        return new Session(config, connector, connector.open(server), server, grace);
    }

    /** What the server has told about itself and the session. */
    public ServerState server() {
        return server;
    }

    /** How the session came about. */
    public SessionInfo info() {
        return info;
    }

    /** The process id of the server process; 0 if the server did not tell. */
    public int processId() {
        return key == null ? 0 : key.processId();
    }

    /** Whether the session can no longer be used. */
    public boolean isClosed() {
        return transport.isClosed() || transport.broken() != null;
    }

    /**
     * Asks the server to cancel what runs, without taking the connection from whoever waits for that; returns when the
     * server has been told. Does nothing if nothing runs.
     *
     * @throws NotSupportedException if the server gave no key for it
     * @throws OperationalException if the server cannot be told
     */
    public void cancel() {
        checkOpen();
        if (key == null) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server gave no key to cancel with (BackendKeyData) when the connection began, expected one",
                    null);
        }
        fence.cancel();
    }

    /** SQL with {@code :name} parameters, with numbers in their place. */
    public NamedSql named(String sql) {
        return NamedSql.of(sql, server.hasBackslashEscapes());
    }

    /** Sets the deadline of the pipelines; null or zero for none. */
    public void pipelineDeadline(@Nullable Duration deadline) {
        pipelineDeadline = deadline;
    }

    /** Runs one statement, or several without parameters, up to the first rows; null or zero for no deadline. */
    public RowStream execute(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            return started(runner.execute(sql, values));
        } finally {
            transport.exit();
        }
    }

    /** Sends the text as one simple Query: every column of every result arrives as text. */
    public RowStream query(String sql, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            Results results = runner.query(sql);
            results.failInTurn();
            return started(results);
        } finally {
            transport.exit();
        }
    }

    /**
     * Runs one statement for each of many sets of values, all in one segment: outside a transaction the server does it for
     * all of them or for none.
     */
    public RowStream executeMany(String sql, Iterator<@Nullable Object[]> sets, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            return started(batches.executeMany(sql, sets));
        } finally {
            transport.exit();
        }
    }

    /** Inserts rows, all of them or none outside a transaction, in whatever way is quickest. */
    public RowStream insertMany(InsertTarget target, Iterator<@Nullable Object[]> rows, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            BulkWriter writer = bulk;
            if (writer == null) {
                writer = new BulkWriter(dispatch, preparation, runner);
                bulk = writer;
            }
            return started(writer.insert(target, rows));
        } finally {
            transport.exit();
        }
    }

    /** A pipeline, in which nothing is queued. */
    public SessionPipeline pipeline() {
        return new SessionPipeline(this, new PipelineRunner(dispatch, preparation));
    }

    /** Takes the connection for a pipeline. */
    void enter(PipelineRunner runner) {
        enter(() -> {
            if (runner != pipeline) {
                finishPipeline();
            }
            setAside();
            pipeline = runner;
        });
        if (!runner.isBegun()) {
            waiting.begin(Deadline.of(pipelineDeadline));
        }
    }

    /** Begins a transaction with the next statement that is run. */
    public void begin(String begin) {
        enter();
        try {
            this.begin.once(begin);
        } finally {
            transport.exit();
        }
    }

    /** Begins a transaction with every statement that finds none in progress; null for no more. */
    public void beginImplicitly(@Nullable String begin) {
        enter();
        try {
            this.begin.always(begin);
        } finally {
            transport.exit();
        }
    }

    /** Whether a transaction is in progress, or will be with the next statement. */
    public boolean inTransaction() {
        enter(() -> {
            finishPipeline();
            if (!knowsTransaction()) {
                setAside();
            }
        });
        try {
            return begin.isOnce() || hasBegun();
        } finally {
            transport.exit();
        }
    }

    /**
     * Ends the transaction that is in progress, if there is one. What is too much of an unread answer to be set aside is
     * forgotten: a transaction must be able to end.
     *
     * @param command COMMIT or ROLLBACK
     * @return the server's tag; null if there was nothing to end
     */
    public @Nullable String end(String command) {
        enter(() -> {
            finishPipeline();
            if (!knowsTransaction() || hasBegun()) {
                setAsideOrForget();
            }
        });
        waiting.begin(null);
        try {
            begin.clear();
            return server.transactionStatus() == TransactionStatus.IDLE ? null : runner.command(command);
        } finally {
            transport.exit();
        }
    }

    /** Runs a command inside the transaction, such as SAVEPOINT. */
    public void command(String sql) {
        enter();
        waiting.begin(null);
        try {
            runner.beginNow();
            runner.command(sql);
        } finally {
            transport.exit();
        }
    }

    /** Ends a savepoint by a command, and forgets as {@link #end} does. */
    public void endSavepoint(String sql) {
        enter(() -> {
            finishPipeline();
            setAsideOrForget();
        });
        waiting.begin(null);
        try {
            runner.command(sql);
        } finally {
            transport.exit();
        }
    }

    /**
     * The next rows of a result.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @return null if there are none any more
     * @throws PgException the failure of the statement, once its rows are used up
     */
    @Nullable
    RowSlice nextRows(Results results, Result result, @Nullable RowPage used) {
        transport.enter();
        try {
            if (used != null) {
                used.giveBack();
            }
            if (!hasRows(result)) {
                await(results, () -> hasRows(result) || isOver(results, result));
            }
            RowSlice rows = result.nextRows();
            if (rows == null && (!results.hasNext() || results.isDiscarded())) {
                results.throwFailure();
            }
            return rows;
        } finally {
            transport.exit();
        }
    }

    /** Whether rows of a result are at hand; those that still lie with the received bytes are fetched. */
    private boolean hasRows(Result result) {
        if (!result.hasPage()) {
            transport.deliver();
        }
        return result.hasPage();
    }

    /** Reads until a result has ended, keeping its rows; gives up where that would take too much memory. */
    void complete(Results results, Result result) {
        transport.enter();
        try {
            await(results, () -> isOver(results, result) || results.unreadBytes() > MOST_SET_ASIDE);
        } finally {
            transport.exit();
        }
    }

    /** Reads until all results have ended, keeping their rows. */
    void complete(Results results) {
        transport.enter();
        try {
            await(results, () -> results.isDone() || results.unreadBytes() > MOST_SET_ASIDE);
            if (!results.isDone()) {
                throw new InterfaceException("more than " + MOST_SET_ASIDE + " bytes of the results have not been read,"
                        + " expected that they are, or that the cursor is closed");
            }
            results.throwFailure();
        } finally {
            transport.exit();
        }
    }

    /** Forgets the current result and goes on to the next; returns whether there is one. */
    boolean nextResult(Results results) {
        transport.enter();
        try {
            Result current = results.current();
            if (current == null) {
                return false;
            }
            current.skip();
            await(results, () -> results.hasNext() || results.isDone());
            // Rows of the result that is left may still lie with the received bytes.
            transport.deliver();
            results.advance();
            if (results.current() == null) {
                results.throwFailure();
                return false;
            }
            return true;
        } finally {
            transport.exit();
        }
    }

    /**
     * Reads what is left of an answer and forgets it.
     *
     * @param used a page that will not be looked at again; null if there is none
     * @throws PgException the failure of the statement, if nobody was told of it yet
     */
    void discard(Results results, @Nullable RowPage used) {
        transport.enter();
        try {
            discardNow(results, used);
            await(results, done(results));
            if (!transport.isClosed()) {
                results.throwUntoldFailure();
            }
        } finally {
            transport.exit();
        }
    }

    /**
     * Syncs the pipeline that a statement is in, if that has not been done.
     *
     * @throws PgException the failure of the statement
     */
    void settle(Results results) {
        transport.enter();
        try {
            if (!results.isDone()) {
                checkOpen();
            }
            await(results, done(results));
            results.throwFailure();
        } finally {
            transport.exit();
        }
    }

    /** Forgets an answer that is waited for by somebody else. */
    void forget(Results results, @Nullable RowPage used) {
        transport.enter();
        try {
            discardNow(results, used);
        } finally {
            transport.exit();
        }
    }

    private static void discardNow(Results results, @Nullable RowPage used) {
        if (used != null) {
            used.giveBack();
        }
        results.discard();
    }

    /** Takes the connection as it is, and has what is queued sent, if it can be. */
    void close(PipelineRunner runner) {
        transport.enter();
        try {
            if (!transport.isClosed()) {
                runner.finish();
            } else if (runner.isBegun()) {
                throw new InterfaceException(
                        "the connection was closed while statements were queued in a pipeline, which"
                                + " are lost; expected that the pipeline is closed before");
            }
            runner.throwUntold();
        } finally {
            transport.exit();
        }
    }

    /** Ends the session. A thread that waits for an answer fails. */
    @Override
    public void close() {
        fence.open();
        transport.close();
    }

    private static BooleanSupplier done(Results results) {
        return new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return results.isDone();
            }
        };
    }

    /** Whether no more rows can come: the last result is over when the server is done, since its commit may fail. */
    private static boolean isOver(Results results, Result result) {
        return results.isDone() || (result.isComplete() && results.hasNext());
    }

    /** What a small result failed with, its statement fails with; a large one is read on by its cursor. */
    private RowStream started(Results results) {
        if (results.isDone()) {
            results.throwFailure();
        } else {
            streaming = results;
        }
        return new RowStream(this, results);
    }

    private void enter() {
        enter(makeRoom);
    }

    /** What is queued comes before what is asked for now. */
    private void finishPipeline() {
        PipelineRunner open = pipeline;
        pipeline = null;
        if (open != null) {
            open.finish();
        }
    }

    void exit() {
        transport.exit();
    }

    private void enter(Runnable makeRoom) {
        checkOpen();
        transport.enter();
        try {
            checkOpen();
            makeRoom.run();
        } catch (Throwable failed) {
            transport.exit();
            throw failed;
        }
    }

    /** Whether it is certain now if a transaction is in progress, although an answer is still being read. */
    private boolean knowsTransaction() {
        return !isStreaming() || dispatch.flight() != Dispatch.Flight.ANYTHING;
    }

    private boolean hasBegun() {
        return server.transactionStatus() != TransactionStatus.IDLE
                || (isStreaming() && dispatch.flight() == Dispatch.Flight.BEGIN_AND_STATEMENT);
    }

    private boolean isStreaming() {
        Results open = streaming;
        return open != null && !open.isDone();
    }

    private void setAside() {
        if (!fitsAside()) {
            throw new InterfaceException(
                    "another cursor of this connection has not read its result, of which more than " + MOST_SET_ASIDE
                            + " bytes are left; expected that it is read or closed first, or a second connection");
        }
    }

    private void setAsideOrForget() {
        Results open = streaming;
        if (open != null && !fitsAside()) {
            open.abandon(new InterfaceException("the transaction was ended while more than " + MOST_SET_ASIDE
                    + " bytes of this result were unread, which are lost; expected that it is read before"));
            await(open, open::isDone);
            streaming = null;
        }
    }

    private boolean fitsAside() {
        Results open = streaming;
        if (open == null) {
            return true;
        }
        await(open, () -> open.isDone() || open.unreadBytes() > MOST_SET_ASIDE);
        if (!open.isDone()) {
            return false;
        }
        streaming = null;
        return true;
    }

    /**
     * Checks that the session can still be used.
     *
     * @throws InterfaceException if it was closed
     * @throws OperationalException if the connection was lost
     */
    public void checkOpen() {
        if (transport.isClosed()) {
            throw new InterfaceException("the connection is closed, expected an open one");
        }
        PgException broken = transport.broken();
        if (broken != null) {
            throw new OperationalException(
                    SqlState.CONNECTION_DOES_NOT_EXIST, "the connection is gone: " + broken.getMessage(), broken);
        }
    }

    /** Sends what is left of a request, and reads its answer, until a goal is reached. */
    private void await(Results results, BooleanSupplier goal) {
        Remainder remainder = results.remainder();
        if (remainder != null) {
            remainder.send(goal);
        }
        waiting.await(goal);
    }

    private void sendCancelRequest() {
        if (key != null) {
            connector.cancel(info.facts(), key);
        }
    }
}
