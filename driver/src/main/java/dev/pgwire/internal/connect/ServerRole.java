package dev.pgwire.internal.connect;

import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.PgException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a session is what {@code target_session_attrs} asks for, and its server not too far behind. Servers tell their role while the
 * session starts (since 14); older ones, and poolers that keep it to themselves, are asked. How far a standby is behind it is always asked.
 */
public final class ServerRole {
    private static final String IS_READ_ONLY = "SHOW transaction_read_only";
    private static final String IS_STANDBY = "SELECT pg_catalog.pg_is_in_recovery()";

    private final TargetSessionAttrs wanted;
    private final @Nullable Duration maxLag;
    private final boolean reads;
    private final boolean secondBest;

    private ServerRole(TargetSessionAttrs wanted, @Nullable Duration maxLag, boolean reads, boolean secondBest) {
        this.wanted = wanted;
        this.maxLag = maxLag;
        this.reads = reads;
        this.secondBest = secondBest;
    }

    /** The role that a configuration asks for. */
    public static ServerRole of(TargetSessionAttrs wanted) {
        return new ServerRole(wanted, null, false, false);
    }

    /**
     * The role of servers that serve reads.
     *
     * @param maxLag how far behind its primary a server may be; null for any distance
     */
    public static ServerRole reading(TargetSessionAttrs wanted, @Nullable Duration maxLag) {
        return new ServerRole(wanted, maxLag, true, false);
    }

    /** What is looked for if there is no such server; null for nothing. */
    @Nullable
    ServerRole otherwise() {
        return wanted == TargetSessionAttrs.PREFER_STANDBY
                ? new ServerRole(TargetSessionAttrs.ANY, maxLag, reads, true)
                : null;
    }

    /** What the server of a session has to remain. */
    public ServerRole lasting() {
        // One that is preferred is no reason to leave the server again, unless there is another place for reads.
        return reads || wanted != TargetSessionAttrs.PREFER_STANDBY ? this : of(TargetSessionAttrs.ANY);
    }

    /** Whether it was looked for because there was none that is preferred. */
    public boolean isSecondBest() {
        return secondBest;
    }

    /** What is looked for. */
    TargetSessionAttrs wanted() {
        return wanted;
    }

    /** What a session must be asked, since the server does not tell it unasked; null if nothing. */
    public @Nullable String question(@Nullable String readOnlyByDefault, @Nullable String standby) {
        if (asksForLag(standby)) {
            return ReplayLag.QUESTION;
        }
        if (wanted == TargetSessionAttrs.ANY) {
            return null;
        }
        if (asksForReadOnly()) {
            return readOnlyByDefault == null || standby == null ? IS_READ_ONLY : null;
        }
        return standby == null ? IS_STANDBY : null;
    }

    /** A primary is never behind. */
    private boolean asksForLag(@Nullable String standby) {
        return maxLag != null && !"off".equals(standby);
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
        Duration most = maxLag;
        if (most == null) {
            check(isOn(answer), server);
            return;
        }
        ReplayLag lag = ReplayLag.of(answer);
        check(lag.isOfStandby(), server);
        if (!lag.isWithin(most)) {
            throw new CannotConnectException(
                    CannotConnectException.Reason.ROLE,
                    server + " was left: " + lag + ", expected a standby that is at most " + ReplayLag.seconds(most)
                            + " behind, or a primary",
                    null);
        }
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
