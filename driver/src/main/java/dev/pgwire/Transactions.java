package dev.pgwire;

import dev.pgwire.config.LeakDetection;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.leak.BegunTransaction;
import dev.pgwire.internal.session.SessionTransactions;
import dev.pgwire.internal.transaction.TwoPhase;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the transactions of one {@link Connection} begin, and which of them have ended. */
final class Transactions {
    private final SessionTransactions session;
    private final TwoPhase twoPhase = new TwoPhase();
    private TransactionMode mode = TransactionMode.DEFAULT;
    private boolean autocommit;
    /** What it is in a connection that is new. */
    private final boolean usual;

    private long savepoints;
    /** Counts the transactions that this object began and ended: what has another number than this has ended. */
    private long current;
    /** The transaction that {@link #begin} has begun last; null if there is none that it has not ended. */
    private @Nullable BegunTransaction<Transaction> outermost;
    /** What {@link #begin} has begun last, with what it is inside of. */
    private @Nullable BegunTransaction<Transaction> innermost;

    /**
     * Those of a session in which nothing has begun.
     *
     * @param autocommit whether each statement commits by itself, unless the program says otherwise
     */
    Transactions(SessionTransactions session, boolean autocommit) {
        this.session = session;
        this.usual = autocommit;
        setDefaults();
    }

    boolean autocommit() {
        return autocommit;
    }

    void autocommit(boolean autocommit) {
        refuseInTransaction("autocommit");
        this.autocommit = autocommit;
        session.beginImplicitly(autocommit ? null : mode.begin());
    }

    TransactionMode mode() {
        return mode;
    }

    void mode(TransactionMode mode) {
        refuseInTransaction("the transaction mode");
        this.mode = Objects.requireNonNull(mode, "mode");
        if (!autocommit) {
            session.beginImplicitly(mode.begin());
        }
    }

    private void refuseInTransaction(String what) {
        if (session.isInProgress()) {
            throw new InterfaceException(
                    what + " cannot be changed while a transaction is in progress, expected commit() or"
                            + " rollback() before");
        }
    }

    /** Begins a transaction, or a savepoint if a transaction is in progress. */
    Transaction begin(Connection connection, TransactionMode mode) {
        twoPhase.refuse("begin()");
        Transaction begun;
        if (!session.isInProgress()) {
            long mark = session.begin(mode.begin());
            begun = new Transaction(connection, ++current, mark, null, null);
            LeakDetection how = session.leakDetection();
            outermost = new BegunTransaction<>(begun, mark, how, BegunTransaction.stack(how));
            innermost = outermost;
        } else {
            tellForgotten("begin() came, which makes a savepoint in it");
            if (!mode.equals(this.mode)) {
                throw new InterfaceException(
                        "a transaction is in progress, whose mode cannot change; expected begin() for a savepoint");
            }
            String savepoint = "pgwire_" + ++savepoints;
            long mark = session.beginSavepoint(savepoint);
            begun = new Transaction(connection, current, mark, enclosing(), savepoint);
            innermost = BegunTransaction.savepoint(begun, innermost);
        }
        return begun;
    }

    /** The innermost of what has not ended. */
    private @Nullable Transaction enclosing() {
        for (BegunTransaction<Transaction> each = innermost; each != null; each = each.around()) {
            innermost = each;
            Transaction open = each.object();
            if (open != null && !open.hasEnded()) {
                return open;
            }
        }
        innermost = null;
        return null;
    }

    /**
     * Reports the transaction in progress if the program has forgotten it.
     *
     * @param event what has come, and what that does to it
     */
    void tellForgotten(String event) {
        BegunTransaction<Transaction> begun = outermost;
        if (begun != null) {
            session.tellIfForgotten(begun, event);
        }
    }

    /** Commits the transaction of a mark. */
    void commit(long mark) {
        twoPhase.refuse("commit()");
        ends();
        if ("ROLLBACK".equals(session.end("COMMIT", mark))) {
            throw new InFailedTransactionException(
                    SqlState.IN_FAILED_SQL_TRANSACTION,
                    "the transaction was rolled back, because a statement in it had failed; expected rollback() after an error",
                    null);
        }
    }

    /** Rolls back the transaction of a mark. */
    void rollback(long mark) {
        twoPhase.refuse("rollback()");
        ends();
        session.end("ROLLBACK", mark);
    }

    /** Whether this object has not ended the transaction of that number. */
    boolean isCurrent(long transaction) {
        return current == transaction;
    }

    /** Counts what is in progress as ended. */
    void forget() {
        twoPhase.ends();
        ends();
        innermost = null;
    }

    private void ends() {
        current++;
        outermost = null;
    }

    /** The two-phase transactions of its connection. */
    TwoPhaseCalls twoPhase(Connection connection) {
        return new TwoPhaseCalls(connection, twoPhase);
    }

    /** Goes back to the autocommit and the mode of a new connection, in a session that begins nothing. */
    void setDefaults() {
        autocommit = usual;
        mode = TransactionMode.DEFAULT;
        if (!autocommit) {
            session.beginImplicitly(mode.begin());
        }
    }
}
