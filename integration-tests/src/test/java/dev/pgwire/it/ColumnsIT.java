package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsIT {
    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    private static ColumnBatch batch(boolean binary, String sql) {
        Cursor cur = binary ? conn.execute(sql) : conn.cursor().executeSimple(sql);
        ColumnBatch batch = cur.fetchColumns(100);
        assertNotNull(batch);
        assertNull(cur.fetchColumns(100));
        return batch;
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 65_536, 3_000_000})
    void aMillionNumbersArriveAsTheyAre(int batchSize) {
        try (Cursor cur = conn.execute("SELECT g * 10000000019::int8 AS n, CASE WHEN g % 3 > 0 THEN g END,"
                + " CASE WHEN g % 5 > 0 THEN 'é' || g END FROM generate_series(1, 1000000) g")) {
            long row = 0;
            for (ColumnBatch batch = cur.fetchColumns(batchSize); batch != null; batch = cur.fetchColumns(batchSize)) {
                assertEquals(Math.min(batchSize, 1_000_000 - row), batch.size());
                long[] numbers = batch.longs(batch.indexOf("n"));
                int[] some = batch.ints(1);
                assertEquals(batch.size(), numbers.length);
                assertEquals(0, batch.nullCount(0));
                int nulls = 0;
                for (int i = 0; i < batch.size(); i++) {
                    row++;
                    boolean isNull = row % 3 == 0;
                    nulls += isNull ? 1 : 0;
                    if (numbers[i] != row * 10_000_000_019L
                            || batch.isNull(1, i) != isNull
                            || some[i] != (isNull ? 0 : row)
                            || batch.isNull(2, i) != (row % 5 == 0)) {
                        throw new AssertionError("row " + row);
                    }
                    if (row % 997 == 0) {
                        assertEquals(row % 5 == 0 ? null : "é" + row, batch.text(2, i));
                    }
                }
                assertEquals(nulls, batch.nullCount(1));
                assertEquals(row, cur.rowNumber());
            }
            assertEquals(1_000_000, row);
            assertNull(cur.fetchColumns(batchSize));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyClassOfNumbersHasItsArray(boolean binary) {
        ColumnBatch batch = batch(
                binary,
                "SELECT * FROM (VALUES (1::int2, 2, 3::int8, 1.5::float4, 2.5::float8, true, 1.25::numeric, 4294967295::oid),"
                        + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
                        + " ('-32768'::int2, -2147483648, '-9223372036854775808', '-Infinity'::float4, 'NaN', false, 'NaN', 0::oid)) t");
        assertEquals(3, batch.size());
        assertEquals(8, batch.columns().size());
        for (int i = 0; i < 8; i++) {
            assertFalse(batch.isNull(i, 0));
            assertTrue(batch.isNull(i, 1));
            assertEquals(1, batch.nullCount(i));
        }
        assertArrayEquals(new short[] {1, 0, Short.MIN_VALUE}, batch.shorts(0));
        assertArrayEquals(new int[] {1, 0, Short.MIN_VALUE}, batch.ints(0));
        assertArrayEquals(new long[] {1, 0, Short.MIN_VALUE}, batch.longs(0));
        assertArrayEquals(new int[] {2, 0, Integer.MIN_VALUE}, batch.ints(1));
        assertArrayEquals(new long[] {2, 0, Integer.MIN_VALUE}, batch.longs(1));
        assertArrayEquals(new double[] {2, 0, Integer.MIN_VALUE}, batch.doubles(1));
        assertArrayEquals(new long[] {3, 0, Long.MIN_VALUE}, batch.longs(2));
        assertArrayEquals(new double[] {3, 0, Long.MIN_VALUE}, batch.doubles(2));
        assertArrayEquals(new float[] {1.5f, 0, Float.NEGATIVE_INFINITY}, batch.floats(3));
        assertArrayEquals(new double[] {1.5, 0, Double.NEGATIVE_INFINITY}, batch.doubles(3));
        assertArrayEquals(new double[] {2.5, 0, Double.NaN}, batch.doubles(4));
        assertArrayEquals(new boolean[] {true, false, false}, batch.booleans(5));
        assertArrayEquals(new double[] {1.25, 0, Double.NaN}, batch.doubles(6));
        assertEquals("1.25", batch.text(6, 0));
        assertArrayEquals(new long[] {4_294_967_295L, 0, 0}, batch.longs(7));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void textIsItsBytesAndWhereTheyBegin(boolean binary) {
        ColumnBatch batch = batch(
                binary,
                "SELECT * FROM (VALUES ('a', date '2026-03-01'), (NULL, NULL), ('', 'infinity'), ('zwölf', '0001-01-01 BC')) t");
        assertArrayEquals(new int[] {0, 1, 1, 1, 7}, batch.offsets(0));
        assertArrayEquals("azwölf".getBytes(StandardCharsets.UTF_8), batch.bytes(0));
        assertEquals("a", batch.text(0, 0));
        assertNull(batch.text(0, 1));
        assertEquals("", batch.text(0, 2));
        assertEquals("zwölf", batch.text(0, 3));
        assertEquals("2026-03-01", batch.text(1, 0));
        assertEquals("infinity", batch.text(1, 2));
        assertEquals("0001-01-01 BC", batch.text(1, 3));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.text(0, 4));
    }

    @Test
    void aGetterOfAnotherClassIsRefusedWithThoseThatTakeTheColumn() {
        ColumnBatch batch = batch(true, "SELECT 'x'::text AS t, 1 AS i, 1::int8 AS l, 1.5::numeric AS n");
        assertEquals(
                "column 0 \"t\" (text) cannot be read by longs, expected text or bytes", refusal(() -> batch.longs(0)));
        assertEquals(
                "column 1 \"i\" (int4) cannot be read by text, expected ints, longs or doubles",
                refusal(() -> batch.text(1, 0)));
        assertEquals(
                "column 2 \"l\" (int8) cannot be read by ints, expected longs or doubles",
                refusal(() -> batch.ints(2)));
        assertEquals(
                "column 3 \"n\" (numeric) cannot be read by longs, expected doubles, text or bytes",
                refusal(() -> batch.longs(3)));
        assertThrows(InterfaceException.class, () -> batch.longs(4));
        assertThrows(InterfaceException.class, () -> batch.isNull(-1, 0));
    }

    private static String refusal(Runnable getter) {
        return assertThrows(DataException.class, getter::run).getMessage();
    }

    @Test
    void rowsAndColumnsCanBeMixedAndTheResultClosedInTheMiddle() {
        try (Cursor cur = conn.execute("SELECT g, repeat('x', 100) FROM generate_series(1, 1000000) g")) {
            assertTrue(cur.next());
            assertArrayEquals(new int[] {2, 3}, cur.fetchColumns(2).ints(0));
            assertEquals(4, cur.fetchOne().getInt(0));
            assertEquals(50_000, cur.fetchColumns(50_000).size());
            assertEquals(50_005, cur.fetchMany(1).get(0).getInt(0));
        }
        assertEquals(1, conn.execute("SELECT 1").fetchColumns(1).ints(0)[0]);
    }

    @Test
    void aBatchOfLargeValuesEndsEarly() {
        try (Cursor cur = conn.execute("SELECT g, repeat('x', 10000000) FROM generate_series(1, 10) g")) {
            int rows = 0;
            int batches = 0;
            for (ColumnBatch batch = cur.fetchColumns(1000); batch != null; batch = cur.fetchColumns(1000)) {
                rows += batch.size();
                batches++;
                assertEquals(10_000_000L * batch.size(), batch.bytes(1).length);
            }
            assertEquals(10, rows);
            assertEquals(2, batches);
        }
    }

    @Test
    void whatFailsInTheMiddleAndWhatHasNoRowsIsTold() {
        Cursor cur = conn.execute("SELECT 1 / (900000 - g) FROM generate_series(1, 1000000) g");
        assertThrows(PgException.class, () -> {
            while (cur.fetchColumns(1000) != null) {}
        });
        assertNull(conn.execute("SELECT 1 WHERE false").fetchColumns(5));
        assertThrows(InterfaceException.class, () -> conn.execute("SET work_mem = 4096")
                .fetchColumns(5));
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1").fetchColumns(0));
        assertEquals(
                3,
                conn.execute("SELECT FROM generate_series(1, 3)")
                        .fetchColumns(5)
                        .size());
    }
}
