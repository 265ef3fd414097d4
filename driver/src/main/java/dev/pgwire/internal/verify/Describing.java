package dev.pgwire.internal.verify;

import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Preparation;
import dev.pgwire.internal.request.Preparing;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.sql.NamedSql;
import dev.pgwire.internal.statement.PreparedStatement;
import dev.pgwire.row.StatementDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has the server describe one statement, which is not run. */
public final class Describing extends Procedure<StatementDescription> {
    private final String sql;
    private @Nullable Preparing preparing;

    /** A description of a statement, whose parameters may have names. */
    public Describing(Dispatch dispatch, String sql) {
        super(dispatch);
        this.sql = sql;
    }

    @Override
    protected boolean proceed() {
        Preparing asked = preparing;
        if (asked == null) {
            NamedSql named = NamedSql.unlessNumbered(sql, dispatch().server().hasBackslashEscapes());
            String numbered = named == null ? sql : named.sql();
            Preparation preparation = dispatch().preparation();
            preparation.forgetOutdated();
            preparing = first(Preparing.of(dispatch(), numbered, preparation.shape(numbered)));
            return false;
        }
        PreparedStatement described = asked.result();
        List<StatementDescription.Parameter> parameters = new ArrayList<>();
        for (int oid : described.parameterTypes()) {
            parameters.add(new StatementDescription.Parameter(
                    Integer.toUnsignedLong(oid), dispatch().types().typeName(oid)));
        }
        RowPlan plan = described.plan();
        return over(new StatementDescription(parameters, plan == null ? null : plan.columns()));
    }
}
