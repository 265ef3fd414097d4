package dev.pgwire.internal.exchange;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyBothResponse;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.FrontendMessage;

/**
 * What happens to a COPY whose data has nowhere to go: COPY FROM is failed, COPY TO is read to its end, and either way the
 * caller is told.
 */
final class CopyRefusal {
    private CopyRefusal() {}

    /**
     * Refuses a COPY, if a message begins one.
     *
     * @param resume what must follow CopyFail so that the server answers again
     * @return whether the message was one
     */
    static boolean refuses(BackendMessage message, Results results, Outgoing outgoing, FrontendMessage... resume) {
        if (message instanceof CopyInResponse || message instanceof CopyBothResponse) {
            PgException refusal = refusal("COPY FROM STDIN", "copyIn(sql, data)");
            results.reject(refusal);
            FrontendMessage[] answer = new FrontendMessage[resume.length + 1];
            answer[0] = new CopyFail(String.valueOf(refusal.getMessage()));
            System.arraycopy(resume, 0, answer, 1, resume.length);
            outgoing.send(answer);
            return true;
        }
        if (message instanceof CopyOutResponse) {
            results.reject(refusal("COPY TO STDOUT", "copyOut(sql, sink)"));
            return true;
        }
        return false;
    }

    /** Whether a message is data of a COPY, or its end; nothing wants it, but only after a COPY was refused may it come. */
    static boolean isData(BackendMessage message) {
        return message instanceof CopyData || message == Signal.COPY_DONE;
    }

    private static PgException refusal(String what, String instead) {
        return new NotSupportedException(
                SqlState.FEATURE_NOT_SUPPORTED, what + " cannot be run through execute, expected " + instead, null);
    }
}
