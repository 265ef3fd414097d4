package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 23514 (check_violation): raised when a row fails a CHECK constraint, the check of a domain or the
 * bounds of a partition.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class CheckViolationException extends IntegrityException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public CheckViolationException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public CheckViolationException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
