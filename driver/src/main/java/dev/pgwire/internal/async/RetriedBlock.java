package dev.pgwire.internal.async;

import dev.pgwire.Retry;
import dev.pgwire.TransactionMode;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.transaction.Repeats;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A block that runs in one transaction after another, until one of them is well. To cancel it cancels what it does at that moment. */
final class RetriedBlock<T extends @Nullable Object> extends Following<T> {
    private final LoopConnection connection;
    private final Function<AsyncTransaction, ? extends CompletionStage<T>> block;
    private final TransactionMode mode;
    private final @Nullable Duration deadline;
    private final Repeats repeats;

    RetriedBlock(
            LoopConnection connection, Retry retry, Function<AsyncTransaction, ? extends CompletionStage<T>> block) {
        this.connection = connection;
        this.block = Objects.requireNonNull(block, "block");
        TransactionMode given = retry.mode();
        mode = given == null ? connection.transactionMode() : given;
        deadline = connection.deadline();
        Duration limit = retry.limit();
        repeats = Repeats.of(retry.repeats(), limit == null ? deadline : limit);
    }

    RetriedBlock<T> begin() {
        after(connection.inTransaction(), (inProgress, failure) -> {
            if (inProgress == null || failure != null) {
                end(null, failure);
            } else if (inProgress) {
                completeExceptionally(new InterfaceException(
                        "a transaction is in progress, whose savepoints cannot be repeated, expected none"));
            } else {
                attempt();
            }
        });
        return this;
    }

    private void attempt() {
        if (isDone()) {
            return;
        }
        within(repeats.within(deadline));
        CompletableFuture<T> transaction = connection.transaction(mode, block);
        after(transaction, (value, failure) -> {
            Duration pause = failure == null || isDone() || connection.isClosed() ? null : repeats.after(failure);
            within(deadline);
            if (pause == null) {
                end(value, failure);
            } else {
                CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                        .execute(this::attempt);
            }
        });
    }

    private void within(@Nullable Duration time) {
        if (!connection.isClosed()) {
            connection.deadline(time);
        }
    }
}
