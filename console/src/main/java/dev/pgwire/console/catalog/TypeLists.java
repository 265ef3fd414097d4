package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code \dT}, {@code \dD}, {@code \dC}. */
final class TypeLists {
    /** Names that SQL takes for types, which are neither those of the catalog nor those that the server prints. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("decimal", "numeric"),
            Map.entry("float", "double precision"),
            Map.entry("int", "integer"),
            Map.entry("bool[]", "boolean[]"),
            Map.entry("decimal[]", "numeric[]"),
            Map.entry("float[]", "double precision[]"),
            Map.entry("float4[]", "real[]"),
            Map.entry("float8[]", "double precision[]"),
            Map.entry("int[]", "integer[]"),
            Map.entry("int2[]", "smallint[]"),
            Map.entry("int4[]", "integer[]"),
            Map.entry("int8[]", "bigint[]"),
            Map.entry("time[]", "time without time zone[]"),
            Map.entry("timetz[]", "time with time zone[]"),
            Map.entry("timestamp[]", "timestamp without time zone[]"),
            Map.entry("timestamptz[]", "timestamp with time zone[]"),
            Map.entry("varbit[]", "bit varying[]"),
            Map.entry("varchar[]", "character varying[]"));

    private TypeLists() {}

    static @Nullable String canonical(@Nullable String pattern) {
        return pattern == null ? null : OTHER_NAMES.getOrDefault(pattern.toLowerCase(Locale.ROOT), pattern);
    }

    /** A type by its name in the catalog, or by the one that the server prints. */
    static Match match(String namespace, String type) {
        return Match.inSchema(
                        namespace + ".nspname", type + ".typname", "pg_catalog.pg_type_is_visible(" + type + ".oid)")
                .or("pg_catalog.format_type(" + type + ".oid, NULL)");
    }

    static boolean types(Request request) throws NamePattern.Invalid {
        String pattern = request.pattern();
        Listing listing = new Listing(request, "List of data types")
                .column("Schema", "n.nspname")
                .column("Name", "pg_catalog.format_type(t.oid, NULL)")
                .more("Internal name", "t.typname")
                .more("Size", """
                        CASE WHEN t.typrelid <> 0 THEN 'tuple'::pg_catalog.text WHEN t.typlen < 0 THEN 'var'::pg_catalog.text
                          ELSE t.typlen::pg_catalog.text END""")
                .more("Elements", """
                        pg_catalog.array_to_string(ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e
                          WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), E'\\n')""")
                .more("Owner", "pg_catalog.pg_get_userbyid(t.typowner)")
                .more("Access privileges", Listing.acl("t.typacl"))
                .column("Description", "pg_catalog.obj_description(t.oid, 'pg_type')")
                .from("pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace")
                .where(
                        "(t.typrelid = 0 OR (SELECT c.relkind = 'c' FROM pg_catalog.pg_class c WHERE c.oid = t.typrelid))");
        if (pattern == null || !pattern.contains("[]")) {
            listing.where(
                    "NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)");
        }
        return listing.withoutSystem()
                .matching(canonical(pattern), match("n", "t"))
                .order("1, 2")
                .print();
    }

    static boolean domains(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of domains")
                .column("Schema", "n.nspname")
                .column("Name", "t.typname")
                .column("Type", "pg_catalog.format_type(t.typbasetype, t.typtypmod)")
                .column("Collation", """
                        (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type b
                          WHERE c.oid = t.typcollation AND b.oid = t.typbasetype AND t.typcollation <> b.typcollation)""")
                .column("Nullable", "CASE WHEN t.typnotnull THEN 'not null' END")
                .column("Default", "t.typdefault")
                .column("Check", """
                        pg_catalog.array_to_string(ARRAY(SELECT pg_catalog.pg_get_constraintdef(r.oid, true)
                          FROM pg_catalog.pg_constraint r WHERE r.contypid = t.oid), ' ')""")
                .more("Access privileges", Listing.acl("t.typacl"))
                .more("Description", "pg_catalog.obj_description(t.oid, 'pg_type')")
                .from("pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace")
                .where("t.typtype = 'd'")
                .withoutSystem()
                .matching(Match.inSchema("n.nspname", "t.typname", "pg_catalog.pg_type_is_visible(t.oid)"))
                .order("1, 2")
                .print();
    }

    static boolean casts(Request request) throws NamePattern.Invalid {
        String source = NamePattern.condition(request.shell(), request.pattern(), match("ns", "ts"));
        String target = NamePattern.condition(request.shell(), request.pattern(), match("nt", "tt"));
        return new Listing(request, "List of casts")
                .column("Source type", "pg_catalog.format_type(castsource, NULL)")
                .column("Target type", "pg_catalog.format_type(casttarget, NULL)")
                .column(
                        "Function",
                        "CASE c.castmethod WHEN 'b' THEN '(binary coercible)' WHEN 'i' THEN '(with inout)' ELSE p.proname END")
                .column(
                        "Implicit?",
                        "CASE c.castcontext WHEN 'e' THEN 'no' WHEN 'a' THEN 'in assignment' ELSE 'yes' END")
                .more("Description", "pg_catalog.obj_description(c.oid, 'pg_cast')")
                .from("pg_catalog.pg_cast c LEFT JOIN pg_catalog.pg_proc p ON p.oid = c.castfunc")
                .from("LEFT JOIN pg_catalog.pg_type ts ON ts.oid = c.castsource")
                .from("LEFT JOIN pg_catalog.pg_namespace ns ON ns.oid = ts.typnamespace")
                .from("LEFT JOIN pg_catalog.pg_type tt ON tt.oid = c.casttarget")
                .from("LEFT JOIN pg_catalog.pg_namespace nt ON nt.oid = tt.typnamespace")
                .where("((" + source + ") OR (" + target + "))")
                .order("1, 2")
                .print();
    }
}
