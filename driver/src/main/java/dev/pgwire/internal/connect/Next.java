package dev.pgwire.internal.connect;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.SqlState;

/** What is tried after an attempt to connect has failed, as libpq does it. */
enum Next {
    /** The same address with the other encryption, if the configuration allows one. */
    ENCRYPTION,
    /** The next address of the host, or the next host. */
    ADDRESS,
    HOST,
    /** Another server must not be asked instead. */
    NOTHING;

    /**
     * Decides by the failure. What a server reports before it has let us in may be due to the encryption: a line of
     * pg_hba.conf is for one with or without. Afterwards nothing that was said through TLS may be said again without.
     *
     * @param letIn whether AuthenticationOk had come
     */
    static Next after(Throwable failure, boolean letIn) {
        if (!(failure instanceof DatabaseException refused)) {
            return NOTHING;
        }
        if (refused.diagnostic() != null) {
            return refused.sqlState().equals(SqlState.CANNOT_CONNECT_NOW) ? HOST : letIn ? NOTHING : ENCRYPTION;
        }
        if (!(refused instanceof CannotConnectException unmade)) {
            return NOTHING;
        }
        return switch (unmade.reason()) {
            case NOT_REACHED -> ADDRESS;
            case TLS_HANDSHAKE -> ENCRYPTION;
            case ROLE -> HOST;
            case TLS_NOT_OFFERED, OTHER -> NOTHING;
        };
    }
}
