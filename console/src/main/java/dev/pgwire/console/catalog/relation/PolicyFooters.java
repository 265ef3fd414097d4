package dev.pgwire.console.catalog.relation;

import dev.pgwire.console.catalog.Lines;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** The policies of a table: which rows a role may see. */
final class PolicyFooters {
    private PolicyFooters() {}

    static List<String> of(Shell shell, Relation relation) {
        List<String> policies = Lines.of(shell, """
                SELECT '    POLICY "' || p.polname || '"' || CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END
                  || CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
                    WHEN 'd' THEN ' FOR DELETE' ELSE '' END
                  || CASE WHEN p.polroles = '{0}' THEN '' ELSE E'\\n      TO ' || pg_catalog.array_to_string(
                    ARRAY(SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (p.polroles) ORDER BY 1), ',') END
                  || coalesce(E'\\n      USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid) || ')', '')
                  || coalesce(E'\\n      WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
                FROM pg_catalog.pg_policy p WHERE p.polrelid = %s ORDER BY p.polname""".formatted(relation.oid()));
        List<String> lines = new ArrayList<>();
        boolean forced = relation.forcesRowSecurity();
        if (!relation.hasRowSecurity()) {
            lines.addAll(policies.isEmpty() ? List.of() : List.of("Policies (row security disabled):"));
        } else if (policies.isEmpty()) {
            lines.add("Policies (" + (forced ? "forced " : "") + "row security enabled): (none)");
        } else {
            lines.add(forced ? "Policies (forced row security enabled):" : "Policies:");
        }
        lines.addAll(policies);
        return lines;
    }
}
