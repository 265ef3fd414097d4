package dev.pgwire;

import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, or a savepoint inside one. Ends by {@link #commit} or {@link #rollback}; {@link #close} rolls back what
 * did not end before.
 *
 * <pre>{@code
 * try (Transaction tx = conn.begin()) {
 *     tx.execute("UPDATE account SET balance = balance - $1 WHERE id = $2", amount, from);
 *     tx.execute("UPDATE account SET balance = balance + $1 WHERE id = $2", amount, to);
 *     tx.commit();
 * }
 * }</pre>
 */
public final class Transaction implements AutoCloseable {
    private final Connection connection;
    private final long number;
    private final @Nullable String savepoint;
    private boolean ended;

    Transaction(Connection connection, long number, @Nullable String savepoint) {
        this.connection = connection;
        this.number = number;
        this.savepoint = savepoint;
    }

    /** The connection it runs on. */
    public Connection connection() {
        return connection;
    }

    /** A new cursor of the connection. */
    public Cursor cursor() {
        return connection.cursor();
    }

    /** Runs a statement, as {@link Connection#execute}. */
    public Cursor execute(String sql, @Nullable Object... values) {
        return connection.execute(sql, values);
    }

    /** A savepoint inside this transaction. */
    public Transaction begin() {
        return connection.begin();
    }

    /** Runs a block in a savepoint inside this transaction, as {@link Connection#transaction}. */
    public <E extends Exception> void transaction(TransactionBlock<E> block) throws E {
        connection.transaction(block);
    }

    /**
     * Keeps what was done.
     *
     * @throws InFailedTransactionException if an earlier error had failed it, so that it was rolled back
     * @throws InterfaceException if it has ended already
     */
    public void commit() {
        end();
        if (savepoint == null) {
            connection.commit();
        } else {
            release(savepoint);
        }
    }

    /** A savepoint in which a statement failed cannot be released; it is rolled back, as COMMIT does with a transaction. */
    private void release(String savepoint) {
        try {
            connection.session().endSavepoint("RELEASE SAVEPOINT " + savepoint);
        } catch (InFailedTransactionException failed) {
            try {
                undo(savepoint);
            } catch (PgException gone) {
                failed.addSuppressed(gone);
            }
            throw failed;
        }
    }

    private void undo(String savepoint) {
        connection.session().endSavepoint("ROLLBACK TO SAVEPOINT " + savepoint);
        connection.session().endSavepoint("RELEASE SAVEPOINT " + savepoint);
    }

    /**
     * Undoes what was done.
     *
     * @throws InterfaceException if it has ended already
     */
    public void rollback() {
        end();
        if (savepoint == null) {
            connection.rollback();
        } else {
            undo(savepoint);
        }
    }

    /** Whether it was committed or rolled back, here or by its connection. */
    public boolean hasEnded() {
        return ended || !connection.isCurrent(number);
    }

    /** Rolls back, unless it has ended already or its connection has. */
    @Override
    public void close() {
        if (!hasEnded() && !connection.isClosed()) {
            rollback();
        }
    }

    private void end() {
        if (hasEnded()) {
            throw new InterfaceException(
                    "the transaction has ended, expected one that was neither committed nor rolled back");
        }
        ended = true;
    }
}
