package dev.pgwire.internal.net;

import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session is what {@code target_session_attrs} asks for. Servers tell it while the session starts (since 14); older
 * ones, and poolers that keep it to themselves, are asked.
 */
final class ServerRole {
    private static final String IS_READ_ONLY = "SHOW transaction_read_only";
    private static final String IS_STANDBY = "SELECT pg_catalog.pg_is_in_recovery()";

    private final TargetSessionAttrs wanted;

    ServerRole(TargetSessionAttrs wanted) {
        this.wanted = wanted;
    }

    /** What is looked for. */
    TargetSessionAttrs wanted() {
        return wanted;
    }

    /** What the session that was just begun must be asked; null if nothing. */
    @Nullable
    String question(@Nullable String readOnlyByDefault, @Nullable String standby) {
        if (wanted == TargetSessionAttrs.ANY) {
            return null;
        }
        if (asksForReadOnly()) {
            return readOnlyByDefault == null || standby == null ? IS_READ_ONLY : null;
        }
        return standby == null ? IS_STANDBY : null;
    }

    /**
     * Checks what the session is.
     *
     * @param answer to the question; null if none was asked
     * @throws ConnectionFailureException if the session is something else than what is wanted
     */
    void check(@Nullable String readOnlyByDefault, @Nullable String standby, @Nullable String answer, String server) {
        boolean isOne;
        if (answer != null) {
            isOne = isOn(answer);
        } else {
            isOne = isOn(standby) || (asksForReadOnly() && isOn(readOnlyByDefault));
        }
        if (wanted == TargetSessionAttrs.READ_WRITE && isOne) {
            throw refuse(server, "its sessions are read-only");
        } else if (wanted == TargetSessionAttrs.READ_ONLY && !isOne) {
            throw refuse(server, "its sessions are not read-only");
        } else if (wanted == TargetSessionAttrs.PRIMARY && isOne) {
            throw refuse(server, "it is in hot standby mode");
        } else if ((wanted == TargetSessionAttrs.STANDBY || wanted == TargetSessionAttrs.PREFER_STANDBY) && !isOne) {
            throw refuse(server, "it is not in hot standby mode");
        }
    }

    private boolean asksForReadOnly() {
        return wanted == TargetSessionAttrs.READ_WRITE || wanted == TargetSessionAttrs.READ_ONLY;
    }

    private static boolean isOn(@Nullable String value) {
        return "on".equals(value) || "t".equals(value);
    }

    private ConnectionFailureException refuse(String server, String what) {
        return new WrongRole(server + " was left: " + what + ", expected target_session_attrs=" + wanted.text());
    }

    /** The server is well, but not the one that is looked for. */
    static final class WrongRole extends ConnectionFailureException {
        private static final long serialVersionUID = 1L;

        WrongRole(String message) {
            super(SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION, message, null);
        }
    }
}
