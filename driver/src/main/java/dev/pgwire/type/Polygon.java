package dev.pgwire.type;

import java.util.List;

/**
 * The part of the plane that a closed path goes around. Immutable. Source: PostgreSQL manual, 8.8.6 Polygons.
 *
 * @param points the corners in their order, at least one
 */
public record Polygon(List<Point> points) {
    /**
     * A polygon; the points are copied.
     *
     * @throws IllegalArgumentException if there is no point
     */
    public Polygon {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("a polygon without corners, expected at least one");
        }
    }

    /**
     * A polygon.
     *
     * @param points the corners in their order
     * @return the polygon
     * @throws IllegalArgumentException if there is no point
     */
    public static Polygon of(Point... points) {
        return new Polygon(List.of(points));
    }
}
