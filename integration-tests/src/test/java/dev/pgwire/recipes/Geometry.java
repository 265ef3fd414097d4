package dev.pgwire.recipes;

import dev.pgwire.type.Codec;
import dev.pgwire.type.FieldReader;
import dev.pgwire.type.FieldWriter;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A geometry of PostGIS in two dimensions. Its SRID is 0 if it has none. */
public sealed interface Geometry {
    int srid();

    /** The empty point has NaN for both. */
    record Point(int srid, double x, double y) implements Geometry {}

    record LineString(int srid, List<XY> points) implements Geometry {}

    /** The first ring is the outer one, the others are holes. */
    record Polygon(int srid, List<List<XY>> rings) implements Geometry {}

    record XY(double x, double y) {}

    /** EWKB: the order of bytes, the type with a flag for the SRID, the SRID, and counts and coordinates. */
    Codec<Geometry> CODEC = new Codec<>() {
        private static final int HAS_SRID = 0x20000000;

        @Override
        public Class<Geometry> javaType() {
            return Geometry.class;
        }

        @Override
        public Geometry read(FieldReader in) {
            in.order(in.readByte() == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
            int type = in.readInt();
            int srid = (type & HAS_SRID) == 0 ? 0 : in.readInt();
            return switch (type & ~HAS_SRID) {
                case 1 -> new Point(srid, in.readDouble(), in.readDouble());
                case 2 -> new LineString(srid, readPoints(in));
                case 3 -> new Polygon(srid, readList(in, 4, this::readPoints));
                default ->
                    throw in.invalid("EWKB type %08x, expected a point, linestring or polygon".formatted(type)
                            + " in two dimensions (ST_Force2D)");
            };
        }

        private List<XY> readPoints(FieldReader in) {
            return readList(in, 16, point -> new XY(point.readDouble(), point.readDouble()));
        }

        private <T> List<T> readList(FieldReader in, int size, Function<FieldReader, T> element) {
            int count = in.checkCount(in.readInt(), size);
            return IntStream.range(0, count).mapToObj(i -> element.apply(in)).toList();
        }

        @Override
        public void write(Geometry value, FieldWriter out) {
            out.writeByte(0);
            out.writeInt(HAS_SRID | (value instanceof Point ? 1 : value instanceof LineString ? 2 : 3));
            out.writeInt(value.srid());
            if (value instanceof Point point) {
                out.writeDouble(point.x());
                out.writeDouble(point.y());
            } else if (value instanceof LineString line) {
                writePoints(line.points(), out);
            } else if (value instanceof Polygon polygon) {
                out.writeInt(polygon.rings().size());
                polygon.rings().forEach(ring -> writePoints(ring, out));
            }
        }

        private void writePoints(List<XY> points, FieldWriter out) {
            out.writeInt(points.size());
            for (XY point : points) {
                out.writeDouble(point.x());
                out.writeDouble(point.y());
            }
        }

        @Override
        public Geometry parse(String text) {
            return read(FieldReader.of(HexFormat.of().parseHex(text)));
        }
    };
}
