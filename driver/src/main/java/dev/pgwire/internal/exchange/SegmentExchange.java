package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exchange that ReadyForQuery ends. It fails with the first error of its segment. */
public abstract class SegmentExchange extends Exchange implements Outcome {
    private boolean done;
    private @Nullable PgException failure;
    /** Null as long as nothing waits, which is nearly always so. */
    private @Nullable List<Runnable> told;

    /** ReadyForQuery came. */
    protected final boolean finish() {
        end();
        return true;
    }

    private void end() {
        done = true;
        List<Runnable> waiting = told;
        if (waiting != null) {
            told = null;
            waiting.forEach(Runnable::run);
        }
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
        end();
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
    public final void whenDone(Runnable waiting) {
        if (told == null) {
            told = new ArrayList<>();
        }
        told.add(waiting);
    }

    @Override
    public final @Nullable PgException failure() {
        return failure;
    }
}
