package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Statements that must not take longer than they may. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineIT {
    private static final Duration SHORT = Duration.ofMillis(200);

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
        assertFalse(conn.isClosed());
        assertEquals(42, conn.execute("SELECT $1::int", 42).fetchAll().get(0).getInt(0));
    }

    private static void assertPasses(Executable statement) {
        assertPasses(SHORT, statement);
    }

    private static void assertPasses(Duration deadline, Executable statement) {
        QueryCanceledException passed = assertThrows(QueryCanceledException.class, statement);
        assertEquals("57014", passed.sqlState());
        String why = "its deadline of " + deadline.toMillis() + " ms had passed";
        assertTrue(passed.getMessage().contains(why), passed::getMessage);
        DatabaseException said = assertInstanceOf(DatabaseException.class, passed.getCause());
        assertEquals("ERROR", said.severity());
    }

    @Test
    void aStatementThatTakesTooLongIsCancelled() {
        for (int round = 0; round < 20; round++) {
            conn.deadline(SHORT);
            assertPasses(() -> conn.execute("SELECT pg_sleep($1)", 10.0));
            conn.deadline(null);
            assertUsable();
        }
    }

    @Test
    void everyKindOfStatementHasTheDeadline() {
        conn.execute("CREATE TEMP TABLE slow (id int CHECK (pg_sleep(id) IS NOT NULL))");
        conn.deadline(SHORT);
        assertPasses(() -> conn.execute("DO 'BEGIN PERFORM pg_sleep(10); END'"));
        assertPasses(() -> {
            Cursor simple = conn.cursor().executeSimple("SELECT 1; SELECT pg_sleep(10)");
            assertTrue(simple.nextSet());
            simple.fetchAll();
        });
        assertPasses(() -> conn.cursor().executeMany("SELECT pg_sleep($1)", List.of(List.of(0.0), List.of(10.0))));
        assertPasses(() -> conn.insertMany("slow", List.of("id"), List.of(List.of(0), List.of(10))));
        Pipeline pipeline = conn.pipeline();
        pipeline.execute("SELECT 1");
        pipeline.execute("SELECT pg_sleep(10)");
        assertPasses(pipeline::sync);
        pipeline.close();
        conn.deadline(null);
        assertUsable();
        assertEquals(0, conn.execute("SELECT * FROM slow").fetchAll().size());
    }

    @Test
    void aCursorMayHaveADeadlineOfItsOwn() {
        Cursor cur = conn.cursor();
        assertNull(cur.deadline());
        conn.deadline(Duration.ofHours(1));
        assertEquals(Duration.ofHours(1), cur.deadline());
        cur.deadline(SHORT);
        assertPasses(() -> cur.execute("SELECT pg_sleep(10)"));
        cur.deadline(Duration.ZERO);
        assertNull(cur.deadline());
        conn.deadline(SHORT);
        cur.execute("SELECT pg_sleep(0.5)");
        cur.deadline(Duration.ofDays(1_000_000));
        cur.execute("SELECT 1");
        assertThrows(InterfaceException.class, () -> cur.deadline(Duration.ofMillis(-1)));
        assertThrows(InterfaceException.class, () -> conn.deadline(Duration.ofMillis(-1)));
    }

    @Test
    void aResultThatTakesTooLongToReadIsCut() {
        conn.deadline(SHORT);
        assertPasses(() -> {
            Cursor cur = conn.execute("SELECT i, repeat('x', 1000), CASE WHEN i = 5000 THEN pg_sleep(10) END"
                    + " FROM generate_series(1, 10000) AS i");
            while (cur.next()) {
                assertTrue(cur.getInt(0) <= 5000);
            }
        });
        conn.deadline(null);
        assertUsable();
    }

    @Test
    void whatTheProgramDoesBetweenTheRowsDoesNotCount() throws Exception {
        conn.deadline(Duration.ofSeconds(2));
        long rows = 0;
        for (Row row : conn.execute("SELECT i, repeat('x', 1000) FROM generate_series(1, 1000) AS i")) {
            rows++;
            if (row.getInt(0) % 100 == 0) {
                Thread.sleep(250);
            }
        }
        assertEquals(1000, rows);
    }

    @Test
    void theDeadlineOfAnUnreadResultIsItsOwn() {
        Cursor slow = conn.cursor();
        Duration longer = Duration.ofMillis(1_500);
        slow.deadline(longer);
        slow.execute("SELECT i, repeat('x', 1000), CASE WHEN i = 5000 THEN pg_sleep(10) END"
                + " FROM generate_series(1, 10000) AS i");
        assertUsable();
        assertPasses(longer, slow::fetchAll);
        assertUsable();
    }

    @Test
    void aTransactionFailsAndCanBeRolledBack() {
        conn.begin();
        conn.execute("SELECT 1");
        conn.deadline(SHORT);
        assertPasses(() -> conn.execute("SELECT pg_sleep(10)"));
        conn.deadline(null);
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        conn.rollback();
        assertUsable();
    }

    /** The thread that waits has the request taken before it goes on: no statement without a deadline is ever hit. */
    @Test
    void aDeadlineNeverHitsTheNextStatement() {
        Random random = Seed.take().random();
        Cursor limited = conn.cursor();
        Cursor next = conn.cursor();
        int hits = 0;
        for (int race = 0; race < 1000; race++) {
            limited.deadline(Duration.ofNanos(1 + random.nextInt(1_500_000)));
            try {
                // Some last so long that the request comes in time, also on a busy machine.
                limited.execute("SELECT pg_sleep($1)", race % 16 == 0 ? 0.05 : 0.0005);
            } catch (QueryCanceledException passed) {
                hits++;
            }
            assertEquals(race, next.execute("SELECT $1::int", race).fetchOne().getInt(0));
        }
        System.out.println("1000 deadlines: " + hits + " statements cancelled");
        assertTrue(hits > 0, "no deadline has passed in time");
    }
}
