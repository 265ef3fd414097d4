package dev.pgwire.internal.codec.geometry;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Line;

/** line: a, b and c, 8 bytes each; in text <code>{a,b,c}</code>. Source: PostgreSQL manual, 8.8.2 Lines. */
public final class LineCodec extends ShapeCodec<Line> {
    /** The codec of line. */
    public static final LineCodec INSTANCE = new LineCodec();

    private LineCodec() {
        super("line", Line.class, "a Line");
    }

    @Override
    public Line decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 24);
        double a = BigEndian.getDouble(source, offset);
        double b = BigEndian.getDouble(source, offset + 8);
        if (!Line.isLine(a, b)) {
            throw badBinary("both factors are zero");
        }
        return new Line(a, b, BigEndian.getDouble(source, offset + 16));
    }

    @Override
    Line read(ShapeText in) {
        in.take('{');
        double a = in.number(',');
        double b = in.number(',');
        double c = in.number('}');
        if (!Line.isLine(a, b)) {
            throw in.bad();
        }
        return new Line(a, b, c);
    }

    @Override
    void print(Line shape, StringBuilder out) {
        out.append('{').append(ShortestDecimal.of(shape.a()));
        out.append(',').append(ShortestDecimal.of(shape.b()));
        out.append(',').append(ShortestDecimal.of(shape.c())).append('}');
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Line line = (Line) value;
        out.writeDouble(line.a());
        out.writeDouble(line.b());
        out.writeDouble(line.c());
    }
}
