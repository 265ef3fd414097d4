package dev.pgwire.internal.session;

import dev.pgwire.config.CommitOutcome;
import dev.pgwire.config.Config;
import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.leak.BegunTransaction;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.transaction.CommitWatch;
import dev.pgwire.internal.transaction.OutcomeLookup;
import dev.pgwire.internal.transaction.SavepointBegin;
import dev.pgwire.internal.transaction.SavepointEnd;
import dev.pgwire.internal.transaction.TransactionEnd;
import dev.pgwire.internal.transaction.TwoPhase;
import dev.pgwire.internal.transaction.TwoPhaseBegin;
import dev.pgwire.internal.transaction.TwoPhaseEnd;
import dev.pgwire.internal.transaction.TwoPhasePrepare;
import dev.pgwire.internal.upkeep.SessionReset;
import dev.pgwire.protocol.TransactionStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the transactions of a session begin and end. Each call takes the connection for as long as it lasts. */
public final class SessionTransactions {
    private final Session session;
    private final CallerDriver driver;
    private final Dispatch dispatch;
    private final Unfinished unfinished;
    private final LeakDetection leakDetection;
    /** Null if the outcome of a COMMIT is not looked up. */
    private final @Nullable OutcomeLookup outcomes;

    SessionTransactions(
            Session session,
            CallerDriver driver,
            Dispatch dispatch,
            Unfinished unfinished,
            LeakDetection leakDetection,
            @Nullable OutcomeLookup outcomes) {
        this.session = session;
        this.driver = driver;
        this.dispatch = dispatch;
        this.unfinished = unfinished;
        this.leakDetection = leakDetection;
        this.outcomes = outcomes;
    }

    /** The same of the session as one borrower has it. */
    SessionTransactions of(Session lent) {
        return new SessionTransactions(lent, driver, dispatch, unfinished, leakDetection, outcomes);
    }

    /** What looks up the outcome of a COMMIT; null if the program does not want that. */
    public static @Nullable OutcomeLookup outcomes(Config config) {
        return config.commitOutcome() == CommitOutcome.OFF ? null : new OutcomeLookup(config, SessionSource::asking);
    }

    /** How those are found that the program forgets. */
    public LeakDetection leakDetection() {
        return leakDetection;
    }

    /**
     * Reports a transaction, if it is forgotten and still in progress. Never waits.
     *
     * @param event what has come, and what that does to it
     */
    public void tellIfForgotten(BegunTransaction<?> begun, String event) {
        begun.tellIfForgotten(event, dispatch.server(), session.processId());
    }

    /** Begins a transaction with the next statement that is run; returns its mark. */
    public long begin(String begin) {
        session.enter();
        try {
            dispatch.due().once(begin);
            return dispatch.server().endedTransactions();
        } finally {
            driver.exit();
        }
    }

    /** Begins a transaction with every statement that finds none in progress; null for no more. */
    public void beginImplicitly(@Nullable String begin) {
        session.enter();
        try {
            dispatch.due().always(begin);
        } finally {
            driver.exit();
        }
    }

    /** Whether a transaction is in progress, or will be with the next statement. */
    public boolean isInProgress() {
        session.enterAsItIs();
        try {
            unfinished.finishPipeline();
            if (!isCertain()) {
                unfinished.setAside();
            }
            return dispatch.due().isOnce() || hasBegun();
        } finally {
            driver.exit();
        }
    }

    /**
     * Ends the transaction that is in progress, if there is one. What is too much of an unread answer to be set aside is
     * dropped: a transaction must be able to end, and a rollback is what makes a connection usable again.
     *
     * @param command COMMIT or ROLLBACK
     * @param mark of the transaction that should be the one in progress
     * @return the server's tag; null if there was nothing to end
     * @throws InterfaceException if it is another one, or none
     */
    public @Nullable String end(String command, long mark) {
        OutcomeLookup lookup = outcomes;
        if (lookup == null || !command.equals("COMMIT")) {
            return end(command, mark, null);
        }
        CommitWatch watch = new CommitWatch();
        try {
            return end(command, mark, watch);
        } catch (PgException failure) {
            if (session.isClosed()) {
                lookup.explain(failure, watch, SessionReset.text(watch.answer()));
            }
            throw failure;
        }
    }

