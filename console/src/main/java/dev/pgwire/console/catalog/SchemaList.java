package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.input.Variables;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.ArrayList;
import java.util.List;

/** {@code \dn}. */
final class SchemaList {
    private SchemaList() {}

    static boolean schemas(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of schemas")
                .column("Name", "n.nspname")
                .column("Owner", "pg_catalog.pg_get_userbyid(n.nspowner)")
                .more("Access privileges", Listing.acl("n.nspacl"))
                .more("Description", "pg_catalog.obj_description(n.oid, 'pg_namespace')")
                .from("pg_catalog.pg_namespace n")
                .withoutSystem("n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'")
                .matching(Match.global("n.nspname").parts(2));
        Shell shell = request.shell();
        return shell.attempt(() -> {
            Table schemas = listing.table();
            List<String> publications = publications(request);
            shell.print(publications.isEmpty() ? schemas : schemas.withFooters(publications));
        });
    }

    /** Those that publish the whole schema, if it is asked for by its name. */
    private static List<String> publications(Request request) {
        List<String> lines = new ArrayList<>();
        if (request.pattern() != null && request.server() >= 15) {
            Table found = request.shell().query("""
                    SELECT '    "' || p.pubname || '"' FROM pg_catalog.pg_publication p
                    JOIN pg_catalog.pg_publication_namespace pn ON pn.pnpubid = p.oid
                    JOIN pg_catalog.pg_namespace n ON n.oid = pn.pnnspid
                    WHERE n.nspname = %s ORDER BY p.pubname""".formatted(Variables.literal(request.pattern())));
            found.rows().forEach(row -> lines.add(String.valueOf(row.get(0))));
        }
        if (!lines.isEmpty()) {
            lines.add(0, "Publications:");
        }
        return lines;
    }
}
