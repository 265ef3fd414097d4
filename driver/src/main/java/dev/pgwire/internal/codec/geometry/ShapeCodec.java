package dev.pgwire.internal.codec.geometry;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Point;
import java.util.Arrays;
import java.util.List;

/**
 * What the codecs of points and shapes share: a shape is made of points, in binary two doubles each, in text {@code (x,y)}.
 *
 * @param <T> the Java type of the shape
 */
abstract class ShapeCodec<T> extends FieldCodec<T> {
    /** How many bytes a point has. */
    static final int POINT = 16;

    private final String expected;

    ShapeCodec(String name, Class<T> javaType, String expected) {
        super(name, javaType);
        this.expected = expected;
    }

    /** Reads the shape, and not what stands behind it. */
    abstract T read(ShapeText in);

    abstract void print(T shape, StringBuilder out);

    @Override
    public final T decodeText(byte[] source, int offset, int length) {
        ShapeText in = new ShapeText(this, source, offset, length);
        T shape = read(in);
        in.end();
        return shape;
    }

    @Override
    public final String format(T value) {
        StringBuilder out = new StringBuilder();
        print(value, out);
        return out.toString();
    }

    @Override
    public final boolean accepts(Object value) {
        return javaType().isInstance(value);
    }

    @Override
    public final String expected() {
        return expected;
    }

    static Point point(byte[] source, int offset) {
        return new Point(BigEndian.getDouble(source, offset), BigEndian.getDouble(source, offset + 8));
    }

    static void encode(Point point, FieldWriter out) {
        out.writeDouble(point.x());
        out.writeDouble(point.y());
    }

    /** Reads an Int32 that counts points, and the points. The count is held against the bytes before memory is taken. */
    final List<Point> points(byte[] source, int offset, int length) {
        int count = length < 4 ? 0 : BigEndian.getInt(source, offset);
        if (count < 1 || count != (length - 4) / POINT || (length - 4) % POINT != 0) {
            throw badBinary(
                    count + " points in " + length + " bytes, expected at least one, and " + POINT + " bytes for each");
        }
        Point[] points = new Point[count];
        for (int i = 0; i < count; i++) {
            points[i] = point(source, offset + 4 + i * POINT);
        }
        return Arrays.asList(points);
    }

    static void encode(List<Point> points, FieldWriter out) {
        out.writeInt(points.size());
        for (Point point : points) {
            encode(point, out);
        }
    }
}
