package dev.pgwire.console.shell;

import dev.pgwire.error.PgException;
import dev.pgwire.row.Column;
import java.util.List;
import java.util.stream.Collectors;

/** {@code \gdesc}: the columns that a statement would return, as the server describes it and prints their types. */
final class Description {
    private final Shell shell;
    private final Results results;

    Description(Shell shell, Results results) {
        this.shell = shell;
        this.results = results;
    }

    boolean of(String sql) {
        Statements statements = shell.statements();
        List<Column> columns;
        try {
            statements.running(sql);
            columns = shell.connection().describe(sql).columns();
        } catch (PgException refused) {
            return statements.failed(refused, true);
        } finally {
            statements.running(null);
        }
        if (columns == null || columns.isEmpty()) {
            shell.out().append("The command has no result, or the result has no columns.\n");
            statements.succeeded(null);
            return true;
        }
        return statements.execute(types(columns), results, true);
    }

    private String types(List<Column> columns) {
        return columns.stream()
                .map(column -> "(" + shell.connection().literal(column.name()) + ", '" + column.typeOid()
                        + "'::pg_catalog.oid, " + column.typeModifier() + ")")
                .collect(Collectors.joining(
                        ",",
                        "SELECT name AS \"Column\", pg_catalog.format_type(tp, tpm) AS \"Type\"\nFROM (VALUES ",
                        ") s(name, tp, tpm)"));
    }
}
