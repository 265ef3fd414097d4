package dev.pgwire.it;

import static dev.pgwire.it.TypeValue.literal;

import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import java.util.stream.Stream;

/** Points and what is made of them. */
final class ShapeValues {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private ShapeValues() {}

    private static Point at(double x, double y) {
        return new Point(x, y);
    }

    static Stream<TypeValue> all() {
        return Stream.concat(pointsAndLines(), areas());
    }

    private static Stream<TypeValue> pointsAndLines() {
        return Stream.of(
                literal("point", "(1.5,-2)", at(1.5, -2)),
                literal("point", "(0,-0)", at(0, -0.0)),
                literal("point", "(NaN,Infinity)", at(NAN, INFINITY)),
                literal("point", "(-Infinity,5e-324)", at(-INFINITY, Double.MIN_VALUE)),
                literal("point", "(1e23,1.7976931348623157e308)", at(1e23, Double.MAX_VALUE)),
                literal("line", "{1,2,3}", new Line(1, 2, 3)),
                literal("line", "{0,-1,0}", new Line(0, -1, 0)),
                literal("line", "{1.1e-6,0,-0}", new Line(1.1e-6, 0, -0.0)),
                literal("line", "{NaN,Infinity,1e-300}", new Line(NAN, INFINITY, 1e-300)),
                literal("lseg", "[(0,0),(1.5,1)]", new LineSegment(at(0, 0), at(1.5, 1))),
                literal("lseg", "[(NaN,-Infinity),(0.1,1e15)]", new LineSegment(at(NAN, -INFINITY), at(0.1, 1e15))),
                literal("path", "[(1,2)]", Path.open(at(1, 2))),
                literal("path", "((1,2))", Path.closed(at(1, 2))),
                literal("path", "[(0,0),(1,1),(2,0)]", Path.open(at(0, 0), at(1, 1), at(2, 0))),
                literal("path", "((0,0),(1,NaN),(2,-0.5))", Path.closed(at(0, 0), at(1, NAN), at(2, -0.5))));
    }

    private static Stream<TypeValue> areas() {
        return Stream.of(
                literal("box", "(3,4),(1,2)", new Box(at(3, 4), at(1, 2))),
                literal("box", "(1,2),(3,4)", new Box(at(3, 4), at(1, 2))),
                literal("box", "(1,4),(3,2)", new Box(at(3, 4), at(1, 2))),
                literal("box", "(0,0),(-0,-0)", new Box(at(0, 0), at(-0.0, -0.0))),
                literal("box", "(-0,-0),(0,0)", new Box(at(-0.0, -0.0), at(0, 0))),
                literal("box", "(NaN,1),(0,Infinity)", new Box(at(NAN, INFINITY), at(0, 1))),
                literal("box", "(0,1),(NaN,-Infinity)", new Box(at(NAN, 1), at(0, -INFINITY))),
                literal("polygon", "((1,2))", Polygon.of(at(1, 2))),
                literal("polygon", "((0,0),(1,1),(2,0))", Polygon.of(at(0, 0), at(1, 1), at(2, 0))),
                literal("polygon", "((0,0),(Infinity,1),(NaN,0))", Polygon.of(at(0, 0), at(INFINITY, 1), at(NAN, 0))),
                literal("circle", "<(0,0),5>", new Circle(at(0, 0), 5)),
                literal("circle", "<(1.5,-2),0>", new Circle(at(1.5, -2), 0)),
                literal("circle", "<(0,0),-0>", new Circle(at(0, 0), -0.0)),
                literal("circle", "<(NaN,1),NaN>", new Circle(at(NAN, 1), NAN)),
                literal("circle", "<(0,0),Infinity>", new Circle(at(0, 0), INFINITY)));
    }
}
