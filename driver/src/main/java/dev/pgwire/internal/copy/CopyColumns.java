package dev.pgwire.internal.copy;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Preparing;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.protocol.Format;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a COPY are: that of the query, or of a query that has the columns of the table. Where the statement does not
 * name them, the catalogue is asked first: COPY leaves generated columns out. Gives how rows of them are read, in the format of the
 * COPY.
 */
final class CopyColumns extends Procedure<RowPlan> {
    static final String NAMES = """
            SELECT pg_catalog.string_agg(pg_catalog.quote_ident(attname), ', ' ORDER BY attnum)
            FROM pg_catalog.pg_attribute
            WHERE attrelid = pg_catalog.to_regclass($1) AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""";

    private final CopyStatement statement;
    private @Nullable Execution names;
    private @Nullable Preparing description;

    CopyColumns(Dispatch dispatch, CopyStatement statement) {
        super(dispatch);
        this.statement = statement;
    }

    @Override
    protected boolean proceed() {
        Execution asked = names;
        Preparing described = description;
        if (described != null) {
            PreparedStatement known = described.result();
            // It serves once: what the columns are then is not what they may be by the next COPY.
            dispatch().preparation().forget(known);
            return over(plan(known));
        }
        String query = asked != null ? query(asked) : statement.columnsQuery();
        if (query == null) {
            names = first(new Execution(dispatch(), NAMES, new @Nullable Object[] {statement.source()}));
        } else {
            description = first(
                    Preparing.of(dispatch(), query, dispatch().preparation().shape(query)));
        }
        return false;
    }

    /** If there is no such table, the server says so of this query. */
    private String query(Execution asked) {
        Results answer = asked.result();
        answer.throwFailure();
        Result result = answer.current();
        RowPage page = result == null ? null : result.poll();
        RowPlan plan = result == null ? null : result.plan();
        String found = page == null || plan == null ? null : page.keep(plan, 0).getString(0);
        return "SELECT " + (found == null ? "*" : found) + " FROM " + statement.source() + " WHERE false";
    }

    private RowPlan plan(PreparedStatement known) {
        if (known.plan() == null) {
            throw new InterfaceException(
                    "the query of the COPY gives no rows, expected one that does: " + statement.source());
        }
        return dispatch()
                .planner()
                .allIn(Objects.requireNonNull(known.plan()), statement.form().isText() ? Format.TEXT : Format.BINARY);
    }
}
