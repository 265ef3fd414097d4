package dev.pgwire.internal.session;

import dev.pgwire.internal.exchange.Result;
import dev.pgwire.internal.exchange.Results;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be done to a table in place of one INSERT for each row without another outcome. COPY does not know rules, takes
 * values for identity columns that INSERT refuses, is refused where row level security applies, and in binary does not
 * convert: a column must have the very type that its values were written as.
 *
 * @param unnest whether one INSERT may insert many rows: it is a table, without rules for INSERT
 * @param types whether the columns have the expected types
 * @param copy whether a COPY does what INSERT would
 */
record InsertPermission(boolean unnest, boolean types, boolean copy) {
    private static final String SQL = """
            SELECT fit.unnest, fit.types, fit.unnest AND fit.types AND NOT pg_catalog.row_security_active(fit.oid)
            FROM (SELECT c.oid,
                c.relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM pg_catalog.pg_rewrite r
                    WHERE r.ev_class = c.oid AND r.ev_type = '3') AS unnest,
                NOT EXISTS (SELECT FROM ROWS FROM (pg_catalog.unnest($2::pg_catalog.text[]),
                        pg_catalog.unnest($3::pg_catalog.oid[])) AS wanted (name, type)
                    WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attname = wanted.name AND a.atttypid = wanted.type
                            AND a.attnum > 0 AND a.attidentity <> 'a' AND a.attgenerated = '')) AS types
                FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass($1)) AS fit""";

    static final InsertPermission ALL = new InsertPermission(true, true, true);

    private static final InsertPermission NONE = new InsertPermission(false, false, false);

    /** Asks the server, in a round trip. */
    static InsertPermission ask(StatementRunner runner, InsertTarget target, int[] types) {
        Results answer =
                runner.execute(SQL, new @Nullable Object[] {target.table(), texts(target.columns()), numbers(types)});
        answer.throwFailure();
        Result result = answer.current();
        RowPage page = result == null ? null : result.poll();
        RowPlan plan = result == null ? null : result.plan();
        if (page == null || plan == null) {
            return NONE;
        }
        PageRow row = page.keep(plan, 0);
        return new InsertPermission(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2));
    }

    private static String texts(List<String> values) {
        StringBuilder array = new StringBuilder("{");
        for (String value : values) {
            array.append(array.length() == 1 ? "\"" : ",\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return array.append('}').toString();
    }

    private static String numbers(int[] oids) {
        StringBuilder array = new StringBuilder("{");
        for (int oid : oids) {
            array.append(array.length() == 1 ? "" : ",").append(Integer.toUnsignedString(oid));
        }
        return array.append('}').toString();
    }
}
