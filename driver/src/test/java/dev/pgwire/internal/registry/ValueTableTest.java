package dev.pgwire.internal.registry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BitCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.bits.ByteaCodec;
import dev.pgwire.internal.codec.bits.UuidCodec;
import dev.pgwire.internal.codec.geometry.BoxCodec;
import dev.pgwire.internal.codec.geometry.CircleCodec;
import dev.pgwire.internal.codec.geometry.LineCodec;
import dev.pgwire.internal.codec.geometry.LineSegmentCodec;
import dev.pgwire.internal.codec.geometry.PathCodec;
import dev.pgwire.internal.codec.geometry.PointCodec;
import dev.pgwire.internal.codec.geometry.PolygonCodec;
import dev.pgwire.internal.codec.network.InetCodec;
import dev.pgwire.internal.codec.network.MacAddressCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.MoneyCodec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.codec.search.TsQueryCodec;
import dev.pgwire.internal.codec.search.TsVectorCodec;
import dev.pgwire.internal.codec.system.LsnCodec;
import dev.pgwire.internal.codec.system.RegCodec;
import dev.pgwire.internal.codec.system.SnapshotCodec;
import dev.pgwire.internal.codec.system.TidCodec;
import dev.pgwire.internal.codec.system.Xid8Codec;
import dev.pgwire.internal.codec.text.CharCodec;
import dev.pgwire.internal.codec.text.JsonCodec;
import dev.pgwire.internal.codec.text.JsonbCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.internal.codec.text.VoidCodec;
import dev.pgwire.internal.codec.text.XmlCodec;
import dev.pgwire.internal.codec.time.DateCodec;
import dev.pgwire.internal.codec.time.IntervalCodec;
import dev.pgwire.internal.codec.time.TimeCodec;
import dev.pgwire.internal.codec.time.TimestampCodec;
import dev.pgwire.internal.codec.time.TimestamptzCodec;
import dev.pgwire.internal.codec.time.TimetzCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.BitString;
import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Interval;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.Lsn;
import dev.pgwire.type.MacAddress;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import dev.pgwire.type.Snapshot;
import dev.pgwire.type.Tid;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import dev.pgwire.type.TsVector.Lexeme;
import dev.pgwire.type.TsVector.Position;
import dev.pgwire.type.TsWeight;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text, bytes and Java value of the same thing. Text and bytes are what a PostgreSQL 18 server gave. */
class ValueTableTest {
    static Stream<Arguments> values() {
        return Stream.of(
                        small(),
                        floats(),
                        numerics(),
                        texts(),
                        dates(),
                        times(),
                        timestamps(),
                        timestampsWithTimeZone(),
                        intervals(),
                        bitsAndMoney(),
                        system(),
                        addresses(),
                        shapes(),
                        searches())
                .flatMap(rows -> rows);
    }

    private static Stream<Arguments> small() {
        return Stream.of(
                row(BoolCodec.INSTANCE, "true", "01", true),
                row(BoolCodec.INSTANCE, "false", "00", false),
                row(Int2Codec.INSTANCE, "-32768", "8000", Short.MIN_VALUE),
                row(Int2Codec.INSTANCE, "32767", "7fff", Short.MAX_VALUE),
                row(Int2Codec.INSTANCE, "0", "0000", (short) 0),
                row(Int4Codec.INSTANCE, "-2147483648", "80000000", Integer.MIN_VALUE),
                row(Int4Codec.INSTANCE, "2147483647", "7fffffff", Integer.MAX_VALUE),
                row(Int4Codec.INSTANCE, "-1", "ffffffff", -1),
                row(Int8Codec.INSTANCE, "-9223372036854775808", "8000000000000000", Long.MIN_VALUE),
                row(Int8Codec.INSTANCE, "9223372036854775807", "7fffffffffffffff", Long.MAX_VALUE),
                row(OidCodec.INSTANCE, "4294967295", "ffffffff", 4294967295L),
                row(OidCodec.INSTANCE, "2147483648", "80000000", 2147483648L),
                row(OidCodec.INSTANCE, "0", "00000000", 0L));
    }

