package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything works without a prepared statement, and leaves none. */
class PrepareNeverIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn("prepare=never"));
        conn.execute("SET TIME ZONE 'UTC'");
    }

    @AfterEach
    void disconnect() {
        conn.rollback();
        assertEquals(
                0,
                conn.execute("SELECT count(*) FROM pg_prepared_statements")
                        .fetchOne()
                        .getInt(0));
        conn.close();
    }

    @ParameterizedTest
    @MethodSource("dev.pgwire.it.TypesParametersIT#textsForTheServer")
    void aStringForAnyTypeIsReadByTheServer(String type, String given, String expected) {
        conn.execute("CREATE TYPE pg_temp.parameters_it_mood AS ENUM ('MONDAY', 'so so')");
        String sql = "SELECT $1::" + type + "::text";
        assertEquals(expected, conn.execute(sql, given).fetchOne().getString(0));
    }

    /** The server infers the same types as it does for a prepared statement. */
    static Stream<Arguments> otherClasses() {
        return TypesParametersIT.otherClasses().filter(row -> {
            Object value = row.get()[1];
            boolean otherwise = value instanceof BigDecimal decimal && decimal.scale() > 0;
            return !otherwise && !(row.get()[0].equals("numeric") && value.equals(0.1f));
        });
    }

    @ParameterizedTest
    @MethodSource("otherClasses")
    void aParameterTakesEveryClassThatHoldsItsValueExactly(String type, Object given, String expected) {
        String sql = "SELECT $1::" + type + "::text";
        assertEquals(expected, conn.execute(sql, given).fetchOne().getString(0));
    }

    @Test
    void whereItDiffersFromAPreparedStatementNothingIsLost() {
        assertThrows(DataException.class, () -> conn.execute("SELECT $1::int4", new BigDecimal("7.00")));
        assertEquals(
                "0.10000000149011612",
                conn.execute("SELECT $1::numeric::text", 0.1f).fetchOne().getString(0));
        assertEquals(
                "0.1234567890123456",
                conn.execute("SELECT $1::numeric", 0.1234567890123456)
                        .fetchOne()
                        .getString(0));
        assertThrows(DataException.class, () -> conn.execute("SELECT $1::int4", new BigDecimal("1.5")));
    }

    @Test
    void theIndexOfANumberIsUsedWhateverTheClassOfTheValue() {
        conn.execute("CREATE TEMP TABLE numbers AS SELECT i::numeric AS n FROM generate_series(1, 10000) AS i");
        conn.execute("CREATE INDEX ON numbers (n)");
        conn.execute("ANALYZE numbers");
        for (Object value : List.of(7, 7L, 7.0, new BigDecimal("7"))) {
            String plan = conn.execute("EXPLAIN SELECT FROM numbers WHERE n = $1", value)
                    .fetchAll()
                    .toString();
            assertTrue(plan.contains("Index"), () -> value.getClass() + ": " + plan);
        }
    }

    @Test
    void valuesGoThroughATableAndComeBack() {
        conn.execute(
                "CREATE TEMP TABLE t (i int2, l int8, n numeric, d float8, b bool, t text, y bytea, u uuid, day date,"
                        + " at timestamptz, j jsonb, a int4[], m interval)");
        UUID uuid = new UUID(1, 2);
        OffsetDateTime at = OffsetDateTime.of(2024, 2, 29, 1, 2, 3, 0, ZoneOffset.UTC);
        Object[] values = {
            7,
            1L << 40,
            new BigDecimal("1.50"),
            0.1,
            true,
            "text",
            new byte[] {1, 0, -1},
            uuid,
            LocalDate.EPOCH,
            at,
            "{\"a\": 1}",
            "{1,2}",
            "01:30:00"
        };
        conn.execute("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", values);
        conn.execute("INSERT INTO t VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", new Object[13]);
        Cursor cur = conn.execute("SELECT * FROM t ORDER BY i NULLS LAST");
        assertTrue(cur.next());
        assertEquals((short) 7, cur.get(0));
        assertEquals(1L << 40, cur.get(1));
        assertEquals(new BigDecimal("1.50"), cur.get(2));
        assertEquals(0.1, cur.get(3));
        assertEquals(true, cur.get(4));
        assertEquals("text", cur.get(5));
        assertArrayEquals(new byte[] {1, 0, -1}, cur.getBytes(6));
        assertEquals(uuid, cur.get(7));
        assertEquals(LocalDate.EPOCH, cur.get(8));
        assertEquals(at, cur.get(9));
        assertEquals("{\"a\": 1}", cur.getString(10));
        assertEquals("{1,2}", cur.getString(11));
        assertEquals("01:30:00", cur.getString(12));
        assertTrue(cur.next());
        for (int i = 0; i < 13; i++) {
            assertTrue(cur.isNull(i));
        }
        assertFalse(cur.next());
    }

    @Test
    void manySetsAreBoundInBinaryAndAllOrNothing() {
        conn.execute("CREATE TEMP TABLE t (id int4 PRIMARY KEY, note text)");
        List<List<Object>> sets = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            sets.add(List.of(i % 2 == 0 ? (Object) i : (Object) (long) i, "note " + i));
        }
        Cursor cur = conn.cursor().executeMany("INSERT INTO t VALUES ($1, $2) RETURNING id", sets);
        assertEquals(10_000, cur.rowCounts().length);
        for (int i = 0; i < 10_000; i++) {
            assertEquals(i, cur.fetchOne().getInt(0));
            assertEquals(i < 9_999, cur.nextSet());
        }
        assertThrows(PgException.class, () -> conn.cursor()
                .executeMany("INSERT INTO t VALUES ($1, $2)", List.of(List.of(-1, "new"), List.of(1, "there"))));
        assertThrows(DataException.class, () -> conn.cursor()
                .executeMany("INSERT INTO t VALUES ($1, $2)", List.of(List.of(-1, "new"), List.of(1.5, "wrong"))));
        assertThrows(
                NotSupportedException.class, () -> conn.cursor().executeMany("COPY t FROM STDIN", List.of(List.of(1))));
        assertEquals(
                0,
                conn.cursor()
                        .executeMany("INSERT INTO t VALUES ($1, $2)", List.of())
                        .rowCount());
        assertEquals(10_000, conn.execute("SELECT count(*) FROM t").fetchOne().getInt(0));
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void rowsAreInsertedInEveryWay(BulkWay way) {
        conn.execute("CREATE TEMP TABLE t (id int4, note text, day date)");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            rows.add(List.of(i, "note " + i, LocalDate.EPOCH));
        }
        BulkInsert insert = BulkInsert.into("t", "id", "note", "day").way(way);
        assertEquals(6_000, conn.insertMany(insert, rows).rowCount());
        assertEquals(
                6_000,
                conn.execute("SELECT count(DISTINCT id) FROM t").fetchOne().getInt(0));
        if (way != BulkWay.COPY) {
            Cursor returned = conn.insertMany(insert.returning("id, note"), rows.subList(0, 500));
            for (int i = 0; i < 500; i++) {
                assertTrue(returned.next());
                assertEquals(i, returned.getInt(0));
                assertEquals("note " + i, returned.getString(1));
            }
            assertFalse(returned.next());
        }
    }

    /** A String for a type that is not text needs Bind: the way changes in the middle of a segment. */
    @Test
    void theWayMayChangeWhileRowsAreSent() {
        conn.execute("CREATE TEMP TABLE t (id int4, day date)");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 60_000; i++) {
            rows.add(List.of(i, i == 30_000 ? (Object) "2024-02-29" : (Object) LocalDate.EPOCH));
        }
        assertEquals(60_000, conn.insertMany("t", List.of("id", "day"), rows).rowCount());
        assertEquals(
                30_000,
                conn.execute("SELECT id FROM t WHERE day = $1", LocalDate.of(2024, 2, 29))
                        .fetchOne()
                        .getInt(0));
        Cursor returned =
                conn.insertMany(BulkInsert.into("t", "id", "day").returning("id"), rows.subList(29_000, 33_000));
        assertEquals(4_000, returned.fetchAll().size());
    }

    @Test
    void transactionsPipelinesAndSimpleQueriesWork() {
        conn.execute("CREATE TEMP TABLE t (id int4)");
        conn.autocommit(false);
        conn.cursor().executeMany("INSERT INTO t VALUES ($1)", List.of(List.of(1), List.of(2)));
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        assertTrue(conn.notices().isEmpty(), () -> conn.notices().toString());
        conn.rollback();
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute("INSERT INTO t VALUES ($1)", 3);
            Cursor count = pipeline.execute("SELECT count(*) FROM t WHERE id = $1", 3);
            assertEquals(1, count.fetchOne().getInt(0));
        }
        conn.commit();
        conn.autocommit(true);
        conn.execute("INSERT INTO t VALUES (4); INSERT INTO t VALUES (5)");
        Cursor named = conn.execute("SELECT sum(id) FROM t WHERE id >= :least", java.util.Map.of("least", 3));
        assertEquals(12, named.fetchOne().getInt(0));
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT $1::int", 1, 2));
        assertNull(conn.execute("SELECT $1::int", (Object) null).fetchOne().get(0));
    }

    @Test
    void whileALargeResultIsReadItIsKnownWhetherThereIsATransaction() {
        String large = "SELECT repeat('x', 1000) FROM generate_series(1, $1)";
        Cursor outside = conn.execute(large, 200_000);
        assertTrue(outside.next());
        assertFalse(conn.inTransaction());
        conn.commit();
        outside.close();
        conn.begin();
        Cursor inside = conn.execute(large, 200_000);
        assertTrue(inside.next());
        assertTrue(conn.inTransaction());
        inside.close();
    }

    @Test
    void aTableMayChangeBetweenTwoExecutions() {
        conn.execute("CREATE TEMP TABLE t AS SELECT 1 AS a");
        assertEquals(
                1, conn.execute("SELECT * FROM t WHERE a = $1", 1).fetchOne().get(0));
        conn.execute("ALTER TABLE t ALTER a TYPE text");
        assertEquals(
                "1", conn.execute("SELECT * FROM t WHERE a = $1", 1).fetchOne().get(0));
    }
}
