package dev.pgwire.internal.statement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.Box;
import dev.pgwire.type.Circle;
import dev.pgwire.type.Cube;
import dev.pgwire.type.Inet;
import dev.pgwire.type.Line;
import dev.pgwire.type.LineSegment;
import dev.pgwire.type.MacAddress;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Path;
import dev.pgwire.type.Point;
import dev.pgwire.type.Polygon;
import dev.pgwire.type.Range;
import dev.pgwire.type.Snapshot;
import dev.pgwire.type.TsQuery;
import dev.pgwire.type.TsVector;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeclaredParametersTest {
    private final DeclaredParameters parameters = new DeclaredParameters(TypeRegistry.builtin());

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("a text", "a text"),
                Arguments.of(new StringBuilder("built"), "built"),
                Arguments.of('x', "x"),
                Arguments.of(DayOfWeek.MONDAY, "MONDAY"),
                Arguments.of(7, "7"),
                Arguments.of((byte) -1, "-1"),
                Arguments.of(Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(BigInteger.TEN.pow(20), "100000000000000000000"),
                Arguments.of(new BigDecimal("1.50"), "1.50"),
                Arguments.of(new BigDecimal("1E+3"), "1000"),
                Arguments.of(3.0, "3"),
                Arguments.of(-0.0, "-0"),
                Arguments.of(Inet.of("10.0.0.1/8"), "10.0.0.1/8"),
                Arguments.of(InetAddress.getLoopbackAddress(), "127.0.0.1"),
                Arguments.of(new Snapshot(10, 20, List.of(14L)), "10:20:14"),
                Arguments.of(Cube.point(1.0, 2.5), "(1.0, 2.5)"),
                Arguments.of(0.1, "0.1"),
                Arguments.of(0.1f, "0.10000000149011612"),
                Arguments.of(1e17, "100000000000000000"),
                Arguments.of(1e20, "1e+20"),
                Arguments.of(2e-3, "0.002"),
                Arguments.of(Double.NaN, "NaN"),
                Arguments.of(Float.NEGATIVE_INFINITY, "-Infinity"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatManyTypesTakeGoesAsTextWhoseTypeTheServerInfers(Object value, String text) {
        parameters.take(new Object[] {value});
        assertArrayEquals(new int[] {0}, parameters.oids());
        assertArrayEquals(new Format[] {Format.TEXT}, parameters.formats());
        ByteBuf values = parameters.values();
        assertEquals(text, values.toString(4, values.readableBytes() - 4, StandardCharsets.UTF_8));
        assertEquals(text.length(), values.getInt(0));
    }

    static Stream<Arguments> declared() {
        return Stream.of(
                Arguments.of(true, 16),
                Arguments.of(new byte[] {1}, 17),
                Arguments.of(ByteBuffer.allocate(3), 17),
                Arguments.of(new Point(1, 2), 600),
                Arguments.of(new LineSegment(new Point(1, 2), new Point(3, 4)), 601),
                Arguments.of(Path.open(new Point(1, 2)), 602),
                Arguments.of(new Box(new Point(1, 2), new Point(3, 4)), 603),
                Arguments.of(Polygon.of(new Point(1, 2)), 604),
                Arguments.of(new Line(1, 2, 3), 628),
                Arguments.of(new Circle(new Point(1, 2), 3), 718),
                Arguments.of(MacAddress.of("08:00:2b:01:02:03"), 829),
                Arguments.of(MacAddress.of("08:00:2b:01:02:03:04:05"), 774),
                Arguments.of(TsVector.of(), 3614),
                Arguments.of(TsQuery.lexeme("a"), 3615),
                Arguments.of(LocalDate.EPOCH, 1082),
                Arguments.of(LocalTime.NOON, 1083),
                Arguments.of(LocalDateTime.of(2024, 1, 1, 0, 0), 1114),
                Arguments.of(Instant.EPOCH, 1184),
                Arguments.of(OffsetDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC), 1184),
                Arguments.of(Instant.EPOCH.atZone(ZoneOffset.UTC), 1184),
                Arguments.of(new UUID(1, 2), 2950));
    }

    @ParameterizedTest
    @MethodSource("declared")
    void whatOneTypeTakesIsDeclaredAndGoesInBinary(Object value, int oid) {
        parameters.take(new Object[] {value});
        assertArrayEquals(new int[] {oid}, parameters.oids());
        assertArrayEquals(new Format[] {Format.BINARY}, parameters.formats());
    }

    static Stream<Arguments> composed() {
        return Stream.of(
                Arguments.of(new int[] {1, 2}, "{1,2}"),
                Arguments.of(List.of("a b", "NULL", ""), "{\"a b\",\"NULL\",\"\"}"),
                Arguments.of(Arrays.asList(1.5, null), "{1.5,NULL}"),
                Arguments.of(List.of(true, false), "{t,f}"),
                Arguments.of(new byte[][] {{1, 2}}, "{\"\\\\x0102\"}"),
                Arguments.of(List.of(List.of(1), List.of(2)), "{{1},{2}}"),
                Arguments.of(List.of(), "{}"),
                Arguments.of(Arrays.asList(Inet.of("10.0.0.1"), null), "{10.0.0.1,NULL}"),
                Arguments.of(List.of(new Point(1, 2)), "{\"(1,2)\"}"),
                Arguments.of(Arrays.asList(null, new Box(new Point(3, 4), new Point(1, 2))), "{NULL;(3,4),(1,2)}"),
                Arguments.of(Range.closedOpen(1, 5), "[1,5)"),
                Arguments.of(Range.empty(), "empty"),
                Arguments.of(Range.atLeast(LocalDate.of(2024, 1, 1)), "[2024-01-01,)"),
                Arguments.of(List.of(Range.closed("a,b", "c")), "{\"[\\\"a,b\\\",c]\"}"),
                Arguments.of(Multirange.of(Range.closed(1, 2)), "{[1,2]}"));
    }

    @ParameterizedTest
    @MethodSource("composed")
    void arraysAndRangesGoAsTextWhoseTypeTheServerInfers(Object value, String text) {
        parameters.take(new Object[] {value});
        assertArrayEquals(new int[] {0}, parameters.oids());
        assertArrayEquals(new Format[] {Format.TEXT}, parameters.formats());
        assertEquals(
                text, parameters.values().toString(4, parameters.values().readableBytes() - 4, StandardCharsets.UTF_8));
    }

    @Test
    void aValueThatHasNoBytesGoesAsTextOfItsType() {
        parameters.take(new Object[] {TsQuery.empty()});
        assertArrayEquals(new int[] {3615}, parameters.oids());
        assertArrayEquals(new Format[] {Format.TEXT}, parameters.formats());
        assertEquals(0, parameters.values().getInt(0));
    }

    @Test
    void nullIsOfAnyType() {
        parameters.take(new Object[] {true, null});
        assertArrayEquals(new int[] {16, 0}, parameters.oids());
        assertEquals(-1, parameters.values().getInt(5));
        assertEquals(2, parameters.count());
    }

    @Test
    void whatNoTypeTakesIsRefused() {
        for (Object wrong : List.of(
                new Object(), List.of(new Object()), new int[][] {{1}, {2, 3}}, new BigDecimal("1e1000000000"))) {
            DataException refused = assertThrows(DataException.class, () -> parameters.take(new Object[] {1, wrong}));
            assertEquals(wrong instanceof BigDecimal ? "22003" : "22000", refused.sqlState());
            assertEquals("parameter $2 cannot take", refused.getMessage().substring(0, 24));
        }
        DataException refused =
                assertThrows(DataException.class, () -> parameters.take(new Object[] {LocalDate.of(5874899, 1, 1)}));
        assertEquals("parameter $1 (date) cannot take", refused.getMessage().substring(0, 31));
        assertThrows(DataException.class, () -> parameters.take(new Object[] {"a\0b"}));
    }
}
