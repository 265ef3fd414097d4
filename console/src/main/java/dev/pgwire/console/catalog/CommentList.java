package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** {@code \dd}: comments on what no other list shows. */
final class CommentList {
    private final Request request;
    private final List<String> parts = new ArrayList<>();

    private CommentList(Request request) {
        this.request = request;
    }

    static boolean comments(Request request) throws NamePattern.Invalid {
        CommentList list = new CommentList(request);
        list.onTable("table constraint", "pg_constraint", "conname", "conrelid");
        list.add(
                "domain constraint",
                "o.conname",
                "pg_catalog.pg_constraint o JOIN pg_catalog.pg_type t ON t.oid = o.contypid"
                        + " LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace",
                "pg_catalog.pg_type_is_visible(t.oid)");
        list.add(
                "operator class",
                "o.opcname",
                "pg_catalog.pg_opclass o JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace",
                "pg_catalog.pg_opclass_is_visible(o.oid)");
        list.add(
                "operator family",
                "o.opfname",
                "pg_catalog.pg_opfamily o JOIN pg_catalog.pg_namespace n ON n.oid = o.opfnamespace",
                "pg_catalog.pg_opfamily_is_visible(o.oid)");
        list.onTable("rule", "pg_rewrite", "rulename", "ev_class");
        list.onTable("trigger", "pg_trigger", "tgname", "tgrelid");
        return new Listing(request, "Object descriptions")
                .column("Schema", "DISTINCT tt.nspname")
                .column("Name", "tt.name")
                .column("Object", "tt.object")
                .column("Description", "d.description")
                .from("(" + String.join("\nUNION ALL ", list.parts) + ") AS tt")
                .from(
                        "JOIN pg_catalog.pg_description d ON (d.objoid = tt.oid AND d.classoid = tt.tableoid AND d.objsubid = 0)")
                .order("1, 2, 3")
                .print();
    }

    private void onTable(String kind, String catalog, String name, String table) throws NamePattern.Invalid {
        add(
                kind,
                "o." + name,
                "pg_catalog.%s o JOIN pg_catalog.pg_class c ON c.oid = o.%s LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        .formatted(catalog, table),
                "pg_catalog.pg_table_is_visible(c.oid)");
    }

    private void add(String kind, String name, String from, String visible) throws NamePattern.Invalid {
        String condition =
                NamePattern.condition(request.shell(), request.pattern(), Match.inSchema("n.nspname", name, visible));
        parts.add("SELECT o.oid, o.tableoid, n.nspname, " + name + "::pg_catalog.text AS name, '" + kind
                + "'::pg_catalog.text AS object FROM " + from + " WHERE " + condition
                + (request.hidesSystem() ? " AND " + Listing.NOT_SYSTEM : "")
                + (kind.equals("rule") ? " AND o.rulename <> '_RETURN'" : ""));
    }
}
