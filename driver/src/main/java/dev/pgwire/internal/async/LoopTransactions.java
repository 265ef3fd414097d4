package dev.pgwire.internal.async;

import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.leak.BegunTransaction;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.SessionTransactions;
import dev.pgwire.internal.transaction.CommitWatch;
import dev.pgwire.internal.transaction.OutcomeLookup;
import dev.pgwire.internal.transaction.SavepointBegin;
import dev.pgwire.internal.transaction.TransactionEnd;
import dev.pgwire.internal.transaction.TwoPhase;
import dev.pgwire.internal.transaction.TwoPhaseBegin;
import dev.pgwire.internal.transaction.TwoPhaseEnd;
import dev.pgwire.internal.transaction.TwoPhasePrepare;
import dev.pgwire.internal.upkeep.SessionReset;
import dev.pgwire.protocol.TransactionStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * How the transactions of one connection begin, and which of them have ended. What changes is changed in the turn of the call, on the
 * thread of the event loop.
 */
final class LoopTransactions {
    private final LoopConnection connection;
    private final TwoPhase twoPhase = new TwoPhase();
    private final LeakDetection leakDetection;
    private volatile TransactionMode mode = TransactionMode.DEFAULT;
    private volatile boolean autocommit;
    /** Counts the transactions that this object began and ended: what has another number than this has ended. */
    private volatile long current;

    private long savepoints;
    /** The transaction that was begun last; null if there is none that this object has not ended. */
    private volatile @Nullable BegunTransaction<LoopTransaction> outermost;
    /** What was begun last, with what it is inside of. */
    private @Nullable BegunTransaction<LoopTransaction> innermost;

    LoopTransactions(LoopConnection connection) {
        this.connection = connection;
        this.leakDetection = connection.config().leakDetection();
        this.autocommit = connection.config().autocommit();
        if (!autocommit) {
            inTurn(this::beginImplicitly);
        }
    }

    TransactionMode mode() {
        return mode;
    }

    boolean autocommit() {
        return autocommit;
    }

    private LoopSession session() {
        return connection.session();
    }

    private Dispatch dispatch() {
        return session().dispatch();
    }

    CompletableFuture<@Nullable Void> autocommit(boolean wanted) {
        return inTurn(() -> {
            refuseInTransaction("autocommit");
            autocommit = wanted;
            beginImplicitly();
        });
    }

    /** A statement that finds no transaction begins one from now on, unless each commits by itself. */
    private void beginImplicitly() {
        dispatch().due().always(autocommit ? null : mode.begin());
    }

    CompletableFuture<@Nullable Void> mode(TransactionMode wanted) {
        Objects.requireNonNull(wanted, "mode");
        return inTurn(() -> {
            refuseInTransaction("the transaction mode");
            mode = wanted;
            beginImplicitly();
        });
    }

    private void refuseInTransaction(String what) {
        if (isInProgressNow()) {
            throw new InterfaceException(
                    what + " cannot be changed while a transaction is in progress, expected commit() or"
                            + " rollback() before");
        }
    }

    CompletableFuture<Boolean> isInProgress() {
        return session().run(new Look(), null);
    }

    private boolean isInProgressNow() {
        return dispatch().due().isOnce() || dispatch().server().transactionStatus() != TransactionStatus.IDLE;
    }

    private CompletableFuture<@Nullable Void> inTurn(Runnable change) {
        return session().run(new Change(dispatch(), change), null);
    }

    /** Begins a transaction, or a savepoint if a transaction is in progress, which must be that of a mark. */
    CompletableFuture<AsyncTransaction> begin(TransactionMode wanted, long mark) {
        Objects.requireNonNull(wanted, "mode");
        return session().runUncancelled("BEGIN", new Beginning(wanted, mark), connection.deadline());
    }

    /** Commits or rolls back the transaction of a mark. */
    CompletableFuture<@Nullable Void> end(String command, long mark) {
        OutcomeLookup lookup = command.equals("COMMIT") ? SessionTransactions.outcomes(connection.config()) : null;
        CommitWatch watch = lookup == null ? null : new CommitWatch();
        CompletableFuture<@Nullable Void> ended =
                session().runEnding(command, new Ending(command, mark, watch), connection.deadline());
        return lookup == null || watch == null ? ended : explained(ended, lookup, watch);
    }

    /** Fails when it was looked up what has become of the transaction, if the connection is lost. */
    private CompletableFuture<@Nullable Void> explained(
            CompletableFuture<@Nullable Void> ended, OutcomeLookup lookup, CommitWatch watch) {
        Following<@Nullable Void> explained = new Following<>();
        explained.after(ended, (nothing, failure) -> {
            if (failure instanceof PgException lost && session().isClosed()) {
                BlockingWork.executor().execute(() -> {
                    try {
                        lookup.explain(lost, watch, SessionReset.text(watch.answer()));
                    } finally {
                        explained.end(null, lost);
                    }
                });
            } else {
                explained.end(null, failure);
            }
        });
        return explained;
    }

    CompletableFuture<@Nullable Void> reset(@Nullable Duration deadline) {
        return session().reset(deadline, () -> {
            ends();
            innermost = null;
            autocommit = connection.config().autocommit();
            mode = TransactionMode.DEFAULT;
            twoPhase.ends();
            beginImplicitly();
        });
    }

