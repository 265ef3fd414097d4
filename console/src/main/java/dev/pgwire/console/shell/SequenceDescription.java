package dev.pgwire.console.shell;

import static dev.pgwire.console.shell.Catalog.text;

import dev.pgwire.console.output.Table;
import java.util.List;

/** {@code \d} of a sequence. */
final class SequenceDescription {
    private final Shell shell;
    private final Catalog.Relation relation;

    SequenceDescription(Shell shell, Catalog.Relation relation) {
        this.shell = shell;
        this.relation = relation;
    }

    Table table() {
        Table values = shell.query("""
                SELECT pg_catalog.format_type(seqtypid, NULL) AS "Type", seqstart AS "Start", seqmin AS "Minimum",
                  seqmax AS "Maximum", seqincrement AS "Increment",
                  CASE WHEN seqcycle THEN 'yes' ELSE 'no' END AS "Cycles?", seqcache AS "Cache"
                FROM pg_catalog.pg_sequence WHERE seqrelid = %s""".formatted(relation.oid()));
        return values.withTitle(relation.title("Sequence")).withFooters(owner());
    }

    private List<String> owner() {
        Table found = shell.query("""
                SELECT CASE d.deptype WHEN 'i' THEN 'Sequence for identity column: ' ELSE 'Owned by: ' END
                  || pg_catalog.quote_ident(nspname) || '.' || pg_catalog.quote_ident(relname) || '.'
                  || pg_catalog.quote_ident(attname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_depend d ON c.oid = d.refobjid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON (a.attrelid = c.oid AND a.attnum = d.refobjsubid)
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.objid = %s AND d.deptype IN ('a', 'i')""".formatted(relation.oid()));
        return found.rows().stream().map(row -> text(row.get(0))).toList();
    }
}
