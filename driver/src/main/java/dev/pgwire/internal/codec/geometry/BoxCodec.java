package dev.pgwire.internal.codec.geometry;

import dev.pgwire.type.Box;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Point;

/** box: two points, the higher first; in text {@code (x,y),(x,y)}. Source: PostgreSQL manual, 8.8.4 Boxes. */
public final class BoxCodec extends ShapeCodec<Box> {
    /** The codec of box. */
    public static final BoxCodec INSTANCE = new BoxCodec();

    private BoxCodec() {
        super("box", Box.class, "a Box");
    }

    @Override
    public Box decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 2 * POINT);
        return new Box(point(source, offset), point(source, offset + POINT));
    }

    @Override
    Box read(ShapeText in) {
        Point high = in.point();
        in.take(',');
        return new Box(high, in.point());
    }

    @Override
    void print(Box shape, StringBuilder out) {
        ShapeText.print(shape.high(), out);
        out.append(',');
        ShapeText.print(shape.low(), out);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Box box = (Box) value;
        encode(box.high(), out);
        encode(box.low(), out);
    }
}
