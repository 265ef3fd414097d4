package dev.pgwire.type;

/**
 * An infinite line: the points for which {@code a * x + b * y + c = 0}. Immutable. Source: PostgreSQL manual, 8.8.2 Lines.
 *
 * @param a the factor of x
 * @param b the factor of y
 * @param c what is added
 */
public record Line(double a, double b, double c) {
    /** The server takes numbers below it for zero. */
    private static final double EPSILON = 1e-6;

    /**
     * A line.
     *
     * @throws IllegalArgumentException if neither a nor b is further from zero than 0.000001: the server takes it for no line
     */
    public Line {
        if (!isLine(a, b)) {
            throw new IllegalArgumentException(
                    "a is " + a + " and b is " + b + ", expected that one of them is further from zero than 1e-6");
        }
    }

    /**
     * Whether the two factors make a line.
     *
     * @param a the factor of x
     * @param b the factor of y
     * @return false if both are zero, as the server sees it
     */
    public static boolean isLine(double a, double b) {
        return !(Math.abs(a) <= EPSILON && Math.abs(b) <= EPSILON);
    }
}
