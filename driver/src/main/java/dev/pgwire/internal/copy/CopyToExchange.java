package dev.pgwire.internal.copy;

import dev.pgwire.internal.exchange.SegmentExchange;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.CopyOutResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;

/** A simple Query of COPY TO STDOUT: its data comes as rows, and is at an end with CopyDone. */
final class CopyToExchange extends SegmentExchange {
    private enum Phase {
        RESPONSE,
        DATA,
        DONE,
        COMPLETE
    }

    private final String sql;
    private final CopiedRows rows;
    private final Result result;
    private Phase phase = Phase.RESPONSE;

    /** An exchange that fills a result, the only one of its results. */
    CopyToExchange(String sql, CopiedRows rows, Results results, Result result) {
        this.sql = sql;
        this.rows = rows;
        this.result = result;
        results.endWith(this);
    }

    @Override
    protected boolean takesCopyData() {
        return true;
    }

    @Override
    protected int copied(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (phase != Phase.DATA || failure() != null) {
            return super.copied(bytes, from, to, pages);
        }
        return rows.take(bytes, from, to, pages, result);
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery && (phase == Phase.COMPLETE || failure() != null)) {
            return finish();
        }
        if (failure() != null) {
            throw unexpected(message);
        } else if (phase == Phase.RESPONSE && message instanceof CopyOutResponse response) {
            rows.begin(response);
            phase = Phase.DATA;
        } else if (phase == Phase.DATA && message == Signal.COPY_DONE) {
            rows.end();
            phase = Phase.DONE;
        } else if (phase == Phase.DONE && message instanceof CommandComplete end) {
            result.complete(end);
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
