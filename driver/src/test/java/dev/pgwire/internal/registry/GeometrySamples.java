package dev.pgwire.internal.registry;

import dev.pgwire.internal.codec.geometry.BoxCodec;
import dev.pgwire.internal.codec.geometry.CircleCodec;
import dev.pgwire.internal.codec.geometry.LineCodec;
import dev.pgwire.internal.codec.geometry.LineSegmentCodec;
import dev.pgwire.internal.codec.geometry.PathCodec;
import dev.pgwire.internal.codec.geometry.PointCodec;
import dev.pgwire.internal.codec.geometry.PolygonCodec;
import dev.pgwire.internal.registry.Samples.Sample;
import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Random points and shapes, with coordinates of every kind. */
final class GeometrySamples {
    private GeometrySamples() {}

    static Stream<Sample<?>> all() {
        return Stream.of(
                new Sample<>(PointCodec.INSTANCE, GeometrySamples::point),
                new Sample<>(LineCodec.INSTANCE, GeometrySamples::line),
                new Sample<>(LineSegmentCodec.INSTANCE, random -> new LineSegment(point(random), point(random))),
                new Sample<>(BoxCodec.INSTANCE, random -> new Box(point(random), point(random))),
                new Sample<>(PathCodec.INSTANCE, random -> new Path(points(random), random.nextBoolean())),
                new Sample<>(PolygonCodec.INSTANCE, random -> new Polygon(points(random))),
                new Sample<>(
                        CircleCodec.INSTANCE,
                        random -> new Circle(point(random), Math.abs(Samples.doubleNumber(random)))));
    }

    private static Point point(SplittableRandom random) {
        return new Point(Samples.doubleNumber(random), Samples.doubleNumber(random));
    }

    private static List<Point> points(SplittableRandom random) {
        return Stream.generate(() -> point(random)).limit(random.nextInt(1, 4)).toList();
    }

    private static Line line(SplittableRandom random) {
        double a = Samples.doubleNumber(random);
        double b = Samples.doubleNumber(random);
        return new Line(Line.isLine(a, b) ? a : 1e-5, b, Samples.doubleNumber(random));
    }
}
