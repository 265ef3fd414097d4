package dev.pgwire.internal.net;

import dev.pgwire.internal.loop.SocketSelector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a wait ended. */
public enum Wait {
    READY,
    TIMED_OUT,
    /** The thread was interrupted; its flag is cleared, and the caller of the wait has to restore it. */
    INTERRUPTED;

    /** In place of a time: that it never comes. */
    public static final long NEVER = SocketSelector.NEVER;

    /** When a limit is over that begins now, as {@link System#nanoTime} tells it; {@link #NEVER} without one. */
    public static long until(@Nullable Duration limit) {
        // Some centuries do for the longest.
        return limit == null
                ? NEVER
                : System.nanoTime() + Math.min(TimeUnit.NANOSECONDS.convert(limit), Long.MAX_VALUE / 2);
    }
}
