package dev.pgwire.internal.connect;

import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.PgException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session is what {@code target_session_attrs} asks for. Servers tell it while the session starts (since 14); older
 * ones, and poolers that keep it to themselves, are asked.
 */
public final class ServerRole {
    private static final String IS_READ_ONLY = "SHOW transaction_read_only";
    private static final String IS_STANDBY = "SELECT pg_catalog.pg_is_in_recovery()";

    private final TargetSessionAttrs wanted;

    /** The role that is looked for. */
    public ServerRole(TargetSessionAttrs wanted) {
        this.wanted = wanted;
    }

    /** What is looked for. */
    TargetSessionAttrs wanted() {
        return wanted;
    }

    /** What a session must be asked, since the server does not tell it unasked; null if nothing. */
    public @Nullable String question(@Nullable String readOnlyByDefault, @Nullable String standby) {
        if (wanted == TargetSessionAttrs.ANY) {
            return null;
        }
        if (asksForReadOnly()) {
            return readOnlyByDefault == null || standby == null ? IS_READ_ONLY : null;
        }
        return standby == null ? IS_STANDBY : null;
    }

    /**
     * Checks what the session is by what it told.
     *
     * @throws CannotConnectException if it is something else than what is wanted
     */
    public void check(@Nullable String readOnlyByDefault, @Nullable String standby, String server) {
        check(isOn(standby) || (asksForReadOnly() && isOn(readOnlyByDefault)), server);
    }

    /**
     * Checks what the session is by its answer to the question.
     *
     * @throws CannotConnectException if it is something else than what is wanted, or did not answer
     */
    public void check(@Nullable String answer, String server) {
        if (answer == null) {
            throw refuse(server, "it did not tell its role");
        }
        check(isOn(answer), server);
    }

    private void check(boolean readOnlyOrStandby, String server) {
        if (wanted == TargetSessionAttrs.READ_WRITE && readOnlyOrStandby) {
            throw refuse(server, "its sessions are read-only");
        } else if (wanted == TargetSessionAttrs.READ_ONLY && !readOnlyOrStandby) {
            throw refuse(server, "its sessions are not read-only");
        } else if (wanted == TargetSessionAttrs.PRIMARY && readOnlyOrStandby) {
            throw refuse(server, "it is in hot standby mode");
        } else if ((wanted == TargetSessionAttrs.STANDBY || wanted == TargetSessionAttrs.PREFER_STANDBY)
                && !readOnlyOrStandby) {
            throw refuse(server, "it is not in hot standby mode");
        }
    }

    /** The failure of a server that did not want to be asked. */
    CannotConnectException unanswered(String server, PgException failure) {
        return refuse(server, "it did not tell its role", failure);
    }

    private boolean asksForReadOnly() {
        return wanted == TargetSessionAttrs.READ_WRITE || wanted == TargetSessionAttrs.READ_ONLY;
    }

    private static boolean isOn(@Nullable String value) {
        return "on".equals(value) || "t".equals(value);
    }

    private CannotConnectException refuse(String server, String what) {
        return refuse(server, what, null);
    }

    private CannotConnectException refuse(String server, String what, @Nullable PgException cause) {
        return new CannotConnectException(
                CannotConnectException.Reason.ROLE,
                server + " was left: " + what + ", expected target_session_attrs=" + wanted.text(),
                cause);
    }
}
