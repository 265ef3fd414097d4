package dev.pgwire.internal.loop;

import dev.pgwire.error.PgException;

/** Where a task was asked for. What fails on an event loop has the loop's stack, which tells a program nothing. */
public final class CallSite extends Throwable {
    private static final long serialVersionUID = 1L;

    /** The place that calls. */
    public CallSite() {
        super("the statement was asked for here", null, false, true);
    }

    /** Gives a failure this stack. */
    public void explain(Throwable failure) {
        if (failure instanceof PgException) {
            failure.setStackTrace(getStackTrace());
        }
    }
}
