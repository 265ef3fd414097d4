package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.transaction.SavepointEnd;
import dev.pgwire.protocol.TransactionStatus;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A transaction, or a savepoint inside one, of a connection on a shared event loop. */
final class LoopTransaction extends LoopClient implements AsyncTransaction {
    private final LoopConnection connection;
    private final long number;
    private final long mark;
    private final @Nullable LoopTransaction parent;
    private final @Nullable String savepoint;
    private final AtomicBoolean ended = new AtomicBoolean();
    /** What was asked for in it and has not come; what was asked for in a savepoint inside is among it. */
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();

    /**
     * What has begun.
     *
     * @param number which of the connection's transactions it is in
     * @param mark how many transactions of the session had ended before
     * @param parent what the savepoint is inside of, if that has an object; null for a transaction
     * @param savepoint its name; null for a transaction
     */
    LoopTransaction(
            LoopConnection connection,
            long number,
            long mark,
            @Nullable LoopTransaction parent,
            @Nullable String savepoint) {
        this.connection = connection;
        this.number = number;
        this.mark = mark;
        this.parent = parent;
        this.savepoint = savepoint;
    }

    @Override
    LoopConnection loopConnection() {
        return connection;
    }

    @Override
    long mark() {
        return mark;
    }

    @Override
    @Nullable
    InterfaceException refusal() {
        InterfaceException givenBack = connection.refusal();
        return givenBack == null && wasEnded() ? hasEndedBefore() : givenBack;
    }

    private static InterfaceException hasEndedBefore() {
        return new InterfaceException(
                "the transaction has ended, expected one that was neither committed nor rolled back");
    }

    @Override
    <T extends @Nullable Object> CompletableFuture<T> asked(CompletableFuture<T> future) {
        for (LoopTransaction around = this; around != null; around = around.parent) {
            Set<CompletableFuture<?>> noted = around.pending;
            noted.add(future);
            future.whenComplete((value, failure) -> noted.remove(future));
        }
        return future;
    }

    /** Cancels on the server what was asked for in it. */
    void cancelPending() {
        pending.forEach(future -> future.cancel(true));
    }

    @Override
    public AsyncConnection connection() {
        return connection;
    }

    @Override
    public CompletableFuture<@Nullable Void> commit() {
        InterfaceException refusal = refusal();
        if (refusal != null || !ended.compareAndSet(false, true)) {
            return failed(refusal != null ? refusal : hasEndedBefore());
        }
        if (savepoint == null) {
            return connection.transactions().end("COMMIT", mark);
        }
        return end(SavepointEnd.release(savepoint), SavepointEnd.keeping(dispatch(), savepoint, mark));
    }

    @Override
    public CompletableFuture<@Nullable Void> rollback() {
        InterfaceException refusal = refusal();
        if (refusal != null || !ended.compareAndSet(false, true)) {
            return failed(refusal != null ? refusal : hasEndedBefore());
        }
        if (savepoint == null) {
            return connection.transactions().end("ROLLBACK", mark);
        }
        return end(SavepointEnd.rollback(savepoint), SavepointEnd.undoing(dispatch(), savepoint, mark));
    }

    private CompletableFuture<@Nullable Void> end(String command, Procedure<@Nullable Void> procedure) {
        return connection.session().runEnding(command, procedure, connection.deadline());
    }

    private Dispatch dispatch() {
        return connection.session().dispatch();
    }

    @Override
    public boolean hasEnded() {
        return wasEnded() || wasEndedByStatement();
    }

    /** Whether it was ended by a call, of its own or of what it is inside of. */
    boolean wasEnded() {
        return ended.get() || !connection.transactions().isCurrent(number) || (parent != null && parent.wasEnded());
    }

    private boolean wasEndedByStatement() {
        return !connection.session().server().isTransaction(mark);
    }

    /** Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        return "AsyncTransaction[" + (savepoint == null ? "" : "savepoint " + savepoint + ", ") + "process "
                + connection.processId() + ", " + state() + "]";
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
