package dev.pgwire.internal.request;

import dev.pgwire.internal.result.Results;

/** When a statement returns: its result is complete, or so large that it is read as it is consumed. */
public final class FirstRows {
    private FirstRows() {}

    // HOT: asked several times in every round trip
    /** Whether the answer has come so far that its statement returns. */
    public static boolean areThere(Results results, Dispatch dispatch) {
        return results.isDone()
                || results.areMore(Results.MOST_SET_ASIDE)
                || results.unreadRowBytes() + dispatch.transport().undeliveredBytes() >= dispatch.streamFrom();
    }
}
