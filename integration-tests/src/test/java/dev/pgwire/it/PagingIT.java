package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SyntaxErrorException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results that the server gives page by page. */
class PagingIT {
    private static final String NUMBERS = "SELECT g AS id, 'n' || g AS name FROM generate_series(1, $1::int) g";
    /** Counts the rows that the server has made. */
    private static final String COUNTED = "SELECT g, nextval('made') FROM generate_series(1, $1::int) g";

    private Connection conn;

    record Numbered(int id, String name) {}

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP SEQUENCE made");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private Cursor paged(int rows) {
        Cursor cur = conn.cursor();
        cur.fetchSize(rows);
        assertEquals(rows, cur.fetchSize());
        return cur;
    }

    private static List<Integer> ids(Iterable<Row> rows) {
        List<Integer> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getInt(0)));
        return ids;
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    private long made() {
        return conn.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM made")
                .fetchScalar(Long.class);
    }

    private long portals() {
        return conn.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''").fetchScalar(Long.class);
    }

    private static void refused(Executable call) {
        String message = assertThrows(InterfaceException.class, call).getMessage();
        assertTrue(message.contains("expected"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 5, true",
        "2, 5, true",
        "5, 5, true",
        "6, 5, true",
        "1000, 5000, true",
        "3, 0, true",
        "1, 5, false",
        "2, 5, false",
        "5, 5, false",
        "6, 5, false",
        "1000, 5000, false",
        "3, 0, false"
    })
    void aPageIsOfAnySize(int size, int rows, boolean inTransaction) {
        conn.autocommit(!inTransaction);
        Cursor cur = paged(size);
        for (int i = 0; i < 3; i++) {
            assertEquals(upTo(rows), ids(cur.execute(NUMBERS, rows)));
            assertEquals(rows, cur.rowNumber());
            assertEquals(rows, cur.rowCount());
            assertFalse(cur.next());
        }
        assertEquals(upTo(rows), ids(cur.execute(NUMBERS, rows).fetchAll()));
        assertEquals(rows, cur.execute(NUMBERS, rows).fetchAll(Numbered.class).size());
        assertEquals(rows == 0 ? 0 : 1, cur.execute(NUMBERS, rows).fetchMany(1).size());
        assertEquals(inTransaction, conn.inTransaction());
        assertEquals("n2", cur.execute("SELECT :a::text", Map.of("a", "n2")).fetchScalar(String.class));
        assertEquals("x", cur.execute("SELECT 'x'").fetchScalar(String.class));
    }

    @Test
    void inATransactionOtherStatementsRunBetweenPages() {
        conn.transaction(tx -> {
            Cursor cur = paged(10);
            cur.execute(COUNTED, 1000);
            for (int i = 1; i <= 1000; i++) {
                assertTrue(cur.next());
                assertEquals(i, cur.getInt(0));
                if (i % 97 == 1) {
                    assertEquals((i + 9) / 10 * 10, made());
                }
            }
            assertEquals(-1, paged(1).execute(NUMBERS, 2).rowCount());
            assertFalse(cur.next());
            assertEquals(1000, cur.rowCount());
        });
    }

    @Test
    void twoResultsAreReadByTurns() {
        conn.transaction(tx -> {
            Cursor one = paged(3).execute(NUMBERS, 20);
            Cursor two = paged(4).execute(NUMBERS, 20);
            for (int i = 1; i <= 20; i++) {
                assertEquals(i, one.fetchScalar(Integer.class));
                assertEquals(i, two.fetchOne().getInt(0));
            }
            assertNull(one.fetchOne());
            assertNull(two.fetchOne());
        });
    }

    @Test
    void closingEarlyClosesThePortal() {
        conn.transaction(tx -> {
            Cursor cur = paged(10).execute(COUNTED, 1_000_000);
            assertTrue(cur.next());
            assertEquals(1, portals());
            cur.close();
            assertEquals(0, portals());
            assertEquals(10, made());
            Cursor another = paged(10).execute(COUNTED, 1_000_000);
            another.execute("SELECT 1");
            for (int i = 0; i < 10; i++) {
                assertEquals(upTo(25), ids(another.execute(NUMBERS, 25)));
            }
            // Of one that was read to its end the server is told with the next request, which is the question here.
            assertEquals(0, portals());
        });
    }

    /** Read to its end, it would take hours. */
    @Test
    void inAutocommitClosingEarlyMakesNoMoreRows() {
        Cursor cur = paged(10).execute("SELECT generate_series(1, 1000000000), nextval('made')");
        assertEquals(5, cur.fetchMany(5).size());
        assertEquals(20, cur.fetchMany(10).get(9).getInt(0) + 5);
        cur.close();
        assertEquals(20, made());
        assertEquals(0, portals());
        assertFalse(conn.inTransaction());
    }

    @Test
    void inAutocommitItIsCommittedWithItsLastPage() {
        conn.execute("CREATE TABLE paged_in_autocommit (id int)");
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            String count = "SELECT count(*) FROM paged_in_autocommit";
            Cursor cur = paged(2).execute("INSERT INTO paged_in_autocommit SELECT generate_series(1, 5) RETURNING id");
            assertEquals(1, cur.fetchScalar(Integer.class));
            assertEquals(0, other.execute(count).fetchScalar(Integer.class));
            assertEquals(List.of(2, 3, 4, 5), ids(cur.fetchAll()));
            assertEquals(5, other.execute(count).fetchScalar(Integer.class));
            paged(1).execute("INSERT INTO paged_in_autocommit VALUES (6), (7) RETURNING id")
                    .close();
            assertEquals(7, other.execute(count).fetchScalar(Integer.class));
        } finally {
            conn.execute("DROP TABLE paged_in_autocommit");
        }
    }

    @Test
    void inAutocommitAnotherStatementHasTheRestReadBefore() {
        Cursor cur = paged(3).execute(COUNTED, 1000);
        assertTrue(cur.next());
        assertEquals(1000, made());
        assertEquals(999, cur.fetchAll().size());
        Cursor next = paged(3).execute(NUMBERS, 100);
        conn.transaction(tx -> assertEquals(1, tx.execute("SELECT 1").fetchScalar(Integer.class)));
        assertEquals(upTo(100), ids(next));
    }

    @Test
    void whatGivesNoRowsIsRunAsEver() {
        Cursor cur = paged(2);
        cur.execute("CREATE TEMP TABLE t (id int PRIMARY KEY)");
        cur.execute("INSERT INTO t VALUES ($1)", 1);
        assertEquals(1, cur.rowCount());
        assertEquals(List.of(2, 3, 4), ids(cur.execute("INSERT INTO t VALUES (2), (3), (4) RETURNING id")));
        cur.execute("WITH x AS (SELECT 5 AS id) INSERT INTO t SELECT id FROM x");
        assertEquals(1, cur.rowCount());
        assertNull(cur.description());
        cur.execute("SELECT 1; SELECT 2");
        assertTrue(cur.nextSet());
        assertEquals(2, cur.fetchScalar(Integer.class));
        assertEquals("on", cur.execute("SHOW standard_conforming_strings").fetchScalar(String.class));
        assertThrows(UniqueViolationException.class, () -> cur.execute("INSERT INTO t VALUES (1) RETURNING id"));
        refused(() -> cur.fetchSize(-1));
        assertEquals(1, cur.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aFailureComesBehindTheRowsOfThePagesBefore(boolean inTransaction) {
        conn.autocommit(!inTransaction);
        Cursor cur = paged(2).execute("SELECT 100 / (5 - g) FROM generate_series(1, 10) g");
        List<Row> rows = new ArrayList<>();
        assertThrows(DivisionByZeroException.class, () -> cur.forEach(rows::add));
        assertEquals(4, rows.size());
        assertEquals(inTransaction ? TransactionStatus.FAILED : TransactionStatus.IDLE, conn.transactionStatus());
        cur.close();
        conn.rollback();
        Cursor wrong = paged(2);
        assertThrows(SyntaxErrorException.class, () -> wrong.execute("SELECT FROM FROM"));
        conn.rollback();
        assertThrows(DataException.class, () -> wrong.execute(NUMBERS, "no number"));
        conn.rollback();
        refused(() -> wrong.execute(NUMBERS));
        assertEquals(upTo(3), ids(wrong.execute(NUMBERS, 3)));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aPageIsCancelled(boolean inTransaction) {
        conn.autocommit(!inTransaction);
        Cursor cur = paged(2);
        cur.execute("SELECT g, pg_sleep(g / 3 * 3600) FROM generate_series(1, 10) g");
        assertEquals(2, cur.fetchMany(2).size());
        Thread.currentThread().interrupt();
        assertThrows(QueryCanceledException.class, cur::fetchOne);
        assertTrue(Thread.interrupted());
        cur.close();
        conn.rollback();
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void theDeadlineHoldsForPages() {
        conn.deadline(Duration.ofSeconds(2));
        Cursor cur = paged(2).execute("SELECT g, pg_sleep(g / 3 * 3600) FROM generate_series(1, 10) g");
        assertThrows(QueryCanceledException.class, cur::fetchAll);
        conn.deadline(null);
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void theRestEndsWithItsTransaction() {
        Transaction tx = conn.begin();
        Cursor cur = paged(2).execute(NUMBERS, 10);
        assertEquals(2, cur.fetchMany(2).size());
        tx.commit();
        refused(cur::fetchOne);
        cur.close();
        conn.autocommit(false);
        Cursor rolledBack = paged(2).execute(NUMBERS, 10);
        conn.rollback();
        assertEquals(List.of(1, 2), ids(rolledBack.fetchMany(2)));
        refused(rolledBack::fetchOne);
        conn.execute("SELECT 1");
        rolledBack.close();
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void inAutocommitARollbackOfNothingLeavesItReadable() {
        Cursor cur = paged(2).execute(NUMBERS, 10);
        conn.rollback();
        assertEquals(upTo(10), ids(cur.fetchAll()));
        Cursor next = paged(2).execute(NUMBERS, 10);
        conn.reset();
        refused(next::fetchAll);
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void aPoolGetsAConnectionBackInTheMiddleOfAPage() {
        try (Pool pool = Postgres.pool(
                PoolConfig.builder(TestServer.shared().dsn()).maxSize(1).build())) {
            int process = 0;
            for (boolean autocommit : new boolean[] {true, false, true}) {
                Cursor left;
                try (Connection borrowed = pool.connection()) {
                    assertEquals(
                            0,
                            borrowed.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                                    .fetchScalar(Integer.class));
                    assertTrue(process == 0 || process == borrowed.processId());
                    process = borrowed.processId();
                    borrowed.autocommit(autocommit);
                    left = borrowed.cursor();
                    left.fetchSize(2);
                    left.execute(NUMBERS, 10).next();
                }
                refused(left::fetchAll);
                left.close();
            }
        }
    }

    @Test
    void nothingIsKeptOnTheServerWithPrepareNever() {
        try (Connection never = Postgres.connect(TestServer.shared().dsn() + " prepare=never")) {
            never.transaction(tx -> {
                Cursor cur = tx.cursor();
                cur.fetchSize(2);
                assertEquals(upTo(5), ids(cur.execute(NUMBERS, 5)));
                assertEquals(
                        0,
                        tx.execute("SELECT count(*) FROM pg_prepared_statements")
                                .fetchScalar(Integer.class));
            });
        }
    }

    /** A portal that is still there has the server refuse to change what it reads. */
    @Test
    void whatWasReadToItsEndCanBeChangedInTheSameTransaction() {
        conn.execute("CREATE TEMP TABLE read AS SELECT generate_series(1, 25) AS id");
        conn.transaction(tx -> {
            Cursor cur = paged(10);
            assertEquals(25, cur.execute("SELECT id FROM read").fetchAll().size());
            tx.execute("TRUNCATE read");
            tx.execute("DROP TABLE read");
        });
    }
}
