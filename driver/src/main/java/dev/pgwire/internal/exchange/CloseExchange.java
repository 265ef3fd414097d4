package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.Signal;

/** Close of a prepared statement or a portal that is no longer wanted. */
public final class CloseExchange extends Exchange {
    @Override
    protected boolean receive(BackendMessage message) {
        if (message != Signal.CLOSE_COMPLETE) {
            throw unexpected(message);
        }
        return true;
    }

    @Override
    protected void fail(PgException cause) {
        // Skipped with its segment: it stays until the session or its transaction ends, which does no harm.
    }
}
