package dev.pgwire.internal.exchange;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.RowDescription;
import dev.pgwire.protocol.backend.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Parse, Bind, Describe of the portal and Execute, in one round trip: one result, whose rows are read as the portal was
 * described. A statement that the server has already is not parsed again.
 */
public final class OneShotExchange extends Exchange {
    private enum Phase {
        PARSE,
        DESCRIBE,
        EXECUTE
    }

    private final ExecuteExchange execution;
    private final Result result;
    private final ParsedStatement statement;
    private Phase phase;

    private OneShotExchange(ExecuteExchange execution, Result result, ParsedStatement statement, Phase phase) {
        this.execution = execution;
        this.result = result;
        this.statement = statement;
        this.phase = phase;
    }

    /** A statement of which nothing is known: its rows come in text. */
    public OneShotExchange(String sql, Results results, Result result, Outgoing outgoing, RowPlanner planner) {
        this(new ExecuteExchange(sql, results, result, outgoing), result, new Unknown(planner), Phase.PARSE);
    }

    /** A statement of which something is known, with its Parse. */
    public static OneShotExchange parsing(
            String sql, Results results, Result result, Outgoing outgoing, ParsedStatement statement) {
        return new OneShotExchange(new ExecuteExchange(sql, results, result, outgoing), result, statement, Phase.PARSE);
    }

    /** A statement of which something is known, and which the server has parsed. */
    public static OneShotExchange binding(
            String sql, Results results, Result result, Outgoing outgoing, ParsedStatement statement) {
        return new OneShotExchange(
                new ExecuteExchange(sql, results, result, outgoing), result, statement, Phase.DESCRIBE);
    }

    @Override
    protected boolean receive(BackendMessage message) {
        switch (phase) {
            case PARSE -> {
                if (message != Signal.PARSE_COMPLETE) {
                    throw unexpected(message);
                }
                statement.parsed();
                phase = Phase.DESCRIBE;
                return false;
            }
            case DESCRIBE -> {
                if (message == Signal.BIND_COMPLETE) {
                    return execution.receive(message);
                }
                if (message instanceof RowDescription description) {
                    result.describe(statement.described(description));
                } else if (message == Signal.NO_DATA) {
                    result.describe(statement.described(null));
                } else {
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
    protected int rows(byte[] bytes, int from, int to, RowPageWriter pages) {
        return execution.rows(bytes, from, to, pages);
    }

    @Override
    protected void fail(PgException cause) {
        statement.failed();
        execution.fail(cause);
    }

    @Override
    protected String sql() {
        return execution.sql();
    }

    /** Nothing was known, and nothing is remembered. */
    private record Unknown(RowPlanner planner) implements ParsedStatement {
        @Override
        public void parsed() {}

        @Override
        public @Nullable RowPlan described(@Nullable RowDescription columns) {
            return columns == null ? null : planner.asDescribed(columns);
        }

        @Override
        public void failed() {}
    }
}
