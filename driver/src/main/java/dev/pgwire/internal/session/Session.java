package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.cancel.CallersDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.insert.InsertTarget;
import dev.pgwire.internal.insert.SessionInserts;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.ExecuteMany;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.request.SimpleQuery;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.protocol.backend.BackendKeyData;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One session with a server, for callers that wait. Threads may share it, one at a time: a call waits while another is
 * inside. An answer that is still being read when the connection is needed for something else is set aside in memory.
 */
public final class Session implements AutoCloseable {
    /** A result with less than this is complete when its statement returns; a larger one is read as it is consumed. */
    private static final int STREAM_FROM = 64 * 1024;

    private final CallerTurns turns;
    private final Transport transport;
    private final @Nullable BackendKeyData key;
    private final SessionInfo info;
    private final ServerState server;
    private final CancelFence fence;
    private final CallerDriver driver;
    private final CancelPolicy policy;
    private final Dispatch dispatch;
    private final AnswerReader reader;
    private final Unfinished unfinished;
    private final SessionTransactions transactions;
    private final DateStyleWatch dateStyle;
    private final SessionCare care;
    /** The session itself, also where this is how one borrower has it. */
    private final Session whole;
    /** Throws when the session is not the borrower's any more; null if it is lent to none. */
    private final @Nullable Runnable mine;
    /** One execution of the {@link #whole}, used again and again; null while it runs. */
    private @Nullable Execution idle;

    private @Nullable SessionInserts inserts;
    /** The deadline of the connection, which pipelines and the ends of transactions have. */
    private volatile @Nullable Duration deadline;

    private Session(Config config, Connector connector, Connector.Opened opened, ServerState server, Duration grace) {
        this.turns = opened.turns();
        this.transport = turns.transport();
        this.key = opened.key();
        this.info = new SessionInfo(opened.facts());
        this.server = server;
        this.fence = new CancelFence(connector.cancelRequest(opened), new Runnable() {
            @Override
            public void run() {
                turns.wake();
            }
        });
        this.policy = new CancelPolicy(grace);
        this.driver = new CallerDriver(turns, fence, policy);
        server.tell(fence, driver);
        this.dispatch = SessionDispatch.of(
                config, opened, server, driver, STREAM_FROM, SessionDispatch.types(config, opened, server));
        this.reader = new AnswerReader(driver, dispatch);
        this.unfinished = new Unfinished(driver, dispatch);
        this.transactions = new SessionTransactions(
                this, driver, dispatch, unfinished, config.leakDetection(), SessionTransactions.outcomes(config));
        this.dateStyle = new DateStyleWatch(config, dispatch);
        this.care = new SessionCare(this, turns, driver, dispatch, unfinished);
        this.whole = this;
        this.mine = null;
    }

    /** A session as one borrower has it. */
    private Session(Session lent, Runnable mine) {
        this.turns = lent.turns;
        this.transport = lent.transport;
        this.key = lent.key;
        this.info = lent.info;
        this.server = lent.server;
        this.fence = lent.fence;
        this.driver = lent.driver;
        this.policy = lent.policy;
        this.dispatch = lent.dispatch;
        this.reader = lent.reader;
        this.unfinished = lent.unfinished;
        this.transactions = lent.transactions.of(this);
        this.dateStyle = lent.dateStyle;
        this.care = new SessionCare(this, turns, driver, dispatch, unfinished);
        this.whole = lent.whole;
        this.mine = mine;
    }

    /** Connects and logs in. */
    public static Session open(Config config) {
        return open(config, config.cancelGrace());
    }

    /** A session on a connection that is there. */
    static Session of(Config config, Connector connector, Connector.Opened opened, ServerState server) {
        return new Session(config, connector, opened, server, config.cancelGrace());
    }

    /** The same with another time for the server to answer a cancel request. */
    static Session open(Config config, Duration grace) {
        Connector connector = new Connector(config);
        ServerState server = new ServerState();
        return new Session(config, connector, connector.open(server), server, grace);
    }

