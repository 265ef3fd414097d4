package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 22003 (numeric_value_out_of_range): raised when a number is too large or too small for its type; the
 * driver throws it too when a value does not fit the type asked for.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class NumericOutOfRangeException extends DataException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public NumericOutOfRangeException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public NumericOutOfRangeException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
