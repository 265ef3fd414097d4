package dev.pgwire.internal.codec.geometry;

import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import java.util.List;

/**
 * polygon: an Int32 that counts the points, and these; in text {@code ((x,y),...)}. Source: PostgreSQL manual, 8.8.6 Polygons.
 */
public final class PolygonCodec extends ShapeCodec<Polygon> {
    /** The codec of polygon. */
    public static final PolygonCodec INSTANCE = new PolygonCodec();

    private PolygonCodec() {
        super("polygon", Polygon.class, "a Polygon");
    }

    @Override
    public Polygon decodeBinary(byte[] source, int offset, int length) {
        return new Polygon(points(source, offset, length));
    }

    @Override
    Polygon read(ShapeText in) {
        in.take('(');
        List<Point> points = in.points();
        in.take(')');
        return new Polygon(points);
    }

    @Override
    void print(Polygon shape, StringBuilder out) {
        out.append('(');
        ShapeText.print(shape.points(), out);
        out.append(')');
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        encode(((Polygon) value).points(), out);
    }
}
