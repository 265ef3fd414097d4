package dev.pgwire.internal.result;

import dev.pgwire.error.PgException;
import org.jspecify.annotations.Nullable;

/** How a segment, all up to a ReadyForQuery, ended. */
public interface Outcome {
    /** Whether it has ended. */
    boolean isDone();

    /** Its first failure, or null if there was none so far. */
    @Nullable
    PgException failure();

    /** Has something run when it has ended, which it has not yet, in the middle of what ends it. */
    void whenDone(Runnable told);
}
