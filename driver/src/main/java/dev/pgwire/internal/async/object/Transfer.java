package dev.pgwire.internal.async.object;

import dev.pgwire.async.AsyncLargeObject;
import dev.pgwire.internal.loop.LoopFuture;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Copies between a large object and a stream, piece by piece. The stream is used by a thread that may block, by one at a time.
 *
 * @param <S> what the stream is
 */
abstract class Transfer<S extends Closeable> extends LoopFuture<Long> {
    private final Asking asking;
    private final Opening<S> opening;
    private final boolean closes;
    private @Nullable AsyncLargeObject object;
    private @Nullable S stream;

    /** Opens a stream. */
    interface Opening<S> {
        S open() throws IOException;
    }

    /** Uses a stream. */
    interface Move {
        void run() throws IOException;
    }

    /**
     * A transfer.
     *
     * @param closes whether the stream is its own
     */
    Transfer(Asking asking, Opening<S> opening, boolean closes) {
        this.asking = asking;
        this.opening = opening;
        this.closes = closes;
    }

    /** The first or the next piece; ends with {@link #end} or a {@link #failed}. */
    abstract void next(AsyncLargeObject object, S stream) throws IOException;

    /** What there is to do when it has failed, and the large object is closed. */
    CompletableFuture<@Nullable Void> undo() {
        return CompletableFuture.completedFuture(null);
    }

    /** Begins when the large object is open. */
    final CompletableFuture<Long> begin(CompletableFuture<AsyncLargeObject> opened) {
        opened.whenComplete((there, failure) -> {
            if (failure != null) {
                failed(cause(failure));
            } else {
                object = there;
                move(() -> {
                    S made = opening.open();
                    stream = made;
                    next(there, made);
                });
            }
        });
        return this;
    }

    /** Has the next piece done, when a call of the large object is answered. */
    final <T> void then(CompletableFuture<T> answered, Move move) {
        answered.whenComplete((value, failure) -> {
            if (failure != null) {
                failed(cause(failure));
            } else {
                move(move);
            }
        });
    }

    private void move(Move move) {
        try {
            asking.blocking().execute(() -> {
                if (isDone()) {
                    failed(new CancellationException("the transfer was cancelled"));
                    return;
                }
                try {
                    move.run();
                } catch (IOException | RuntimeException | Error failure) {
                    failed(failure);
                }
            });
        } catch (RuntimeException | OutOfMemoryError noThread) {
            failed(noThread);
        }
    }

    /** All of it was copied. */
    final void end(long result) {
        try {
            closeStream();
        } catch (IOException failure) {
            failed(failure);
            return;
        }
        closeObject().whenComplete((value, failure) -> {
            if (failure != null) {
                completeExceptionally(cause(failure));
            } else {
                complete(result);
            }
        });
    }

    private void failed(Throwable why) {
        try {
            closeStream();
        } catch (IOException also) {
            why.addSuppressed(also);
        }
        closeObject()
                .handle((value, failure) -> undo())
                .thenCompose(undone -> undone)
                .whenComplete((value, failure) -> completeExceptionally(why));
    }

    private void closeStream() throws IOException {
        S used = stream;
        if (used != null && closes) {
            used.close();
        }
    }

    private CompletableFuture<@Nullable Void> closeObject() {
        AsyncLargeObject used = object;
        if (used != null) {
            return used.close();
        }
        return CompletableFuture.completedFuture(null);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
