package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.row.Fields;
import dev.pgwire.row.Row;
import dev.pgwire.row.RowMapper;
import dev.pgwire.row.Rows;
import dev.pgwire.testkit.TestServer;
import java.lang.invoke.MethodHandles;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows of a real server: as values, and through their getters. */
class RowsIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @Test
    void theSameQueryGivesEqualRowsHoweverTheyAreRead() {
        String sql = "SELECT g AS id, CASE WHEN g % 3 > 0 THEN 'n' || g END AS name FROM generate_series(1, 20000) g";
        Rows first = conn.execute(sql).fetchAll();
        Rows again = conn.execute(sql).fetchAll();
        assertEquals(first, again);
        assertEquals(first.hashCode(), again.hashCode());
        assertEquals(first, conn.execute(sql).stream().toList());
        Set<Row> distinct = new HashSet<>(first);
        distinct.addAll(again);
        assertEquals(20_000, distinct.size());
        assertEquals(first.get(0), conn.execute(sql).fetchOne());
    }

    @Test
    void valuesThatCameAsTextAreOthersThanThoseThatCameInBinary() {
        assertNotEquals(
                conn.execute("SELECT 1 AS a").fetchOne(),
                conn.executeSimple("SELECT 1 AS a").fetchOne());
        assertEquals(List.of(), conn.execute("SELECT 1 WHERE false").fetchAll());
    }

    @Test
    void aCursorAndARowHaveTheSameGetters() {
        String sql =
                "SELECT 7 AS n, NULL::int AS none, time '12:34:56' AS t, timestamptz '2026-03-01 12:00:00+02' AS at";
        Cursor cur = conn.execute(sql);
        cur.next();
        for (Fields fields : List.of(cur, conn.execute(sql).fetchOne())) {
            assertEquals(7, fields.getInt("n"));
            assertEquals(7, fields.getShort("n"));
            assertEquals(7f, fields.getFloat("n"));
            assertEquals(-1, fields.getIntOr("none", -1));
            assertEquals(-1, fields.getShortOr("none", (short) -1));
            assertEquals(LocalTime.of(12, 34, 56), fields.getLocalTime("t"));
            assertEquals(Instant.parse("2026-03-01T10:00:00Z"), fields.getInstant("at"));
            assertEquals(4, fields.getRaw("n").length);
            assertEquals(3, fields.indexOf("at"));
        }
    }

    record Numbered(int n) {}

    @Test
    void aScalarIsTheFirstColumnOfTheNextRow() {
        assertEquals(
                3L,
                conn.execute("SELECT count(*), 'x' FROM generate_series(1, 3)").fetchScalar(Long.class));
        assertNull(conn.execute("SELECT NULL::int").fetchScalar(Integer.class));
        assertNull(conn.execute("SELECT 1 WHERE false").fetchScalar(Integer.class));
        assertThrows(
                InterfaceException.class, () -> conn.execute("SET jit = off").fetchScalar(String.class));
    }

    @Test
    void aSingleRowIsRefusedWhereThereIsNoneOrMoreThanOne() {
        String sql = "SELECT g AS n FROM generate_series(1, $1) g";
        assertEquals("(1,)", conn.execute(sql, 1).fetchSingle().toString());
        assertEquals(new Numbered(1), conn.execute(sql, 1).fetchSingle(Numbered.class));
        ProgrammingException none = assertThrows(
                ProgrammingException.class, () -> conn.execute(sql, 0).fetchSingle());
        assertEquals("21000", none.sqlState());
        assertEquals("the result has no row, expected exactly one", none.getMessage());
        ProgrammingException more = assertThrows(
                ProgrammingException.class, () -> conn.execute(sql, 2).fetchSingle(Numbered.class));
        assertEquals("the result has more than one row, expected exactly one", more.getMessage());
    }

    @Test
    void anOptionalRowIsEmptyWhereThereIsNone() {
        String sql = "SELECT g AS n FROM generate_series(1, $1) g";
        assertEquals(1, conn.execute(sql, 2).fetchOptional().orElseThrow().getInt(0));
        assertEquals(Optional.of(new Numbered(1)), conn.execute(sql, 2).fetchOptional(Numbered.class));
        assertEquals(Optional.empty(), conn.execute(sql, 0).fetchOptional());
        assertEquals(Optional.empty(), conn.execute(sql, 0).fetchOptional(Numbered.class));
    }

    private static final RowMapper<Integer> TENFOLD = row -> 10 * row.getInt("n");

    @Test
    void aMapperServesWhereverTheClassOfARecordDoes() {
        String sql = "SELECT g AS n FROM generate_series(1, $1) g";
        try (Cursor cur = conn.execute(sql, 5)) {
            assertEquals(10, cur.fetchOne(TENFOLD));
            assertEquals(List.of(20, 30), cur.fetchMany(2, TENFOLD));
            assertEquals(Optional.of(40), cur.fetchOptional(TENFOLD));
            assertEquals(50, cur.fetchSingle(TENFOLD));
            assertNull(cur.fetchOne(TENFOLD));
            assertEquals(Optional.empty(), cur.fetchOptional(TENFOLD));
            assertEquals(List.of(), cur.fetchMany(2, TENFOLD));
        }
        assertEquals(List.of(10, 20, 30), conn.execute(sql, 3).stream(TENFOLD).toList());
        assertThrows(ProgrammingException.class, () -> conn.execute(sql, 2).fetchSingle(TENFOLD));
    }

    @Test
    void aRowBecomesARecord() {
        String sql = "SELECT g AS n FROM generate_series(1, 3) g";
        List<Numbered> read = new ArrayList<>();
        for (Row row : conn.execute(sql)) {
            read.add(row.to(Numbered.class));
        }
        assertEquals(conn.execute(sql).fetchAll(Numbered.class), read);
        RowMapper<Numbered> mapper = RowMapper.of(Numbered.class, MethodHandles.lookup());
        assertEquals(read, conn.execute(sql).fetchAll(mapper));
        assertEquals(read.get(0), conn.execute(sql).fetchAll().get(0).to(Numbered.class, MethodHandles.lookup()));
    }

    @Test
    void aMapperMayKeepItsRows() {
        String sql = "SELECT g AS n FROM generate_series(1, 3) g";
        assertEquals(List.of(1, 2, 3), conn.execute(sql).fetchAll(row -> row.getInt("n")));
        assertEquals(conn.execute(sql).fetchAll(), conn.execute(sql).fetchAll(row -> row));
    }
}