    private static Stream<Arguments> floats() {
        return Stream.of(
                row(Float4Codec.INSTANCE, "0", "00000000", 0f),
                row(Float4Codec.INSTANCE, "-0", "80000000", -0f),
                row(Float4Codec.INSTANCE, "0.1", "3dcccccd", 0.1f),
                row(Float4Codec.INSTANCE, "1e-45", "00000001", Float.MIN_VALUE),
                row(Float4Codec.INSTANCE, "3.4028235e+38", "7f7fffff", Float.MAX_VALUE),
                row(Float4Codec.INSTANCE, "NaN", "7fc00000", Float.NaN),
                row(Float4Codec.INSTANCE, "Infinity", "7f800000", Float.POSITIVE_INFINITY),
                row(Float4Codec.INSTANCE, "-Infinity", "ff800000", Float.NEGATIVE_INFINITY),
                row(Float8Codec.INSTANCE, "0", "0000000000000000", 0.0),
                row(Float8Codec.INSTANCE, "-0", "8000000000000000", -0.0),
                row(Float8Codec.INSTANCE, "0.1", "3fb999999999999a", 0.1),
                row(Float8Codec.INSTANCE, "5e-324", "0000000000000001", Double.MIN_VALUE),
                row(Float8Codec.INSTANCE, "1.7976931348623157e+308", "7fefffffffffffff", Double.MAX_VALUE),
                row(Float8Codec.INSTANCE, "NaN", "7ff8000000000000", Double.NaN),
                row(Float8Codec.INSTANCE, "Infinity", "7ff0000000000000", Double.POSITIVE_INFINITY),
                row(Float8Codec.INSTANCE, "-Infinity", "fff0000000000000", Double.NEGATIVE_INFINITY));
    }

    private static Stream<Arguments> numerics() {
        return Stream.of(
                numeric("0", "0000000000000000"),
                numeric("0.00", "0000000000000002"),
                numeric("1", "00010000000000000001"),
                numeric("-1", "00010000400000000001"),
                numeric("10", "0001000000000000000a"),
                numeric("9999", "0001000000000000270f"),
                numeric("10000", "00010001000000000001"),
                numeric("12345678.9", "000300010000000104d2162e2328"),
                numeric("0.0001", "0001ffff000000040001"),
                numeric("0.00001", "0001fffe0000000503e8"),
                numeric("-0.000012340", "0001fffe4000000904d2"),
                numeric("1234.5678", "000200000000000404d2162e"),
                numeric("99999999.99", "0003000100000002270f270f26ac"),
                numeric("100000000", "00010002000000000001"),
                numeric("123456789012345678", "0005000400000000000c0d801ed204d2162e"),
                numeric("0.123456789012345678", "0005ffff0000001204d2162e23340d801e78"),
                numeric(
                        "1234567890123456789012345678901234567890.5",
                        "000b00090000000104d2162e23340d801ed204d2162e23340d801ed21388"),
                numeric("0.0000000000", "000000000000000a"),
                numeric("5000000.0000", "000100010000000401f4"),
                numeric("100000000000000000000", "00010005000000000001"));
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                row(TextCodec.TEXT, "", "", ""),
                row(TextCodec.TEXT, "naïve 日本 🐘", "6e61c3af766520e697a5e69cac20f09f9098", "naïve 日本 🐘"),
                row(TextCodec.BPCHAR, "ab  ", "61622020", "ab  "),
                row(CharCodec.INSTANCE, "a", "61", "a"),
                row(CharCodec.INSTANCE, "", "00", ""),
                row(CharCodec.INSTANCE, "\\200", "80", "\u0080"),
                row(CharCodec.INSTANCE, "\\377", "ff", "\u00ff"),
                row(CharCodec.INSTANCE, "\\", "5c", "\\"),
                row(ByteaCodec.INSTANCE, "\\x", "", new byte[0]),
                row(ByteaCodec.INSTANCE, "\\x00ff5c41", "00ff5c41", new byte[] {0, -1, 0x5c, 0x41}),
                row(
                        UuidCodec.INSTANCE,
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "a0eebc999c0b4ef8bb6d6bb9bd380a11",
                        UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
                row(
                        UuidCodec.INSTANCE,
                        "ffffffff-ffff-ffff-ffff-fffffffffff0",
                        "fffffffffffffffffffffffffffffff0",
                        new UUID(-1, -16)),
                row(JsonCodec.INSTANCE, "{\"a\" : 1}", "7b226122203a20317d", "{\"a\" : 1}"),
                row(JsonbCodec.INSTANCE, "{\"a\": 1}", "017b2261223a20317d", "{\"a\": 1}"));
    }

