package dev.pgwire.internal.request;

import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.protocol.frontend.Query;

/** Runs commands of the driver's own, such as COMMIT, to their end, as one simple Query. */
public final class OwnCommand extends Procedure<Results> {
    private final String sql;
    private final Results results = new Results();
    private final QueryExchange exchange;
    private final boolean tellsMeaning;
    private boolean asked;

    private OwnCommand(Dispatch dispatch, String sql, boolean tellsMeaning) {
        this(dispatch, sql, sql, tellsMeaning, dispatch.planner());
    }

    private OwnCommand(Dispatch dispatch, String sql, String shown, boolean tellsMeaning, RowPlanner planner) {
        super(dispatch);
        this.sql = sql;
        this.tellsMeaning = tellsMeaning;
        this.exchange = new QueryExchange(shown, results, dispatch.transport(), planner);
    }

    /** One command; of what the server answers to it, only the tag is of interest. */
    public static OwnCommand of(Dispatch dispatch, String sql) {
        OwnCommand command = new OwnCommand(dispatch, sql, true);
        command.results.discard();
        return command;
    }

    /**
     * One command with a secret in it.
     *
     * @param shown what exceptions have in its place
     */
    public static OwnCommand hiding(Dispatch dispatch, String sql, String shown) {
        OwnCommand command = new OwnCommand(dispatch, sql, shown, true, dispatch.planner());
        command.results.discard();
        return command;
    }

    /** A question about the server's catalogs, whose rows are read by the driver's own codecs, whatever the program has registered. */
    public static OwnCommand asking(Dispatch dispatch, String sql) {
        return new OwnCommand(dispatch, sql, sql, false, new RowPlanner(TypeRegistry.builtin()));
    }

    /** Several commands, and their rows; what they do to the meaning of texts is the caller's to know. */
    public static OwnCommand several(Dispatch dispatch, String sql) {
        return new OwnCommand(dispatch, sql, false);
    }

    @Override
    protected boolean ready() {
        return !asked || exchange.isDone();
    }

    @Override
    protected boolean proceed() {
        if (!asked) {
            asked = true;
            if (tellsMeaning) {
                dispatch().meaning().sendsCommand(sql);
            }
            dispatch().bareRequest().message(new Query(sql)).expect(exchange);
            send(Flight.ANYTHING);
            return false;
        }
        PgException failure = exchange.failure();
        if (failure != null) {
            throw failure;
        }
        return over(results);
    }
}
