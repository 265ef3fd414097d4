package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;

/** {@code \dP}. */
final class PartitionedList {
    private PartitionedList() {}

    static boolean relations(Request request) throws NamePattern.Invalid {
        String letters = request.name().substring(2);
        boolean both = letters.indexOf('t') >= 0 == letters.indexOf('i') >= 0;
        boolean indexes = both || letters.indexOf('i') >= 0;
        boolean nested = letters.indexOf('n') >= 0;
        boolean parents = nested || request.pattern() != null;
        String title = both ? "relations" : indexes ? "indexes" : "tables";
        Listing listing = new Listing(request, "List of partitioned " + title)
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Owner", "pg_catalog.pg_get_userbyid(c.relowner)");
        if (both) {
            listing.column("Type", RelationList.KIND);
        }
        if (parents) {
            listing.column("Parent name", "inh.inhparent::pg_catalog.regclass");
        }
        if (indexes) {
            listing.column("Table", "i.indrelid::pg_catalog.regclass");
        }
        if (nested) {
            listing.more("Leaf partition size", "s.dps");
        }
        listing.more("Total size", "s.tps")
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_class')")
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .from("LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid")
                .from(parents ? "LEFT JOIN pg_catalog.pg_inherits inh ON inh.inhrelid = c.oid" : "")
                .fromMore("""
                        CROSS JOIN LATERAL (SELECT
                          pg_catalog.pg_size_pretty(sum(CASE WHEN t.isleaf AND t.level = 1
                            THEN pg_catalog.pg_table_size(t.relid) ELSE 0 END)) AS dps,
                          pg_catalog.pg_size_pretty(sum(pg_catalog.pg_table_size(t.relid))) AS tps
                          FROM pg_catalog.pg_partition_tree(c.oid) t) s""")
                .where("c.relkind IN (" + (both ? "'p', 'I'" : indexes ? "'I'" : "'p'") + ")")
                .where(parents ? "true" : "NOT c.relispartition");
        if (request.pattern() == null) {
            listing.where(Listing.NOT_SYSTEM + " AND n.nspname !~ '^pg_toast'");
        }
        return listing.matching(Match.inSchema("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)"))
                .order("\"Schema\", " + (both ? "\"Type\" DESC, " : "")
                        + (parents ? "\"Parent name\" NULLS FIRST, " : "") + "\"Name\"")
                .print();
    }
}
