package dev.pgwire.internal.async;

import dev.pgwire.internal.loop.LoopFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What comes of several steps, one after the other. To cancel it cancels the step that is being waited for.
 *
 * @param <T> what comes of them
 */
class Following<T extends @Nullable Object> extends LoopFuture<T> {
    private volatile @Nullable CompletableFuture<?> current;

    /** Goes on when a step is over, with what came of it or why it failed. */
    final <S extends @Nullable Object> void after(
            CompletionStage<S> step, BiConsumer<? super @Nullable S, ? super @Nullable Throwable> next) {
        CompletableFuture<?> future = step instanceof CompletableFuture<?> own ? own : null;
        current = future;
        if (future != null && isCancelled()) {
            future.cancel(true);
        }
        step.whenComplete((value, failure) -> {
            try {
                next.accept(value, failure == null ? null : reason(failure));
            } catch (Throwable unforeseen) {
                completeExceptionally(unforeseen);
            }
        });
    }

    /** Ends with what comes of a last step. */
    final void last(CompletionStage<T> step) {
        after(step, (value, failure) -> end(value, failure));
    }

    @SuppressWarnings("NullAway") // Null only where T may be that.
    final void end(@Nullable T value, @Nullable Throwable failure) {
        if (failure == null) {
            complete(value);
        } else {
            completeExceptionally(failure);
        }
    }

    /** What failed, without what the futures in between have put around it. */
    static Throwable reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        CompletableFuture<?> step = current;
        if (cancelled && step != null) {
            step.cancel(true);
        }
        return cancelled;
    }
}
