package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Bind and Execute of an INSERT any number of times, and the Sync at their end. However often it was executed, there is one
 * result: the rows of all in order, and a tag that counts them.
 */
public final class InsertExchange extends RepeatedExchange {
    private final String sql;
    private final Result result;
    private final @Nullable RowPlanner planner;
    private long inserted;

    /** An exchange that fills a result, into which a COPY before it in the same segment may have counted. */
    public InsertExchange(String sql, Results results, Result result) {
        this(sql, results, result, null);
    }

    /** The same, with a planner for the description of a statement that is parsed in between; null if none is. */
    public InsertExchange(String sql, Results results, Result result, @Nullable RowPlanner planner) {
        this.sql = sql;
        this.result = result;
        this.planner = planner;
        results.add(result);
        results.endWith(this);
    }

    @Override
    boolean receive(BackendMessage message) {
        boolean executing = isExecuting();
        if (message instanceof ReadyForQuery) {
            boolean end = end();
            if (inserted > 0 || result.tag() == null) {
                result.executed(new CommandComplete("INSERT 0 " + inserted));
            }
            result.complete(null);
            return end;
        } else if (!executing && message == Signal.BIND_COMPLETE) {
            begin();
        } else if (executing && message instanceof CommandComplete end) {
            inserted += Math.max(0, end.rows());
            executed();
        } else if (executing || !isAboutStatement(message)) {
            throw unexpected(message);
        }
        return false;
    }

    /** Whether a message answers to Parse or Describe; the rows come as they were described then. */
    private boolean isAboutStatement(BackendMessage message) {
        RowPlanner plans = planner;
        if (plans == null) {
            return false;
        }
        if (message instanceof RowDescription description && result.plan() != null) {
            result.describe(plans.asDescribed(description));
            return true;
        }
        return message == Signal.PARSE_COMPLETE || message instanceof ParameterDescription;
    }

    @Override
    int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (!isExecuting() || result.plan() == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    String sql() {
        return sql;
    }
}
