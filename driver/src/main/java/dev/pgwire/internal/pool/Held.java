package dev.pgwire.internal.pool;

import dev.pgwire.error.PgException;
import java.time.Duration;

/** A connection as its pool sees it. */
public interface Held {
    /** Whether it was closed or lost. Looks at the socket, and does not wait. */
    boolean isClosed();

    /** Whether a thread is at work with it, or may read on in a result of it. Does not wait. */
    boolean isInUse();

    /**
     * Asks the server whether the connection is still good, and still what is wanted.
     *
     * @param limit how long the server has to answer
     * @throws PgException if not; the connection is of no use then
     */
    void check(Duration limit);

    /** Closes it; does not wait for the server. */
    void close();
}
