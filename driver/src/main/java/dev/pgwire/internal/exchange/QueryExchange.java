package dev.pgwire.internal.exchange;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/** A simple Query: any number of statements in one string, each with its result, all columns as text. */
public final class QueryExchange extends SegmentExchange {
    private final String sql;
    private final Results results;
    private final Outgoing outgoing;
    private final RowPlanner planner;
    private @Nullable Result open;
    /** Whether there was an answer to at least one statement; even to an empty string there is one. */
    private boolean answered;

    /** Whether a COPY was refused whose data may still come. */
    private boolean copying;

    /** An exchange that fills as many results as the string has statements. */
    public QueryExchange(String sql, Results results, Outgoing outgoing, RowPlanner planner) {
        this.sql = sql;
        this.results = results;
        this.outgoing = outgoing;
        this.planner = planner;
        results.endWith(this);
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (message instanceof RowDescription description && failure() == null) {
            describe(description);
        } else if (message instanceof CommandComplete end) {
            complete(end);
        } else if (message == Signal.EMPTY_QUERY_RESPONSE && open == null) {
            complete(null);
        } else if (message instanceof ReadyForQuery && ((open == null && answered) || failure() != null)) {
            return finish();
        } else if (copying && CopyRefusal.isData(message)) {
            return false;
        } else if (CopyRefusal.refuses(message, results, outgoing)) {
            copying = true;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    /** A rule makes several queries of one statement: each describes its rows, and only the last one has a tag. */
    private void describe(RowDescription description) {
        if (open != null) {
            complete(null);
        }
        Result result = new Result(planner.asDescribed(description));
        open = result;
        results.add(result);
    }

    private void complete(@Nullable CommandComplete end) {
        Result result = open;
        if (result == null) {
            result = new Result(null);
            results.add(result);
        }
        result.complete(end);
        open = null;
        answered = true;
        copying = false;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        Result result = open;
        if (result == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    protected String sql() {
        return sql;
    }
}
