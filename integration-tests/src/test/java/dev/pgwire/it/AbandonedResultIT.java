package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large results that nobody reads to the end must not be in the way for ever. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AbandonedResultIT {
    /** More than is set aside whatever the heap: the bound is 64 MiB at most. */
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

    private void assertUsable() {
        assertEquals(42, conn.execute("SELECT 42").fetchAll().get(0).getInt(0));
    }

    /** Whoever lets go of a cursor gets the connection back, at the latest when the collector has noticed. */
    private void assertUsableOnceCollected() {
        while (true) {
            try {
                assertUsable();
                return;
            } catch (InterfaceException inTheWay) {
                assertTrue(inTheWay.getMessage().contains("another cursor"), inTheWay::getMessage);
                System.gc();
            }
        }
    }

    @Test
    void aCursorThatIsForgottenAfterItsFirstRowIsDropped() {
        for (int i = 0; i < 2; i++) {
            assertEquals(1, conn.execute(LARGE).fetchOne().getInt(0));
            assertUsableOnceCollected();
        }
    }

    @Test
    void anIterationThatIsLeftIsDropped() {
        readOneRowOf(LARGE);
        assertUsableOnceCollected();
    }

    /** In a method of its own: a loop's iterator lives as long as the method may need it. */
    private void readOneRowOf(String sql) {
        for (Row row : conn.execute(sql)) {
            assertEquals(1, row.getInt(0));
            break;
        }
    }

    @Test
    void aStreamThatIsLeftOpenIsDropped() {
        assertEquals(1, conn.execute(LARGE).stream().findFirst().orElseThrow().getInt(0));
        assertUsableOnceCollected();
    }

    @Test
    void aStreamThatIsClosedIsOutOfTheWayAtOnce() {
        Cursor cur = conn.cursor();
        for (int i = 0; i < 2; i++) {
            try (Stream<Row> rows = cur.execute(LARGE).stream()) {
                assertEquals(1, rows.findFirst().orElseThrow().getInt(0));
            }
            assertUsable();
            assertFalse(cur.isClosed());
        }
    }

    @Test
    void aStreamThatIsClosedLateLeavesTheNextResultAlone() {
        Cursor cur = conn.cursor();
        Stream<Row> rows = cur.execute(LARGE).stream();
        cur.execute("SELECT g FROM generate_series(1, 3) g");
        rows.close();
        assertEquals(3, cur.fetchAll().size());
    }

    /** The loop's iterator is all that is left of the cursor, and it reads on. */
    @Test
    void whatIsStillReadIsNotDropped() {
        Iterator<Row> rows = conn.execute(LARGE).iterator();
        for (int i = 1; i <= 10_000; i++) {
            assertEquals(i, rows.next().getInt(0));
            if (i == 1) {
                System.gc();
                assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1"));
            } else if (i == 7500) {
                System.gc();
                assertUsable();
            }
        }
        assertFalse(rows.hasNext());
    }

    @Test
    void theMessageNamesTheStatementInTheWayAndWhatHelps() {
        try (Cursor cur = conn.execute(
                "SELECT g,\n  repeat('x', 8000) AS filler\nFROM generate_series(1, 10000) g WHERE g > 0")) {
            assertTrue(cur.next());
            String message = assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1"))
                    .getMessage();
            assertTrue(message.contains("(SELECT g, repeat('x', 8000) AS filler FROM generate_series(1...)"), message);
            assertTrue(message.contains("rollback() or reset()"), message);
        }
        assertUsable();
    }

    @Test
    void rollbackDropsItOutsideATransactionToo() {
        Cursor cur = conn.execute(LARGE);
        assertTrue(cur.next());
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1"));
        conn.rollback();
        assertUsable();
        String message = assertThrows(InterfaceException.class, cur::fetchAll).getMessage();
        assertTrue(message.contains("are lost"), message);
        assertTrue(message.contains("SELECT g, repeat"), message);
    }

    @Test
    void rollbackLeavesAResultThatCanBeSetAside() {
        Cursor cur = conn.execute("SELECT g, repeat('x', 100) FROM generate_series(1, 50000) g");
        assertTrue(cur.next());
        conn.rollback();
        assertEquals(49_999, cur.fetchAll().size());
    }

    /** The sets that were not sent yet are executed all the same; only their rows are dropped. */
    @Test
    void theResultsOfAForgottenBatchAreDroppedAndItsSetsExecuted() {
        conn.execute("CREATE TEMP TABLE t (id int)");
        conn.cursor()
                .executeMany(
                        "INSERT INTO t VALUES ($1) RETURNING id, repeat('x', 8000)",
                        IntStream.rangeClosed(1, 12_000).mapToObj(List::of).toList());
        assertUsableOnceCollected();
        assertEquals(12_000L, conn.execute("SELECT count(*) FROM t").fetchOne().getLong(0));
    }
}
