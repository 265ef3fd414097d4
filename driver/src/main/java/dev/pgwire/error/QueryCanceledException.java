package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 57014 (query_canceled): raised when the statement was cancelled: by a cancel request, by
 * statement_timeout or by pg_cancel_backend.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class QueryCanceledException extends OperationalException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public QueryCanceledException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public QueryCanceledException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }

    /**
     * An error that the server reported, by its reason, which only the driver knows.
     *
     * @param message what happened, then what was expected
     * @param said what the server said, which is the cause; the diagnostic, the SQL and the place are its own
     */
    public QueryCanceledException(String message, DatabaseException said) {
        super(message, said);
    }
}
