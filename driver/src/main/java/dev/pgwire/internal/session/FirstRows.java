package dev.pgwire.internal.session;

import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.result.Results;

/** When a statement returns: its result is complete, or so large that it is read as it is consumed. */
final class FirstRows {
    /** A result with less than this is complete when its statement returns. */
    private static final long STREAM_FROM = 64 * 1024;

    private FirstRows() {}

    // HOT: asked several times in every round trip
    static boolean areThere(Results results, Transport transport) {
        return results.isDone()
                || results.areMore(Reading.MOST_SET_ASIDE)
                || results.unreadRowBytes() + transport.undeliveredBytes() >= STREAM_FROM;
    }
}
