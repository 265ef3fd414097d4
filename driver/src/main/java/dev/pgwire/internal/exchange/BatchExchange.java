package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Bind and Execute of one prepared statement many times over, and the Sync at their end. A statement with columns gives
 * one result for each time, one without gives a single result that counts the rows of all.
 */
public final class BatchExchange extends SegmentExchange {
    private final String sql;
    private final Results results;
    private final @Nullable RowPlan plan;
    private @Nullable Result open;
    private boolean executed;
    private final Result total = new Result(null);

    /** An exchange for a statement with a plan for its columns, or null if it has none. */
    public BatchExchange(String sql, Results results, @Nullable RowPlan plan) {
        this.sql = sql;
        this.results = results;
        this.plan = plan;
        if (plan == null) {
            results.add(total);
        }
        results.endWith(this);
    }

    @Override
    boolean receive(BackendMessage message) {
        Result result = open;
        if (message instanceof ReadyForQuery && (result == null || failure() != null)) {
            if (!executed) {
                total.countNothing();
            }
            total.complete(null);
            return finish();
        } else if (result == null && message == Signal.BIND_COMPLETE) {
            begin();
        } else if (result != null && message instanceof CommandComplete end) {
            result.executed(end);
            open = null;
        } else if (result != null && message == Signal.EMPTY_QUERY_RESPONSE) {
            result.complete(null);
            open = null;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    private void begin() {
        executed = true;
        if (plan == null) {
            open = total;
        } else {
            open = new Result(plan);
            results.add(open);
        }
    }

    @Override
    int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        Result result = open;
        if (result == null || plan == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    String sql() {
        return sql;
    }
}
