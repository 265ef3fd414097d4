package dev.pgwire.internal.exchange;

// HOT: 256 point selects in one executeMany

import dev.pgwire.internal.result.BatchResult;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowCounts;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Bind and Execute of one prepared statement many times over, and the Sync at their end. A statement with columns gives
 * one result for each time, one without gives a single result that counts the rows of all.
 */
public final class BatchExchange extends RepeatedExchange {
    private final String sql;
    private final Result total = new Result(null);
    private final @Nullable BatchResult each;
    private final RowCounts counts = new RowCounts();

    /** An exchange for a statement with a plan for its columns, or null if it has none. */
    public BatchExchange(String sql, Results results, @Nullable RowPlan plan) {
        this.sql = sql;
        this.each = plan == null ? null : new BatchResult(plan);
        results.add(each == null ? total : each);
        results.countWith(counts);
        results.endWith(this);
    }

    @Override
    protected boolean receive(BackendMessage message) {
        boolean open = isExecuting();
        if (!open && message == Signal.BIND_COMPLETE) {
            executing();
            if (each != null) {
                each.startSet();
            }
        } else if (open && message instanceof CommandComplete end) {
            ended(end);
        } else if (open && message == Signal.EMPTY_QUERY_RESPONSE) {
            ended(null);
        } else if (message instanceof ReadyForQuery) {
            boolean end = end();
            if (counts.size() == 0) {
                total.countNothing();
            }
            total.complete(null);
            return end;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    private void ended(@Nullable CommandComplete end) {
        executed();
        counts.add(end == null ? -1 : end.rows());
        if (each != null) {
            each.end(end);
        } else if (end != null) {
            total.executed(end);
        }
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        BatchResult result = each;
        if (!isExecuting() || result == null) {
            return super.rows(bytes, from, to, pages);
        }
        int end = pages.append(bytes, from, to, result);
        result.received(pages.appended());
        return end;
    }

    /** No reader comes between the rows of one result and those of the next. */
    @Override
    protected boolean sharesPages(BackendMessage message) {
        return message == Signal.BIND_COMPLETE || message instanceof CommandComplete;
    }

    @Override
    protected String sql() {
        return sql;
    }

    /** The sets fail in order; behind the last one it is the commit that failed. */
    @Override
    @Nullable
    protected String place(Diagnostic error) {
        return isOwed() ? "set " + answered() + " of executeMany" : null;
    }
}
