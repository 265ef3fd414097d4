package dev.pgwire.type;

/**
 * A rectangle with sides along the axes. Immutable. It is made of any two opposite corners, which are put in order as the server
 * puts them, so that two boxes with the same corners are equal. Source: PostgreSQL manual, 8.8.4 Boxes.
 *
 * @param high the corner with the greater x and the greater y; NaN is greater than all others
 * @param low the corner with the lesser x and the lesser y
 */
public record Box(Point high, Point low) {
    /** A rectangle between two opposite corners. */
    public Box {
        boolean swapX = isLess(high.x(), low.x());
        boolean swapY = isLess(high.y(), low.y());
        if (swapX || swapY) {
            Point one = high;
            Point other = low;
            high = new Point(swapX ? other.x() : one.x(), swapY ? other.y() : one.y());
            low = new Point(swapX ? one.x() : other.x(), swapY ? one.y() : other.y());
        }
    }

    /** As the server compares: both zeros are equal. */
    private static boolean isLess(double one, double other) {
        return Double.isNaN(other) ? !Double.isNaN(one) : one < other;
    }
}
