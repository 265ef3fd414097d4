package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.Transaction;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SyntaxErrorException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where cursors of the server end, fail, are taken over and are left behind. */
class ServerCursorEndIT {
    private static final ServerCursorOptions HOLD = ServerCursorOptions.DEFAULT.hold();
    private static final String TEN = "SELECT g FROM generate_series(1, 10) g";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private static String refused(Executable call) {
        String message = assertThrows(InterfaceException.class, call).getMessage();
        assertTrue(message.contains("expected"), message);
        return message;
    }

    private static void refusedUnder(String state, Executable call) {
        assertEquals(state, assertThrows(DatabaseException.class, call).sqlState());
    }

    private long open() {
        return conn.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''").fetchScalar(Long.class);
    }

    @Test
    void itNeedsATransactionUnlessItIsHeld() {
        ServerCursor cur = conn.cursor("c");
        String message = refused(() -> cur.execute(TEN));
        assertTrue(message.contains("hold()"), message);
        assertEquals(0, open());
        cur.close();
        conn.autocommit(false);
        assertEquals(10, conn.cursor("c").execute(TEN).fetchAll().size());
        assertTrue(conn.inTransaction());
        conn.commit();
        refused(() -> cur.execute(TEN));
    }

    @Test
    void oneThatIsHeldOutlivesItsTransaction() {
        ServerCursor cur = conn.cursor("c", HOLD.scroll());
        assertTrue(cur.isHold());
        assertTrue(cur.isScrollable());
        assertEquals("c", cur.name());
        cur.execute(TEN);
        assertEquals(List.of(1, 2), cur.fetchMany(2, row -> row.getInt(0)));
        assertFalse(conn.inTransaction());
        conn.transaction(tx -> assertEquals(3, cur.fetchScalar(Integer.class)));
        assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
        assertEquals(8, cur.fetchAll().size());
        assertEquals(1, open());
        cur.close();
        assertEquals(0, open());
        assertTrue(cur.isClosed());
        refused(cur::fetchOne);
        refused(() -> cur.scroll(1, ScrollMode.RELATIVE));
        cur.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itEndsWithItsTransaction(boolean commits) {
        Transaction tx = conn.begin();
        ServerCursor cur = tx.cursor("c").execute(TEN);
        assertEquals(1, cur.fetchScalar(Integer.class));
        if (commits) {
            tx.commit();
        } else {
            tx.rollback();
        }
        String message = refused(cur::fetchOne);
        assertTrue(message.contains("transaction"), message);
        refused(() -> cur.scroll(1, ScrollMode.RELATIVE));
        cur.close();
        conn.transaction(another -> {
            ServerCursor again = another.cursor("c").execute(TEN);
            ServerCursor first = another.cursor("d").execute(TEN);
            assertEquals(10, again.fetchAll().size());
            first.execute("SELECT 5");
            assertEquals(5, first.fetchScalar(Integer.class));
        });
    }

    @Test
    void oneOfAnEndedTransactionIsNotTakenForOneOfTheNext() {
        Transaction tx = conn.begin();
        ServerCursor old = tx.cursor("c").execute(TEN);
        tx.commit();
        conn.transaction(next -> {
            ServerCursor cur = next.cursor("c").execute(TEN);
            refused(old::fetchOne);
            old.close();
            assertEquals(10, cur.fetchAll().size());
        });
    }

    @Test
    void oneThatWasRolledBackToASavepointIsGone() {
        conn.transaction(tx -> {
            Transaction inner = tx.begin();
            ServerCursor cur = inner.cursor("c").execute(TEN);
            assertEquals(1, cur.fetchScalar(Integer.class));
            inner.rollback();
            cur.close();
            assertEquals(1, tx.execute("SELECT 1").fetchScalar(Integer.class));
        });
        conn.transaction(tx -> {
            Transaction inner = tx.begin();
            ServerCursor cur = inner.cursor("c").execute(TEN);
            inner.rollback();
            refused(cur::fetchOne);
            assertEquals(1, tx.execute("SELECT 1").fetchScalar(Integer.class));
        });
    }

    @Test
    void aDeclareThatFailsLeavesNothing() {
        Transaction tx = conn.begin();
        ServerCursor cur = tx.cursor("c");
        assertThrows(SyntaxErrorException.class, () -> cur.execute("SELECT FROM FROM"));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        assertThrows(InFailedTransactionException.class, cur::fetchOne);
        cur.close();
        tx.rollback();
        ServerCursor held = conn.cursor("c", HOLD);
        assertThrows(ProgrammingException.class, () -> held.execute("INSERT INTO nowhere VALUES (1)"));
        assertThrows(
                DivisionByZeroException.class, () -> held.execute("SELECT 1 / (g - 5) FROM generate_series(1, 9) g"));
        held.close();
        assertEquals(0, open());
    }

    @Test
    void aFailureInTheMiddleComesFromTheFetchThatMeetsIt() {
        String fails = "SELECT 100 / (5 - g) FROM generate_series(1, 10) g";
        Transaction tx = conn.begin();
        ServerCursor cur = tx.cursor("c").execute(fails);
        assertEquals(4, cur.fetchMany(4).size());
        assertThrows(DivisionByZeroException.class, cur::fetchOne);
        assertThrows(InFailedTransactionException.class, cur::fetchOne);
        assertThrows(InFailedTransactionException.class, () -> cur.scroll(1, ScrollMode.RELATIVE));
        assertEquals(-1, cur.rowNumber());
        cur.close();
        tx.rollback();
        try (Transaction once = conn.begin();
                ServerCursor iterated = once.cursor("c", ServerCursorOptions.DEFAULT.itersize(2))
                        .execute(fails)) {
            List<Row> rows = new ArrayList<>();
            assertThrows(DivisionByZeroException.class, () -> iterated.forEach(rows::add));
            assertEquals(4, rows.size());
        }
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void aFetchIsCancelled() {
        Transaction tx = conn.begin();
        ServerCursor cur = tx.cursor("c").execute("SELECT g, pg_sleep(g / 3 * 3600) FROM generate_series(1, 10) g");
        assertEquals(2, cur.fetchMany(2).size());
        conn.deadline(Duration.ofMillis(200));
        assertThrows(QueryCanceledException.class, cur::fetchOne);
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        cur.close();
        tx.rollback();
        assertEquals(1, conn.execute("SELECT 1").fetchScalar(Integer.class));
    }

    @Test
    void itsNameMayBeAny() {
        String unicode = "Grüße \"“\" 🙂; DROP";
        for (String name : List.of("a \"quoted\" name", unicode, "SELECT", "x".repeat(63), "é".repeat(31))) {
            conn.transaction(tx -> {
                ServerCursor cur =
                        tx.cursor(name, ServerCursorOptions.DEFAULT.scroll()).execute(TEN);
                assertEquals(1, cur.fetchScalar(Integer.class));
                assertTrue(cur.scroll(1, ScrollMode.RELATIVE));
                assertEquals(
                        name,
                        tx.execute("SELECT name FROM pg_cursors WHERE name <> ''")
                                .fetchScalar(String.class));
                cur.close();
                assertEquals(0, open());
            });
        }
        assertTrue(refused(() -> conn.cursor("x".repeat(64))).contains("64 bytes"));
        refused(() -> conn.cursor("é".repeat(32)));
        refused(() -> conn.cursor(""));
        refused(() -> conn.cursor("a\0b"));
    }

    @Test
    void aNameIsTakenOnce() {
        conn.transaction(tx -> {
            ServerCursor first = tx.cursor("c").execute(TEN);
            Transaction inner = tx.begin();
            ServerCursor second = inner.cursor("c");
            refusedUnder("42P03", () -> second.execute(TEN));
            second.close();
            inner.rollback();
            assertEquals(10, first.fetchAll().size());
        });
    }

    @Test
    void oneThatSqlHasOpenedIsTakenOver() {
        conn.transaction(tx -> {
            tx.execute("DECLARE mine SCROLL CURSOR FOR SELECT g, 'x' FROM generate_series(1, 5) g");
            tx.execute("FETCH 1 FROM mine").close();
            ServerCursor cur = tx.cursor("mine");
            assertEquals(-1, cur.rowNumber());
            assertEquals(2, cur.description().size());
            assertEquals(2, cur.fetchScalar(Integer.class));
            assertEquals(-1, cur.rowNumber());
            assertTrue(cur.scroll(4, ScrollMode.ABSOLUTE));
            assertEquals(4, cur.rowNumber());
            assertEquals(5, cur.fetchOne().getInt(0));
            assertNull(cur.fetchOne());
            cur.close();
            assertEquals(0, open());
            tx.cursor("was never there").close();
        });
        refused(() -> conn.cursor("nowhere").fetchAll());
        refusedUnder("34000", () -> conn.cursor("nowhere").scroll(1, ScrollMode.RELATIVE));
    }

    @Test
    void whatFunctionsReturnIsTakenOver() {
        conn.execute("CREATE FUNCTION pg_temp.one() RETURNS refcursor LANGUAGE plpgsql AS"
                + " $$ DECLARE c CURSOR FOR SELECT 1 AS a, 'x' AS b; BEGIN OPEN c; RETURN c; END $$");
        conn.execute(
                "CREATE FUNCTION pg_temp.two(x refcursor, y refcursor) RETURNS SETOF refcursor LANGUAGE plpgsql AS"
                        + " $$ BEGIN OPEN x FOR SELECT 1; RETURN NEXT x; OPEN y FOR VALUES ('a', 2), ('b', 3); RETURN NEXT y; END $$");
        conn.transaction(tx -> {
            String name = tx.callProc("pg_temp.one").fetchScalar(String.class);
            assertEquals("(1, 'x')", tx.cursor(name).fetchSingle().toString());
            List<String> read = new ArrayList<>();
            for (Row row : tx.callProc("pg_temp.two", "x", "y")) {
                try (ServerCursor cur = tx.cursor(row.getString(0))) {
                    read.add(cur.fetchAll().toString());
                }
            }
            assertEquals(List.of("[(1,)]", "[('a', 2), ('b', 3)]"), read);
        });
    }

    @Test
    void oneThatHasOtherColumnsNowSaysSo() {
        conn.transaction(tx -> {
            tx.execute("DECLARE c CURSOR FOR SELECT 1");
            ServerCursor cur = tx.cursor("c");
            assertEquals(1, cur.fetchScalar(Integer.class));
            tx.execute("CLOSE c");
            tx.execute("DECLARE c SCROLL CURSOR FOR SELECT 'text'");
            refused(cur::fetchAll);
            tx.execute("MOVE ABSOLUTE 0 FROM c");
            assertEquals("text", tx.cursor("c").fetchScalar(String.class));
        });
    }

    @Test
    void aLostConnectionSaysSo() {
        Transaction tx = conn.begin();
        ServerCursor cur = tx.cursor("c").execute(TEN);
        cur.fetchOne();
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_terminate_backend($1)", conn.processId());
        }
        assertThrows(PgException.class, cur::fetchAll);
        assertThrows(PgException.class, cur::fetchOne);
        assertThrows(PgException.class, () -> cur.scroll(1, ScrollMode.RELATIVE));
        cur.close();
        refused(() -> cur.fetchOne());
    }

    @Test
    void aPoolLeavesNoneToTheNextBorrower() {
        Pool pool = Postgres.pool(
                PoolConfig.builder(TestServer.shared().dsn()).maxSize(1).build());
        try (pool) {
            for (int i = 0; i < 4; i++) {
                ServerCursor left;
                try (Connection borrowed = pool.connection()) {
                    assertEquals(
                            0,
                            borrowed.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                                    .fetchScalar(Integer.class));
                    left = borrowed.cursor("c", HOLD);
                    // The same text, which the server might keep, and the last of which is read in part.
                    left.execute("SELECT g FROM generate_series(1, $1::int) g", 100);
                    left.next();
                }
                refused(left::fetchOne);
                left.close();
            }
            try (Connection borrowed = pool.connection()) {
                borrowed.autocommit(false);
                borrowed.cursor("c").execute(TEN).next();
            }
            try (Connection borrowed = pool.connection();
                    Cursor cur = borrowed.cursor()) {
                assertEquals(
                        0,
                        cur.execute("SELECT count(*) FROM pg_cursors WHERE name <> ''")
                                .fetchScalar(Integer.class));
            }
        }
    }

    @Test
    void aNameThatWasClosedInAFailedTransactionIsFreeAfterARollbackToASavepoint() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("c");
            cur.execute(TEN);
            assertEquals(1, cur.fetchOne().getInt(0));
            Transaction savepoint = tx.begin();
            refusedUnder("22012", () -> savepoint.execute("SELECT 1 / 0"));
            cur.close();
            savepoint.rollback();
            try (ServerCursor again = tx.cursor("c")) {
                again.execute(TEN);
                assertEquals(10, again.fetchAll().size());
            }
        });
    }
}