    private static Stream<Arguments> dates() {
        return Stream.of(
                row(DateCodec.INSTANCE, "2000-01-01", "00000000", LocalDate.of(2000, 1, 1)),
                row(DateCodec.INSTANCE, "1999-12-31", "ffffffff", LocalDate.of(1999, 12, 31)),
                row(DateCodec.INSTANCE, "1970-01-01", "ffffd533", LocalDate.EPOCH),
                row(DateCodec.INSTANCE, "2024-02-29", "00002279", LocalDate.of(2024, 2, 29)),
                row(DateCodec.INSTANCE, "0001-01-01", "fff4dbf9", LocalDate.of(1, 1, 1)),
                row(DateCodec.INSTANCE, "0001-12-31 BC", "fff4dbf8", LocalDate.of(0, 12, 31)),
                row(DateCodec.INSTANCE, "0005-02-29 BC", "fff4d511", LocalDate.of(-4, 2, 29)),
                row(DateCodec.INSTANCE, "0044-03-15 BC", "fff49d7b", LocalDate.of(-43, 3, 15)),
                row(DateCodec.INSTANCE, "4714-11-24 BC", "ffda97a7", LocalDate.of(-4713, 11, 24)),
                row(DateCodec.INSTANCE, "10000-01-01", "002c95d4", LocalDate.of(10000, 1, 1)),
                row(DateCodec.INSTANCE, "5874897-12-31", "7fda970c", LocalDate.of(5874897, 12, 31)),
                row(DateCodec.INSTANCE, "infinity", "7fffffff", LocalDate.MAX),
                row(DateCodec.INSTANCE, "-infinity", "80000000", LocalDate.MIN));
    }

    private static Stream<Arguments> times() {
        return Stream.of(
                row(TimeCodec.INSTANCE, "00:00:00", "0000000000000000", LocalTime.MIDNIGHT),
                row(TimeCodec.INSTANCE, "00:00:00.000001", "0000000000000001", LocalTime.ofNanoOfDay(1000)),
                row(TimeCodec.INSTANCE, "01:02:03.00045", "00000000dde87a82", LocalTime.of(1, 2, 3, 450_000)),
                row(TimeCodec.INSTANCE, "12:34:56.7", "0000000a8be4ca60", LocalTime.of(12, 34, 56, 700_000_000)),
                row(TimeCodec.INSTANCE, "23:59:59.999999", "000000141dd75fff", LocalTime.of(23, 59, 59, 999_999_000)));
    }

    private static Stream<Arguments> timestamps() {
        return Stream.of(
                timestamp("2000-01-01 00:00:00", "0000000000000000", "2000-01-01T00:00"),
                timestamp("1999-12-31 23:59:59.999999", "ffffffffffffffff", "1999-12-31T23:59:59.999999"),
                timestamp("2024-02-29 12:34:56.789", "0002b58341728608", "2024-02-29T12:34:56.789"),
                timestamp("0044-03-15 12:00:00.5 BC", "ff1af9e8fb4e7120", "-0043-03-15T12:00:00.5"),
                timestamp("4714-11-24 00:00:00 BC", "fd0f7cc1411fa000", "-4713-11-24T00:00"),
                timestamp("10000-01-01 00:00:01", "0380e70b914ac240", "+10000-01-01T00:00:01"),
                timestamp("294276-12-31 23:59:59.999999", "7fffff5bb3b29fff", "+294276-12-31T23:59:59.999999"),
                row(TimestampCodec.INSTANCE, "infinity", "7fffffffffffffff", LocalDateTime.MAX),
                row(TimestampCodec.INSTANCE, "-infinity", "8000000000000000", LocalDateTime.MIN));
    }

    private static Stream<Arguments> timestampsWithTimeZone() {
        return Stream.of(
                timestamptz("2000-01-01 00:00:00+00", "0000000000000000", "2000-01-01T00:00Z"),
                timestamptz("2024-02-29 12:34:56.789+00", "0002b58341728608", "2024-02-29T12:34:56.789Z"),
                timestamptz("0044-03-15 12:00:00.5+00 BC", "ff1af9e8fb4e7120", "-0043-03-15T12:00:00.5Z"),
                row(TimestamptzCodec.INSTANCE, "infinity", "7fffffffffffffff", OffsetDateTime.MAX),
                row(TimestamptzCodec.INSTANCE, "-infinity", "8000000000000000", OffsetDateTime.MIN));
    }

