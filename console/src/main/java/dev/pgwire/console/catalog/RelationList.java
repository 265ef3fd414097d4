package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** {@code \dt}, {@code \di} and their like. */
final class RelationList {
    /** What a relation is, by its kind. */
    static final String KIND =
            "CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'"
                    + " WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table'"
                    + " WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table'"
                    + " WHEN 'I' THEN 'partitioned index' END";

    private RelationList() {}

    static boolean relations(Request request, String letters) throws NamePattern.Invalid {
        String kinds = letters.matches(".*[tivmsE].*") ? letters : "tvmsE";
        boolean indexes = kinds.indexOf('i') >= 0;
        boolean methods =
                kinds.matches(".*[tmi].*") && !request.shell().variables().isOn("HIDE_TABLEAM");
        Listing listing = new Listing(request, "List of relations")
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Type", KIND)
                .column("Owner", "pg_catalog.pg_get_userbyid(c.relowner)");
        if (indexes) {
            listing.column("Table", "c2.relname");
        }
        listing.more(
                "Persistence",
                "CASE c.relpersistence WHEN 'p' THEN 'permanent' WHEN 't' THEN 'temporary' WHEN 'u' THEN 'unlogged' END");
        if (methods) {
            listing.more("Access method", "am.amname");
        }
        listing.more("Size", "pg_catalog.pg_size_pretty(pg_catalog.pg_table_size(c.oid))")
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_class')")
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .from("LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam");
        if (indexes) {
            listing.from("LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid")
                    .from("LEFT JOIN pg_catalog.pg_class c2 ON c2.oid = i.indrelid");
        }
        listing.where("c.relkind IN (" + relkinds(kinds, !request.hidesSystem()) + ")")
                .withoutSystem(Listing.NOT_SYSTEM + " AND n.nspname !~ '^pg_toast'")
                .matching(Match.inSchema("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)"))
                .order("1, 2");
        Shell shell = request.shell();
        return shell.attempt(() -> {
            Table table = listing.table();
            if (table.rows().isEmpty() && !shell.isQuiet()) {
                request.tellNothing("relation", request.pattern());
            } else {
                shell.print(table);
            }
        });
    }

    /** Tables that hold the large values of others are only shown to those who ask for them. */
    private static String relkinds(String letters, boolean all) {
        List<String> kinds = new ArrayList<>();
        for (char letter : letters.toCharArray()) {
            switch (letter) {
                case 't' -> kinds.add(all ? "'r', 'p', 't'" : "'r', 'p'");
                case 'v' -> kinds.add("'v'");
                case 'm' -> kinds.add("'m'");
                case 'i' -> kinds.add("'i', 'I'");
                case 's' -> kinds.add("'S'");
                case 'E' -> kinds.add("'f'");
                default -> kinds.add("''");
            }
        }
        return String.join(", ", kinds);
    }
}
