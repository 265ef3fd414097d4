package dev.pgwire.internal.exchange;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** How the loss of a connection is told: in every call that notices it, with one class and one SQLSTATE. */
public final class Loss {
    private Loss() {}

    /** Whether the server ends the session with these words, whichever statement they answer. */
    static boolean isFarewell(Diagnostic said) {
        return said.severity().equals("FATAL") || said.severity().equals("PANIC");
    }

    /** As {@link #isFarewell(Diagnostic)}, of an exception that may be anything. */
    static boolean isFarewell(PgException failure) {
        Diagnostic said = failure instanceof DatabaseException refused ? refused.diagnostic() : null;
        return said != null && isFarewell(said);
    }

    /**
     * The same loss for another who waited for an answer. An exception that is thrown twice would carry the stack of another
     * call, and could not be suppressed in itself; one that had the first as its cause would say everything twice.
     */
    static PgException again(PgException loss) {
        return again(loss, "");
    }

    /** The same loss for a call that found the connection gone. */
    public static PgException later(PgException loss) {
        return again(loss, "the connection is gone: ");
    }

    private static PgException again(PgException loss, String before) {
        if (!(loss instanceof DatabaseException failure)) {
            return loss;
        }
        Diagnostic said = failure.diagnostic();
        if (said != null) {
            return ServerErrors.of(said, null);
        }
        String message = before + loss.getMessage();
        if (loss instanceof ConnectionFailureException) {
            return new ConnectionFailureException(failure.sqlState(), message, null);
        }
        if (loss instanceof ProtocolViolationException) {
            return new ProtocolViolationException(failure.sqlState(), message, null);
        }
        return new OperationalException(failure.sqlState(), message, null);
    }

    /**
     * Why the connection was lost, from what the server said before it ended: an error is a better reason than the end that
     * followed it, and a warning is part of it.
     *
     * @param cause what the connection ended with
     * @param error the last error, if it is a farewell or answers no request
     * @param warning the last warning, if nothing else followed it
     */
    static PgException of(PgException cause, @Nullable Diagnostic error, @Nullable Diagnostic warning) {
        if (!(cause instanceof ConnectionFailureException end)) {
            return cause;
        }
        if (error != null) {
            return ServerErrors.of(error, null);
        }
        if (warning == null) {
            return cause;
        }
        return new ConnectionFailureException(
                end.sqlState(),
                end.getMessage() + "; it said last: "
                        + ServerErrors.of(warning, null).getMessage(),
                end.getCause());
    }
}
