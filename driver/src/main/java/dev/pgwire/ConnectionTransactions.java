package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.TransactionStatus;
import org.jspecify.annotations.Nullable;

/** How the transactions of a {@link Connection} begin and end. */
abstract sealed class ConnectionTransactions extends ConnectionFacts permits Connection {
    ConnectionTransactions() {}

    /** Its transactions, if it is still the borrower's. */
    abstract Transactions current();

    /** Whether each statement outside a transaction block commits by itself. */
    public boolean autocommit() {
        return current().autocommit();
    }

    /**
     * Says whether each statement commits by itself. When it does not, a statement that finds no transaction in progress
     * begins one, which lasts until {@link #commit} or {@link #rollback}; the BEGIN costs no round trip.
     *
     * @throws InterfaceException if a transaction is in progress
     */
    public void autocommit(boolean autocommit) {
        current().autocommit(autocommit);
    }

    /** The characteristics of the transactions that this connection begins. */
    public TransactionMode transactionMode() {
        return current().mode();
    }

    /**
     * Sets the characteristics of the transactions that this connection begins from now on. A statement in autocommit has
     * those of the server's settings.
     *
     * @throws InterfaceException if a transaction is in progress
     */
    public void transactionMode(TransactionMode mode) {
        current().mode(mode);
    }

    /** As {@link #transactionMode(TransactionMode)}, of the isolation alone. */
    public void isolation(Isolation isolation) {
        transactionMode(transactionMode().with(isolation));
    }

    /** As {@link #transactionMode(TransactionMode)}, of the access alone. */
    public void access(AccessMode access) {
        transactionMode(transactionMode().with(access));
    }

    /** As {@link #transactionMode(TransactionMode)}, of the deferrability alone. */
    public void deferrable(Deferrable deferrable) {
        transactionMode(transactionMode().with(deferrable));
    }

    /** Whether a transaction is in progress, or will be with the next statement. */
    public boolean inTransaction() {
        return session().transactions().isInProgress();
    }

    /** The transaction's state as the server told it last. */
    public TransactionStatus transactionStatus() {
        return session().server().transactionStatus();
    }

    /**
     * Commits the transaction that is in progress; does nothing if there is none.
     *
     * @throws InFailedTransactionException if an earlier error had failed the transaction, which was therefore rolled back
     * @throws ConnectionFailureException under SQLSTATE 08007 if the server has not answered within {@link Config#cancelGrace}
     *     after an interrupt or after {@link #deadline() the deadline}: whether the transaction was committed is not known, and
     *     the connection is given up. The same goes for {@link #rollback} and for savepoints
     */
    public void commit() {
        current().commit(ServerState.ANY_TRANSACTION);
    }

    /**
     * Rolls back the transaction that is in progress, if there is one. A result that was not read to its end, and is too much
     * to be set aside, is dropped, in a transaction or not: its cursor says so when it is read on.
     */
    public void rollback() {
        current().rollback(ServerState.ANY_TRANSACTION);
    }

    /** Begins a transaction, or a savepoint if one is in progress. BEGIN goes with the first statement. */
    public Transaction begin() {
        return begin(current().mode());
    }

    /**
     * Begins a transaction with characteristics of its own.
     *
     * @throws InterfaceException if a transaction is in progress and the mode is not that of the connection
     */
    public Transaction begin(TransactionMode mode) {
        return current().begin(self(), mode);
    }

    /** As {@link #transaction(TransactionBlock)}, with characteristics of its own. */
    public <E extends Exception> void transaction(TransactionMode mode, TransactionBlock<E> block) throws E {
        begin(mode).run(block);
    }

    /** As {@link #transaction(UncheckedBlock)}, with characteristics of its own. */
    public void transaction(TransactionMode mode, UncheckedBlock block) {
        begin(mode).runUnchecked(block);
    }

    /** As {@link #transaction(TransactionMode, TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // The one interface extends the other, so that every lambda finds its method.
    public <T extends @Nullable Object, E extends Exception> T transactionReturning(
            TransactionMode mode, TransactionFunction<T, E> block) throws E {
        return begin(mode).runReturning(block);
    }

    /** As {@link #transactionReturning(UncheckedFunction)}, with characteristics of its own. */
    @SuppressWarnings("overloads") // See above.
    public <T> T transactionReturning(TransactionMode mode, UncheckedFunction<T> block) {
        return begin(mode).runReturningUnchecked(block);
    }
}