    private @Nullable String end(String command, long mark, @Nullable CommitWatch watch) {
        session.enterAsItIs();
        try {
            makeRoomFor(command);
            dispatch.server().checkTransaction(mark);
            if (dispatch.server().transactionStatus() != TransactionStatus.IDLE) {
                // A result that is still being read keeps its deadline, and can be cancelled.
                driver.policy().beginEnding(command, session.newDeadline());
            }
            return driver.run(TransactionEnd.of(dispatch, command, mark, watch));
        } finally {
            driver.exit();
        }
    }

    private void makeRoomFor(String command) {
        boolean rollsBack = command.equals("ROLLBACK");
        try {
            unfinished.finishPipeline();
        } catch (QueryCanceledException unsent) {
            // What was not sent need not be rolled back.
            if (!rollsBack) {
                throw unsent;
            }
        }
        if (!isCertain() || hasBegun() || rollsBack) {
            unfinished.setAsideOrDrop(command);
        }
    }

    /** Rolls back whatever is in progress, as far as {@link #end} would come with it when nothing is in the way. */
    void rollBack() {
        driver.policy().beginEnding("ROLLBACK", session.newDeadline());
        driver.run(TransactionEnd.of(dispatch, "ROLLBACK", ServerState.ANY_TRANSACTION));
    }

    /** Begins a savepoint; returns the mark of its transaction. */
    public long beginSavepoint(String name) {
        session.enter();
        try {
            driver.policy().beginUncancelled(SavepointBegin.command(name), session.newDeadline());
            return driver.run(SavepointBegin.of(dispatch, name));
        } finally {
            driver.exit();
        }
    }

    /**
     * Ends a savepoint, whose work is kept, and drops as {@link #end} does.
     *
     * @param mark of the transaction that should be the one in progress
     * @throws InterfaceException if it is another one, or none
     * @throws InFailedTransactionException if a statement in it had failed, so that its work was undone
     */
    public void releaseSavepoint(String name, long mark) {
        endSavepoint(SavepointEnd.release(name), mark, SavepointEnd.keeping(dispatch, name, mark));
    }

    /** As {@link #releaseSavepoint}, whose work is undone. */
    public void undoSavepoint(String name, long mark) {
        endSavepoint(SavepointEnd.rollback(name), mark, SavepointEnd.undoing(dispatch, name, mark));
    }

    private void endSavepoint(String command, long mark, Procedure<@Nullable Void> end) {
        session.enterAsItIs();
        try {
            unfinished.finishPipeline();
            unfinished.setAsideOrDrop(command);
            dispatch.server().checkTransaction(mark);
            driver.policy().beginEnding(command, session.newDeadline());
            driver.run(end);
        } finally {
            driver.exit();
        }
    }

    /** Begins a two-phase transaction, of which there must be no other. */
    public void beginTwoPhase(TwoPhase state, String name, String begin, @Nullable Duration deadline) {
        session.run(new TwoPhaseBegin(dispatch, state, name, begin), deadline);
    }

    /** Prepares it. */
    public void prepare(TwoPhase state, @Nullable Duration deadline) {
        session.run(new TwoPhasePrepare(dispatch, state), deadline);
    }

    /**
     * Ends it.
     *
     * @param command COMMIT or ROLLBACK
     * @param prepared the name of one that is prepared; null for that of the session
     */
    public void endTwoPhase(TwoPhase state, String command, @Nullable String prepared, @Nullable Duration deadline) {
        session.run(new TwoPhaseEnd(dispatch, state, command, prepared), deadline);
    }

    /** Whether it is certain now if a transaction is in progress, although an answer is still being read. */
    private boolean isCertain() {
        return !unfinished.isStreaming() || dispatch.flight() != Flight.ANYTHING;
    }

    private boolean hasBegun() {
        return dispatch.server().transactionStatus() != TransactionStatus.IDLE
                || (unfinished.isStreaming() && dispatch.flight() == Flight.BEGIN_AND_STATEMENT);
    }
}
