package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 08006 (connection_failure): raised when the connection broke while it was in use; whether the last
 * statement took effect is unknown. Under SQLSTATE 08007 (transaction_resolution_unknown) the connection was given up
 * while the server had not answered a COMMIT, a ROLLBACK or a savepoint in time: whether that took effect is unknown.
 * Its subclass {@link CannotConnectException} (08001) is of one that was never made.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class ConnectionFailureException extends OperationalException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public ConnectionFailureException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public ConnectionFailureException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }

    /** The failure of a connection that the driver itself noticed (SQLSTATE 08006). */
    public ConnectionFailureException(String message, @Nullable Throwable cause) {
        super(SqlState.CONNECTION_FAILURE, message, cause);
    }
}
