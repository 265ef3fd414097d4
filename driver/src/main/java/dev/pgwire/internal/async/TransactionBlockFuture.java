package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.internal.loop.LoopFuture;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a block that runs in a transaction, which ends before the future does. To cancel it asks the server to cancel what it
 * works on, and rolls back.
 */
final class TransactionBlockFuture<T extends @Nullable Object> extends LoopFuture<T> {
    private final LoopConnection connection;
    private final Function<AsyncTransaction, ? extends CompletionStage<T>> block;
    private volatile @Nullable LoopTransaction transaction;

    TransactionBlockFuture(LoopConnection connection, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        this.connection = connection;
        this.block = Objects.requireNonNull(block, "block");
    }

    /** Runs the block when the transaction has begun. */
    TransactionBlockFuture<T> after(CompletableFuture<AsyncTransaction> beginning) {
        beginning.whenComplete((begun, failure) -> {
            if (failure != null) {
                completeExceptionally(Following.reason(failure));
            } else {
                run((LoopTransaction) begun);
            }
        });
        return this;
    }

    private void run(LoopTransaction begun) {
        transaction = begun;
        if (isCancelled()) {
            rollBack(begun);
            return;
        }
        CompletionStage<T> stage;
        try {
            stage = Objects.requireNonNull(block.apply(begun), "the block returned null, expected a stage");
        } catch (Throwable failure) {
            undo(begun, failure);
            return;
        }
        stage.whenComplete((value, failure) -> {
            if (failure != null) {
                undo(begun, Following.reason(failure));
            } else {
                keep(begun, value);
            }
        });
    }

    /** A block that has ended the transaction by itself is left at that. */
    private void keep(LoopTransaction begun, T value) {
        if (begun.wasEnded()) {
            complete(value);
            return;
        }
        begun.commit().whenComplete((committed, failure) -> {
            if (failure != null) {
                completeExceptionally(Following.reason(failure));
            } else {
                complete(value);
            }
        });
    }

    private void undo(LoopTransaction begun, Throwable why) {
        if (begun.hasEnded() || connection.isClosed()) {
            completeExceptionally(why);
            return;
        }
        begun.rollback().whenComplete((rolledBack, failure) -> {
            if (failure != null && Following.reason(failure) != why) {
                why.addSuppressed(Following.reason(failure));
            }
            completeExceptionally(why);
        });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        LoopTransaction begun = transaction;
        if (cancelled && begun != null) {
            rollBack(begun);
        }
        return cancelled;
    }

    private void rollBack(LoopTransaction begun) {
        begun.cancelPending();
        if (!begun.hasEnded()) {
            begun.rollback();
        }
    }
}
