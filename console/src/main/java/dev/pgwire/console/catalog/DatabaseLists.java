package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;

/** {@code \l}, {@code \db}, {@code \dconfig}. */
final class DatabaseLists {
    private DatabaseLists() {}

    static boolean databases(Request request) throws NamePattern.Invalid {
        int server = request.server();
        // Servers after 16 call it by the name that covers their own provider, too.
        String locale = server >= 17 ? "d.datlocale" : server >= 15 ? "d.daticulocale" : "NULL";
        String provider = server >= 15 ? "d.datlocprovider" : "'c'";
        Listing listing = new Listing(request, "List of databases")
                .column("Name", "d.datname")
                .column("Owner", "pg_catalog.pg_get_userbyid(d.datdba)")
                .column("Encoding", "pg_catalog.pg_encoding_to_char(d.encoding)")
                .column("Collate", "d.datcollate")
                .column("Ctype", "d.datctype")
                .column("ICU Locale", locale)
                .column("Locale Provider", "CASE " + provider + " WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END")
                .privileges("d.datacl")
                .more("Size", """
                        CASE WHEN pg_catalog.has_database_privilege(d.datname, 'CONNECT')
                          THEN pg_catalog.pg_size_pretty(pg_catalog.pg_database_size(d.datname)) ELSE 'No Access' END""")
                .more("Tablespace", "t.spcname")
                .more("Description", "pg_catalog.shobj_description(d.oid, 'pg_database')")
                .from("pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace");
        return listing.matching(Match.global("d.datname")).print();
    }

    static boolean tablespaces(Request request) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of tablespaces")
                .column("Name", "spcname")
                .column("Owner", "pg_catalog.pg_get_userbyid(spcowner)")
                .column("Location", "pg_catalog.pg_tablespace_location(oid)")
                .more("Access privileges", Listing.acl("spcacl"))
                .more("Options", "spcoptions")
                .more("Size", "pg_catalog.pg_size_pretty(pg_catalog.pg_tablespace_size(oid))")
                .more("Description", "pg_catalog.shobj_description(oid, 'pg_tablespace')")
                .from("pg_catalog.pg_tablespace");
        return listing.matching(Match.global("spcname")).print();
    }

    static boolean parameters(Request request) throws NamePattern.Invalid {
        boolean all = request.pattern() != null;
        boolean grants = request.server() >= 15;
        Listing listing = new Listing(
                        request,
                        all ? "List of configuration parameters" : "List of non-default configuration parameters")
                .column("Parameter", "s.name")
                .column("Value", "pg_catalog.current_setting(s.name)")
                .more("Type", "s.vartype")
                .more("Context", "s.context")
                .more("Access privileges", grants ? Listing.acl("p.paracl") : "NULL")
                .from("pg_catalog.pg_settings s");
        if (grants) {
            listing.fromMore("LEFT JOIN pg_catalog.pg_parameter_acl p ON p.parname = pg_catalog.lower(s.name)");
        }
        if (all) {
            // A dot is part of a parameter's name.
            listing.matching(Match.global("pg_catalog.lower(s.name)").parts(Integer.MAX_VALUE));
        } else {
            listing.where("s.source <> 'default'").where("s.setting IS DISTINCT FROM s.boot_val");
        }
        return listing.print();
    }
}