    CompletableFuture<@Nullable Void> beginTwoPhase(String name) {
        return session().run(new TwoPhaseBegin(dispatch(), twoPhase, name, mode.begin()), connection.deadline());
    }

    CompletableFuture<@Nullable Void> prepare() {
        return session().run(new TwoPhasePrepare(dispatch(), twoPhase), connection.deadline());
    }

    /** Ends the two-phase transaction of the connection, or one that is prepared and has a name. */
    CompletableFuture<@Nullable Void> endTwoPhase(String command, @Nullable String prepared) {
        return session().run(new TwoPhaseEnd(dispatch(), twoPhase, command, prepared), connection.deadline());
    }

    private void ends() {
        current++;
        outermost = null;
    }

    /**
     * Reports the transaction in progress if the program has forgotten it. Any thread may ask for it.
     *
     * @param event what has come, and what that does to it
     */
    void tellForgotten(String event) {
        BegunTransaction<LoopTransaction> begun = outermost;
        if (begun != null) {
            begun.tellIfForgotten(event, session().server(), session().processId());
        }
    }

    /** Whether this object has not ended the transaction of that number. */
    boolean isCurrent(long transaction) {
        return current == transaction;
    }

    /** The innermost of what has not ended. */
    private @Nullable LoopTransaction enclosing() {
        for (BegunTransaction<LoopTransaction> each = innermost; each != null; each = each.around()) {
            innermost = each;
            LoopTransaction open = each.object();
            if (open != null && !open.hasEnded()) {
                return open;
            }
        }
        innermost = null;
        return null;
    }

    /** Looks whether a transaction is in progress. */
    private final class Look extends Procedure<Boolean> {
        Look() {
            super(session().dispatch());
        }

        @Override
        protected boolean proceed() {
            return over(isInProgressNow());
        }
    }

    /** A change that is made at once, when it is its turn. */
    private static final class Change extends Procedure<@Nullable Void> {
        private final Runnable change;

        Change(Dispatch dispatch, Runnable change) {
            super(dispatch);
            this.change = change;
        }

        @Override
        protected boolean proceed() {
            change.run();
            return over(null);
        }
    }

    private final class Beginning extends Procedure<AsyncTransaction> {
        private final TransactionMode wanted;
        private final long mark;
        private final @Nullable Throwable stack = BegunTransaction.stack(leakDetection);
        private @Nullable String savepoint;
        private @Nullable Procedure<Long> step;

        Beginning(TransactionMode wanted, long mark) {
            super(session().dispatch());
            this.wanted = wanted;
            this.mark = mark;
        }

        @Override
        protected boolean proceed() {
            Procedure<Long> begun = step;
            if (begun != null) {
                return begun(begun.result(), current, enclosing());
            }
            dispatch().server().checkTransaction(mark);
            twoPhase.refuse("begin()");
            if (!isInProgressNow()) {
                dispatch().due().once(wanted.begin());
                return begun(dispatch().server().endedTransactions(), ++current, null);
            }
            if (!wanted.equals(mode)) {
                throw new InterfaceException(
                        "a transaction is in progress, whose mode cannot change; expected begin() for a savepoint");
            }
            tellForgotten("begin() came, which makes a savepoint in it");
            String name = "pgwire_" + ++savepoints;
            savepoint = name;
            step = first(SavepointBegin.of(dispatch(), name));
            return false;
        }

        /** No caller has the transaction: a BEGIN was not sent yet, and a savepoint ends with its transaction. */
        @Override
        public void unwanted() {
            if (savepoint == null) {
                ends();
                dispatch().due().clear();
            } else if (innermost != null) {
                innermost = innermost.around();
            }
        }

        private boolean begun(long begunMark, long number, @Nullable LoopTransaction parent) {
            LoopTransaction begun = new LoopTransaction(connection, number, begunMark, parent, savepoint);
            if (savepoint == null) {
                outermost = new BegunTransaction<>(begun, begunMark, leakDetection, stack);
                innermost = outermost;
            } else {
                innermost = BegunTransaction.savepoint(begun, innermost);
            }
            return over(begun);
        }
    }

    private final class Ending extends Procedure<@Nullable Void> {
        private final String command;
        private final long mark;
        private final @Nullable CommitWatch watch;
        private @Nullable Procedure<@Nullable String> end;

        Ending(String command, long mark, @Nullable CommitWatch watch) {
            super(session().dispatch());
            this.command = command;
            this.mark = mark;
            this.watch = watch;
        }

        @Override
        protected boolean proceed() {
            Procedure<@Nullable String> ended = end;
            boolean rollsBack = command.equals("ROLLBACK");
            if (ended == null) {
                twoPhase.refuse(rollsBack ? "rollback()" : "commit()");
                if (rollsBack && dispatch().server().isUnbegun(mark)) {
                    return over(null);
                }
                dispatch().server().checkTransaction(mark);
                ends();
                end = first(TransactionEnd.of(dispatch(), command, mark, watch));
                return false;
            }
            if ("ROLLBACK".equals(ended.result()) && !rollsBack) {
                throw new InFailedTransactionException(
                        SqlState.IN_FAILED_SQL_TRANSACTION,
                        "the transaction was rolled back, because a statement in it had failed; expected rollback() after an"
                                + " error",
                        null);
            }
            return over(null);
        }
    }
}
