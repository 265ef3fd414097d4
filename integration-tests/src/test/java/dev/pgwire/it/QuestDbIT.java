package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that is no PostgreSQL: hardly a catalog, no SQLSTATE but 00000, no savepoints, neither COPY FROM STDIN. What
 * it says of itself with {@code questdb_version} is not looked at: the driver does what the protocol says.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QuestDbIT {
    private static final LocalDateTime AT = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_000);
    private static final String INSERT = "INSERT INTO questdb_it VALUES ($1, $2, $3, $4, $5, $6)";

    private static QuestDb server;

    @BeforeAll
    static void start() throws Exception {
        String missing = QuestDb.missing();
        assumeTrue(missing.isEmpty(), missing);
        server = QuestDb.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Connection connect() {
        return Postgres.connect(server.dsn(""));
    }

    private static Object one(Connection conn, String sql, Object... values) {
        return conn.execute(sql, values).fetchOne().get(0);
    }

    private static void createTable(Connection conn) {
        conn.execute("DROP TABLE IF EXISTS questdb_it");
        conn.execute("CREATE TABLE questdb_it (i int, l long, s varchar, d double, b boolean, t timestamp)");
    }

    private static List<Object> row(int i) {
        return List.of(i, 1L << 40 | i, "row " + i, i / 2.0, i % 2 == 0, AT);
    }

    private static List<List<Object>> rows(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(i));
        }
        return rows;
    }

    /** That the rows from 0 on are there, each with its own values. */
    private static void assertRows(Connection conn, int count) {
        assertEquals((long) count, one(conn, "SELECT count(*) FROM questdb_it"));
        Cursor cur = conn.execute("SELECT * FROM questdb_it ORDER BY i");
        for (int i = 0; i < count; i++) {
            Row row = cur.fetchOne();
            for (int column = 0; column < 5; column++) {
                assertEquals(row(i).get(column), row.get(column));
            }
            assertEquals(AT, row.getLocalDateTime(5));
        }
        assertNull(cur.fetchOne());
    }

    @Test
    void itTellsWhatItIs() {
        try (Connection conn = connect()) {
            assertEquals("9.0.3", conn.parameter("questdb_version"));
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
            assertEquals(1, conn.cursor().executeSimple("SELECT 1").fetchOne().getInt(0));
        }
    }

    @Test
    void parametersComeBack() {
        try (Connection conn = connect()) {
            for (int round = 0; round < 2; round++) {
                assertEquals(round, one(conn, "SELECT $1::int", round));
                assertEquals(1L << 40, one(conn, "SELECT $1::long", 1L << 40));
                assertEquals("häß", one(conn, "SELECT $1::varchar", "häß"));
                assertEquals(0.1, one(conn, "SELECT $1::double", 0.1));
                assertEquals(round + 1, one(conn, "SELECT $1 + 1", round));
                assertNull(one(conn, "SELECT $1::varchar", (Object) null));
            }
        }
    }

    @Test
    void valuesGoThroughATable() {
        try (Connection conn = connect()) {
            createTable(conn);
            conn.execute(INSERT, row(0).toArray());
            assertRows(conn, 1);
            assertEquals(
                    "row 0", one(conn, "SELECT s FROM questdb_it WHERE i = $1 AND t = $2 AND s = $3", 0, AT, "row 0"));
            conn.execute(INSERT, null, null, null, null, null, null);
            Row nulls = conn.execute("SELECT * FROM questdb_it WHERE i = null").fetchOne();
            assertTrue(nulls.isNull(0) && nulls.isNull(1) && nulls.isNull(2) && nulls.isNull(3) && nulls.isNull(5));
            assertFalse(nulls.getBoolean(4), "its booleans know no null");
        }
    }

    @Test
    void manySetsAreInserted() {
        try (Connection conn = connect()) {
            createTable(conn);
            Cursor cur = conn.cursor().executeMany(INSERT, rows(1_000));
            assertEquals(1_000, cur.rowCounts().length);
            assertRows(conn, 1_000);
        }
    }

    /** Its unnamed statement, with which the driver inserts, can be bound only once, and it keeps the row of that one Bind. */
    @Test
    void insertManyIsRefusedAndExecuteManyIsNot() {
        List<String> columns = List.of("i", "l", "s", "d", "b", "t");
        try (Connection conn = connect()) {
            createTable(conn);
            assertThrows(DatabaseException.class, () -> conn.insertMany("questdb_it", columns, rows(300)));
            createTable(conn);
            conn.cursor().executeMany(INSERT, rows(300));
            assertRows(conn, 300);
        }
    }

    /**
     * Inserts keep their values. Those of a SELECT are lost or mixed up in QuestDB 9.0.3 if it has to prepare or to run
     * something else before the next Sync: there is one in front of each.
     */
    @Test
    void aPipelineIsAnsweredInOrder() {
        try (Connection conn = connect()) {
            createTable(conn);
            try (Pipeline pipeline = conn.pipeline()) {
                List<Cursor> inserts = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    inserts.add(pipeline.execute(INSERT, row(i).toArray()));
                }
                pipeline.sync();
                Cursor first = pipeline.execute("SELECT s FROM questdb_it WHERE i = $1", 7);
                pipeline.sync();
                Cursor second = pipeline.execute("SELECT s FROM questdb_it WHERE i = $1", 8);
                pipeline.sync();
                for (Cursor insert : inserts) {
                    assertEquals(1, insert.rowCount());
                }
                assertEquals("row 7", first.fetchOne().getString(0));
                assertEquals("row 8", second.fetchOne().getString(0));
            }
            assertRows(conn, 100);
        }
    }

    @Test
    void anErrorIsToldAndTheConnectionGoesOn() {
        try (Connection conn = connect()) {
            DatabaseException missing =
                    assertThrows(DatabaseException.class, () -> conn.execute("SELECT * FROM nowhere WHERE i = $1", 1));
            assertTrue(missing.getMessage().contains("nowhere"), missing::getMessage);
            assertEquals("SELECT * FROM nowhere WHERE i = $1", missing.sql());
            assertThrows(DatabaseException.class, () -> conn.execute("SELECT $1::int", "no number"));
            assertThrows(DatabaseException.class, () -> conn.cursor().executeSimple("SELEC 1"));
            assertEquals(7, one(conn, "SELECT $1::int", 7));
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        DatabaseException refused =
                assertThrows(DatabaseException.class, () -> Postgres.connect(server.dsn("password=wrong")));
        assertTrue(refused.getMessage().contains("password"), refused::getMessage);
    }

    /** A failed statement does not fail the block here, and there are no savepoints. */
    @Test
    void transactionsAreKeptOrUndone() {
        try (Connection conn = connect()) {
            createTable(conn);
            conn.execute(INSERT, row(0).toArray());
            // A BEGIN that a Parse follows before the next Sync is forgotten by QuestDB 9.0.3.
            conn.execute("BEGIN");
            conn.execute(INSERT, row(1).toArray());
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
            conn.rollback();
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
            assertRows(conn, 1);
        }
    }

    @Test
    void aLargeResultIsReadWhileItComes() {
        try (Connection conn = connect()) {
            long sum = 0;
            for (Row row : conn.execute("SELECT x, 'abc' FROM long_sequence(100000)")) {
                sum += row.getLong(0);
            }
            assertEquals(100_000L * 100_001 / 2, sum);
            Cursor begun = conn.execute("SELECT x, 'abc' FROM long_sequence(100000)");
            assertTrue(begun.next());
            begun.close();
            assertEquals(7, one(conn, "SELECT $1::int", 7));
        }
    }

    @Test
    void severalStatementsGoAsOneText() {
        try (Connection conn = connect()) {
            Cursor cur = conn.execute("SELECT 1; SELECT 'two'");
            assertEquals(1, cur.fetchOne().getInt(0));
            assertTrue(cur.nextSet());
            assertEquals("two", cur.fetchOne().getString(0));
        }
    }

    @Test
    void aTableMayChangeBetweenTwoExecutions() {
        try (Connection conn = connect();
                Connection other = connect()) {
            createTable(conn);
            conn.execute(INSERT, row(0).toArray());
            assertEquals(6, conn.execute("SELECT * FROM questdb_it").fetchOne().size());
            other.execute("ALTER TABLE questdb_it ADD COLUMN more int");
            Row wider = conn.execute("SELECT * FROM questdb_it").fetchOne();
            assertEquals(7, wider.size());
            assertTrue(wider.isNull(6));
        }
    }

    @Test
    void withoutPreparedStatementsItWorksToo() {
        try (Connection conn = Postgres.connect(server.dsn("prepare=never"))) {
            createTable(conn);
            assertEquals(8, one(conn, "SELECT $1::int + 7", 1));
            conn.execute(INSERT, row(0).toArray());
            assertRows(conn, 1);
        }
    }

    @Test
    void clientsWithTheSameTextsDoNotMeet() {
        try (Connection conn = connect();
                Connection other = connect()) {
            for (int i = 0; i < 20; i++) {
                assertEquals(i, one(conn, "SELECT $1::int", i));
                assertEquals(i + 10, one(other, "SELECT $1::int + 10", i));
            }
        }
    }

    /** It looks for a cancel only where it reads tables, and calls it no SQLSTATE. */
    @Test
    void aDeadlineCancelsTheStatement() {
        try (Connection conn = connect()) {
            conn.execute("DROP TABLE IF EXISTS questdb_long");
            conn.execute("CREATE TABLE questdb_long AS (SELECT x FROM long_sequence(1000000))");
            conn.deadline(Duration.ofMillis(200));
            DatabaseException cancelled = assertThrows(
                    DatabaseException.class,
                    () -> one(
                            conn,
                            "SELECT count(*) FROM questdb_long a CROSS JOIN questdb_long b WHERE a.x + b.x < $1",
                            0L));
            assertTrue(cancelled.getMessage().contains("cancelled by user"), cancelled::getMessage);
            conn.deadline(null);
            assertEquals(7, one(conn, "SELECT $1::int", 7));
            conn.execute("DROP TABLE questdb_long");
        }
    }
}
