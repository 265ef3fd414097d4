package dev.pgwire.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {
    private static final Point ORIGIN = new Point(0, 0);

    @Test
    void theCornersOfABoxArePutInOrder() {
        Box box = new Box(new Point(3, 4), new Point(1, 2));
        assertEquals(box, new Box(new Point(1, 2), new Point(3, 4)));
        assertEquals(box, new Box(new Point(1, 4), new Point(3, 2)));
        assertEquals(new Point(3, 4), box.high());
        assertEquals(new Point(Double.NaN, 1), new Box(ORIGIN, new Point(Double.NaN, 1)).high());
        assertEquals(ORIGIN, new Box(ORIGIN, new Point(-0.0, -0.0)).high());
        assertEquals(new Point(-0.0, -0.0), new Box(new Point(-0.0, -0.0), ORIGIN).high());
    }

    @Test
    void whatTheServerRefusesIsNoShape() {
        assertThrows(IllegalArgumentException.class, () -> new Line(0, -0.0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Line(1e-6, 1e-7, 1));
        assertEquals(1.1e-6, new Line(1.1e-6, 0, 1).a());
        assertThrows(IllegalArgumentException.class, () -> new Circle(ORIGIN, -1));
        assertThrows(IllegalArgumentException.class, Path::open);
        assertThrows(IllegalArgumentException.class, Polygon::of);
    }

    @Test
    void thePointsAreCopied() {
        List<Point> points = new ArrayList<>(List.of(ORIGIN));
        Path path = new Path(points, false);
        points.clear();
        assertEquals(Path.open(ORIGIN), path);
    }
}
