package dev.pgwire.internal.cancel;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;
import org.jspecify.annotations.Nullable;

/** A cancel request was sent, and whether it has arrived, or will, is not known: it may hit what runs then. */
public final class UnconfirmedCancel extends ConnectionFailureException {
    private static final long serialVersionUID = 1L;

    public UnconfirmedCancel(String server, String happened, @Nullable Throwable cause) {
        super(
                cause instanceof DatabaseException said && said.diagnostic() != null
                        ? said.sqlState()
                        : SqlState.CONNECTION_FAILURE,
                "a cancel request was sent to " + server + ", and " + happened
                        + ", expected that the server closes the connection when it has taken it",
                cause);
    }
}
