package dev.pgwire.internal.codec.contrib;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.type.Cube;
import dev.pgwire.type.FieldWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * cube, read as a {@link Cube}. In binary: an Int32 with the number of dimensions, whose highest bit says that it is a point, then
 * the coordinates of one corner and, if it is none, of the other. Source: PostgreSQL manual, F.10 cube.
 */
final class CubeCodec extends FieldCodec<Cube> {
    private static final int POINT = 1 << 31;

    CubeCodec(String name) {
        super(name, Cube.class);
    }

    @Override
    public Cube decodeBinary(byte[] source, int offset, int length) {
        if (length < 4) {
            throw badBinary(length + " bytes, expected at least 4");
        }
        int header = BigEndian.getInt(source, offset);
        int dimensions = header & ~POINT;
        boolean point = (header & POINT) != 0;
        if (dimensions > Cube.MOST_DIMENSIONS || length != 4 + dimensions * Double.BYTES * (point ? 1 : 2)) {
            throw badBinary(dimensions + " dimensions in " + length + " bytes, expected at most " + Cube.MOST_DIMENSIONS
                    + ", and a number for each coordinate");
        }
        List<Double> lower = corner(source, offset + 4, dimensions);
        return new Cube(lower, point ? lower : corner(source, offset + 4 + dimensions * Double.BYTES, dimensions));
    }

    private static List<Double> corner(byte[] source, int at, int dimensions) {
        List<Double> coordinates = new ArrayList<>(dimensions);
        for (int i = 0; i < dimensions; i++) {
            coordinates.add(BigEndian.getDouble(source, at + i * Double.BYTES));
        }
        return coordinates;
    }

    @Override
    public Cube decodeText(byte[] source, int offset, int length) {
        String text = new String(source, offset, length, StandardCharsets.ISO_8859_1);
        int between = text.indexOf("),(");
        List<Double> lower;
        List<Double> upper;
        try {
            lower = corner(between < 0 ? text : text.substring(0, between + 1));
            upper = between < 0 ? lower : corner(text.substring(between + 2));
        } catch (DataException | IllegalArgumentException wrong) {
            throw badText(source, offset, length);
        }
        if (lower.size() != upper.size() || lower.size() > Cube.MOST_DIMENSIONS) {
            throw badText(source, offset, length);
        }
        return new Cube(lower, upper);
    }

    private static List<Double> corner(String text) {
        List<Double> coordinates = new ArrayList<>();
        if (!text.startsWith("(") || !text.endsWith(")") || text.length() < 2) {
            throw new IllegalArgumentException(text);
        }
        if (text.length() > 2) {
            for (String number : text.substring(1, text.length() - 1).split(", ", -1)) {
                byte[] bytes = number.getBytes(StandardCharsets.ISO_8859_1);
                coordinates.add(Float8Codec.INSTANCE.decodeText(bytes, 0, bytes.length));
            }
        }
        return coordinates;
    }

    @Override
    public String format(Cube value) {
        String lower = text(value.lower());
        return value.isPoint() ? lower : lower + "," + text(value.upper());
    }

    private static String text(List<Double> corner) {
        StringBuilder out = new StringBuilder("(");
        for (double coordinate : corner) {
            out.append(out.length() > 1 ? ", " : "").append(Float8Codec.INSTANCE.format(coordinate));
        }
        return out.append(')').toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Cube;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Cube cube = (Cube) value;
        out.writeInt(cube.lower().size() | (cube.isPoint() ? POINT : 0));
        cube.lower().forEach(out::writeDouble);
        if (!cube.isPoint()) {
            cube.upper().forEach(out::writeDouble);
        }
    }

    @Override
    public String expected() {
        return "a Cube";
    }
}
