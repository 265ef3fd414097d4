package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import dev.pgwire.console.output.Table;
import dev.pgwire.console.shell.Shell;
import java.util.List;

/** {@code \du}, {@code \drds}. */
final class RoleLists {
    private RoleLists() {}

    static boolean roles(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of roles")
                .column("Role name", "r.rolname")
                .column("Attributes", """
                        pg_catalog.concat_ws(E'\\n',
                          NULLIF(pg_catalog.concat_ws(', ',
                            CASE WHEN r.rolsuper THEN 'Superuser' END,
                            CASE WHEN NOT r.rolinherit THEN 'No inheritance' END,
                            CASE WHEN r.rolcreaterole THEN 'Create role' END,
                            CASE WHEN r.rolcreatedb THEN 'Create DB' END,
                            CASE WHEN NOT r.rolcanlogin THEN 'Cannot login' END,
                            CASE WHEN r.rolreplication THEN 'Replication' END,
                            CASE WHEN r.rolbypassrls THEN 'Bypass RLS' END), ''),
                          CASE WHEN r.rolconnlimit = 0 THEN 'No connections'
                            WHEN r.rolconnlimit = 1 THEN '1 connection'
                            WHEN r.rolconnlimit > 1 THEN r.rolconnlimit || ' connections' END,
                          'Password valid until ' || r.rolvaliduntil)""")
                .column("Member of", """
                        ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m
                          JOIN pg_catalog.pg_roles b ON b.oid = m.roleid WHERE m.member = r.oid)""")
                .more("Description", "pg_catalog.shobj_description(r.oid, 'pg_authid')")
                .from("pg_catalog.pg_roles r")
                .withoutSystem("r.rolname !~ '^pg_'")
                .matching(Match.global("r.rolname"));
        Shell shell = request.shell();
        return shell.attempt(() -> shell.print(listing.table().withFooters(List.of())));
    }

    static boolean settings(Request request) throws NamePattern.Invalid {
        String database =
                request.pattern() == null ? null : request.call().arguments().nextWithoutSemicolon();
        Listing listing = new Listing(request, "List of settings")
                .column("Role", "r.rolname")
                .column("Database", "d.datname")
                .column("Settings", "pg_catalog.array_to_string(s.setconfig, E'\\n')")
                .from("pg_catalog.pg_db_role_setting s LEFT JOIN pg_catalog.pg_database d ON d.oid = s.setdatabase")
                .from("LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole")
                .matching(Match.global("r.rolname"))
                .matching(database, Match.global("d.datname"))
                .order("1, 2");
        Shell shell = request.shell();
        return shell.attempt(() -> {
            Table table = listing.table();
            if (table.rows().isEmpty() && !shell.isQuiet()) {
                String role = request.pattern() == null ? "" : " for role \"" + request.pattern() + "\"";
                String named = database == null ? "" : " and database \"" + database + "\"";
                shell.messages().error("Did not find any settings" + role + named + ".");
            } else {
                shell.print(table);
            }
        });
    }
}
