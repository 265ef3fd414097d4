package dev.pgwire.internal.statement;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.SqlShape;

/** How many values a statement may be given. */
public final class ParameterCount {
    /** Beyond this the server's own count of a statement's parameters wraps around. */
    private static final int MOST = 65_535;

    private ParameterCount() {}

    /**
     * Checks a number of values.
     *
     * @throws InterfaceException if the protocol cannot count so far
     */
    public static void check(int values) {
        if (values > MOST) {
            throw new InterfaceException(
                    values + " values were given, expected at most " + MOST + ", which the protocol counts to");
        }
    }

    /** The same of a statement that is not described: only its text tells how many parameters it has. */
    public static void check(String sql, SqlShape shape, int values) {
        check(values);
        if (shape.isOptimizable()) {
            BoundParameters.checkCount(sql, shape.parameters(), values);
        }
    }
}
