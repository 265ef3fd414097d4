package dev.pgwire;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.TransactionStatus;
import java.util.List;
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

    /** Begins a transaction of an isolation of its own, and else as {@link #begin(TransactionMode)}. */
    public Transaction begin(Isolation isolation) {
        return begin(transactionMode().with(isolation));
    }

    /** As {@link #transaction(TransactionBlock)}, with an isolation of its own. */
    public <E extends Exception> void transaction(Isolation isolation, TransactionBlock<E> block) throws E {
        begin(isolation).run(block);
    }

    /** As {@link #transaction(UncheckedBlock)}, with an isolation of its own. */
    public void transaction(Isolation isolation, UncheckedBlock block) {
        begin(isolation).runUnchecked(block);
    }

    /** As {@link #transaction(Isolation, TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // See above.
    public <T extends @Nullable Object, E extends Exception> T transactionReturning(
            Isolation isolation, TransactionFunction<T, E> block) throws E {
        return begin(isolation).runReturning(block);
    }

    /** As {@link #transactionReturning(UncheckedFunction)}, with an isolation of its own. */
    @SuppressWarnings("overloads") // See above.
    public <T> T transactionReturning(Isolation isolation, UncheckedFunction<T> block) {
        return begin(isolation).runReturningUnchecked(block);
    }

    /**
     * As {@link #transaction(TransactionBlock)}, and runs the block again in a new transaction if the server has ended its own with a
     * serialization failure or to break a deadlock. A thread that is interrupted between two attempts makes no other one.
     *
     * @throws InterfaceException if a transaction is in progress
     * @throws E what the block throws; of failures that are repeated, the last one
     */
    public <E extends Exception> void transaction(Retry retry, TransactionBlock<E> block) throws E {
        TransactionFunction<@Nullable Void, E> function = transaction -> {
            block.run(transaction);
            return null;
        };
        new Retried(self(), retry).run(function);
    }

    /** The same for Kotlin, as {@link #transaction(UncheckedBlock)}. */
    @SuppressWarnings("unchecked")
    public void transaction(Retry retry, UncheckedBlock block) {
        current();
        TransactionBlock<Exception> throwing = block::run;
        transaction(retry, (TransactionBlock<RuntimeException>) (TransactionBlock<?>) throwing);
    }

    /** As {@link #transaction(Retry, TransactionBlock)}, for a block that finds a value. */
    @SuppressWarnings("overloads") // See above.
    public <T extends @Nullable Object, E extends Exception> T transactionReturning(
            Retry retry, TransactionFunction<T, E> block) throws E {
        return new Retried(self(), retry).run(block);
    }

    /** As {@link #transactionReturning(UncheckedFunction)}, repeated as {@link #transaction(Retry, TransactionBlock)} is. */
    @SuppressWarnings({"unchecked", "overloads"}) // See above.
    public <T> T transactionReturning(Retry retry, UncheckedFunction<T> block) {
        current();
        TransactionFunction<T, Exception> throwing = block::apply;
        return transactionReturning(
                retry, (TransactionFunction<T, RuntimeException>) (TransactionFunction<T, ?>) throwing);
    }

    /**
     * Names a two-phase transaction.
     *
     * @param formatId from 0 to 2147483647
     * @param gtrid the identifier of the global transaction: at most 64 characters of printable ASCII
     * @param bqual the qualifier of the branch, as gtrid
     * @throws InterfaceException if one of them is something else, or the connection was given back to its pool
     */
    public Xid xid(int formatId, String gtrid, String bqual) {
        current();
        return Xid.of(formatId, gtrid, bqual);
    }

    /**
     * Begins a two-phase transaction (PostgreSQL manual, PREPARE TRANSACTION), with the {@link #transactionMode} of the connection. It
     * ends by {@link #tpcCommit()} or {@link #tpcRollback()}; until then {@link #commit}, {@link #rollback} and {@link #begin} are
     * refused.
     *
     * @throws InterfaceException if a transaction is in progress
     */
    public void tpcBegin(Xid xid) {
        current().twoPhase(self()).begin(xid);
    }

    /**
     * The first phase: makes the two-phase transaction one that survives the connection and the server, until it is committed or
     * rolled back. Its locks stay. What is run before that on this connection is no part of it.
     *
     * @throws InterfaceException if there is no two-phase transaction, or it is prepared already
     * @throws InFailedTransactionException if an earlier error had failed the transaction, which was therefore rolled back
     * @throws dev.pgwire.error.PgException why the server refuses: so if {@code max_prepared_transactions} is 0
     */
    public void tpcPrepare() {
        current().twoPhase(self()).prepare();
    }

    /**
     * Commits the two-phase transaction of this connection: in the second phase if it is prepared, else in one.
     *
     * @throws InterfaceException if there is none, or a transaction has begun since it was prepared
     * @throws InFailedTransactionException if an earlier error had failed it, so that it was rolled back
     */
    public void tpcCommit() {
        current().twoPhase(self()).end("COMMIT", null);
    }

    /**
     * Commits a transaction that was prepared, by whichever connection.
     *
     * @throws InterfaceException if a transaction is in progress on this one
     * @throws dev.pgwire.error.PgException if there is none of the name, or it cannot be committed; it is still prepared then
     */
    public void tpcCommit(Xid xid) {
        current().twoPhase(self()).end("COMMIT", xid);
    }

    /** Rolls back the two-phase transaction of this connection, prepared or not, as {@link #tpcCommit()} commits it. */
    public void tpcRollback() {
        current().twoPhase(self()).end("ROLLBACK", null);
    }

    /** Rolls back a transaction that was prepared, as {@link #tpcCommit(Xid)} commits it. */
    public void tpcRollback(Xid xid) {
        current().twoPhase(self()).end("ROLLBACK", xid);
    }

    /**
     * The transactions that are prepared on the server, in all of its databases, the oldest first. It begins no transaction that would
     * last.
     */
    public List<PreparedTransaction> tpcRecover() {
        return current().twoPhase(self()).recover();
    }
}
