package dev.pgwire.internal.call;

import dev.pgwire.internal.sql.SqlName;
import dev.pgwire.internal.sql.SqlString;
import java.util.ArrayList;
import java.util.List;

/**
 * A function or a procedure, as the catalog has it.
 *
 * @param kind {@code p} for a procedure; all else is selected from
 * @param parameters in their order
 */
record Routine(String kind, List<Parameter> parameters) {
    /**
     * A parameter.
     *
     * @param mode {@code i}, {@code o}, {@code b} for both, {@code v} for the rest of the values, {@code t} for a column
     * @param name empty if it has none
     */
    record Parameter(String mode, String name) {
        boolean isGiven() {
            return !mode.equals("o") && !mode.equals("t");
        }
    }

    boolean isProcedure() {
        return kind.equals("p");
    }

    private long given() {
        return parameters.stream().filter(Parameter::isGiven).count();
    }

    /**
     * Asks for the routines of a name, with a row for each parameter: which one, its kind, the mode and the name of the parameter.
     *
     * @param quoted {@code "name"} or {@code "schema"."name"}
     */
    static String question(String quoted) {
        String name = SqlName.inCatalog(quoted);
        String itself = SqlName.quoted(name);
        String schema = quoted.equals(itself)
                ? "pg_catalog.pg_function_is_visible(p.oid)"
                : isIn(SqlName.inCatalog(quoted.substring(0, quoted.length() - itself.length() - 1)));
        return "SELECT p.oid::text, p.prokind::text, CASE WHEN a.n IS NULL THEN '' ELSE"
                + " coalesce(p.proargmodes[a.n]::text, 'i') END, coalesce(p.proargnames[a.n], '')"
                + " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace s ON s.oid = p.pronamespace"
                + " LEFT JOIN LATERAL pg_catalog.generate_series(1, coalesce(pg_catalog.cardinality(p.proallargtypes),"
                + " p.pronargs)) AS a (n) ON true"
                + " WHERE p.proname = " + SqlString.quoted(name) + " AND " + schema + " ORDER BY p.oid, a.n";
    }

    /** {@code pg_temp} is another name of the schema that has the temporary objects of the session. */
    private static String isIn(String schema) {
        return schema.equals("pg_temp")
                ? "s.oid = pg_catalog.pg_my_temp_schema()"
                : "s.nspname = " + SqlString.quoted(schema);
    }

    /** The one of several with the same name that is meant, as far as the number of the values tells; a function if there is none. */
    static Routine chosen(List<Routine> routines, int values) {
        Routine first = routines.isEmpty() ? new Routine("f", List.of()) : routines.get(0);
        for (Routine routine : routines) {
            if (routine.given() == values) {
                return routine;
            }
        }
        return first;
    }

    /** The statement that calls it with values in their order. */
    String call(String quoted, int values) {
        List<String> arguments = new ArrayList<>();
        if (isProcedure() && given() == values) {
            int next = 0;
            for (Parameter parameter : parameters) {
                arguments.add(parameter.isGiven() ? "$" + ++next : "NULL");
            }
        } else {
            for (int i = 1; i <= values; i++) {
                arguments.add("$" + i);
            }
        }
        return statement(quoted, arguments);
    }

    /** The statement that calls it with values by name. */
    String call(String quoted, List<String> names) {
        List<String> arguments = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            arguments.add(SqlName.quoted(names.get(i)) + " => $" + (i + 1));
        }
        for (Parameter parameter : parameters) {
            if (isProcedure() && !parameter.isGiven() && !names.contains(parameter.name())) {
                arguments.add(SqlName.quoted(parameter.name()) + " => NULL");
            }
        }
        return statement(quoted, arguments);
    }

    private String statement(String quoted, List<String> arguments) {
        String call = quoted + "(" + String.join(", ", arguments) + ")";
        return isProcedure() ? "CALL " + call : "SELECT * FROM " + call;
    }
}
