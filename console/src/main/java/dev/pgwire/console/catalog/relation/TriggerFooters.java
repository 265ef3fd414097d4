package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.catalog.Lines;
import dev.pgwire.console.catalog.Request;
import java.util.ArrayList;
import java.util.List;

/** The triggers of a table or a view, by when they fire. */
final class TriggerFooters {
    private TriggerFooters() {}

    static List<String> of(Request request, Relation relation) {
        List<String> lines = new ArrayList<>();
        add(lines, request, relation, "Triggers:", "t.tgenabled = 'O'");
        add(lines, request, relation, "Disabled user triggers:", "t.tgenabled = 'D' AND NOT t.tgisinternal");
        add(lines, request, relation, "Disabled internal triggers:", "t.tgenabled = 'D' AND t.tgisinternal");
        add(lines, request, relation, "Triggers firing always:", "t.tgenabled = 'A'");
        add(lines, request, relation, "Triggers firing on replica only:", "t.tgenabled = 'R'");
        return lines;
    }

    private static void add(List<String> lines, Request request, Relation relation, String title, String condition) {
        // Before 15, those of a partition that come from its table are marked as the server's own.
        String inherited = request.server() >= 15 ? "" : """
                OR EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = t.oid
                  AND d.refclassid = 'pg_catalog.pg_trigger'::pg_catalog.regclass)""";
        lines.addAll(Lines.below(request.shell(), title, """
                SELECT '    ' || pg_catalog.substr(t.definition, pg_catalog.strpos(t.definition, ' TRIGGER ') + 9)
                  || coalesce(', ON TABLE ' || CASE WHEN t.tgparentid <> 0 THEN (
                    SELECT u.tgrelid::pg_catalog.regclass FROM pg_catalog.pg_trigger u
                    JOIN pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a (relid, depth) ON u.tgrelid = a.relid
                    WHERE u.tgname = t.tgname AND u.tgparentid = 0 ORDER BY a.depth LIMIT 1) END, '')
                FROM (SELECT g.*, pg_catalog.pg_get_triggerdef(g.oid, true) AS definition
                  FROM pg_catalog.pg_trigger g WHERE g.tgrelid = %s) AS t
                WHERE (NOT t.tgisinternal OR t.tgenabled = 'D' %s) AND %s ORDER BY t.tgname""".formatted(relation.oid(), inherited, condition)));
    }
}
