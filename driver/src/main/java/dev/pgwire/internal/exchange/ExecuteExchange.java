package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CommandComplete;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;

/** Bind and Execute of a prepared statement, whose columns are known: one result. */
public final class ExecuteExchange extends Exchange {
    private enum Phase {
        BIND,
        EXECUTE,
        /** A COPY was refused, whose data may still come. */
        COPY
    }

    private final String sql;
    private final Results results;
    private final Result result;
    private final Outgoing outgoing;
    private Phase phase = Phase.BIND;

    /** An exchange that fills a result. */
    public ExecuteExchange(String sql, Results results, Result result, Outgoing outgoing) {
        this.sql = sql;
        this.results = results;
        this.result = result;
        this.outgoing = outgoing;
    }

    @Override
    protected boolean receive(BackendMessage message) {
        if (phase == Phase.BIND) {
            if (message != Signal.BIND_COMPLETE) {
                throw unexpected(message);
            }
            phase = Phase.EXECUTE;
            return false;
        }
        if (message instanceof CommandComplete end) {
            result.complete(end);
            return true;
        }
        if (message == Signal.EMPTY_QUERY_RESPONSE) {
            result.complete(null);
            return true;
        }
        if (phase == Phase.COPY) {
            if (!CopyRefusal.isData(message)) {
                throw unexpected(message);
            }
        } else if (CopyRefusal.refuses(message, results, outgoing, Command.SYNC)) {
            phase = Phase.COPY;
        } else {
            throw unexpected(message);
        }
        return false;
    }

    @Override
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        if (phase != Phase.EXECUTE || result.plan() == null) {
            return super.rows(bytes, from, to, pages);
        }
        return pages.append(bytes, from, to, result);
    }

    @Override
    protected void fail(PgException cause) {
        // The Sync that follows carries the failure; the rows that came before it stay readable.
    }

    @Override
    protected String sql() {
        return sql;
    }
}
