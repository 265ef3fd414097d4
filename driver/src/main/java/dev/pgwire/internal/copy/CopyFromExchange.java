package dev.pgwire.internal.copy;

import dev.pgwire.internal.exchange.SegmentExchange;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyInResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import org.jspecify.annotations.Nullable;

/**
 * A simple Query of COPY FROM STDIN. Data may be sent once the server has asked for it; behind an error the server drops what it
 * still gets.
 */
final class CopyFromExchange extends SegmentExchange {
    private enum Phase {
        RESPONSE,
        DATA,
        COMPLETE
    }

    private final String sql;
    private Phase phase = Phase.RESPONSE;
    private @Nullable CopyInResponse response;
    /** Whether CopyDone was sent. */
    private boolean ended;

    private long rows;

    CopyFromExchange(String sql) {
        this.sql = sql;
    }

    /** What the server has asked for; null before it has. */
    @Nullable
    CopyInResponse response() {
        return response;
    }

    /** Takes note that CopyDone is about to be sent. */
    void expectEnd() {
        ended = true;
    }

    /** The number of rows that the server has stored; -1 if it does not tell. */
    long rows() {
        return rows;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery && (phase == Phase.COMPLETE || failure() != null)) {
            return finish();
        } else if (failure() == null && phase == Phase.RESPONSE && message instanceof CopyInResponse asked) {
            response = asked;
            phase = Phase.DATA;
        } else if (failure() == null && phase == Phase.DATA && message instanceof CommandComplete end) {
            if (!ended) {
                throw new ProtocolViolation("CommandComplete came before CopyDone of " + this + " was sent");
            }
            rows = end.rows();
            phase = Phase.COMPLETE;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    @Override
    protected String sql() {
        return sql;
    }
}
