package dev.pgwire.internal.request;

import dev.pgwire.internal.exchange.QueryExchange;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.sql.SqlShape;
import dev.pgwire.protocol.frontend.Query;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a text as one simple Query, up to the first rows; a BEGIN that is due goes before it, in a round trip of its own. */
public final class SimpleQuery extends Procedure<Results> {
    private enum Phase {
        BEGIN,
        ASK,
        ANSWER,
        TYPES_ARE_KNOWN
    }

    private final String sql;
    private @Nullable SqlShape shape;
    private final Results results = new Results();
    private Phase phase = Phase.BEGIN;
    private @Nullable BeginNow begin;
    private @Nullable TypesOfResults types;

    /** A query whose text is looked at when it is its turn. */
    public SimpleQuery(Dispatch dispatch, String sql) {
        super(dispatch);
        this.sql = sql;
    }

    /** A query of a known shape. */
    public SimpleQuery(Dispatch dispatch, String sql, SqlShape shape) {
        super(dispatch);
        this.sql = sql;
        this.shape = shape;
    }

    @Override
    protected boolean ready() {
        return phase != Phase.ANSWER || FirstRows.areThere(results, dispatch());
    }

    @Override
    protected boolean proceed() {
        switch (phase) {
            case BEGIN -> {
                Preparation.requireText(sql);
                if (shape == null) {
                    shape = dispatch().preparation().shape(sql);
                }
                phase = Phase.ASK;
                begin = first(new BeginNow(dispatch()));
                return false;
            }
            case ASK -> {
                Objects.requireNonNull(begin).result();
                dispatch().meaning().sends(Objects.requireNonNull(shape));
                dispatch()
                        .bareRequest()
                        .message(new Query(sql))
                        .expect(new QueryExchange(
                                sql, results, dispatch().transport(), dispatch().planner()));
                phase = Phase.ANSWER;
                send(Flight.ANYTHING);
                return false;
            }
            case ANSWER -> {
                types = results.haveColumns() ? TypesOfResults.of(dispatch(), results) : null;
                if (types == null) {
                    return over(results);
                }
                phase = Phase.TYPES_ARE_KNOWN;
                first(types);
                return false;
            }
            case TYPES_ARE_KNOWN -> {
                Objects.requireNonNull(types).result();
                return over(results);
            }
        }
        throw new IllegalStateException(phase.name());
    }

    @Override
    protected boolean mayWrite() {
        TypesOfResults lookedUp = types;
        return lookedUp != null ? lookedUp.isWriting() : phase != Phase.ANSWER || !isSent();
    }
}
