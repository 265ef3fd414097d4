package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;

/** {@code \dx}. */
final class ExtensionLists {
    private ExtensionLists() {}

    static boolean extensions(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of installed extensions")
                .column("Name", "e.extname")
                .column("Version", "e.extversion")
                .column("Schema", "n.nspname")
                .column("Description", "pg_catalog.obj_description(e.oid, 'pg_extension')")
                .from("pg_catalog.pg_extension e LEFT JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace")
                .matching(Match.global("e.extname"))
                .print();
    }

    static boolean contents(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "")
                .column("name", "e.extname")
                .column("oid", "e.oid")
                .from("pg_catalog.pg_extension e")
                .matching(Match.global("e.extname"));
        Shell shell = request.shell();
        boolean[] found = {true};
        boolean success = shell.attempt(() -> {
            Table extensions = listing.table();
            found[0] = !extensions.rows().isEmpty();
            if (!found[0]) {
                request.tellNothing("extension", request.pattern());
            }
            extensions
                    .rows()
                    .forEach(row -> shell.print(shell.query("""
                    SELECT pg_catalog.pg_describe_object(classid, objid, 0) AS "Object description"
                    FROM pg_catalog.pg_depend
                    WHERE refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND refobjid = %s AND deptype = 'e'
                    ORDER BY 1""".formatted(row.get(1)))
                            .withTitle("Objects in extension \"" + row.get(0) + "\"")));
        });
        return success && found[0];
    }
}
