package dev.pgwire.internal.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A connection as its pool sees it. */
public interface Held {
    /** How it is used. */
    Face face();

    /** Whether it was closed or lost. Looks at the socket, and does not wait. */
    boolean isClosed();

    /** Whether a thread is at work with it, or may read on in a result of it. Does not wait. */
    boolean isInUse();

    /**
     * Asks the server whether the connection is still good, and still what is wanted. The blocking face waits for that.
     *
     * @param limit how long the server has to answer
     * @return fails if not; the connection is of no use then. Done already if it is of the blocking face
     */
    CompletableFuture<?> check(Duration limit);

    /** Runs something on the thread of its event loop; on the calling thread if it has none. */
    void execute(Runnable what);

    /** Whether its server is to be asked although it was in use just now. Does not wait. */
    default boolean isDue(long now) {
        return false;
    }

    /**
     * How old it may become, at most as old as others.
     *
     * @param others zero for any age
     */
    default Duration lifetime(Duration others) {
        return others;
    }

    /** Closes it; does not wait for the server. */
    void close();
}
