package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;

/**
 * Bind and Execute of an INSERT any number of times, and the Sync at their end. However often it was executed, there is one
 * result: the rows of all in order, and a tag that counts them.
 */
public final class InsertExchange extends SegmentExchange {
    private final String sql;
    private final Result result;
    private boolean executing;
    private long inserted;

    /** An exchange that fills a result, into which a COPY before it in the same segment may have counted. */
    public InsertExchange(String sql, Results results, Result result) {
        this.sql = sql;
        this.result = result;
        results.add(result);
        results.endWith(this);
    }

    @Override
    boolean receive(BackendMessage message) {
        if (message instanceof ReadyForQuery && (!executing || failure() != null)) {
            if (inserted > 0 || result.tag() == null) {
                result.executed(new CommandComplete("INSERT 0 " + inserted));
            }
            result.complete(null);
            return finish();
        } else if (!executing && message == Signal.BIND_COMPLETE) {
            executing = true;
        } else if (executing && message instanceof CommandComplete end) {
            inserted += end.rows();
            executing = false;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    @Override
    int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (!executing || result.plan() == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    String sql() {
        return sql;
    }
}