    private static Stream<Arguments> intervals() {
        return Stream.of(
                row(
                        IntervalCodec.INSTANCE,
                        "1 year 2 mons -3 days +04:05:06.789",
                        "000000036c97ca88fffffffd0000000e",
                        new Interval(14, -3, 14_706_789_000L)),
                row(IntervalCodec.INSTANCE, "00:00:00", "00000000000000000000000000000000", Interval.ZERO),
                row(IntervalCodec.INSTANCE, "infinity", "7fffffffffffffff7fffffff7fffffff", Interval.INFINITY),
                row(
                        IntervalCodec.INSTANCE,
                        "-infinity",
                        "80000000000000008000000080000000",
                        Interval.NEGATIVE_INFINITY),
                row(
                        TimetzCodec.INSTANCE,
                        "12:34:56.7+05:30",
                        "0000000a8be4ca60ffffb2a8",
                        OffsetTime.parse("12:34:56.7+05:30")),
                row(
                        TimetzCodec.INSTANCE,
                        "12:00:00-00:00:01",
                        "0000000a0eebb00000000001",
                        OffsetTime.parse("12:00:00-00:00:01")));
    }

    private static Stream<Arguments> bitsAndMoney() {
        return Stream.of(
                row(BitCodec.BIT, "10101", "00000005a8", BitString.of("10101")),
                row(BitCodec.VARBIT, "", "00000000", BitString.of("")),
                row(MoneyCodec.INSTANCE, "$12.34", "00000000000004d2", new BigDecimal("12.34")),
                row(MoneyCodec.INSTANCE, "-$0.05", "fffffffffffffffb", new BigDecimal("-0.05")),
                row(
                        MoneyCodec.INSTANCE,
                        "-$92,233,720,368,547,758.08",
                        "8000000000000000",
                        new BigDecimal("-92233720368547758.08")),
                row(XmlCodec.INSTANCE, "<a>é</a>", "3c613ec3a93c2f613e", "<a>é</a>"),
                row(JsonbCodec.JSONPATH, "$.\"a\"[*]", "01242e2261225b2a5d", "$.\"a\"[*]"),
                row(VoidCodec.INSTANCE, "", "", ""));
    }

    private static Stream<Arguments> system() {
        return Stream.of(
                row(OidCodec.XID, "4294967295", "ffffffff", 4294967295L),
                row(Xid8Codec.INSTANCE, "9223372036854775807", "7fffffffffffffff", Long.MAX_VALUE),
                row(TidCodec.INSTANCE, "(4294967295,65535)", "ffffffffffff", new Tid(4294967295L, 65535)),
                row(LsnCodec.INSTANCE, "16/B374D848", "00000016b374d848", Lsn.parse("16/B374D848")),
                row(
                        SnapshotCodec.SNAPSHOT,
                        "10:20:10,14,15",
                        "00000003000000000000000a0000000000000014000000000000000a000000000000000e000000000000000f",
                        new Snapshot(10, 20, List.of(10L, 14L, 15L))),
                row(RegCodec.REGCLASS, "-", "00000000", "-"),
                row(
                        TypeRegistry.builtin().codec(22),
                        "1 2 -3",
                        "000000010000000000000015000000030000000000000002000100000002000200000002fffd",
                        List.of((short) 1, (short) 2, (short) -3)),
                row(
                        TypeRegistry.builtin().codec(30),
                        "1 4294967295",
                        "00000001000000000000001a0000000200000000000000040000000100000004ffffffff",
                        List.of(1L, 4294967295L)));
    }

    private static Stream<Arguments> addresses() {
        return Stream.of(
                row(InetCodec.INET, "1.2.3.4", "0220000401020304", Inet.of("1.2.3.4")),
                row(InetCodec.INET, "10.0.0.1/8", "020800040a000001", Inet.of("10.0.0.1/8")),
                row(InetCodec.INET, "::1/64", "0340001000000000000000000000000000000001", Inet.of("::1/64")),
                row(
                        InetCodec.INET,
                        "::ffff:1.2.3.4",
                        "0380001000000000000000000000ffff01020304",
                        Inet.of("::ffff:102:304")),
                row(InetCodec.CIDR, "10.0.0.0/8", "020801040a000000", Inet.of("10.0.0.0/8")),
                row(InetCodec.CIDR, "1.2.3.4/32", "0220010401020304", Inet.of("1.2.3.4")),
                row(MacAddressCodec.MACADDR, "08:00:2b:01:02:03", "08002b010203", MacAddress.of("0800.2B01.0203")),
                row(
                        MacAddressCodec.MACADDR8,
                        "08:00:2b:ff:fe:01:02:03",
                        "08002bfffe010203",
                        MacAddress.of("08002bfffe010203")));
    }

