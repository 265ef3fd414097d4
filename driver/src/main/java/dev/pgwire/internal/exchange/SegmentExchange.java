package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Outcome;
import org.jspecify.annotations.Nullable;

/** An exchange that ReadyForQuery ends. It fails with the first error of its segment. */
public abstract class SegmentExchange extends Exchange implements Outcome {
    private boolean done;
    private @Nullable PgException failure;

    /** ReadyForQuery came. */
    protected final boolean finish() {
        done = true;
        return true;
    }

    @Override
    protected void fail(PgException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    @Override
    protected final void lost(PgException cause) {
        fail(cause);
        done = true;
    }

    @Override
    protected final boolean endsSegment() {
        return true;
    }

    @Override
    public final boolean isDone() {
        return done;
    }

    @Override
    public final @Nullable PgException failure() {
        return failure;
    }
}
