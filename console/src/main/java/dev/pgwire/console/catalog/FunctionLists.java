package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.NamePattern.Match;
import java.util.ArrayList;
import java.util.List;

/** {@code \df}, {@code \da}, {@code \do}. */
final class FunctionLists {
    private static final int MOST_ARGUMENTS = 100;
    private static final String FROM =
            "pg_catalog.pg_proc p LEFT JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace";
    private static final Match NAME =
            Match.inSchema("n.nspname", "p.proname", "pg_catalog.pg_function_is_visible(p.oid)");

    private FunctionLists() {}

    static boolean aggregates(Request request) throws NamePattern.Invalid {
        return new Listing(request, "List of aggregate functions")
                .column("Schema", "n.nspname")
                .column("Name", "p.proname")
                .column("Result data type", "pg_catalog.format_type(p.prorettype, NULL)")
                .column(
                        "Argument data types",
                        "CASE WHEN p.pronargs = 0 THEN '*'::pg_catalog.text"
                                + " ELSE pg_catalog.pg_get_function_arguments(p.oid) END")
                .column("Description", "pg_catalog.obj_description(p.oid, 'pg_proc')")
                .from(FROM)
                .where("p.prokind = 'a'")
                .withoutSystem()
                .matching(NAME)
                .order("1, 2, 4")
                .print();
    }

    static boolean functions(Request request) throws NamePattern.Invalid {
        String kinds = request.name().substring(2);
        if (!kinds.matches("[anptwS+]*")) {
            request.shell().messages().error("\\df only takes [anptwS+] as options");
            return true;
        }
        List<String> arguments = arguments(request);
        Listing listing = new Listing(request, "List of functions")
                .column("Schema", "n.nspname")
                .column("Name", "p.proname")
                .column("Result data type", "pg_catalog.pg_get_function_result(p.oid)")
                .column("Argument data types", "pg_catalog.pg_get_function_arguments(p.oid)")
                .column(
                        "Type",
                        "CASE p.prokind WHEN 'a' THEN 'agg' WHEN 'w' THEN 'window' WHEN 'p' THEN 'proc' ELSE 'func' END")
                .more(
                        "Volatility",
                        "CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' WHEN 'v' THEN 'volatile' END")
                .more(
                        "Parallel",
                        "CASE p.proparallel WHEN 'r' THEN 'restricted' WHEN 's' THEN 'safe' WHEN 'u' THEN 'unsafe' END")
                .more("Owner", "pg_catalog.pg_get_userbyid(p.proowner)")
                .more("Security", "CASE WHEN p.prosecdef THEN 'definer' ELSE 'invoker' END")
                .more("Access privileges", Listing.acl("p.proacl"))
                .more("Language", "l.lanname")
                .more("Source code", "COALESCE(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc)")
                .more("Description", "pg_catalog.obj_description(p.oid, 'pg_proc')")
                .from(FROM)
                .fromMore("LEFT JOIN pg_catalog.pg_language l ON l.oid = p.prolang");
        for (int i = 0; i < arguments.size(); i++) {
            listing.from(typeJoin(i, "p.proargtypes[" + i + "]"));
        }
        return listing.where(kinds(kinds))
                .withoutSystem()
                .matching(NAME)
                .where(argumentTypes(request, arguments))
                .order("1, 2, 4")
                .print();
    }

    /** Which kinds of functions the letters mean; all of them, if none. */
    private static String kinds(String letters) {
        String isTrigger = "p.prorettype = 'pg_catalog.trigger'::pg_catalog.regtype";
        if (!letters.matches(".*[anptw].*")) {
            return "true";
        }
        List<String> kinds = new ArrayList<>();
        if (letters.indexOf('n') >= 0) {
            // All but those that have letters of their own, which are not named.
            kinds.add(letters.indexOf('a') < 0 ? "p.prokind <> 'a'" : "true");
            kinds.add(letters.indexOf('p') < 0 ? "p.prokind <> 'p'" : "true");
            kinds.add(letters.indexOf('t') < 0 ? "NOT " + isTrigger : "true");
            kinds.add(letters.indexOf('w') < 0 ? "p.prokind <> 'w'" : "true");
            return String.join(" AND ", kinds);
        }
        for (String kind : List.of("a", "p", "w")) {
            if (letters.contains(kind)) {
                kinds.add("p.prokind = '" + kind + "'");
            }
        }
        if (letters.indexOf('t') >= 0) {
            kinds.add(isTrigger);
        }
        return "(" + String.join(" OR ", kinds) + ")";
    }

    private static List<String> arguments(Request request) {
        List<String> arguments = new ArrayList<>();
        String next =
                request.pattern() == null ? null : request.call().arguments().nextWithoutSemicolon();
        while (next != null && arguments.size() < MOST_ARGUMENTS) {
            arguments.add(next);
            next = request.call().arguments().nextWithoutSemicolon();
        }
        return arguments;
    }

    private static String typeJoin(int number, String oid) {
        return "LEFT JOIN pg_catalog.pg_type t%1$d ON t%1$d.oid = %2$s LEFT JOIN pg_catalog.pg_namespace nt%1$d ON nt%1$d.oid = t%1$d.typnamespace"
                .formatted(number, oid);
    }

    /** A dash stands for an argument that is not there. */
    private static String argumentTypes(Request request, List<String> arguments) throws NamePattern.Invalid {
        List<String> conditions = new ArrayList<>(List.of("true"));
        for (int i = 0; i < arguments.size(); i++) {
            String type = "t" + i;
            conditions.add(
                    arguments.get(i).equals("-")
                            ? type + ".typname IS NULL"
                            : NamePattern.condition(
                                    request.shell(),
                                    TypeLists.canonical(arguments.get(i)),
                                    TypeLists.match("n" + type, type)));
        }
        return String.join(" AND ", conditions);
    }

    static boolean operators(Request request) throws NamePattern.Invalid {
        List<String> arguments = arguments(request);
        List<String> types = arguments.subList(0, Math.min(2, arguments.size()));
        Listing listing = new Listing(request, "List of operators")
                .column("Schema", "n.nspname")
                .column("Name", "o.oprname")
                .column(
                        "Left arg type",
                        "CASE WHEN o.oprkind = 'l' THEN NULL ELSE pg_catalog.format_type(o.oprleft, NULL) END")
                .column(
                        "Right arg type",
                        "CASE WHEN o.oprkind = 'r' THEN NULL ELSE pg_catalog.format_type(o.oprright, NULL) END")
                .column("Result type", "pg_catalog.format_type(o.oprresult, NULL)")
                .more("Function", "o.oprcode")
                .column(
                        "Description",
                        "coalesce(pg_catalog.obj_description(o.oid, 'pg_operator'),"
                                + " pg_catalog.obj_description(o.oprcode, 'pg_proc'))")
                .from("pg_catalog.pg_operator o LEFT JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace");
        if (types.size() == 1) {
            // One type alone is that of an operator that stands before its argument.
            listing.from(typeJoin(0, "o.oprright")).where("o.oprleft = 0");
        } else if (types.size() == 2) {
            listing.from(typeJoin(0, "o.oprleft")).from(typeJoin(1, "o.oprright"));
        }
        Match name = Match.inSchema("n.nspname", "o.oprname", "pg_catalog.pg_operator_is_visible(o.oid)");
        return listing.withoutSystem()
                .matching(name.escaped())
                .where(argumentTypes(request, types))
                .order("1, 2, 3, 4")
                .print();
    }
}
