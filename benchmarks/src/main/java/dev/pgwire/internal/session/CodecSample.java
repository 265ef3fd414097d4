package dev.pgwire.internal.session;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.type.BitString;
import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Interval;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Lsn;
import dev.pgwire.type.MacAddress;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import dev.pgwire.type.Range;
import dev.pgwire.type.Snapshot;
import dev.pgwire.type.Tid;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import dev.pgwire.type.TsWeight;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.NullMarked;

/** A type that has a codec, and a typical value of it, as Java has it and as a server prints it. */
@NullMarked
public enum CodecSample {
    INT2(21, (short) -12345, "-12345"),
    INT4(23, 123_456_789, "123456789"),
    INT8(20, 1_234_567_890_123_456L, "1234567890123456"),
    OID(26, 16_384L, "16384"),
    FLOAT4(700, 3.1415927f, "3.1415927"),
    FLOAT8(701, 2.718281828459045, "2.718281828459045"),
    NUMERIC(1700, new BigDecimal("1234567.89"), "1234567.89"),
    /** More digits than a long holds. */
    LONG_NUMERIC(1700, new BigDecimal("123456789012345678901234.567890"), "123456789012345678901234.567890"),
    BOOL(16, true, "t"),
    CHAR(18, "r", "r"),
    NAME(19, "pg_class", "pg_class"),
    TEXT(25, "twenty-four characters..", "twenty-four characters.."),
    /** With a character that is not of ASCII. */
    UMLAUT_TEXT(25, "zwölf mal zwei Zeichen..", "zwölf mal zwei Zeichen.."),
    JSON(114, "{\"id\": 17, \"name\": \"ada\"}", "{\"id\": 17, \"name\": \"ada\"}"),
    JSONB(3802, "{\"id\": 17, \"name\": \"ada\"}", "{\"id\": 17, \"name\": \"ada\"}"),
    BYTEA(
            17,
            new byte[] {0, 1, 2, 3, 4, 5, 6, 7, -8, -7, -6, -5, -4, -3, -2, -1},
            "\\x0001020304050607f8f9fafbfcfdfeff"),
    DATE(1082, LocalDate.of(2026, 3, 4), "2026-03-04"),
    TIME(1083, LocalTime.of(12, 34, 56, 789_012_000), "12:34:56.789012"),
    TIMESTAMP(1114, LocalDateTime.of(2026, 3, 4, 12, 34, 56, 789_012_000), "2026-03-04 12:34:56.789012"),
    TIMESTAMPTZ(1184, OffsetDateTime.parse("2026-03-04T12:34:56.789012Z"), "2026-03-04 12:34:56.789012+00"),
    INTERVAL(1186, new Interval(14, -3, 14_706_789_000L), "1 year 2 mons -3 days +04:05:06.789"),
    TIMETZ(1266, OffsetTime.parse("12:34:56.789012+05:30"), "12:34:56.789012+05:30"),
    MONEY(790, new BigDecimal("1234567.89"), "$1,234,567.89"),
    VARBIT(1562, BitString.of("101100111000111100001111"), "101100111000111100001111"),
    XML(142, "<user id=\"17\"/>", "<user id=\"17\"/>"),
    /** Nothing at all. */
    VOID(2278, "", ""),
    INT2VECTOR(22, List.of((short) 1, (short) 2, (short) 3), "1 2 3"),
    XID8(5069, 1_234_567L, "1234567"),
    TID(27, new Tid(1234, 56), "(1234,56)"),
    PG_LSN(3220, Lsn.parse("16/B374D848"), "16/B374D848"),
    PG_SNAPSHOT(5038, new Snapshot(795, 799, List.of(795L, 797L)), "795:799:795,797"),
    /** Its digits, which are what there is in binary. */
    REGCLASS(2205, "1259", "1259"),
    UUID(
            2950,
            java.util.UUID.fromString("0b8f7a34-5c1d-4e2a-9f6b-c7d8e9fa0b1c"),
            "0b8f7a34-5c1d-4e2a-9f6b-c7d8e9fa0b1c"),
    INET(869, Inet.of("2001:db8::17:0/64"), "2001:db8::17:0/64"),
    MACADDR(829, MacAddress.of("08:00:2b:01:02:03"), "08:00:2b:01:02:03"),
    POINT(600, new Point(1.5, -2), "(1.5,-2)"),
    LINE(628, new Line(1, -1, 2.5), "{1,-1,2.5}"),
    LSEG(601, new LineSegment(new Point(0, 0), new Point(1.5, 2)), "[(0,0),(1.5,2)]"),
    BOX(603, new Box(new Point(3, 4), new Point(1, 2)), "(3,4),(1,2)"),
    PATH(602, Path.open(new Point(0, 0), new Point(1, 1), new Point(2, 0.5)), "[(0,0),(1,1),(2,0.5)]"),
    POLYGON(604, Polygon.of(new Point(0, 0), new Point(1, 1), new Point(2, 0)), "((0,0),(1,1),(2,0))"),
    CIRCLE(718, new Circle(new Point(0.5, 1), 5), "<(0.5,1),5>"),
    TSVECTOR(
            3614,
            TsVector.of(
                    TsVector.Lexeme.of("cat", new TsVector.Position(3)),
                    TsVector.Lexeme.of("fat", new TsVector.Position(2, TsWeight.A), new TsVector.Position(11)),
                    TsVector.Lexeme.of("rat", new TsVector.Position(12))),
            "'cat':3 'fat':2A,11 'rat':12"),
    TSQUERY(
            3615,
            TsQuery.lexeme("fat")
                    .followedBy(TsQuery.prefix("cat"))
                    .and(TsQuery.lexeme("rat").not()),
            "'fat' <-> 'cat':* & !'rat'"),
    INT4_ARRAY(1007, List.of(1, 20, 300, 4_000, 50_000, 6, 7, 8, 9, 10), "{1,20,300,4000,50000,6,7,8,9,10}"),
    INT8RANGE(3926, Range.closedOpen(10L, 2_000_000_000_000L), "[10,2000000000000)"),
    INT4MULTIRANGE(4451, Multirange.of(Range.closedOpen(1, 5), Range.closedOpen(10, 20)), "{[1,5),[10,20)}");

    private final int oid;
    private final Object value;
    private final String text;

    CodecSample(int oid, Object value, String text) {
        this.oid = oid;
        this.value = value;
        this.text = text;
    }

    FieldCodec<?> codec() {
        return Objects.requireNonNull(TypeRegistry.builtin().codec(oid));
    }

    Object value() {
        return value;
    }

    String text() {
        return text;
    }
}
