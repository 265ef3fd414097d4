package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 55000 (object_not_in_prerequisite_state): raised when something is not ready for it: currval before nextval,
 * a materialized view that is not populated, a setting that needs another.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class ObjectNotInPrerequisiteStateException extends OperationalException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public ObjectNotInPrerequisiteStateException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public ObjectNotInPrerequisiteStateException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
