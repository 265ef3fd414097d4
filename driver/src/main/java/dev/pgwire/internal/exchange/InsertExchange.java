package dev.pgwire.internal.exchange;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowPlaces;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
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
    private final ParsedStatement statement;
    private boolean described;
    private final RowPlaces places = new RowPlaces();
    private long inserted;

    /** An exchange that fills a result, into which a COPY before it in the same segment may have counted. */
    public InsertExchange(String sql, Results results, Result result, ParsedStatement statement) {
        this.sql = sql;
        this.result = result;
        this.statement = statement;
        results.add(result);
        results.endWith(this);
    }

    /** Which rows are in what is sent, for the message of a failure. */
    public RowPlaces places() {
        return places;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        boolean executing = isExecuting();
        if (message instanceof ReadyForQuery) {
            boolean end = end();
            if (inserted > 0 || result.tag() == null) {
                result.executed(new CommandComplete("INSERT 0 " + inserted));
            }
            result.complete(null);
            return end;
        } else if (!executing && message == Signal.BIND_COMPLETE) {
            executing();
        } else if (executing && message instanceof CommandComplete end) {
            inserted += Math.max(0, end.rows());
            executed();
            places.executed();
        } else if (!executing && message == Signal.PARSE_COMPLETE) {
            places.parsed();
        } else if (!executing || !isDescription(message)) {
            throw unexpected(message);
        }
        return false;
    }

    /** The portal of the first execution is described, and those behind it are like it. */
    private boolean isDescription(BackendMessage message) {
        if (described || !(message instanceof RowDescription description) || result.plan() == null) {
            return false;
        }
        described = true;
        result.describe(statement.described(description));
        return true;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (!isExecuting() || !described || result.plan() == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    protected String sql() {
        return sql;
    }

    @Override
    @Nullable
    protected String place(Diagnostic error) {
        return places.next();
    }
}
