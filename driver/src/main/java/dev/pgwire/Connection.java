package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.call.Routines;
import dev.pgwire.internal.lob.OpenObjects;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.Session;
import dev.pgwire.internal.session.SessionLine;
import dev.pgwire.row.Answer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A session with a server. Made by {@link Postgres#connect}.
 *
 * <p>Autocommit is on: each statement is a transaction of its own, unless {@link #begin}, {@link #transaction},
 * {@code autocommit(false)} or {@link Config.Builder#autocommit} says otherwise.
 *
 * <p>Threads may share a connection: they use it one at a time and queue for it. A {@link Cursor} belongs to one thread. A
 * call does its I/O on the thread that makes it; interrupting that thread asks the server to cancel the statement, and the
 * connection stays usable. A server that does not answer within {@link Config#cancelGrace} (10 seconds) after that is taken for
 * dead, and so is at once one that gave no key to cancel with. A thread that is interrupted already sends nothing and gets a
 * {@link QueryCanceledException}; COMMIT and ROLLBACK are sent, and no interrupt cancels them: when the grace is over, the
 * connection is given up, see {@link #commit}. The thread's interrupt flag is set when the call returns.
 *
 * <p>A connection that was lost throws for every call, and the same class and SQLSTATE whichever call notices it: what the
 * server said, such as {@link dev.pgwire.error.AdminShutdownException}, or else a {@link ConnectionFailureException}.
 */
public final class Connection extends ConnectionTransactions implements SqlClient, AutoCloseable {
    private final Config config;
    private final Session session;
    private final Transactions transactions;
    /** Null if the connection is the program's own. */
    private final @Nullable Borrowing borrowing;

    private volatile @Nullable Duration deadline;
    /** Null before the first call of a function. */
    private volatile @Nullable Routines routines;
    /** Null before the first large object. */
    private volatile @Nullable OpenObjects openObjects;

    Connection(Config config, Session session, @Nullable Borrowing borrowing) {
        this.config = config;
        this.session = session;
        this.borrowing = borrowing;
        transactions = new Transactions(session.transactions(), config.autocommit());
    }

    /**
     * Its session.
     *
     * @throws InterfaceException if the connection was given back to its pool
     */
    @Override
    Session session() {
        checkBorrowed();
        return session;
    }

    /** What it has to do with a pool. */
    void runs(String sql) {
        if (borrowing != null) {
            borrowing.runs(sql);
        }
    }

    private void checkBorrowed() {
        if (borrowing != null) {
            borrowing.check();
        }
    }

    private void marks() {
        if (borrowing != null) {
            borrowing.mark();
        }
    }

    /** The functions and procedures that were called. */
    Routines routines() {
        Routines known = routines;
        if (known == null) {
            known = new Routines();
            routines = known;
        }
        return known;
    }

    Transactions transactions() {
        return transactions;
    }

    @Override
    Connection self() {
        return this;
    }

    @Override
    Transactions current() {
        checkBorrowed();
        return transactions;
    }

    @Override
    public Cursor cursor() {
        session().checkOpen();
        return new Cursor(this);
    }

    @Override
    public ServerCursor cursor(String name, ServerCursorOptions options) {
        session().checkOpen();
        return new ServerCursor(this, name, options);
    }

    /** Runs a statement, and reads all of its answer. */
    Answer whole(String sql, @Nullable Object[] values) {
        runs(sql);
        return session().care().whole(sql, values, deadline);
    }

    /** Runs a command that is not the program's own. */
    void command(String sql) {
        runs(sql);
        session().care().command(sql, deadline);
    }

    private Copies copies(String sql) {
        Session current = session();
        runs(sql);
        return new Copies(current, deadline);
    }

    @Override
    public long copyIn(String sql, CopySource source) throws IOException {
        return copies(sql).in(sql, source);
    }

    @Override
    public CopyWriter copyIn(String sql) {
        return copies(sql).writer(sql, this);
    }

    @Override
    public long copyRows(String sql, Iterable<?> rows) {
        return copies(sql).rows(sql, rows);
    }

    @Override
    public Cursor copyOut(String sql) {
        return copies(sql).cursor(sql, this);
    }

    @Override
    public long copyOut(String sql, CopySink sink) throws IOException {
        return copies(sql).out(sql, sink);
    }

    @Override
    public Pipeline pipeline() {
        session().checkOpen();
        return new Pipeline(this, session().pipeline());
    }

    @Override
    public LargeObjects largeObjects() {
        session().checkOpen();
        return largeObjects(ServerState.ANY_TRANSACTION);
    }

    /** The same for the transaction of a mark. */
    LargeObjects largeObjects(long mark) {
        OpenObjects open = openObjects;
        if (open == null) {
            open = new OpenObjects(session().dispatch());
            openObjects = open;
        }
        return new LargeObjects(this, open, mark);
    }

    /**
     * Lets the program speak the protocol itself: send any message, and receive whatever comes. The connection is the block's until it
     * returns; other threads wait for their turn. What was sent and not answered by then is waited for, as long as the deadline of the
     * connection says, or else {@link Config#cancelGrace}, and then cancelled; where a Sync, or the end of a COPY, is missing, it is sent. What
     * came and was not received is dropped.
     *
     * <p>Afterwards the server is ready for the next request, in whatever transaction the program has left, or the connection
     * is closed, and this says why. All that the driver knows of statements is forgotten, since they may be gone. No BEGIN is sent that is due
     * without autocommit. A connection of a pool is closed when it is given back.
     *
     * @throws E what the block throws
     * @throws InterfaceException if the connection was closed
     * @throws PgException if it was lost, or cannot be brought into a known state
     */
    public <E extends Exception> void protocol(ProtocolBlock<E> block) throws E {
        SessionLine line = session().care().line(config.cancelGrace());
        marks();
        line.begin();
        try {
            block.run(new ProtocolLine(line));
        } catch (Throwable failed) {
            try {
                line.end();
            } catch (PgException lost) {
                failed.addSuppressed(lost);
            }
            throw failed;
        }
        line.end();
    }

    /**
     * Asks the server to cancel the statement that runs on this connection, whichever thread waits for it. May be called by
     * any thread at any time, and by a notice listener; it does not wait for the connection's turn.
     *
     * <p>It returns when the server has been told, which may be before the statement has ended: that fails with
     * {@link QueryCanceledException}, or succeeds if it was quicker. If nothing runs, nothing happens. A later statement is
     * never hit: it is not sent before the server has taken the request. If that is not known within
     * {@link Config#cancelGrace}, or never will be, the connection is lost with the next statement. A request that reaches the server before its
     * statement does is ignored there, and may be repeated. An interrupt is put off until it is over.
     *
     * @throws InterfaceException if the connection was closed
     * @throws NotSupportedException if the server gave no key to cancel with, as some poolers do not
     * @throws OperationalException if the connection was lost, or the request cannot be sent, or the server does not say that
     *     it has taken it
     */
    public void cancel() {
        session().cancel(() -> borrowing == null || !borrowing.isOver());
    }

    /** How long a statement may be waited for; null if for ever. */
    public @Nullable Duration deadline() {
        checkBorrowed();
        return deadline;
    }

    /**
     * Sets how long a statement may be waited for, by all cursors that were given no deadline of their own. It counts from
     * the next statement on. COMMIT, ROLLBACK and savepoints are never cancelled: when it has passed, they have the grace
     * still, see {@link #commit}.
     *
     * <p>When it passes, the server is asked to cancel the statement, and the caller gets a {@link QueryCanceledException}
     * that names the deadline, with the server's error as its cause; the connection stays usable, and a transaction has
     * failed, as after any error. A statement that was quicker than the request succeeds. A server that does not answer
     * within {@link Config#cancelGrace} after that is taken for dead: the caller gets a {@link ConnectionFailureException}, and the
     * connection is lost.
     *
     * <p>The time runs from the moment when the statement has the connection until its result is complete, while a call waits
     * for the server: what the program does between two rows does not count. All executions of an {@code executeMany}, all
     * rows of an {@code insertMany}, and all statements of a pipeline up to its sync have it together; for a pipeline it is the
     * one that the connection has when the first of them is queued. A deadline that passes before all of a statement was sent
     * keeps the rest from being sent.
     *
     * @param deadline null or zero for no deadline
     * @throws InterfaceException if it is negative
     */
    public void deadline(@Nullable Duration deadline) {
        Session.checkDeadline(deadline);
        checkBorrowed();
        this.deadline = deadline == null || deadline.isZero() ? null : deadline;
        session().deadline(this.deadline);
    }

    /**
     * Makes the connection as it was when it was new, for the next borrower: drops results that are open and statements
     * that are queued in a pipeline, rolls back, sets autocommit (to what the Config says), the transaction mode, the deadline and the
     * notice listener back, forgets the notices, and resets the session on the server as DISCARD ALL does, but keeps the statements that the driver
     * has prepared where they still mean the same. Settings go back to what the connection began with; temporary tables, advisory
     * locks, LISTEN, cursors and prepared statements of SQL and the state of sequences are gone. It costs one round trip, and one more
     * for a transaction that is in progress. The rest of an open result is read: closing the connection is quicker.
     *
     * <p>It takes as long as {@link #deadline() the deadline} allows for each of its steps, and is interrupted as a statement is.
     *
     * @throws InterfaceException if the connection was closed
     * @throws PgException if it was lost, or the server refuses; such a connection should be closed
     */
    public void reset() {
        current().forget();
        session().care().reset();
        transactions.setDefaults();
        deadline = null;
    }

    /**
     * Has the values of a type read and written by a codec of the program from now on, in this connection. What was read before
     * stays as it is.
     *
     * @param type the name of the type, see {@link Config.Builder#codec}
     * @param codec the codec, which replaces another one of the same name
     */
    public void codec(String type, Codec<?> codec) {
        session().checkOpen();
        marks();
        session().types().register(type, codec);
    }

    /**
     * Has a class of the program converted from now on, in this connection.
     *
     * @param conversion the conversion, which replaces another one of the same class
     */
    public void conversion(Conversion<?, ?> conversion) {
        session().checkOpen();
        marks();
        session().types().register(conversion);
    }

    /** What this connection is, as the protocol told it up to now: the server is not asked. Any thread may call it. */
    public ConnectionInfo info() {
        Session current = session();
        return ConnectionInfo.of(config, current.info(), current.server(), current.processId());
    }

    /** What the connection was made with. */
    public Config config() {
        return config;
    }

    /**
     * Whether the connection was closed or lost. It never waits: if no thread uses the connection, it looks whether the server
     * has ended it, but a server that vanished without a word is not noticed.
     */
    public boolean isClosed() {
        return (borrowing != null && borrowing.isOver()) || session.isClosed();
    }

    /** Whether the connection was lost: {@link #isClosed}, and not because the program has closed it or given it back. It never waits. */
    public boolean isBroken() {
        return (borrowing == null || !borrowing.isOver()) && session.isClosed() && !session.isClosedByUser();
    }

    /**
     * Closes the connection; a transaction in progress is rolled back. A thread that waits for an answer fails with an
     * {@link OperationalException}. Does nothing the second time.
     *
     * <p>One that was borrowed from a pool is given back: results that were not read are forgotten, and what
     * {@link dev.pgwire.pool.SessionReset} says is done. From then on this object refuses whatever is asked of it. A thread that still
     * uses it is waited for, and one that waits for its turn gets an {@link InterfaceException}; but when one is at the source of a
     * {@link #copyIn}, {@link #copyRows}, {@link #insertMany} or {@link #executeMany}, the pool closes the connection instead, and that fails.
     */
    @Override
    public void close() {
        if (borrowing == null) {
            transactions.tellForgotten("its connection was closed, which rolls it back");
            session.close();
            return;
        }
        session.care().refuseReentry();
        borrowing.giveBack(transactions);
    }

    /** The process id of the server process, whether the connection is still the borrower's or not. */
    String shownProcess() {
        return Integer.toUnsignedString(session.processId());
    }

    @Override
    public String toString() {
        return "Connection[" + config + (isClosed() ? ", closed" : ", process " + shownProcess()) + "]";
    }
}
