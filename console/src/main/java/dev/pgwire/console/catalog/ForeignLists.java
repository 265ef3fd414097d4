package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;

/** Foreign data: {@code \dew}, {@code \des}, {@code \deu}, {@code \det}. */
final class ForeignLists {
    private ForeignLists() {}

    static boolean wrappers(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of foreign-data wrappers")
                .column("Name", "f.fdwname")
                .column("Owner", "pg_catalog.pg_get_userbyid(f.fdwowner)")
                .column("Handler", "f.fdwhandler::pg_catalog.regproc")
                .column("Validator", "f.fdwvalidator::pg_catalog.regproc")
                .more("Access privileges", Listing.acl("f.fdwacl"))
                .more("FDW options", Listing.options("f.fdwoptions"))
                .more("Description", "pg_catalog.obj_description(f.oid, 'pg_foreign_data_wrapper')")
                .from("pg_catalog.pg_foreign_data_wrapper f")
                .matching(Match.global("f.fdwname"))
                .print();
    }

    static boolean servers(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of foreign servers")
                .column("Name", "s.srvname")
                .column("Owner", "pg_catalog.pg_get_userbyid(s.srvowner)")
                .column("Foreign-data wrapper", "f.fdwname")
                .more("Access privileges", Listing.acl("s.srvacl"))
                .more("Type", "s.srvtype")
                .more("Version", "s.srvversion")
                .more("FDW options", Listing.options("s.srvoptions"))
                .more("Description", "pg_catalog.obj_description(s.oid, 'pg_foreign_server')")
                .from("pg_catalog.pg_foreign_server s JOIN pg_catalog.pg_foreign_data_wrapper f ON f.oid = s.srvfdw")
                .matching(Match.global("s.srvname"))
                .print();
    }

    static boolean mappings(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of user mappings")
                .column("Server", "um.srvname")
                .column("User name", "um.usename")
                .more("FDW options", Listing.options("um.umoptions"))
                .from("pg_catalog.pg_user_mappings um")
                .matching(Match.global("um.srvname").or("um.usename"))
                .order("1, 2")
                .print();
    }

    static boolean tables(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of foreign tables")
                .column("Schema", "n.nspname")
                .column("Table", "c.relname")
                .column("Server", "s.srvname")
                .more("FDW options", Listing.options("ft.ftoptions"))
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_class')")
                .from("pg_catalog.pg_foreign_table ft JOIN pg_catalog.pg_class c ON c.oid = ft.ftrelid")
                .from("JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .from("JOIN pg_catalog.pg_foreign_server s ON s.oid = ft.ftserver")
                .matching(Match.inSchema("n.nspname", "c.relname", "pg_catalog.pg_table_is_visible(c.oid)"))
                .order("1, 2")
                .print();
    }
}
