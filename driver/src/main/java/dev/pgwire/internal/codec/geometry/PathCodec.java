package dev.pgwire.internal.codec.geometry;

import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import java.util.List;

/**
 * path: a byte that is 1 if it is closed, an Int32 that counts the points, and these; in text {@code ((x,y),...)} if it is closed,
 * {@code [(x,y),...]} if not. Source: PostgreSQL manual, 8.8.5 Paths.
 */
public final class PathCodec extends ShapeCodec<Path> {
    /** The codec of path. */
    public static final PathCodec INSTANCE = new PathCodec();

    private PathCodec() {
        super("path", Path.class, "a Path");
    }

    @Override
    public Path decodeBinary(byte[] source, int offset, int length) {
        if (length < 1 || (source[offset] & ~1) != 0) {
            throw badBinary(length + " bytes, expected 0 or 1 in the first");
        }
        return new Path(points(source, offset + 1, length - 1), source[offset] == 1);
    }

    @Override
    Path read(ShapeText in) {
        boolean closed = in.looksAt('(');
        in.take(closed ? '(' : '[');
        List<Point> points = in.points();
        in.take(closed ? ')' : ']');
        return new Path(points, closed);
    }

    @Override
    void print(Path shape, StringBuilder out) {
        out.append(shape.isClosed() ? '(' : '[');
        ShapeText.print(shape.points(), out);
        out.append(shape.isClosed() ? ')' : ']');
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Path path = (Path) value;
        out.writeByte(path.isClosed() ? 1 : 0);
        encode(path.points(), out);
    }
}
