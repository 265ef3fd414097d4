package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;

/** Lists of what is neither relation, type nor function: {@code \dc \dL \dO \dX \dy \dl}. */
final class ObjectLists {
    private ObjectLists() {}

    static boolean conversions(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of conversions")
                .column("Schema", "n.nspname")
                .column("Name", "c.conname")
                .column("Source", "pg_catalog.pg_encoding_to_char(c.conforencoding)")
                .column("Destination", "pg_catalog.pg_encoding_to_char(c.contoencoding)")
                .column("Default?", "CASE WHEN c.condefault THEN 'yes' ELSE 'no' END")
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_conversion')")
                .from("pg_catalog.pg_conversion c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace")
                .withoutSystem()
                .matching(Match.inSchema("n.nspname", "c.conname", "pg_catalog.pg_conversion_is_visible(c.oid)"))
                .order("1, 2")
                .print();
    }

    static boolean languages(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of languages")
                .column("Name", "l.lanname")
                .column("Owner", "pg_catalog.pg_get_userbyid(l.lanowner)")
                .column("Trusted", "l.lanpltrusted")
                .more("Internal language", "NOT l.lanispl")
                .more("Call handler", "l.lanplcallfoid::pg_catalog.regprocedure")
                .more("Validator", "l.lanvalidator::pg_catalog.regprocedure")
                .more("Inline handler", "l.laninline::pg_catalog.regprocedure")
                .more("Access privileges", Listing.acl("l.lanacl"))
                .column("Description", "pg_catalog.obj_description(l.oid, 'pg_language')")
                .from("pg_catalog.pg_language l")
                .withoutSystem("l.lanplcallfoid <> 0")
                .matching(Match.global("l.lanname").parts(2))
                .print();
    }

    static boolean collations(Request request) throws NamePattern.Invalid {
        int server = request.server();
        String locale = server >= 17 ? "c.colllocale" : server >= 15 ? "c.colliculocale" : "c.collcollate";
        return new Listing(request, "List of collations")
                .column("Schema", "n.nspname")
                .column("Name", "c.collname")
                .column("Collate", "c.collcollate")
                .column("Ctype", "c.collctype")
                .column("ICU Locale", locale)
                .column(
                        "Provider",
                        "CASE c.collprovider WHEN 'd' THEN 'default' WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' END")
                .column("Deterministic?", "CASE WHEN c.collisdeterministic THEN 'yes' ELSE 'no' END")
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_collation')")
                .from("pg_catalog.pg_collation c JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace")
                .withoutSystem()
                .where("c.collencoding IN (-1, pg_catalog.pg_char_to_encoding(pg_catalog.getdatabaseencoding()))")
                .matching(Match.inSchema("n.nspname", "c.collname", "pg_catalog.pg_collation_is_visible(c.oid)"))
                .order("1, 2")
                .print();
    }

    static boolean statistics(Request request) throws NamePattern.Invalid {
        String schema = "es.stxnamespace::pg_catalog.regnamespace::pg_catalog.text";
        return new Listing(request, "List of extended statistics")
                .column("Schema", schema)
                .column("Name", "es.stxname")
                .column("Definition", """
                        pg_catalog.format('%s FROM %s', pg_catalog.pg_get_statisticsobjdef_columns(es.oid),
                          es.stxrelid::pg_catalog.regclass)""")
                .column("Ndistinct", "CASE WHEN 'd' = ANY (es.stxkind) THEN 'defined' END")
                .column("Dependencies", "CASE WHEN 'f' = ANY (es.stxkind) THEN 'defined' END")
                .column("MCV", "CASE WHEN 'm' = ANY (es.stxkind) THEN 'defined' END")
                .from("pg_catalog.pg_statistic_ext es")
                .matching(Match.inSchema(schema, "es.stxname", "pg_catalog.pg_statistics_obj_is_visible(es.oid)"))
                .order("1, 2")
                .print();
    }

    static boolean eventTriggers(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of event triggers")
                .column("Name", "e.evtname")
                .column("Event", "e.evtevent")
                .column("Owner", "pg_catalog.pg_get_userbyid(e.evtowner)")
                .column(
                        "Enabled",
                        "CASE e.evtenabled WHEN 'O' THEN 'enabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always'"
                                + " WHEN 'D' THEN 'disabled' END")
                .column("Function", "e.evtfoid::pg_catalog.regproc")
                .column("Tags", "pg_catalog.array_to_string(e.evttags, ', ')")
                .more("Description", "pg_catalog.obj_description(e.oid, 'pg_event_trigger')")
                .from("pg_catalog.pg_event_trigger e")
                .matching(Match.global("e.evtname"))
                .print();
    }

    static boolean largeObjects(Request request) {
        return new Listing(request, "Large objects")
                .column("ID", "oid")
                .column("Owner", "pg_catalog.pg_get_userbyid(lomowner)")
                .more("Access privileges", Listing.acl("lomacl"))
                .column("Description", "pg_catalog.obj_description(oid, 'pg_largeobject')")
                .from("pg_catalog.pg_largeobject_metadata")
                .order("oid")
                .print();
    }
}
