package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import org.jspecify.annotations.Nullable;

/** {@code \dA} and its like. */
final class AccessMethodLists {
    private static final Match METHOD = Match.global("am.amname");
    private static final String FAMILY = """
            CASE WHEN pg_catalog.pg_opfamily_is_visible(f.oid) THEN pg_catalog.format('%I', f.opfname)
              ELSE pg_catalog.format('%I.%I', n.nspname, f.opfname) END""";

    private AccessMethodLists() {}

    static boolean methods(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of access methods")
                .column("Name", "am.amname")
                .column("Type", "CASE am.amtype WHEN 'i' THEN 'Index' WHEN 't' THEN 'Table' END")
                .more("Handler", "am.amhandler")
                .more("Description", "pg_catalog.obj_description(am.oid, 'pg_am')")
                .from("pg_catalog.pg_am am")
                .matching(METHOD)
                .print();
    }

    static boolean classes(Request request, @Nullable String type) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of operator classes")
                .column("AM", "am.amname")
                .column("Input type", "pg_catalog.format_type(c.opcintype, NULL)")
                .column("Storage type", """
                        CASE WHEN c.opckeytype <> 0 AND c.opckeytype <> c.opcintype
                          THEN pg_catalog.format_type(c.opckeytype, NULL) END""")
                .column("Operator class", """
                        CASE WHEN pg_catalog.pg_opclass_is_visible(c.oid) THEN pg_catalog.format('%I', c.opcname)
                          ELSE pg_catalog.format('%I.%I', cn.nspname, c.opcname) END""")
                .column("Default?", "CASE WHEN c.opcdefault THEN 'yes' ELSE 'no' END")
                .more("Operator family", FAMILY)
                .more("Owner", "pg_catalog.pg_get_userbyid(c.opcowner)")
                .from("pg_catalog.pg_opclass c LEFT JOIN pg_catalog.pg_am am ON am.oid = c.opcmethod")
                .from("LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = c.opcnamespace")
                .from("LEFT JOIN pg_catalog.pg_type t ON t.oid = c.opcintype")
                .from("LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace")
                .from("LEFT JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily")
                .from("LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace")
                .matching(METHOD);
        if (type != null) {
            listing.matching(type, TypeLists.match("tn", "t"));
        }
        return listing.order("1, 2, 4").print();
    }

    static boolean families(Request request, @Nullable String type) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of operator families")
                .column("AM", "am.amname")
                .column("Operator family", FAMILY)
                .column("Applicable types", """
                        (SELECT pg_catalog.string_agg(pg_catalog.format_type(oc.opcintype, NULL), ', ')
                          FROM pg_catalog.pg_opclass oc WHERE oc.opcfamily = f.oid)""")
                .more("Owner", "pg_catalog.pg_get_userbyid(f.opfowner)")
                .from("pg_catalog.pg_opfamily f LEFT JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod")
                .from("LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace")
                .matching(METHOD);
        if (type != null) {
            String matches = NamePattern.condition(request.shell(), type, TypeLists.match("tn", "t"));
            listing.where("""
                    EXISTS (SELECT FROM pg_catalog.pg_type t JOIN pg_catalog.pg_opclass oc ON oc.opcintype = t.oid
                      LEFT JOIN pg_catalog.pg_namespace tn ON tn.oid = t.typnamespace
                      WHERE oc.opcfamily = f.oid AND %s)""".formatted(matches));
        }
        return listing.order("1, 2").print();
    }

    static boolean operators(Request request, @Nullable String family) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of operators of operator families")
                .column("AM", "am.amname")
                .column("Operator family", FAMILY)
                .column("Operator", "o.amopopr::pg_catalog.regoperator")
                .column("Strategy", "o.amopstrategy")
                .column("Purpose", "CASE o.amoppurpose WHEN 'o' THEN 'ordering' WHEN 's' THEN 'search' END")
                .more("Sort opfamily", "s.opfname")
                .from("pg_catalog.pg_amop o LEFT JOIN pg_catalog.pg_opfamily f ON f.oid = o.amopfamily")
                .from("LEFT JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod AND am.oid = o.amopmethod")
                .from("LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace")
                .from("LEFT JOIN pg_catalog.pg_opfamily s ON s.oid = o.amopsortfamily")
                .matching(METHOD);
        return family(listing, family).order("""
                1, 2, o.amoplefttype = o.amoprighttype DESC, pg_catalog.format_type(o.amoplefttype, NULL),
                pg_catalog.format_type(o.amoprighttype, NULL), o.amopstrategy""").print();
    }

    static boolean functions(Request request, @Nullable String family) throws NamePattern.Invalid {
        Listing listing = new Listing(request, "List of support functions of operator families")
                .column("AM", "am.amname")
                .column("Operator family", FAMILY)
                .column("Registered left type", "pg_catalog.format_type(ap.amproclefttype, NULL)")
                .column("Registered right type", "pg_catalog.format_type(ap.amprocrighttype, NULL)")
                .column("Number", "ap.amprocnum")
                .column("Function", request.isVerbose() ? "ap.amproc::pg_catalog.regprocedure" : "p.proname")
                .from("pg_catalog.pg_amproc ap LEFT JOIN pg_catalog.pg_opfamily f ON f.oid = ap.amprocfamily")
                .from("LEFT JOIN pg_catalog.pg_am am ON am.oid = f.opfmethod")
                .from("LEFT JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace")
                .from("LEFT JOIN pg_catalog.pg_proc p ON p.oid = ap.amproc")
                .matching(METHOD);
        return family(listing, family)
                .order("1, 2, ap.amproclefttype = ap.amprocrighttype DESC, 3, 4, 5")
                .print();
    }

    /** Families are named whether they are visible or not. */
    private static Listing family(Listing listing, @Nullable String family) throws NamePattern.Invalid {
        return family == null
                ? listing
                : listing.matching(family, new Match("n.nspname", "f.opfname", null, null, 3, false));
    }
}
