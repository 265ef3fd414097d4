package dev.pgwire.bench.run;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;
import java.util.concurrent.CompletionException;

/** What a statement failed with. */
enum Failure {
    SERIALIZATION,
    DEADLOCK,
    /** It fails again if it is tried again. */
    OTHER;

    static Failure of(Throwable thrown) {
        String state = cause(thrown) instanceof DatabaseException refused ? refused.sqlState() : null;
        return SqlState.SERIALIZATION_FAILURE.equals(state)
                ? SERIALIZATION
                : SqlState.DEADLOCK_DETECTED.equals(state) ? DEADLOCK : OTHER;
    }

    static Throwable cause(Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
        return cause == null ? thrown : cause;
    }
}
