package dev.pgwire.internal.session;

// HOT: for each borrower of a pool

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.answer.KeptAnswer;
import dev.pgwire.internal.answer.WatchedResults;
import dev.pgwire.internal.answer.WholeAnswer;
import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.upkeep.ServerCheck;
import dev.pgwire.internal.upkeep.SessionReset;
import dev.pgwire.observe.StatementKind;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Answer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done with a session between two users of it, and when its user has forgotten it. */
public final class SessionCare {
    /** More of an unread answer is not read only to be forgotten: to connect anew is quicker. */
    private static final long MOST_READ = 1024 * 1024;

    /** A server that is slow with the rest of an answer is asked to cancel it then. */
    private static final Duration READS_WITHIN = Duration.ofMillis(200);

    private static final Duration ROLLS_BACK_WITHIN = Duration.ofSeconds(5);

    private final Session session;
    private final CallerTurns turns;
    private final CallerDriver driver;
    private final Dispatch dispatch;
    private final Unfinished unfinished;
    /** Null if it is not looked for when the program forgets it. */
    private volatile @Nullable Birth birth;

    SessionCare(Session session, CallerTurns turns, CallerDriver driver, Dispatch dispatch, Unfinished unfinished) {
        this.session = session;
        this.turns = turns;
        this.driver = driver;
        this.dispatch = dispatch;
        this.unfinished = unfinished;
    }

    /** A line on which the program speaks the protocol itself. */
    public SessionLine line(Duration grace) {
        return new SessionLine(session, driver, grace);
    }

    /** Says what the program holds: when it cannot reach that any more, the session is closed. */
    public void belongsTo(Object user, @Nullable Birth made) {
        if (made != null) {
            birth = made;
            made.watch(user, new OwnedSession());
        }
    }

    /** The session is closed: it needs no more looking after. */
    void ends() {
        Birth made = birth;
        if (made != null) {
            made.ends();
        }
    }

    /**
     * Checks that this is no callback of the session, which must not be given back by it.
     *
     * @throws IllegalStateException if it is
     */
    public void refuseReentry() {
        turns.refuseReentry();
    }

    /**
     * Clears away what the user has left unfinished: queued statements and an unread answer are forgotten, a transaction is rolled
     * back, the deadline, the notices and their listener are gone. Where there is nothing it costs no round trip.
     *
     * @throws PgException if that cannot be done, or would take long; the session is to be closed then
     */
    public void clear() {
        session.checkOpen();
        if (!turns.enterUnlessLeft()) {
            throw new InterfaceException(
                    "the connection was given back to its pool while a COPY, an insertMany or an executeMany on it waits for"
                            + " its source, so it is closed; expected that it has ended before");
        }
        try {
            session.checkOpen();
            if (unfinished.isAny()) {
                clearUnfinished();
            }
            dispatch.due().always(null);
            dispatch.due().clear();
            ServerState server = dispatch.server();
            if (server.transactionStatus() != TransactionStatus.IDLE) {
                driver.policy().beginEnding("ROLLBACK", Deadline.of(ROLLS_BACK_WITHIN));
                driver.run(OwnCommand.of(dispatch, "ROLLBACK"));
            }
            server.reset();
            session.deadline(null);
        } finally {
            session.exit();
        }
    }

    /**
     * Brings the session back to what it was when it began: drops what is open or queued, rolls back, and resets the server's
     * side of it, but for the statements that it keeps prepared.
     *
     * @throws PgException if that cannot be done; the session is of no use then
     */
    public void reset() {
        session.enterAsItIs();
        try {
            unfinished.dropAll();
            if (dispatch.server().transactionStatus() != TransactionStatus.IDLE) {
                session.transactions().rollBack();
            }
            driver.policy().begin(session.newDeadline());
            driver.run(SessionReset.of(dispatch, () -> {}));
            session.deadline(null);
        } finally {
            session.exit();
        }
    }

    private void clearUnfinished() {
        driver.policy().begin(Deadline.of(READS_WITHIN));
        if (!unfinished.clear(MOST_READ)) {
            throw new InterfaceException("the connection was given back to its pool while more than " + MOST_READ
                    + " bytes of a result were unread, so it is closed; expected that the result is read before");
        }
    }

    /**
     * Whether a statement may have left something in the session on the server that outlives its transaction, since this was asked
     * last.
     */
    public boolean takeTraces() {
        session.enterAsItIs();
        try {
            return dispatch.meaning().takeTraces();
        } finally {
            session.exit();
        }
    }

    /** Whether a thread is inside, or a result is read while it arrives. Never waits. */
    public boolean isInUse() {
        if (!turns.tryEnter()) {
            return true;
        }
        try {
            return unfinished.isRead();
        } finally {
            turns.exit();
        }
    }

    /**
     * Asks the server, in one round trip, whether it is there and still has the role that is wanted.
     *
     * @param limit how long it has to answer; it is given up then
     * @throws PgException if not
     */
    public void check(Duration limit) {
        session.enterAsItIs();
        try {
            driver.policy().beginCheck(Objects.requireNonNull(Deadline.of(limit)));
            SessionInfo info = session.info();
            driver.run(ServerCheck.of(dispatch, info.role(), info.server()));
        } finally {
            session.exit();
        }
    }

    /** Runs a statement, and reads all of its answer. */
    public Answer whole(String sql, @Nullable Object[] values, @Nullable Duration deadline) {
        Procedure<Results> statement = new Execution(dispatch, sql, values.clone());
        return whole(WatchedResults.of(dispatch, StatementKind.STATEMENT, sql, statement), deadline);
    }

    /** Runs a command that is not the program's own. */
    public void command(String sql, @Nullable Duration deadline) {
        whole(new Execution(dispatch, sql, new @Nullable Object[0]), deadline);
    }

    private Answer whole(Procedure<Results> statement, @Nullable Duration deadline) {
        session.enter();
        try {
            driver.policy().begin(Deadline.of(deadline));
            return driver.run(new WholeAnswer<>(dispatch, statement, KeptAnswer::of));
        } finally {
            session.exit();
        }
    }

    /** The session as it is looked after when the program has forgotten it. */
    private final class OwnedSession implements Birth.Owned {
        @Override
        public void look(Runnable how) {
            how.run();
        }

        @Override
        public boolean isInUse() {
            return SessionCare.this.isInUse();
        }

        @Override
        public boolean isClosed() {
            return session.isClosed();
        }

        @Override
        public void close() {
            session.close();
        }

        @Override
        public String shown() {
            return session.info().shown(session.processId());
        }
    }
}
