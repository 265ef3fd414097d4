package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 25P03 (idle_in_transaction_session_timeout): raised when the session was idle in a transaction for longer
 * than the setting of that name allows; the connection is gone.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class IdleInTransactionSessionTimeoutException extends InternalException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public IdleInTransactionSessionTimeoutException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public IdleInTransactionSessionTimeoutException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
