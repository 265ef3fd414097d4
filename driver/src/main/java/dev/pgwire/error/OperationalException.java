package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * The trouble lies with the connection, the server or its resources and not with the SQL: SQLSTATE classes 08, 26,
 * 27, 28, 34, 53, 54, 55, 57, 58 and HV. Its subclasses are of class 40 too and, for a pipeline, of 25P02. The driver throws it too,
 * for a message that is too large to be sent.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class OperationalException extends DatabaseException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public OperationalException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public OperationalException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }

    /** What the server reported, said in other words. */
    OperationalException(String message, DatabaseException said) {
        super(message, said);
    }
}
