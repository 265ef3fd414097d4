package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.net.CancelWatch;
import dev.pgwire.internal.net.Connector;
import dev.pgwire.internal.net.DateStyle;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.BackendKeyData;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server. Threads may share it, one at a time: whoever calls while another is inside waits for its
 * turn. An answer that is still being read when the connection is needed for something else is set aside in memory.
 */
public final class Session implements AutoCloseable {
    private final Runnable makeRoom = new Runnable() {
        @Override
        public void run() {
            finishPipeline();
            setAside();
        }
    };
    private final Runnable dropAll = new Runnable() {
        @Override
        public void run() {
            dropPipeline();
            OpenAnswer open = streaming;
            if (open != null) {
                forget(open, "the connection was reset while rows of this result were unread");
            }
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
    private final AnswerReader reader;
    private final Dispatch dispatch;
    private final StatementRunner runner;
    private final BatchRunner batches;
    private final Preparation preparation;
    private final boolean keepsDateStyle;
    private @Nullable OpenAnswer streaming;
    /** The pipeline that has used the connection last. */
    private @Nullable PipelineRunner pipeline;

    private @Nullable BulkWriter bulk;
    /** The deadline of the connection, which pipelines and the ends of transactions have. */
    private volatile @Nullable Duration deadline;

    private Session(Config config, Connector connector, Connector.Opened opened, ServerState server, Duration grace) {
        this.connector = connector;
        this.transport = opened.transport();
        this.key = opened.key();
        this.info = new SessionInfo(opened.facts());
        this.server = server;
        this.begin = new DueBegin(server);
        this.fence = new CancelFence(
                key == null
                        ? null
                        : new CancelFence.Request() {
                            @Override
                            public void send(CancelWatch watch) {
                                connector.cancel(info.facts(), key, watch);
                            }
                        });
        this.waiting = new AnswerWait(transport, fence, grace);
        this.reader = new AnswerReader(transport, waiting);
        server.tell(fence, waiting);
        StatementCache statements = new StatementCache();
        Meaning meaning = new Meaning(statements);
        server.tell(statements, meaning);
        this.dispatch = new Dispatch(transport, server, begin, waiting, config.prepare(), statements, meaning);
        this.preparation = new Preparation(dispatch);
        this.runner = new StatementRunner(dispatch, preparation);
        this.batches = new BatchRunner(dispatch, preparation);
        this.keepsDateStyle = config.keepsDateStyle();
        // What connecting left is what the user wants, or all that the server can do.
        server.acceptDateStyle();
    }

    /** Connects and logs in. */
    public static Session open(Config config) {
        return open(config, config.cancelGrace());
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

    /** Whether the session can no longer be used; looks whether the server has ended it while nobody used it. */
    public boolean isClosed() {
        if (!fence.isRunning()) {
            transport.glance();
        }
        return transport.isClosed() || transport.broken() != null || fence.isShutForGood();
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
        fence.cancel(new CancelWatch() {
            @Override
            public boolean wantsRequest() {
                return fence.isRunning() && awaitsEnd();
            }

            @Override
            public boolean awaitsEnd() {
                return !transport.isClosed() && transport.broken() == null;
            }
        });
    }

    /** SQL with {@code :name} parameters, with numbers in their place. */
    public NamedSql named(String sql) {
        return NamedSql.of(sql, server.hasBackslashEscapes());
    }

    /**
     * The same if the values are given by name: by a single Map or record, of a statement that does not count its parameters.
     * Else null: the values are those of the numbers.
     */
    public @Nullable NamedSql named(String sql, @Nullable Object[] values) {
        return values.length == 1 && (values[0] instanceof Map || values[0] instanceof Record)
                ? NamedSql.unlessNumbered(sql, server.hasBackslashEscapes())
                : null;
    }

    /** Sets the deadline of pipelines and of what begins and ends transactions; null or zero for none. */
    public void deadline(@Nullable Duration deadline) {
        this.deadline = deadline;
    }

    /** Runs one statement, or several without parameters, up to the first rows; null or zero for no deadline. */
    public RowStream execute(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            restoreDateStyle();
            return started(runner.execute(sql, values), sql);
        } finally {
            transport.exit();
        }
    }

    /** Sends the text as one simple Query: every column of every result arrives as text. */
    public RowStream query(String sql, @Nullable Duration deadline) {
        enter();
        waiting.begin(Deadline.of(deadline));
        try {
            restoreDateStyle();
            Results results = runner.query(sql);
            results.failInTurn();
            return started(results, sql);
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
            return started(batches.executeMany(sql, sets), sql);
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
            return started(writer.insert(target, rows), "INSERT INTO " + target.table());
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
            waiting.begin(Deadline.of(deadline));
            try {
                restoreDateStyle();
            } catch (Throwable failed) {
                transport.exit();
                throw failed;
            }
        }
    }

    /**
     * After RESET ALL or DISCARD ALL dates in text may come in a style that is not read. It is changed back between
     * transactions, in a round trip of its own; a style that the user has SET stays.
     */
    private void restoreDateStyle() {
        if (!server.hasDateStyleChanged() || keepsDateStyle || server.transactionStatus() != TransactionStatus.IDLE) {
            return;
        }
        try {
            runner.command(DateStyle.RESTORE_ISO);
        } catch (DatabaseException refused) {
            if (refused.diagnostic() == null || refused instanceof QueryCanceledException) {
                throw refused;
            }
        }
        server.acceptDateStyle();
    }

    /** Begins a transaction with the next statement that is run; returns its mark. */
    public long begin(String begin) {
        enter();
        try {
            this.begin.once(begin);
            return server.endedTransactions();
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
     * forgotten: a transaction must be able to end, and a rollback is what makes a connection usable again.
     *
     * @param command COMMIT or ROLLBACK
     * @param mark of the transaction that should be the one in progress
     * @return the server's tag; null if there was nothing to end
     * @throws InterfaceException if it is another one, or none
     */
    public @Nullable String end(String command, long mark) {
        enter(() -> {
            try {
                finishPipeline();
            } catch (QueryCanceledException unsent) {
                // What was not sent need not be rolled back.
                if (!command.equals("ROLLBACK")) {
                    throw unsent;
                }
            }
            if (!knowsTransaction() || hasBegun() || command.equals("ROLLBACK")) {
                setAsideOrForget(command);
            }
        });
        try {
            server.checkTransaction(mark);
            begin.clear();
            if (server.transactionStatus() == TransactionStatus.IDLE) {
                // A result that is still being read keeps its deadline, and can be cancelled.
                return null;
            }
            waiting.beginEnding(command, Deadline.of(deadline));
            return runner.command(command);
        } finally {
            transport.exit();
        }
    }

    /** Begins a savepoint by a command; returns the mark of its transaction. */
    public long beginSavepoint(String sql) {
        enter();
        waiting.beginUncancelled(sql, Deadline.of(deadline));
        try {
            runner.beginNow();
            runner.command(sql);
            return server.endedTransactions();
        } finally {
            transport.exit();
        }
    }

    /**
     * Ends a savepoint by a command, and forgets as {@link #end} does.
     *
     * @param mark of the transaction that should be the one in progress
     * @throws InterfaceException if it is another one, or none
     */
    public void endSavepoint(String sql, long mark) {
        enter(() -> {
            finishPipeline();
            setAsideOrForget(sql);
        });
        try {
            server.checkTransaction(mark);
            waiting.beginEnding(sql, Deadline.of(deadline));
            runner.command(sql);
        } finally {
            transport.exit();
        }
    }

    /**
     * Brings the session back to what it was when it began: drops what is open or queued, rolls back, and resets the server's
     * side of it, but for the statements that it keeps prepared.
     *
     * @throws PgException if that cannot be done; the session is of no use then
     */
    public void reset() {
        enter(dropAll);
        try {
            begin.always(null);
            begin.clear();
            server.reset();
            if (server.transactionStatus() != TransactionStatus.IDLE) {
                waiting.beginEnding("ROLLBACK", Deadline.of(deadline));
                runner.command("ROLLBACK");
            }
            waiting.begin(Deadline.of(deadline));
            // A DateStyle that RESET has brought back is reported by the server, and seen to as after any other RESET.
            if (!SessionReset.run(runner)) {
                dispatch.statements().dropAll();
            }
            deadline = null;
        } finally {
            transport.exit();
        }
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
        transport.refuseReentry();
        fence.shut();
        transport.close();
    }

    /** What a small result failed with, its statement fails with; a large one is read on by its cursor. */
    private RowStream started(Results results, String sql) {
        RowStream stream = new RowStream(reader, results);
        if (results.isDone()) {
            results.throwFailure();
        } else {
            streaming = new OpenAnswer(results, stream, sql);
        }
        return stream;
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

    private void dropPipeline() {
        PipelineRunner open = pipeline;
        pipeline = null;
        if (open != null) {
            open.abandon("the connection was reset while statements were queued in a pipeline, which were not"
                    + " executed; expected that the pipeline is closed before");
        }
    }

    AnswerReader reader() {
        return reader;
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
        OpenAnswer open = streaming;
        return open != null && !open.isDone();
    }

    private void setAside() {
        OpenAnswer open = streaming;
        if (open != null && !fitsAside(open)) {
            throw new InterfaceException(
                    "another cursor of this connection has not read its result, of which more than "
                            + AnswerReader.MOST_SET_ASIDE + " bytes are left (" + open.shown()
                            + "); expected that it is read, that the cursor or its stream is closed, rollback() or reset(), which"
                            + " drop it, or a second connection");
        }
    }

    private void setAsideOrForget(String command) {
        OpenAnswer open = streaming;
        if (open != null && !fitsAside(open)) {
            forget(
                    open,
                    command + " came while more than " + AnswerReader.MOST_SET_ASIDE
                            + " bytes of this result were unread");
        }
    }

    private void forget(OpenAnswer open, String why) {
        open.abandon(why);
        reader.await(open.results(), open::isDone);
        streaming = null;
    }

    private boolean fitsAside(OpenAnswer open) {
        reader.await(open.results(), open::isSetAsideOrTooMuch);
        if (!open.isDone()) {
            return false;
        }
        open.end();
        streaming = null;
        return true;
    }

    /**
     * Checks that the session can still be used.
     *
     * @throws InterfaceException if it was closed
     * @throws PgException why the connection was lost
     */
    public void checkOpen() {
        transport.checkOpen();
    }
}
