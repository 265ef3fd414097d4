package dev.pgwire.internal.request;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.server.ServerState;

/** Says when something may be sent, and whether it is still wanted: the part of a driver that its procedures see. */
public interface Gate extends ServerState.Listener {
    /**
     * Something is about to be sent.
     *
     * @return whether it may be, now
     * @throws QueryCanceledException if it is not wanted any more
     * @throws ConnectionFailureException if nothing can ever be sent again
     */
    boolean tryPass();

    /** Whether it is worth trying. */
    boolean mayPass();

    /** Whether what runs was asked to be cancelled. */
    boolean isCancelled();

    /** Whether what runs is not wanted any more, also if the server was not asked to cancel it: its caller was interrupted. */
    default boolean isUnwanted() {
        return isCancelled();
    }

    /** The failure of what was cancelled before all of it was sent; the server, which waits for the rest, ignores that. */
    QueryCanceledException cancelled();

    /**
     * Whether a statement was cancelled by a request that was meant for another one, sent before it; it has done nothing
     * then, and may be run again.
     */
    boolean wasMeantForAnother(PgException failure);

    /** Code of the program begins, which may take long: the connection can be closed meanwhile, if another thread does. */
    default void leaves() {}

    /** It has ended. */
    default void comesBack() {}

    /** Has the driver look again at the goal of its procedure, which something outside of the connection has changed. By any thread. */
    void wake();
}
