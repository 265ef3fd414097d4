package dev.pgwire.type;

/**
 * A circle. Immutable. Source: PostgreSQL manual, 8.8.7 Circles.
 *
 * @param center the point in its middle
 * @param radius how far the others are from it, in the unit of the coordinates; it may be zero, infinite or NaN
 */
public record Circle(Point center, double radius) {
    /**
     * A circle.
     *
     * @throws IllegalArgumentException if the radius is negative
     */
    public Circle {
        if (radius < 0) {
            throw new IllegalArgumentException("a radius of " + radius + ", expected zero or more");
        }
    }
}
