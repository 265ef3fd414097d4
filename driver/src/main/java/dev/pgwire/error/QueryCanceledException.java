package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 57014 (query_canceled): raised when the statement was cancelled, or not sent any more; {@link #reason()} says
 * why.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class QueryCanceledException extends OperationalException {
    private static final long serialVersionUID = 1L;

    private Reason reason;

    /** Why a statement was cancelled. */
    public enum Reason {
        /** The deadline of the connection or the statement has passed. */
        DEADLINE,
        /** The thread that waited was interrupted. */
        INTERRUPT,
        /** {@code Connection.cancel()}, another client, or {@code pg_cancel_backend}. */
        CANCEL_REQUEST,
        /** The server's own {@code statement_timeout}. */
        STATEMENT_TIMEOUT,
        /**
         * The server gives another reason, or gives it in a language that is not English: nothing but its text tells the two
         * above apart, and {@code lc_messages} translates it.
         */
        OTHER
    }

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public QueryCanceledException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
        this.reason = said(diagnostic.message());
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
        this.reason = Reason.OTHER;
    }

    /**
     * A statement that the driver itself did not go on with (SQLSTATE 57014).
     *
     * @param reason why
     * @param message what happened, then what was expected
     */
    public QueryCanceledException(Reason reason, String message) {
        super(SqlState.QUERY_CANCELED, message, null);
        this.reason = reason;
    }

    /**
     * An error that the server reported, by its reason, which only the driver knows.
     *
     * @param reason why
     * @param message what happened, then what was expected
     * @param said what the server said, which is the cause; the diagnostic, the SQL and the place are its own
     */
    public QueryCanceledException(Reason reason, String message, DatabaseException said) {
        super(message, said);
        this.reason = reason;
    }

    /**
     * Why the statement was cancelled.
     *
     * @return what the driver knows to have asked for it, else what the server says
     */
    public Reason reason() {
        return reason;
    }

    /** Says what the driver knows, before the caller sees the exception. */
    void reason(Reason known) {
        this.reason = known;
    }

    /** All fields but the text are the same for both: they are raised in one routine of the server. */
    private static Reason said(String text) {
        if (text.contains("statement timeout")) {
            return Reason.STATEMENT_TIMEOUT;
        }
        return text.contains("user request") ? Reason.CANCEL_REQUEST : Reason.OTHER;
    }
}