    private static Stream<Arguments> shapes() {
        Point one = new Point(1, 2);
        Point two = new Point(3, 4);
        String first = "3ff00000000000004000000000000000";
        String second = "40080000000000004010000000000000";
        return Stream.of(
                row(PointCodec.INSTANCE, "(1,2)", first, one),
                row(
                        LineCodec.INSTANCE,
                        "{0,1,2}",
                        "00000000000000003ff00000000000004000000000000000",
                        new Line(0, 1, 2)),
                row(LineSegmentCodec.INSTANCE, "[(1,2),(3,4)]", first + second, new LineSegment(one, two)),
                row(BoxCodec.INSTANCE, "(3,4),(1,2)", second + first, new Box(one, two)),
                row(PathCodec.INSTANCE, "[(1,2)]", "0000000001" + first, Path.open(one)),
                row(PathCodec.INSTANCE, "((1,2))", "0100000001" + first, Path.closed(one)),
                row(PolygonCodec.INSTANCE, "((1,2),(3,4))", "00000002" + first + second, Polygon.of(one, two)),
                row(CircleCodec.INSTANCE, "<(1,2),3>", first + "4008000000000000", new Circle(one, 3)));
    }

    private static Stream<Arguments> searches() {
        TsQuery a = TsQuery.lexeme("a");
        TsQuery b = TsQuery.lexeme("b");
        TsQuery c = TsQuery.lexeme("c");
        return Stream.of(
                row(TsVectorCodec.INSTANCE, "", "00000000", TsVector.of()),
                row(
                        TsVectorCodec.INSTANCE,
                        "'a':1A,2 'é''\\\\'",
                        "0000000261000002c0010002c3a9275c000000",
                        TsVector.of(Lexeme.of("é'\\"), Lexeme.of("a", new Position(2), new Position(1, TsWeight.A)))),
                row(TsQueryCodec.INSTANCE, "", "00000000", TsQuery.empty()),
                row(
                        TsQueryCodec.INSTANCE,
                        "'a''':*AC",
                        "00000001010a01612700",
                        new TsQuery.Lexeme("a'", Set.of(TsWeight.A, TsWeight.C), true)),
                row(
                        TsQueryCodec.INSTANCE,
                        "'a' & 'b' & !( 'c' | 'a' )",
                        "00000008" + "0202" + "0201" + "0203" + "0100006100" + "0100006300" + "0202" + "0100006200"
                                + "0100006100",
                        a.and(b).and(c.or(a).not())),
                row(
                        TsQueryCodec.INSTANCE,
                        "'a' <-> ( 'b' <16384> 'c' )",
                        "00000005" + "02040001" + "02044000" + "0100006300" + "0100006200" + "0100006100",
                        a.followedBy(new TsQuery.Phrase(b, 16384, c))));
    }

    private static Arguments numeric(String text, String binary) {
        return row(NumericCodec.INSTANCE, text, binary, new BigDecimal(text));
    }

    private static Arguments timestamp(String text, String binary, String value) {
        return row(TimestampCodec.INSTANCE, text, binary, LocalDateTime.parse(value));
    }

    private static Arguments timestamptz(String text, String binary, String value) {
        return row(TimestamptzCodec.INSTANCE, text, binary, OffsetDateTime.parse(value));
    }

    private static Arguments row(@Nullable FieldCodec<?> codec, String text, String binary, Object value) {
        return Arguments.of(codec, text, binary, value);
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void textBytesAndValueAreTheSameThing(FieldCodec<T> codec, String text, String binary, T value) {
        byte[] bytes = HexFormat.of().parseHex(binary);
        byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        assertTrue(codec.javaType().isInstance(value));
        assertTrue(Samples.same(value, GrowingWriter.decoded(codec, bytes, Format.BINARY)), "from bytes");
        assertTrue(Samples.same(value, GrowingWriter.decoded(codec, textBytes, Format.TEXT)), "from text");
        assertArrayEquals(bytes, GrowingWriter.encoded(codec, value));
        assertEquals(text, codec.format(value));
        assertEquals(text, codec.textOf(bytes, 0, bytes.length, Format.BINARY));
        assertEquals(text, codec.textOf(textBytes, 0, textBytes.length, Format.TEXT));
    }
}
