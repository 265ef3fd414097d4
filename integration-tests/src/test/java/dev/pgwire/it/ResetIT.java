package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Isolation;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.TransactionMode;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that goes back to a pool is as it was when it was new. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ResetIT {
    private static final String LARGE = "SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private Object ask(String sql) {
        return conn.execute(sql).fetchOne().get(0);
    }

    @Test
    void whatTheProgramHasSetIsSetBack() {
        List<String> heard = new ArrayList<>();
        conn.onNotice(notice -> heard.add(notice.message()));
        conn.execute("DO 'BEGIN RAISE NOTICE ''one''; END'");
        conn.autocommit(false);
        conn.isolation(Isolation.SERIALIZABLE);
        conn.deadline(Duration.ofMinutes(1));
        conn.reset();
        assertTrue(conn.autocommit());
        assertEquals(TransactionMode.DEFAULT, conn.transactionMode());
        assertNull(conn.deadline());
        assertEquals(List.of(), conn.notices());
        conn.execute("DO 'BEGIN RAISE NOTICE ''two''; END'");
        assertEquals(List.of("one"), heard);
        assertEquals("read committed", ask("SHOW transaction_isolation"));
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void aTransactionIsRolledBack() {
        conn.execute("CREATE TABLE reset_t (id int)");
        try {
            Transaction tx = conn.begin();
            conn.execute("INSERT INTO reset_t VALUES (1)");
            conn.reset();
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
            assertTrue(tx.hasEnded());
            assertEquals(0L, ask("SELECT count(*) FROM reset_t"));
            conn.begin();
            assertTrue(tx.hasEnded(), "it is not the next one");
            conn.reset();
            assertFalse(conn.inTransaction(), "a BEGIN that was due is due no more");
            conn.begin();
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"));
            conn.reset();
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        } finally {
            conn.reset();
            conn.execute("DROP TABLE reset_t");
        }
    }

    @Test
    void theSessionIsAsItWasWhenItBegan() {
        String zone = (String) ask("SHOW TimeZone");
        conn.execute("SET TimeZone = 'Asia/Tokyo'; SET search_path = pg_catalog; SET statement_timeout = '1h'");
        conn.execute("CREATE TEMP TABLE mine (id int)");
        conn.execute("DECLARE held CURSOR WITH HOLD FOR SELECT 1");
        conn.execute("LISTEN news");
        conn.execute("SELECT pg_advisory_lock(4711)");
        conn.execute("SET ROLE pg_monitor");
        conn.reset();
        assertEquals(zone, ask("SHOW TimeZone"));
        assertEquals("0", ask("SHOW statement_timeout"));
        assertEquals("none", ask("SHOW role"));
        assertEquals("\"$user\", public", ask("SHOW search_path"));
        assertNull(ask("SELECT to_regclass('mine')::text"));
        assertEquals(0L, ask("SELECT count(*) FROM pg_cursors WHERE name = 'held'"));
        assertEquals(0L, ask("SELECT count(*) FROM pg_listening_channels()"));
        assertEquals(0L, ask("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"));
    }

    @Test
    void anOpenResultIsDroppedAndItsCursorSaysSo() {
        Cursor cur = conn.execute(LARGE);
        assertTrue(cur.next());
        conn.reset();
        assertEquals(42, ask("SELECT 42"));
        String message = assertThrows(InterfaceException.class, cur::fetchAll).getMessage();
        assertTrue(message.contains("the connection was reset"), message);
        cur.close();
        assertEquals(42, ask("SELECT 42"));
    }

    @Test
    void whatIsQueuedInAPipelineIsNotExecuted() {
        conn.execute("CREATE TABLE reset_q (id int, filler text)");
        try {
            for (int size : new int[] {1, 70_000}) {
                Pipeline pipeline = conn.pipeline();
                Cursor first = pipeline.execute("INSERT INTO reset_q VALUES ($1, $2)", 1, "x".repeat(size));
                Cursor second = pipeline.execute("INSERT INTO reset_q VALUES ($1, $2)", 2, "y");
                conn.reset();
                assertEquals(0L, ask("SELECT count(*) FROM reset_q"));
                assertThrows(InterfaceException.class, second::rowCount);
                String message =
                        assertThrows(InterfaceException.class, pipeline::sync).getMessage();
                assertTrue(message.contains("the connection was reset"), message);
                pipeline.close();
                first.close();
                assertEquals(42, ask("SELECT 42"));
            }
        } finally {
            conn.execute("DROP TABLE reset_q");
        }
    }

    private List<String> prepared() {
        return conn
                .cursor()
                .executeSimple("SELECT name || prepare_time FROM pg_prepared_statements ORDER BY 1")
                .fetchAll()
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** As try-with-resources would have it: what one throws is suppressed in what the other threw. */
    @Test
    void aDroppedPipelineAndItsCursorDoNotThrowTheSameException() {
        Pipeline pipeline = conn.pipeline();
        Cursor cur = pipeline.execute("SELECT $1::int", 1);
        conn.reset();
        InterfaceException first = assertThrows(InterfaceException.class, cur::fetchOne);
        first.addSuppressed(assertThrows(InterfaceException.class, pipeline::close));
        assertEquals(1, first.getSuppressed().length);
    }

    @Test
    void preparedStatementsAreKeptWhereTheyStillMeanTheSame() {
        for (int i = 0; i < 3; i++) {
            conn.execute("SELECT $1::int + 1", i);
        }
        conn.execute("SET statement_timeout = '1h'");
        conn.reset();
        List<String> before = prepared();
        conn.reset();
        conn.execute("SELECT $1::int + 1", 1);
        List<String> after = prepared();
        assertFalse(before.isEmpty());
        assertEquals(before, after);
    }

    @Test
    void statementsAreForgottenWhereASettingGaveThemAnotherMeaning() {
        conn.execute("CREATE SCHEMA reset_a CREATE TABLE kt (a int)");
        conn.execute("CREATE TABLE kt (b text)");
        try {
            conn.execute("SELECT set_config('search_path', 'reset_a', false)");
            assertEquals(
                    "a",
                    conn.execute("SELECT * FROM kt WHERE $1", true)
                            .description()
                            .get(0)
                            .name());
            conn.reset();
            assertEquals(
                    "b",
                    conn.execute("SELECT * FROM kt WHERE $1", true)
                            .description()
                            .get(0)
                            .name());
            conn.execute("CREATE TEMP TABLE kt (c int)");
            assertEquals(
                    "c",
                    conn.execute("SELECT *, 1 FROM kt WHERE $1", true)
                            .description()
                            .get(0)
                            .name());
            conn.reset();
            assertEquals(
                    "b",
                    conn.execute("SELECT *, 1 FROM kt WHERE $1", true)
                            .description()
                            .get(0)
                            .name());
        } finally {
            conn.reset();
            conn.execute("DROP TABLE kt");
            conn.execute("DROP SCHEMA reset_a CASCADE");
        }
    }

    /** RESET brings back the style that the connection began with, which is then made ISO as it was in the beginning. */
    @Test
    void datesAreReadAfterAResetAsBefore() {
        try (Connection dmy = Postgres.connect(TestServer.shared().dsn() + " options='-c DateStyle=SQL,DMY'")) {
            for (int i = 0; i < 2; i++) {
                assertEquals(
                        LocalDate.of(2024, 2, 1),
                        dmy.execute("SELECT '01/02/2024'::date").fetchOne().getLocalDate(0));
                assertEquals("ISO, DMY", dmy.parameter("DateStyle"));
                dmy.reset();
            }
        }
    }

    @Test
    void aResetMayBeRepeatedAndCostsNothingThatLasts() {
        for (int i = 0; i < 100; i++) {
            conn.reset();
            assertEquals(i, conn.execute("SELECT $1::int", i).fetchOne().getInt(0));
        }
    }
}
