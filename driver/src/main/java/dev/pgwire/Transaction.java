package dev.pgwire;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.StatementDescription;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, or a savepoint inside one. Ends by {@link #commit} or {@link #rollback}; {@link #close} rolls back what
 * did not end before. Once it has ended, whichever way, it refuses whatever else is asked of it.
 *
 * <pre>{@code
 * try (Transaction tx = conn.begin()) {
 *     tx.execute("UPDATE account SET balance = balance - $1 WHERE id = $2", amount, from);
 *     tx.execute("UPDATE account SET balance = balance + $1 WHERE id = $2", amount, to);
 *     tx.commit();
 * }
 * }</pre>
 *
 * <p>A statement can end it too ({@code COMMIT}, {@code ROLLBACK}, {@code PREPARE TRANSACTION}), which is a mistake: what comes
 * behind it is no longer part of it. It is noticed when the server says that no transaction is in progress any more. What
 * begins another one in the same breath ({@code COMMIT AND CHAIN}, {@code COMMIT; BEGIN} in one string) is not.
 */
public final class Transaction implements SqlClient, AutoCloseable {
    private final Connection connection;
    private final long number;
    private final long mark;
    private final @Nullable Transaction parent;
    private final @Nullable String savepoint;
    private boolean ended;

    /**
     * What {@link Connection#begin} has begun.
     *
     * @param number which of the connection's transactions it is in
     * @param mark how many transactions of the session had ended before
     * @param parent what the savepoint is inside of, if that has an object; null for a transaction
     * @param savepoint its name; null for a transaction
     */
    Transaction(
            Connection connection, long number, long mark, @Nullable Transaction parent, @Nullable String savepoint) {
        this.connection = connection;
        this.number = number;
        this.mark = mark;
        this.parent = parent;
        this.savepoint = savepoint;
    }

    /** The connection it runs on. */
    public Connection connection() {
        return connection;
    }

    @Override
    public Cursor cursor() {
        checkInProgress();
        return connection.cursor();
    }

    @Override
    public ServerCursor cursor(String name, ServerCursorOptions options) {
        checkInProgress();
        return connection.cursor(name, options);
    }

    @Override
    public Pipeline pipeline() {
        checkInProgress();
        return connection.pipeline();
    }

    @Override
    public @Nullable Object cast(int oid, @Nullable String text) {
        checkInProgress();
        return connection.cast(oid, text);
    }

    @Override
    public StatementDescription describe(String sql) {
        checkInProgress();
        return connection.describe(sql);
    }

    @Override
    public long copyIn(String sql, CopySource source) throws IOException {
        checkInProgress();
        return connection.copyIn(sql, source);
    }

    @Override
    public CopyWriter copyIn(String sql) {
        checkInProgress();
        return connection.copyIn(sql);
    }

    @Override
    public long copyRows(String sql, Iterable<?> rows) {
        checkInProgress();
        return connection.copyRows(sql, rows);
    }

    @Override
    public Cursor copyOut(String sql) {
        checkInProgress();
        return connection.copyOut(sql);
    }

    @Override
    public long copyOut(String sql, CopySink sink) throws IOException {
        checkInProgress();
        return connection.copyOut(sql, sink);
    }

    @Override
    public LargeObjects largeObjects() {
        checkInProgress();
        return connection.largeObjects(mark);
    }

    /** A savepoint inside this transaction. */
    @Override
    public Transaction begin() {
        checkInProgress();
        return connection.begin();
    }

    /**
     * Keeps what was done.
     *
     * @throws InFailedTransactionException if an earlier error had failed it, so that it was rolled back
     * @throws InterfaceException if it has ended already
     */
    public void commit() {
        end();
        try {
            if (savepoint == null) {
                connection.transactions().commit(mark);
            } else {
                connection.session().transactions().releaseSavepoint(savepoint, mark);
            }
        } catch (PgException failed) {
            rollBackUncommitted(failed);
            throw failed;
        }
    }

    /** The COMMIT was not even sent, say because what is queued in a pipeline before it was not: nothing else ends it. */
    private void rollBackUncommitted(PgException failed) {
        if (savepoint != null || connection.isClosed() || wasEndedByStatement()) {
            return;
        }
        try {
            connection.transactions().rollback(mark);
        } catch (PgException gone) {
            if (gone != failed) {
                failed.addSuppressed(gone);
            }
        }
    }

    /**
     * Undoes what was done.
     *
     * @throws InterfaceException if it has ended already
     */
    public void rollback() {
        if (!wasEnded() && connection.session().server().isUnbegun(mark)) {
            ended = true;
            return;
        }
        end();
        if (savepoint == null) {
            connection.transactions().rollback(mark);
        } else {
            connection.session().transactions().undoSavepoint(savepoint, mark);
        }
    }

    /**
     * Whether it was committed or rolled back: here, by its connection, with what it is inside of, or by a statement; also
     * whether its BEGIN failed.
     */
    public boolean hasEnded() {
        return wasEnded() || wasEndedByStatement();
    }

    /** Rolls back, unless it has ended already or its connection has. */
    @Override
    public void close() {
        if (!hasEnded() && !connection.isClosed()) {
            rollback();
        }
    }

    /** Runs a block to its end, and ends with it. */
    <E extends Exception> void run(TransactionBlock<E> block) throws E {
        TransactionFunction<@Nullable Void, E> function = transaction -> {
            block.run(transaction);
            return null;
        };
        runReturning(function);
    }

    /** As {@link #run}, for a block that finds a value. */
    <T extends @Nullable Object, E extends Exception> T runReturning(TransactionFunction<T, E> block) throws E {
        T value;
        try {
            value = block.apply(this);
        } catch (Throwable failure) {
            try {
                close();
            } catch (RuntimeException rollbackFailed) {
                failure.addSuppressed(rollbackFailed);
            }
            throw failure;
        }
        if (!wasEnded()) {
            commit();
        }
        return value;
    }

    /** As {@link #run}; what the block throws passes on, whatever it is. */
    @SuppressWarnings("unchecked")
    void runUnchecked(UncheckedBlock block) {
        TransactionBlock<Exception> throwing = block::run;
        run((TransactionBlock<RuntimeException>) (TransactionBlock<?>) throwing);
    }

    /** As {@link #runReturning}; what the block throws passes on, whatever it is. */
    @SuppressWarnings("unchecked")
    <T extends @Nullable Object> T runReturningUnchecked(UncheckedFunction<T> block) {
        TransactionFunction<T, Exception> throwing = block::apply;
        return runReturning((TransactionFunction<T, RuntimeException>) (TransactionFunction<T, ?>) throwing);
    }

    private boolean wasEnded() {
        return ended || !connection.transactions().isCurrent(number) || (parent != null && parent.wasEnded());
    }

    private boolean wasEndedByStatement() {
        return !connection.session().server().isTransaction(mark);
    }

    private void end() {
        checkInProgress();
        ended = true;
    }

    private void checkInProgress() {
        if (wasEnded()) {
            throw new InterfaceException(
                    "the transaction has ended, expected one that was neither committed nor rolled back");
        }
        connection.session().server().checkTransaction(mark);
    }

    /** Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        return "Transaction[" + (savepoint == null ? "" : "savepoint " + savepoint + ", ") + "process "
                + connection.shownProcess() + ", " + state() + "]";
    }

    private String state() {
        if (wasEnded()) {
            return "ended";
        }
        if (wasEndedByStatement()) {
            return connection.session().server().isUnbegun(mark) ? "not begun" : "ended by a statement";
        }
        return connection.transactionStatus() == TransactionStatus.FAILED ? "failed" : "in progress";
    }
}
