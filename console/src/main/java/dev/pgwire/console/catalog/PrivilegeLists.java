package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;

/** {@code \dp}, {@code \z}, {@code \ddp}. */
final class PrivilegeLists {
    private PrivilegeLists() {}

    static boolean relations(Request request) throws NamePattern.Invalid {
        // Without a schema those of the system and temporary ones are left out.
        String visible = "n.nspname !~ '^pg_' AND pg_catalog.pg_table_is_visible(c.oid)";
        return new Listing(request, "Access privileges")
                .column("Schema", "n.nspname")
                .column("Name", "c.relname")
                .column("Type", RelationList.KIND)
                .privileges("c.relacl")
                .column("Column privileges", """
                        pg_catalog.array_to_string(ARRAY(
                          SELECT attname || E':\\n  ' || pg_catalog.array_to_string(attacl, E'\\n  ')
                          FROM pg_catalog.pg_attribute a
                          WHERE attrelid = c.oid AND NOT attisdropped AND attacl IS NOT NULL), E'\\n')""")
                .column("Policies", """
                        pg_catalog.array_to_string(ARRAY(
                          SELECT polname || CASE WHEN polpermissive THEN '' ELSE ' (RESTRICTIVE)' END
                            || CASE WHEN polcmd = '*' THEN ':' ELSE ' (' || polcmd::pg_catalog.text || '):' END
                            || coalesce(E'\\n  (u): ' || pg_catalog.pg_get_expr(polqual, polrelid), '')
                            || coalesce(E'\\n  (c): ' || pg_catalog.pg_get_expr(polwithcheck, polrelid), '')
                            || CASE WHEN polroles = '{0}' THEN '' ELSE E'\\n  to: ' || pg_catalog.array_to_string(ARRAY(
                              SELECT rolname FROM pg_catalog.pg_roles WHERE oid = ANY (polroles) ORDER BY 1), ', ') END
                          FROM pg_catalog.pg_policy WHERE polrelid = c.oid), E'\\n')""")
                .from("pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace")
                .where("c.relkind IN ('r', 'v', 'm', 'S', 'f', 'p')")
                .matching(Match.inSchema("n.nspname", "c.relname", visible))
                .order("1, 2")
                .print();
    }

    static boolean defaults(Request request) throws NamePattern.Invalid {
        return new Listing(request, "Default access privileges")
                .column("Owner", "pg_catalog.pg_get_userbyid(d.defaclrole)")
                .column("Schema", "n.nspname")
                .column(
                        "Type",
                        "CASE d.defaclobjtype WHEN 'r' THEN 'table' WHEN 'S' THEN 'sequence' WHEN 'f' THEN 'function'"
                                + " WHEN 'T' THEN 'type' WHEN 'n' THEN 'schema' END")
                .privileges("d.defaclacl")
                .from("pg_catalog.pg_default_acl d LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace")
                .matching(new Match(null, "n.nspname", "pg_catalog.pg_get_userbyid(d.defaclrole)", null, 3, false))
                .order("1, 2, 3")
                .print();
    }
}
