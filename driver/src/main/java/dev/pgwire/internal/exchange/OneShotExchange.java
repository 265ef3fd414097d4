package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;

/** Parse, Describe, Bind and Execute of the unnamed statement without parameters, in one round trip: one result. */
public final class OneShotExchange extends Exchange {
    private enum Phase {
        PARSE,
        DESCRIBE,
        EXECUTE
    }

    private final ExecuteExchange execution;
    private final Result result;
    private final RowPlanner planner;
    private Phase phase = Phase.PARSE;

    /** An exchange that fills a result whose columns are not known yet. */
    public OneShotExchange(String sql, Results results, Result result, Outgoing outgoing, RowPlanner planner) {
        this.execution = new ExecuteExchange(sql, results, result, outgoing);
        this.result = result;
        this.planner = planner;
    }

    @Override
    boolean receive(BackendMessage message) {
        switch (phase) {
            case PARSE -> {
                if (message != Signal.PARSE_COMPLETE) {
                    throw unexpected(message);
                }
                phase = Phase.DESCRIBE;
                return false;
            }
            case DESCRIBE -> {
                if (message == Signal.BIND_COMPLETE) {
                    return execution.receive(message);
                }
                if (message instanceof RowDescription description) {
                    result.describe(planner.asDescribed(description));
                } else if (message != Signal.NO_DATA) {
                    throw unexpected(message);
                }
                phase = Phase.EXECUTE;
                return false;
            }
            case EXECUTE -> {
                return execution.receive(message);
            }
        }
        throw unexpected(message);
    }

    @Override
    int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        return execution.rows(bytes, from, to, pages);
    }

    @Override
    void fail(PgException cause) {
        execution.fail(cause);
    }

    @Override
    String sql() {
        return execution.sql();
    }
}
