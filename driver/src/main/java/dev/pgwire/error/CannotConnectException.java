package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * SQLSTATE 08001 (sqlclient_unable_to_establish_sqlconnection): raised when no connection can be made, so that nothing was
 * run; {@link #reason()} says why. Under SQLSTATE 08004 (sqlserver_rejected_establishment_of_sqlconnection) the server says
 * so in words that have no SQLSTATE of their own. What else a server says when it refuses a session has the SQLSTATE and the class of that.
 *
 * <p>Source: PostgreSQL manual, appendix A (PostgreSQL Error Codes).
 */
public class CannotConnectException extends ConnectionFailureException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why no connection can be made. */
    public enum Reason {
        /** The host is unknown, no server listens at its address, or no answer comes within connect_timeout. */
        NOT_REACHED,
        /** The server has no TLS, which sslmode asks for. */
        TLS_NOT_OFFERED,
        /** The handshake of TLS fails, or the certificate of the server is refused. */
        TLS_HANDSHAKE,
        /** The session is not what target_session_attrs asks for. */
        ROLE,
        /** Something else: a file that TLS needs, say, or an answer that no PostgreSQL gives. */
        OTHER
    }

    /**
     * An error that the server reported.
     *
     * @param diagnostic the fields of the server's ErrorResponse
     * @param sql the statement it belongs to, or null when there is none
     */
    public CannotConnectException(Diagnostic diagnostic, @Nullable String sql) {
        super(diagnostic, sql);
        this.reason = Reason.OTHER;
    }

    /**
     * An error of the same kind that the driver itself found.
     *
     * @param sqlState the five characters that name the error
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public CannotConnectException(String sqlState, String message, @Nullable Throwable cause) {
        super(sqlState, message, cause);
        this.reason = Reason.OTHER;
    }

    /**
     * A connection that cannot be made (SQLSTATE 08001).
     *
     * @param reason why
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     */
    public CannotConnectException(Reason reason, String message, @Nullable Throwable cause) {
        super(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, message, cause);
        this.reason = reason;
    }

    /**
     * Why no connection can be made.
     *
     * @return {@link Reason#OTHER} if it is none of the others, or if each of several servers had its own
     */
    public Reason reason() {
        return reason;
    }
}
