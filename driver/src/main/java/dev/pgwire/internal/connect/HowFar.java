package dev.pgwire.internal.connect;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/**
 * How far a try to connect came. A line of pg_hba.conf is for connections with TLS or for those without, so of two tries one
 * may be refused for its encryption alone: that says nothing of the user, and the failure of the other try does.
 */
enum HowFar {
    /** The server has said nothing of the session: it was not reached, or TLS was not agreed on. */
    UNHEARD,
    /** The server has refused the session without a question: no line lets a connection of this kind in. */
    TURNED_AWAY,
    /** The server has asked who we are, or refuses for another reason than the kind of the connection. */
    EXAMINED,
    /** The server has let us in, or the caller has ended the try. */
    LET_IN;

    /** Where PostgreSQL refuses a user whom it has examined without a question: by a certificate, or the peer's name. */
    private static final String EXAMINER = "auth_failed";

    /**
     * How far the try came that has failed so.
     *
     * @param attempt null if there was not even a socket
     */
    static HowFar of(@Nullable Attempt attempt, Throwable failure) {
        if (!(failure instanceof DatabaseException refused)
                || failure instanceof QueryCanceledException
                || (attempt != null && attempt.isLetIn())) {
            return LET_IN;
        }
        if (attempt != null && attempt.wasAsked() && !isUnreachable(refused)) {
            return EXAMINED;
        }
        Diagnostic said = refused.diagnostic();
        if (said == null) {
            return UNHEARD;
        }
        return isForTheKind(said) ? TURNED_AWAY : EXAMINED;
    }

    private static boolean isUnreachable(DatabaseException failure) {
        return failure instanceof CannotConnectException unreachable
                && unreachable.reason() == CannotConnectException.Reason.NOT_REACHED;
    }

    /** PostgreSQL says 28000 of such a line, poolers say 08P01 or 08004 of a connection without TLS. */
    private static boolean isForTheKind(Diagnostic said) {
        String state = said.sqlState();
        boolean kind = state.equals(SqlState.INVALID_AUTHORIZATION_SPECIFICATION) || state.startsWith("08");
        return kind && !EXAMINER.equals(said.routine());
    }
}
