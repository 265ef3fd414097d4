package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncConnection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a block that has a borrowed connection, which is given back before the future is completed. To cancel it cancels the wait for
 * the connection, or what the block has returned.
 */
final class LoanBlock<T extends @Nullable Object> extends Following<T> {
    private final Function<AsyncConnection, ? extends CompletionStage<T>> block;

    LoanBlock(Function<AsyncConnection, ? extends CompletionStage<T>> block) {
        this.block = Objects.requireNonNull(block, "block");
    }

    /** Runs the block when the connection is there. */
    LoanBlock<T> with(CompletableFuture<AsyncConnection> borrowing) {
        after(borrowing, (connection, failure) -> {
            if (connection == null) {
                end(null, failure);
            } else {
                run(connection);
            }
        });
        return this;
    }

    private void run(AsyncConnection connection) {
        if (isDone()) {
            // It was cancelled, or completed by its caller, before the connection came.
            connection.close();
            return;
        }
        try {
            CompletionStage<T> stage =
                    Objects.requireNonNull(block.apply(connection), "the block returned null, expected a stage");
            after(stage, (value, failure) -> giveBack(connection, value, failure));
        } catch (Throwable failure) {
            giveBack(connection, null, failure);
        }
    }

    private void giveBack(AsyncConnection connection, @Nullable T value, @Nullable Throwable failure) {
        connection.close().whenComplete((closed, unforeseen) -> end(value, failure));
    }
}
