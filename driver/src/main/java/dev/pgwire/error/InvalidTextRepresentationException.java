package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 22P02 (invalid_text_representation): raised when a text is no value of the type it is read as, such as
 * {@code 'abc'::int}; the driver throws it too for a text from the server that it cannot read.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class InvalidTextRepresentationException extends DataException {
    private static final long serialVersionUID = 1L;

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public InvalidTextRepresentationException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public InvalidTextRepresentationException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
    }
}
