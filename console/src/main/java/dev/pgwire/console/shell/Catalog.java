package dev.pgwire.console.shell;

import dev.pgwire.console.output.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code \d} and {@code \l}: what the system catalogs say, in psql's words. */
final class Catalog {
    private final Shell shell;

    Catalog(Shell shell) {
        this.shell = shell;
    }

    /** {@code \l}. */
    static Table databases(Shell shell) {
        int major = major(shell.connection().serverVersion());
        String locale = major >= 17 ? "d.datlocale" : major >= 15 ? "d.daticulocale" : "NULL";
        String provider = major >= 15 ? "d.datlocprovider" : "'c'";
        return shell.query("""
                        SELECT d.datname AS "Name",
                          pg_catalog.pg_get_userbyid(d.datdba) AS "Owner",
                          pg_catalog.pg_encoding_to_char(d.encoding) AS "Encoding",
                          CASE %s WHEN 'b' THEN 'builtin' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END AS "Locale Provider",
                          d.datcollate AS "Collate", d.datctype AS "Ctype", %s AS "Locale", %s AS "ICU Rules",
                          CASE WHEN pg_catalog.array_length(d.datacl, 1) = 0 THEN '(none)'
                            ELSE pg_catalog.array_to_string(d.datacl, E'\\n') END AS "Access privileges"
                        FROM pg_catalog.pg_database d ORDER BY 1""".formatted(provider, locale, major >= 16 ? "d.daticurules" : "NULL"))
                .withTitle("List of databases");
    }

    private static int major(String version) {
        String digits = version.replaceFirst("\\D.*", "");
        return digits.isEmpty() ? 0 : Integer.parseInt(digits);
    }

    /** {@code \dt} and its like; none if there is nothing to list. */
    List<Table> relations(String kinds, String pattern) {
        String table = kinds.equals("i")
                ? ", (SELECT t.relname FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
                        + " WHERE i.indexrelid = c.oid) AS \"Table\""
                : "";
        Table found = shell.query("""
                SELECT n.nspname AS "Schema", c.relname AS "Name",
                  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                    WHEN 'i' THEN 'index' WHEN 'S' THEN 'sequence' WHEN 't' THEN 'TOAST table'
                    WHEN 'f' THEN 'foreign table' WHEN 'p' THEN 'partitioned table'
                    WHEN 'I' THEN 'partitioned index' END AS "Type",
                  pg_catalog.pg_get_userbyid(c.relowner) AS "Owner"%s
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN (%s) AND %s
                ORDER BY 1, 2""".formatted(table, relkinds(kinds), visible(pattern)));
        return found.rows().isEmpty() ? List.of() : List.of(found.withTitle("List of relations"));
    }

    /** {@code \d PATTERN}: a table for each relation that matches. */
    List<Table> describe(String pattern) {
        Table found = shell.query("""
                SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE %s ORDER BY 2, 3""".formatted(NamePattern.of(pattern).condition()));
        List<Table> tables = new ArrayList<>();
        for (List<@Nullable String> row : found.rows()) {
            Relation relation = Relation.of(row);
            tables.add(
                    switch (relation.kind()) {
                        case 'S' -> new SequenceDescription(shell, relation).table();
                        case 'i', 'I' -> new IndexDescription(shell, relation).table();
                        default -> new RelationDescription(shell, relation).table();
                    });
        }
        return tables;
    }

    private static String relkinds(String kinds) {
        return switch (kinds) {
            case "t" -> "'r', 'p'";
            case "v" -> "'v'";
            case "m" -> "'m'";
            case "i" -> "'i', 'I'";
            case "s" -> "'S'";
            default -> "'r', 'p', 'v', 'm', 'S', 'f'";
        };
    }

    /** Without a pattern the system's own relations are left out. */
    private static String visible(String pattern) {
        return pattern.isEmpty()
                ? "n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast' AND n.nspname <> 'information_schema'"
                        + " AND pg_catalog.pg_table_is_visible(c.oid)"
                : NamePattern.of(pattern).condition();
    }

    /** A row of pg_class. */
    record Relation(String oid, String schema, String name, char kind, boolean isUnlogged) {
        static Relation of(List<@Nullable String> row) {
            return new Relation(
                    text(row.get(0)),
                    text(row.get(1)),
                    text(row.get(2)),
                    text(row.get(3)).charAt(0),
                    text(row.get(4)).equals("u"));
        }

        String title(String kindOfRelation) {
            String kind = isUnlogged && !kindOfRelation.isEmpty()
                    ? "Unlogged " + Character.toLowerCase(kindOfRelation.charAt(0)) + kindOfRelation.substring(1)
                    : kindOfRelation;
            return kind + " \"" + schema + "." + name + "\"";
        }
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
