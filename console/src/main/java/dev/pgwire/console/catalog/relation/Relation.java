package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.shell.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of pg_class, as {@code \d} needs it. */
record Relation(String oid, String schema, String name, char kind, List<@Nullable String> facts) {
    private static final String FACTS = """
            SELECT c.relkind::text, c.relpersistence::text, c.relchecks > 0, c.relhasindex, c.relhasrules, c.relhastriggers,
              c.relrowsecurity, c.relforcerowsecurity, c.relispartition,
              pg_catalog.array_to_string(c.reloptions || ARRAY(SELECT 'toast.' || x FROM pg_catalog.unnest(tc.reloptions) x), ', '),
              s.spcname, CASE WHEN c.reloftype <> 0 THEN c.reloftype::pg_catalog.regtype::pg_catalog.text END,
              c.relreplident::text, am.amname
            FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON c.reltoastrelid = tc.oid
            LEFT JOIN pg_catalog.pg_am am ON c.relam = am.oid
            LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = c.reltablespace
            WHERE c.oid = %s""";

    static @Nullable Relation read(Shell shell, List<@Nullable String> row) {
        List<? extends List<@Nullable String>> found =
                shell.query(FACTS.formatted(row.get(0))).rows();
        if (found.isEmpty()) {
            return null;
        }
        List<@Nullable String> facts = found.get(0);
        return new Relation(
                String.valueOf(row.get(0)),
                String.valueOf(row.get(1)),
                String.valueOf(row.get(2)),
                String.valueOf(facts.get(0)).charAt(0),
                facts);
    }

    boolean isOneOf(String kinds) {
        return kinds.indexOf(kind) >= 0;
    }

    boolean isUnlogged() {
        return "u".equals(facts.get(1));
    }

    boolean hasChecks() {
        return isTrue(2);
    }

    boolean hasIndexes() {
        return isTrue(3);
    }

    boolean hasRules() {
        return isTrue(4);
    }

    boolean hasTriggers() {
        return isTrue(5);
    }

    boolean hasRowSecurity() {
        return isTrue(6);
    }

    boolean forcesRowSecurity() {
        return isTrue(7);
    }

    boolean isPartition() {
        return isTrue(8);
    }

    @Nullable
    String options() {
        return facts.get(9);
    }

    @Nullable
    String tablespace() {
        return facts.get(10);
    }

    @Nullable
    String ofType() {
        return facts.get(11);
    }

    String replicaIdentity() {
        return String.valueOf(facts.get(12));
    }

    @Nullable
    String accessMethod() {
        return facts.get(13);
    }

    private boolean isTrue(int fact) {
        return "t".equals(facts.get(fact));
    }

    /** What it is, and its name. */
    String title() {
        String named = " \"" + schema + "." + name + "\"";
        boolean marked = isUnlogged();
        return switch (kind) {
                    case 'r' -> marked ? "Unlogged table" : "Table";
                    case 'v' -> "View";
                    case 'm' -> marked ? "Unlogged materialized view" : "Materialized view";
                    case 'i' -> marked ? "Unlogged index" : "Index";
                    case 'I' -> marked ? "Unlogged partitioned index" : "Partitioned index";
                    case 'S' -> marked ? "Unlogged sequence" : "Sequence";
                    case 't' -> "TOAST table";
                    case 'c' -> "Composite type";
                    case 'f' -> "Foreign table";
                    case 'p' -> marked ? "Unlogged partitioned table" : "Partitioned table";
                    default -> "?" + kind + "?";
                }
                + named;
    }
}
