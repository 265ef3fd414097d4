package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.catalog.Lines;
import dev.pgwire.console.catalog.Listing;
import dev.pgwire.console.catalog.NamePattern;
import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.catalog.Request;
import dev.pgwire.console.output.Layout;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \d} of a relation: its columns, and what hangs on it below. */
public final class RelationDescription {
    private final Request request;
    private final Shell shell;
    private final Relation relation;

    private RelationDescription(Request request, Relation relation) {
        this.request = request;
        this.shell = request.shell();
        this.relation = relation;
    }

    /** Describes all relations that match. */
    public static boolean describe(Request request) throws NamePattern.Invalid {
        Shell shell = request.shell();
        Listing listing = new Listing(request, "")
                .column("oid", "c.oid")
                .column("schema", "n.nspname")
                .column("name", "c.relname")
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .matching(Match.inSchema("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)"))
                .order("2, 3");
        boolean[] found = {true};
        boolean success = shell.attempt(() -> {
            Table relations = listing.table();
            found[0] = !relations.rows().isEmpty();
            if (!found[0]) {
                request.tellNothing("relation", request.pattern());
            }
            for (List<@Nullable String> row : relations.rows()) {
                Relation relation = Relation.read(shell, row);
                if (relation != null) {
                    new RelationDescription(request, relation).print();
                }
            }
        });
        return success && found[0];
    }

    private void print() {
        if (relation.kind() == 'S') {
            printSequence();
            return;
        }
        Table columns = columns();
        List<String> footers = new RelationFooters(request, relation).lines();
        // A row of many columns for each column of the relation would be hard to read.
        Layout layout = shell.layout().with(Layout.Expanded.OFF);
        shell.results().print(columns.withTitle(relation.title()).withFooters(footers), layout);
    }

    private void printSequence() {
        Table values = shell.query("""
                SELECT pg_catalog.format_type(seqtypid, NULL) AS "Type", seqstart AS "Start", seqmin AS "Minimum",
                  seqmax AS "Maximum", seqincrement AS "Increment",
                  CASE WHEN seqcycle THEN 'yes' ELSE 'no' END AS "Cycles?", seqcache AS "Cache"
                FROM pg_catalog.pg_sequence WHERE seqrelid = %s""".formatted(relation.oid()));
        List<String> owner = Lines.of(shell, """
                SELECT CASE d.deptype WHEN 'i' THEN 'Sequence for identity column: ' ELSE 'Owned by: ' END
                  || pg_catalog.quote_ident(nspname) || '.' || pg_catalog.quote_ident(relname) || '.'
                  || pg_catalog.quote_ident(attname)
                FROM pg_catalog.pg_class c JOIN pg_catalog.pg_depend d ON c.oid = d.refobjid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON (a.attrelid = c.oid AND a.attnum = d.refobjsubid)
                WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
                  AND d.objid = %s AND d.deptype IN ('a', 'i')""".formatted(relation.oid()));
        shell.print(values.withTitle(relation.title()).withFooters(owner));
    }

    private Table columns() {
        List<String> columns = new ArrayList<>();
        columns.add("a.attname AS \"Column\"");
        columns.add("pg_catalog.format_type(a.atttypid, a.atttypmod) AS \"Type\"");
        if (relation.isOneOf("rvmfcp")) {
            details(columns);
        }
        if (relation.isOneOf("iI")) {
            columns.add("""
                    CASE WHEN a.attnum <= (SELECT i.indnkeyatts FROM pg_catalog.pg_index i WHERE i.indexrelid = a.attrelid)
                      THEN 'yes' ELSE 'no' END AS "Key?\"""");
            columns.add("pg_catalog.pg_get_indexdef(a.attrelid, a.attnum, true) AS \"Definition\"");
        }
        if (relation.kind() == 'f') {
            columns.add(Listing.options("a.attfdwoptions") + " AS \"FDW options\"");
        }
        if (request.isVerbose()) {
            more(columns);
        }
        Table found = shell.query("SELECT " + String.join(",\n  ", columns)
                + "\nFROM pg_catalog.pg_attribute a WHERE a.attrelid = " + relation.oid()
                + " AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum");
        List<Table.Heading> headings = new ArrayList<>();
        found.headings().forEach(heading -> headings.add(Table.Heading.of(heading.name(), 0)));
        return Table.of(headings, found.rows());
    }

    private static void details(List<String> columns) {
        String expression = """
                (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
                  WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef)""";
        columns.add("""
                (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
                  WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation) AS "Collation\"""");
        columns.add("CASE WHEN a.attnotnull THEN 'not null' END AS \"Nullable\"");
        columns.add("""
                CASE WHEN a.attidentity = 'a' THEN 'generated always as identity'
                  WHEN a.attidentity = 'd' THEN 'generated by default as identity'
                  WHEN a.attgenerated = 's' THEN 'generated always as (' || %1$s || ') stored'
                  WHEN a.attgenerated = 'v' THEN 'generated always as (' || %1$s || ')'
                  ELSE %1$s END AS "Default\"""".formatted(expression));
    }

    private void more(List<String> columns) {
        columns.add("""
                CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended'
                  WHEN 'e' THEN 'external' ELSE '???' END AS "Storage\"""");
        boolean hidden = shell.variables().isOn("HIDE_TOAST_COMPRESSION");
        if (request.server() >= 14 && !hidden && relation.isOneOf("rpm")) {
            columns.add("""
                    CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' WHEN '' THEN ''
                      ELSE '???' END AS "Compression\"""");
        }
        if (relation.isOneOf("riImfp")) {
            columns.add("NULLIF(a.attstattarget, -1) AS \"Stats target\"");
        }
        if (relation.isOneOf("rvmfcp")) {
            columns.add("pg_catalog.col_description(a.attrelid, a.attnum) AS \"Description\"");
        }
    }
}
