package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.row.Fields;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import dev.pgwire.testkit.TestServer;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
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
}