    /**
     * The same session for one borrower.
     *
     * @param mine throws when the loan is over: so does what comes to its turn then, also if it was asked for before
     */
    public Session lent(Runnable mine) {
        return new Session(this, mine);
    }

    /** What the server has told about itself and the session. */
    public ServerState server() {
        return server;
    }

    /** How the session came about. */
    public SessionInfo info() {
        return info;
    }

    /** What is done with it between two users. */
    public SessionCare care() {
        return care;
    }

    /** The notifications that come for it. */
    public SessionNotifications notifications() {
        return new SessionNotifications(this, mine, turns, driver, unfinished);
    }

    /** The types of its database. */
    public DatabaseTypes types() {
        return dispatch.types();
    }

    /** What its procedures send by. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** The process id of the server process; 0 if the server did not tell. */
    public int processId() {
        return key == null ? 0 : key.processId();
    }

    /** Whether the session can no longer be used; looks whether the server has ended it while it was not used. */
    public boolean isClosed() {
        if (!fence.isRunning()) {
            turns.glance();
        }
        return transport.isClosed() || transport.broken() != null || fence.isShutForGood();
    }

    /**
     * Asks the server to cancel what runs, without taking the connection from the thread that waits for that; returns when
     * the server has been told. Does nothing if nothing runs.
     *
     * @param wanted whether the statement that runs is still the caller's
     * @throws dev.pgwire.error.NotSupportedException if the server gave no key for it
     * @throws dev.pgwire.error.OperationalException if the server cannot be told
     */
    public void cancel(BooleanSupplier wanted) {
        checkOpen();
        CallersDemand.request(fence, transport, wanted);
    }

    /** A statement whose values have names: a single Map or record gives them, and it does not count its parameters; else null. */
    public @Nullable NamedSql named(String sql, @Nullable Object[] values) {
        // HOT: asked for each statement, and nearly never so.
        return values.length == 1 && (values[0] instanceof Map || values[0] instanceof Record)
                ? NamedSql.unlessNumbered(sql, server.hasBackslashEscapes())
                : null;
    }

    /** Sets the deadline of pipelines and of what begins and ends transactions; null or zero for none. */
    public void deadline(@Nullable Duration deadline) {
        this.deadline = deadline;
    }

    /**
     * Checks that a time can be a deadline.
     *
     * @throws InterfaceException if it is negative
     */
    public static void checkDeadline(@Nullable Duration deadline) {
        if (deadline != null && deadline.isNegative()) {
            throw new InterfaceException(
                    "the deadline is " + deadline + ", expected a positive time, or zero for none");
        }
    }

    /** How transactions begin and end. */
    public SessionTransactions transactions() {
        return transactions;
    }

    /** Runs one statement, or several without parameters, up to the first rows; null or zero for no deadline. */
    public RowStream execute(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        if (dispatch.isWatched()) {
            return stream(StatementKind.STATEMENT, new Execution(dispatch, sql, values), sql, deadline);
        }
        enter();
        try {
            policy.begin(Deadline.of(deadline));
            restoreDateStyle();
            return started(run(sql, values), sql);
        } finally {
            driver.exit();
        }
    }

    /** Has dates sent in the style that they are read in. */
    void restoreDateStyle() {
        if (dateStyle.hasToRestore()) {
            driver.run(dateStyle.restoring());
        }
    }

    private Results run(String sql, @Nullable Object[] values) {
        Session keeper = whole;
        Execution execution = Execution.of(keeper.idle, dispatch, sql, values);
        keeper.idle = null;
        Results results = driver.run(execution);
        execution.forget();
        keeper.idle = execution;
        return results;
    }

    /** Sends the text as one simple Query: every column of every result arrives as text. */
    public RowStream query(String sql, @Nullable Duration deadline) {
        enter();
        try {
            policy.begin(Deadline.of(deadline));
            restoreDateStyle();
            Results results = driver.run(
                    WatchedResults.of(dispatch, StatementKind.SIMPLE_QUERY, sql, new SimpleQuery(dispatch, sql)));
            results.failInTurn();
            return started(results, sql);
        } finally {
            driver.exit();
        }
    }

