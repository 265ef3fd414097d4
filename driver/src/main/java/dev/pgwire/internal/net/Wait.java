package dev.pgwire.internal.net;

import dev.pgwire.internal.loop.SocketSelector;

/** How a wait ended. */
public enum Wait {
    READY,
    TIMED_OUT,
    /** The thread was interrupted; its flag is cleared, and the caller of the wait has to restore it. */
    INTERRUPTED;

    /** In place of a time: that it never comes. */
    public static final long NEVER = SocketSelector.NEVER;
}
