package dev.pgwire.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A cube of the extension cube: a point or a box of any number of dimensions. Immutable. Source: PostgreSQL manual, F.10 cube.
 *
 * @param lower the coordinates of one corner
 * @param upper those of the opposite corner, equal to them for a point; the server does not order the two
 */
public record Cube(List<Double> lower, List<Double> upper) {
    /** The most dimensions that the server has. */
    public static final int MOST_DIMENSIONS = 100;

    /**
     * A cube.
     *
     * @throws IllegalArgumentException if the corners have different numbers of coordinates, or more than 100
     */
    public Cube {
        lower = List.copyOf(lower);
        upper = List.copyOf(upper);
        if (lower.size() != upper.size() || lower.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("corners of " + lower.size() + " and " + upper.size()
                    + " coordinates, expected the same number, at most " + MOST_DIMENSIONS);
        }
    }

    /**
     * A point.
     *
     * @param coordinates its coordinates
     * @return a cube whose corners are one
     */
    public static Cube point(Double... coordinates) {
        return new Cube(List.of(coordinates), List.of(coordinates));
    }

    /**
     * Whether it is a point.
     *
     * @return whether its corners are one
     */
    public boolean isPoint() {
        return lower.equals(upper);
    }

    /**
     * The cube as the server writes it, with numbers as Java prints them.
     *
     * @return for example "(1.0, 2.0),(3.0, 4.0)"
     */
    @Override
    public String toString() {
        return isPoint() ? text(lower) : text(lower) + "," + text(upper);
    }

    private static String text(List<Double> corner) {
        return corner.stream().map(String::valueOf).collect(Collectors.joining(", ", "(", ")"));
    }
}
