package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.PgArray;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns as types with type arguments; true stands for values in binary format, false for text. */
class TypeRefIT {
    record Point(int x, String name) {}

    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("DROP SCHEMA IF EXISTS typeref CASCADE");
        conn.execute("CREATE SCHEMA typeref");
        conn.execute("CREATE EXTENSION IF NOT EXISTS hstore SCHEMA typeref");
        conn.execute("CREATE TYPE typeref.point AS (x int, name text)");
    }

    @AfterAll
    static void disconnect() {
        conn.execute("DROP SCHEMA typeref CASCADE");
        conn.close();
    }

    private static Row row(boolean binary, String expressions) {
        String sql = "SELECT " + expressions;
        Row row = binary
                ? conn.execute(sql).fetchOne()
                : conn.cursor().executeSimple(sql).fetchOne();
        assertEquals(binary, row.getRaw(0)[0] == 0);
        return row;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void listsHoldTheWantedClass(boolean binary) {
        Row row =
                row(binary, "'{1,NULL,3}'::int[] AS a, '{{1,2},{3,4}}'::int8[], '{}'::int[], '{NaN,1.50}'::numeric[]");
        assertEquals(Arrays.asList(1, null, 3), row.get(0, new TypeRef<List<Integer>>() {}));
        assertEquals(Arrays.asList(1L, null, 3L), row.get("a", new TypeRef<List<Long>>() {}));
        assertEquals(Arrays.asList("1", null, "3"), row.get(0, new TypeRef<Collection<String>>() {}));
        assertEquals(Arrays.asList(1, null, 3), row.get(0, new TypeRef<List<?>>() {}));
        assertEquals(
                List.of(List.of((short) 1, (short) 2), List.of((short) 3, (short) 4)),
                row.get(1, new TypeRef<List<List<Short>>>() {}));
        List<int[]> arrays = row.get(1, new TypeRef<List<int[]>>() {});
        assertArrayEquals(new int[] {3, 4}, arrays.get(1));
        assertEquals(row.get(1), row.get(1, new TypeRef<List<Object>>() {}));
        assertEquals(List.of(), row.get(2, new TypeRef<List<List<Integer>>>() {}));
        assertEquals(List.of(Double.NaN, 1.5), row.get(3, new TypeRef<List<Double>>() {}));
        assertEquals(List.of(Double.NaN, new BigDecimal("1.50")), row.get(3, new TypeRef<List<?>>() {}));
        assertEquals(
                new PgArray<>(List.of(1, 2, 3, 4), List.of(2, 2), List.of(1, 1)),
                row.get(1, new TypeRef<PgArray<Integer>>() {}));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rangesHoldTheWantedClass(boolean binary) {
        Row row = row(
                binary,
                "ARRAY[int4range(1,5)], int4range(1,NULL), int8multirange(int8range(1,5)), 'empty'::numrange,"
                        + " tstzrange('2026-01-01Z', NULL), 'empty'::int4range, '1 2'::int2vector");
        assertEquals(List.of(Range.closedOpen(1L, 5L)), row.get(0, new TypeRef<List<Range<Long>>>() {}));
        assertEquals(Range.atLeast(1L), row.get(1, new TypeRef<Range<Long>>() {}));
        assertEquals(Multirange.of(Range.closedOpen(1, 5)), row.get(2, new TypeRef<Multirange<Integer>>() {}));
        assertEquals(Range.empty(), row.get(3, new TypeRef<Range<Double>>() {}));
        assertEquals(
                Range.atLeast(Instant.parse("2026-01-01T00:00:00Z")),
                row.get(4, new TypeRef<Range<? extends Instant>>() {}));
        assertEquals(Range.empty(), row.get(5, new TypeRef<Range<Long>>() {}));
        assertEquals(List.of(1, 2), row.get(6, new TypeRef<List<Integer>>() {}));
    }

    @Test
    void recordsAndMapsMayBeInLists() {
        Row row = conn.execute("SELECT ARRAY[ROW(1,'a')::typeref.point], 'a=>1,b=>NULL'::typeref.hstore,"
                        + " ARRAY['a=>1'::typeref.hstore], ROW(2,'b')::typeref.point, NULL::int[]")
                .fetchOne();
        assertEquals(List.of(new Point(1, "a")), row.get(0, new TypeRef<List<Point>>() {}));
        Map<String, String> map = row.get(1, new TypeRef<Map<String, String>>() {});
        assertEquals("1", map.get("a"));
        assertNull(map.get("b"));
        assertEquals(List.of(Map.of("a", "1")), row.get(2, new TypeRef<List<Map<String, String>>>() {}));
        assertEquals(new Point(2, "b"), row.get(3, new TypeRef<Point>() {}));
        assertNull(row.get(4, new TypeRef<List<Integer>>() {}));
    }

    @Test
    void aCursorReadsThemToo() {
        try (Cursor cur = conn.execute("SELECT '{1}'::int[]")) {
            cur.next();
            assertEquals(List.of(1), cur.get(0, new TypeRef<List<Integer>>() {}));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatDoesNotFitIsRefusedWithBothTypes(boolean binary) {
        Row row = row(
                binary, "'{{1,2}}'::int[] AS a, 1 AS b, '{5000000000}'::int8[], int4range(1, 2), '{x=r/x}'::text AS t");
        assertRefused(
                row,
                0,
                new TypeRef<List<Integer>>() {},
                "int4[] cannot be read as java.util.List<java.lang.Integer>: it has 2");
        assertRefused(
                row,
                0,
                new TypeRef<List<List<List<Integer>>>>() {},
                "int4 cannot be read as java.util.List<java.lang.Integer>");
        assertRefused(
                row,
                0,
                new TypeRef<Range<Integer>>() {},
                "int4[] cannot be read as dev.pgwire.type.Range<java.lang.Integer>");
        assertRefused(
                row, 1, new TypeRef<List<Integer>>() {}, "int4 cannot be read as java.util.List<java.lang.Integer>");
        assertRefused(row, 2, new TypeRef<List<Integer>>() {}, "5000000000");
        assertRefused(row, 3, new TypeRef<Range<java.util.UUID>>() {}, "int4 cannot be read as UUID");
        assertRefused(row, 3, new TypeRef<Map<String, String>>() {}, "int4range cannot be read as java.util.Map<");
        assertRefused(
                row, 4, new TypeRef<List<String>>() {}, "text cannot be read as java.util.List<java.lang.String>");
    }

    private static void assertRefused(Row row, int column, TypeRef<?> type, String part) {
        String message =
                assertThrows(DataException.class, () -> row.get(column, type)).getMessage();
        assertEquals(part, message.contains(part) ? part : message);
        assertEquals(0, message.indexOf("column " + column + " "), message);
    }
}
