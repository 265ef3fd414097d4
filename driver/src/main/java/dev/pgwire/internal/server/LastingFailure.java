package dev.pgwire.internal.server;

import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.OperationalException;

/** Failures to connect that waiting will not mend: a wrong password, no such database, TLS that is refused, wrong code of the program. */
public final class LastingFailure {
    private LastingFailure() {}

    /** Whether it is one. */
    public static boolean is(Throwable failure) {
        if (!(failure instanceof OperationalException refused)) {
            return true;
        }
        return refused.sqlState().startsWith("28")
                || refused.sqlState().startsWith("3D")
                || (refused instanceof CannotConnectException unmade
                        && (unmade.reason() == CannotConnectException.Reason.TLS_HANDSHAKE
                                || unmade.reason() == CannotConnectException.Reason.TLS_NOT_OFFERED));
    }
}
