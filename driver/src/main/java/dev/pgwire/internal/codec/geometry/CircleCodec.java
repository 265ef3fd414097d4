package dev.pgwire.internal.codec.geometry;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.type.Circle;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Point;

/** circle: a point and the radius, 8 bytes; in text {@code <(x,y),r>}. Source: PostgreSQL manual, 8.8.7 Circles. */
public final class CircleCodec extends ShapeCodec<Circle> {
    /** The codec of circle. */
    public static final CircleCodec INSTANCE = new CircleCodec();

    private CircleCodec() {
        super("circle", Circle.class, "a Circle");
    }

    @Override
    public Circle decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, POINT + 8);
        double radius = BigEndian.getDouble(source, offset + POINT);
        if (radius < 0) {
            throw badBinary("a radius of " + radius);
        }
        return new Circle(point(source, offset), radius);
    }

    @Override
    Circle read(ShapeText in) {
        in.take('<');
        Point center = in.point();
        in.take(',');
        double radius = in.number('>');
        if (radius < 0) {
            throw in.bad();
        }
        return new Circle(center, radius);
    }

    @Override
    void print(Circle shape, StringBuilder out) {
        out.append('<');
        ShapeText.print(shape.center(), out);
        out.append(',').append(ShortestDecimal.of(shape.radius())).append('>');
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Circle circle = (Circle) value;
        encode(circle.center(), out);
        out.writeDouble(circle.radius());
    }
}
