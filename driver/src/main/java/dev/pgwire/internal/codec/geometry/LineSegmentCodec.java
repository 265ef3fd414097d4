package dev.pgwire.internal.codec.geometry;

import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Point;

/** lseg: two points; in text {@code [(x,y),(x,y)]}. Source: PostgreSQL manual, 8.8.3 Line Segments. */
public final class LineSegmentCodec extends ShapeCodec<LineSegment> {
    /** The codec of lseg. */
    public static final LineSegmentCodec INSTANCE = new LineSegmentCodec();

    private LineSegmentCodec() {
        super("lseg", LineSegment.class, "a LineSegment");
    }

    @Override
    public LineSegment decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 2 * POINT);
        return new LineSegment(point(source, offset), point(source, offset + POINT));
    }

    @Override
    LineSegment read(ShapeText in) {
        in.take('[');
        Point start = in.point();
        in.take(',');
        Point end = in.point();
        in.take(']');
        return new LineSegment(start, end);
    }

    @Override
    void print(LineSegment shape, StringBuilder out) {
        out.append('[');
        ShapeText.print(shape.start(), out);
        out.append(',');
        ShapeText.print(shape.end(), out);
        out.append(']');
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        LineSegment segment = (LineSegment) value;
        encode(segment.start(), out);
        encode(segment.end(), out);
    }
}
