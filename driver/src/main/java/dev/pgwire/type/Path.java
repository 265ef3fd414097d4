package dev.pgwire.type;

import java.util.List;

/**
 * Points with straight lines between them. Immutable. Source: PostgreSQL manual, 8.8.5 Paths.
 *
 * @param points the points in their order, at least one
 * @param isClosed whether a line also leads from the last point to the first
 */
public record Path(List<Point> points, boolean isClosed) {
    /**
     * A path; the points are copied.
     *
     * @throws IllegalArgumentException if there is no point
     */
    public Path {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a path without points, expected at least one");
        }
    }

    /**
     * A path that ends at its last point.
     *
     * @param points the points in their order
     * @return "[(0,0),(1,1)]"
     * @throws IllegalArgumentException if there is no point
     */
    public static Path open(Point... points) {
        return new Path(List.of(points), false);
    }

    /**
     * A path that leads from its last point to its first.
     *
     * @param points the points in their order
     * @return "((0,0),(1,1))"
     * @throws IllegalArgumentException if there is no point
     */
    public static Path closed(Point... points) {
        return new Path(List.of(points), true);
    }
}
