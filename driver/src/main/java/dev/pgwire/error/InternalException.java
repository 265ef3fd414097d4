package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The state of the transaction, a routine or the server itself does not allow what was asked: SQLSTATE classes 24,
 * 25, 2B, 2D, 2F, 38, 39, 3B, F0, P0 and XX.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class InternalException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public InternalException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public InternalException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
