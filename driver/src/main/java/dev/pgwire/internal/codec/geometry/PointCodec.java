package dev.pgwire.internal.codec.geometry;

import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Point;

/** point: x and y, 8 bytes each; in text {@code (x,y)}. Source: PostgreSQL manual, 8.8.1 Points. */
public final class PointCodec extends ShapeCodec<Point> {
    /** The codec of point. */
    public static final PointCodec INSTANCE = new PointCodec();

    private PointCodec() {
        super("point", Point.class, "a Point");
    }

    @Override
    public Point decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, POINT);
        return point(source, offset);
    }

    @Override
    Point read(ShapeText in) {
        return in.point();
    }

    @Override
    void print(Point shape, StringBuilder out) {
        ShapeText.print(shape, out);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        encode((Point) value, out);
    }
}