    /**
     * Runs one statement for each of many sets of values, all in one segment: outside a transaction the server does it for
     * all of them or for none.
     */
    public RowStream executeMany(String sql, Iterator<@Nullable Object[]> sets, @Nullable Duration deadline) {
        return stream(StatementKind.BATCH, new ExecuteMany(dispatch, sql, sets), sql, deadline);
    }

    /** Inserts rows, all of them or none outside a transaction, in whatever way is quickest. */
    public RowStream insertMany(InsertTarget target, Iterator<@Nullable Object[]> rows, @Nullable Duration deadline) {
        SessionInserts inserting = whole.inserts;
        if (inserting == null) {
            inserting = new SessionInserts(dispatch);
            whole.inserts = inserting;
        }
        return stream(StatementKind.INSERT, inserting.insert(target, rows), "INSERT INTO " + target.table(), deadline);
    }

    /** Runs a procedure of the {@link #dispatch} up to the first rows of its answer; null or zero for no deadline. */
    public RowStream stream(
            @Nullable StatementKind kind, Procedure<Results> what, String sql, @Nullable Duration deadline) {
        enter();
        try {
            policy.begin(Deadline.of(deadline));
            restoreDateStyle();
            return started(driver.run(WatchedResults.of(dispatch, kind, sql, what)), sql);
        } finally {
            driver.exit();
        }
    }

    /**
     * Runs a procedure of the {@link #dispatch}, with nothing unfinished on the connection.
     *
     * @param deadline null or zero for none
     */
    public <T extends @Nullable Object> T run(Procedure<T> procedure, @Nullable Duration deadline) {
        enter();
        try {
            policy.begin(Deadline.of(deadline));
            restoreDateStyle();
            return driver.run(procedure);
        } finally {
            driver.exit();
        }
    }

    /** How callers write data of a COPY. */
    public SessionCopies copies() {
        return new SessionCopies(this, driver, unfinished);
    }

    /** A pipeline, in which nothing is queued. */
    public SessionPipeline pipeline() {
        return new SessionPipeline(this, driver, reader, unfinished);
    }

    /** Ends the session. A thread that waits for an answer fails. */
    @Override
    public void close() {
        turns.refuseReentry();
        fence.shut();
        turns.close();
        care.ends();
    }

    /** What a small result failed with, its statement fails with; a large one is read on by its cursor. */
    private RowStream started(Results results, String sql) {
        RowStream stream = new RowStream(reader, results);
        if (results.isDone()) {
            results.throwFailure();
        } else {
            unfinished.reads(OpenAnswer.of(results, stream, sql, transactions.leakDetection()));
        }
        return stream;
    }

    /** Takes the connection, with nothing unfinished on it. */
    void enter() {
        enterAsItIs();
        try {
            unfinished.makeRoom();
        } catch (Throwable failed) {
            driver.exit();
            throw failed;
        }
    }

    /** Takes the connection with what is unfinished on it. */
    void enterAsItIs() {
        checkOpen();
        driver.enter();
        try {
            checkOpen();
        } catch (Throwable failed) {
            driver.exit();
            throw failed;
        }
    }

    void exit() {
        driver.exit();
    }

    /** Whether it was closed by its user. */
    public boolean isClosedByUser() {
        return transport.isClosed();
    }

    /** The connection's deadline for something that begins now; null if there is none. */
    @Nullable
    Deadline newDeadline() {
        return Deadline.of(deadline);
    }

    /**
     * Checks that the session can still be used.
     *
     * @throws InterfaceException if it was closed, or is not the borrower's any more
     * @throws PgException why the connection was lost
     */
    public void checkOpen() {
        if (mine != null) {
            mine.run();
        }
        transport.checkOpen();
    }
}
