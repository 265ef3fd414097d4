package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.ProtocolViolation;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 08P01 (protocol_violation): raised when one side says what the protocol does not allow at that place;
 * the connection is not usable any more when the driver found it.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class ProtocolViolationException extends OperationalException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public ProtocolViolationException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public ProtocolViolationException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }

    /** A message of the server that breaks the protocol; the connection is closed. The stack is that of the one found. */
    @SuppressWarnings("this-escape") // Newer compilers warn of setStackTrace, which no subclass overrides.
    public ProtocolViolationException(ProtocolViolation cause) {
        super(SqlState.PROTOCOL_VIOLATION, "the server broke the protocol: " + cause.getMessage(), null);
        setStackTrace(cause.getStackTrace());
    }
}
