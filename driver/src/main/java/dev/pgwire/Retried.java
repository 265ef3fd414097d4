package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.transaction.Repeats;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Runs a block in one transaction after another, until one of them is well. */
final class Retried {
    private final Connection connection;
    private final TransactionMode mode;
    private final @Nullable Duration deadline;
    private final Repeats repeats;

    Retried(Connection connection, Retry retry) {
        this.connection = connection;
        TransactionMode given = retry.mode();
        mode = given == null ? connection.transactionMode() : given;
        deadline = connection.deadline();
        Duration limit = retry.limit();
        repeats = Repeats.of(retry.repeats(), limit == null ? deadline : limit);
    }

    static InterfaceException inTransaction() {
        return new InterfaceException(
                "a transaction is in progress, whose savepoints cannot be repeated, expected none");
    }

    <T extends @Nullable Object, E extends Exception> T run(TransactionFunction<T, E> block) throws E {
        if (connection.inTransaction()) {
            throw inTransaction();
        }
        try {
            while (true) {
                connection.deadline(repeats.within(deadline));
                try {
                    return connection.begin(mode).runReturning(block);
                } catch (Throwable failure) {
                    Duration pause = connection.isClosed() ? null : repeats.after(failure);
                    if (pause == null || !waits(pause)) {
                        throw failure;
                    }
                }
            }
        } finally {
            if (!connection.isClosed()) {
                connection.deadline(deadline);
            }
        }
    }

    /** Waits; returns whether the time has passed without an interrupt, whose flag is set then. */
    private static boolean waits(Duration pause) {
        try {
            Thread.sleep(pause.toMillis(), pause.toNanosPart() % 1_000_000);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
