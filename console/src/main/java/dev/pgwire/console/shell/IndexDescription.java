package dev.pgwire.console.shell;

import static dev.pgwire.console.shell.Catalog.text;

import dev.pgwire.console.output.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \d} of an index. */
final class IndexDescription {
    private final Shell shell;
    private final Catalog.Relation relation;

    IndexDescription(Shell shell, Catalog.Relation relation) {
        this.shell = shell;
        this.relation = relation;
    }

    Table table() {
        Table columns = shell.query("""
                SELECT a.attname AS "Column", pg_catalog.format_type(a.atttypid, a.atttypmod) AS "Type",
                  CASE WHEN a.attnum <= i.indnkeyatts THEN 'yes' ELSE 'no' END AS "Key?",
                  pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, true) AS "Definition"
                FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_index i ON i.indexrelid = a.attrelid
                WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""".formatted(relation.oid()));
        String kind = relation.kind() == 'I' ? "Partitioned index" : "Index";
        return columns.withTitle(relation.title(kind)).withFooters(List.of(footer()));
    }

    private String footer() {
        List<@Nullable String> row =
                shell.query("""
                        SELECT CASE WHEN i.indisprimary THEN 'primary key, ' WHEN i.indisunique THEN 'unique, ' ELSE '' END
                          || a.amname || ', for table "' || n.nspname || '.' || c2.relname || '"',
                          pg_catalog.pg_get_expr(i.indpred, i.indrelid, true)
                        FROM pg_catalog.pg_index i, pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_am a,
                          pg_catalog.pg_namespace n
                        WHERE i.indexrelid = c.oid AND c.oid = %s AND c.relam = a.oid AND i.indrelid = c2.oid
                          AND c2.relnamespace = n.oid""".formatted(relation.oid())).rows().get(0);
        return text(row.get(0)) + (row.get(1) == null ? "" : ", predicate (" + row.get(1) + ")");
    }
}
