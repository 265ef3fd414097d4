package dev.pgwire.internal.insert;

import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Execution;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.row.PageRow;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.TransactionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server what may be done to a table, in a round trip. Servers that are no PostgreSQL refuse the question; where that
 * does not fail the transaction, it only means that nothing is permitted.
 */
final class InsertQuestion extends Procedure<InsertPermission> {
    static final String SQL = """
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

    private final Execution question;
    private boolean asked;

    InsertQuestion(Dispatch dispatch, InsertTarget target, int[] types) {
        super(dispatch);
        question = new Execution(
                dispatch, SQL, new @Nullable Object[] {target.table(), texts(target.columns()), numbers(types)});
    }

    @Override
    protected boolean proceed() {
        if (!asked) {
            asked = true;
            first(question);
            return false;
        }
        Results answer;
        try {
            answer = question.result();
            answer.throwFailure();
        } catch (DatabaseException refused) {
            if (isOfTheQuestion(refused) && dispatch().server().transactionStatus() != TransactionStatus.FAILED) {
                return over(InsertPermission.UNKNOWN);
            }
            throw refused;
        }
        return over(read(answer));
    }

    private static InsertPermission read(Results answer) {
        Result result = answer.current();
        RowPage page = result == null ? null : result.poll();
        RowPlan plan = result == null ? null : result.plan();
        if (page == null || plan == null) {
            return InsertPermission.NONE;
        }
        PageRow row = page.keep(plan, 0);
        return new InsertPermission(row.getBoolean(0), row.getBoolean(1), row.getBoolean(2));
    }

    /** Not of the connection's end, a cancel, or what the driver itself has against it. */
    private static boolean isOfTheQuestion(DatabaseException refused) {
        return refused.diagnostic() != null && !(refused instanceof OperationalException);
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
