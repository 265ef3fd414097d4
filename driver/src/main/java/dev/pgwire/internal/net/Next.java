package dev.pgwire.internal.net;

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
        if (failure instanceof Unreachable) {
            return ADDRESS;
        }
        if (failure instanceof ServerRole.WrongRole) {
            return HOST;
        }
        if (failure instanceof HandshakeFailure) {
            return ENCRYPTION;
        }
        if (!(failure instanceof DatabaseException refused) || refused.diagnostic() == null) {
            return NOTHING;
        }
        if (refused.sqlState().equals(SqlState.CANNOT_CONNECT_NOW)) {
            return HOST;
        }
        return letIn ? NOTHING : ENCRYPTION;
    }
}
