package dev.pgwire.it;

import static dev.pgwire.it.LoopAnswers.NONE;
import static dev.pgwire.it.LoopAnswers.failure;
import static dev.pgwire.it.LoopAnswers.get;
import static dev.pgwire.it.LoopAnswers.row;
import static dev.pgwire.it.LoopAnswers.rows;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session on a shared event loop does beside plain statements: the end of its connection, large results, transactions. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopSessionIT {
    private static final String SLEEP = "SELECT pg_sleep(60)";
    private static final String LARGE = "SELECT i, repeat('x', 200) FROM generate_series(1, 100000) i";
    private static final int LARGE_ROWS = 100_000;
    private static final int MOST_UNREAD = 64 * 1024;
    /** Where rows lie that are not yet given to their result. */
    private static final int LARGEST_ARRAY = 1024 * 1024;

    private final LoopLane lane = new LoopLane();
    private final LoopSession session = lane.open("");

    @AfterEach
    void stop() {
        lane.close();
    }

    private static CompletableFuture<Results> ask(LoopSession asked, int number) {
        return asked.execute("SELECT $1::int", new Object[] {number}, null);
    }

    private static void assertAnswers(LoopSession asked) throws Exception {
        assertEquals(42, row(get(ask(asked, 42))).getInt(0));
    }

    @Test
    void aKilledServerProcessFailsAllThatWaitsOnce() throws Exception {
        int pid =
                row(get(session.execute("SELECT pg_backend_pid()", NONE, null))).getInt(0);
        List<CompletableFuture<Results>> waiting = new ArrayList<>();
        AtomicInteger completions = new AtomicInteger();
        waiting.add(session.execute(SLEEP, NONE, null));
        for (int i = 0; i < 1000; i++) {
            waiting.add(i % 100 == 50 ? session.execute("SET x.y = 1", NONE, null) : ask(session, i));
        }
        waiting.forEach(future -> future.whenComplete((results, failure) -> completions.incrementAndGet()));
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_terminate_backend($1)", pid);
        }
        List<Throwable> failures = new ArrayList<>();
        for (CompletableFuture<Results> future : waiting) {
            Throwable failure = failure(future);
            assertInstanceOf(AdminShutdownException.class, failure);
            for (Throwable other : failures.subList(Math.max(0, failures.size() - 3), failures.size())) {
                assertFalse(other == failure, "one exception for two callers");
            }
            failures.add(failure);
        }
        assertInstanceOf(AdminShutdownException.class, failure(ask(session, 1)));
        assertEquals(waiting.size(), completions.get());
    }

    /** Others work on, and what is held in memory is bounded. */
    @Test
    void aReaderThatTakesNoRowsHoldsUpItsOwnSessionOnly() throws Exception {
        LoopSession other = lane.open("");
        Results results = get(session.stream(LARGE, NONE, null));
        for (int i = 0; i < 2_000; i++) {
            assertEquals(i, row(get(ask(other, i))).getInt(0));
        }
        long unread = get(session.unreadBytes());
        System.out.println(unread + " bytes of rows are held for a reader that takes none");
        assertTrue(unread <= MOST_UNREAD, () -> unread + " bytes");
        assertFalse(results.isDone());
        int read = 0;
        for (RowSlice slice = get(session.next(results, results.current()));
                slice != null;
                slice = get(session.next(results, results.current()))) {
            read = assertNumbered(read, results, slice);
            if (read % 1000 < 100) {
                assertTrue(get(session.unreadBytes()) <= MOST_UNREAD);
            }
        }
        assertEquals(LARGE_ROWS, read);
        assertNull(get(session.next(results, results.current())));
        assertAnswers(session);
    }

    private static int assertNumbered(int before, Results results, RowSlice slice) {
        int read = before;
        for (Row row : rows(results.current().plan(), slice)) {
            assertEquals(++read, row.getInt(0));
        }
        return read;
    }

    @Test
    void theRestOfAResultIsSetAsideForStatementsThatWait() throws Exception {
        CompletableFuture<Results> streaming = session.stream(LARGE, NONE, null);
        List<CompletableFuture<Results>> behind = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            behind.add(ask(session, i));
        }
        behind.add(session.execute("SET x.y = 1", NONE, null));
        Results results = get(streaming);
        RowSlice first = get(session.next(results, results.current()));
        for (int i = 0; i < 100; i++) {
            assertEquals(i, row(get(behind.get(i))).getInt(0));
        }
        get(behind.get(100));
        assertTrue(results.isDone());
        int read = assertNumbered(0, results, first);
        for (RowSlice slice = get(session.next(results, results.current()));
                slice != null;
                slice = get(session.next(results, results.current()))) {
            read = assertNumbered(read, results, slice);
        }
        assertEquals(LARGE_ROWS, read);
    }

    /** Then its reader goes on, and the session is usable again. */
    @Test
    void aStatementThatWaitsIsRefusedWhereTheRestOfAResultIsTooMuch() throws Exception {
        int rows = (int) (Results.MOST_SET_ASIDE / 10_000) + 1_000;
        Results results = get(session.stream(
                "SELECT i, repeat('x', 10000) FROM generate_series(1, $1) i", new Object[] {rows}, null));
        List<CompletableFuture<Results>> behind = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            behind.add(i % 2 == 0 ? ask(session, i) : session.execute("SET x.y = 1", NONE, null));
        }
        for (CompletableFuture<Results> future : behind) {
            assertInstanceOf(InterfaceException.class, failure(future));
        }
        long held = get(session.unreadBytes());
        assertTrue(held <= Results.MOST_SET_ASIDE + LARGEST_ARRAY, () -> held + " bytes");
        int read = 0;
        for (RowSlice slice = get(session.next(results, results.current()));
                slice != null;
                slice = get(session.next(results, results.current()))) {
            read = assertNumbered(read, results, slice);
        }
        assertEquals(rows, read);
        assertAnswers(session);
    }

    @Test
    void whatIsLeftOfAResultIsDiscarded() throws Exception {
        for (int round = 0; round < 20; round++) {
            Results results = get(session.stream(LARGE, NONE, null));
            CompletableFuture<Results> behind = ask(session, round);
            if (round % 2 == 0) {
                assertNotNull(get(session.next(results, results.current())));
            }
            session.discard(results);
            assertEquals(round, row(get(behind)).getInt(0));
            session.discard(results);
        }
    }

    @Test
    void aStreamThatFailsInTheMiddleTellsItBehindItsRows() throws Exception {
        String sql = "SELECT 1 / (50000 - i) FROM generate_series(1, 100000) i";
        Results results = get(session.stream(sql, NONE, null));
        CompletableFuture<Results> behind = ask(session, 7);
        Result result = results.current();
        int read = 0;
        try {
            for (RowSlice slice = get(session.next(results, result));
                    slice != null;
                    slice = get(session.next(results, result))) {
                read += slice.to() - slice.from();
            }
            throw new AssertionError("no failure");
        } catch (ExecutionException failed) {
            assertInstanceOf(DivisionByZeroException.class, failed.getCause());
        }
        assertEquals(49_999, read);
        assertEquals(7, row(get(behind)).getInt(0));
        assertInstanceOf(DivisionByZeroException.class, failure(session.stream("SELECT 1 / 0", NONE, null)));
    }

    /** Each reads what all before it have done: none overtakes one that is alone. */
    @Test
    void whatIsNoPlainStatementIsAloneWhileItLasts() throws Exception {
        get(session.execute("CREATE TEMP TABLE t (id int); CREATE TEMP TABLE u (id int)", NONE, null));
        List<CompletableFuture<?>> checks = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            int number = round;
            checks.add(ask(session, number)
                    .thenAccept(results -> assertEquals(number, row(results).getInt(0))));
            checks.add(session.execute("BEGIN", NONE, null));
            checks.add(session.execute("INSERT INTO t VALUES ($1)", new Object[] {number}, null));
            checks.add(count("t", number + 1));
            checks.add(session.execute(number % 2 == 0 ? "COMMIT" : "ROLLBACK; INSERT INTO t VALUES (0)", NONE, null));
            checks.add(session.execute("SET pgwire.round = '" + number + "'", NONE, null));
            checks.add(session.execute("SELECT current_setting('pgwire.round')", NONE, null)
                    .thenAccept(results ->
                            assertEquals(String.valueOf(number), row(results).getString(0))));
            List<Object[]> sets = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sets.add(new Object[] {i});
            }
            checks.add(session.executeMany(
                    "INSERT INTO u VALUES ($1)",
                    sets.iterator(),
                    null,
                    ServerState.ANY_TRANSACTION,
                    Function.identity()));
            checks.add(count("u", 50 * (number + 1)));
        }
        for (CompletableFuture<?> check : checks) {
            get(check);
        }
    }

    private CompletableFuture<Void> count(String table, int expected) {
        return session.execute("SELECT count(*) FROM " + table, NONE, null)
                .thenAccept(results -> assertEquals(expected, row(results).getLong(0)));
    }

    /** A statement in a failed transaction fails, and no other was sent with it. */
    @Test
    void aFailedTransactionGoesOnUntilItIsEnded() throws Exception {
        CompletableFuture<Results> begin = session.execute("BEGIN", NONE, null);
        CompletableFuture<Results> failing = session.execute("SELECT 1 / 0", NONE, null);
        CompletableFuture<Results> within = ask(session, 1);
        CompletableFuture<Results> end = session.execute("ROLLBACK", NONE, null);
        CompletableFuture<Results> behind = ask(session, 2);
        get(begin);
        assertInstanceOf(DivisionByZeroException.class, failure(failing));
        assertEquals("25P02", ((DatabaseException) failure(within)).sqlState());
        get(end);
        assertEquals(2, row(get(behind)).getInt(0));
    }

    @Test
    void executeManyWhoseValuesFailLeavesNothingAndHarmsNoOther() throws Exception {
        get(session.execute("CREATE TEMP TABLE v (id int)", NONE, null));
        List<Object[]> sets = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            sets.add(new Object[] {i < 40_000 ? (Object) i : "no number"});
        }
        CompletableFuture<Results> before = ask(session, 1);
        CompletableFuture<Results> many = session.executeMany(
                "INSERT INTO v VALUES ($1)", sets.iterator(), null, ServerState.ANY_TRANSACTION, Function.identity());
        CompletableFuture<Results> behind = ask(session, 2);
        assertEquals(1, row(get(before)).getInt(0));
        assertInstanceOf(PgException.class, failure(many));
        assertEquals(2, row(get(behind)).getInt(0));
        assertEquals(
                0,
                row(get(session.execute("SELECT count(*) FROM v", NONE, null))).getLong(0));
    }

    @Test
    void closeFailsWhatIsOutstandingAndWhatComesLater() throws Exception {
        List<CompletableFuture<Results>> waiting = new ArrayList<>();
        waiting.add(session.execute(SLEEP, NONE, null));
        for (int i = 0; i < 1_000; i++) {
            waiting.add(ask(session, i));
        }
        session.close();
        session.close();
        for (CompletableFuture<Results> future : waiting) {
            assertInstanceOf(ConnectionFailureException.class, failure(future));
        }
        assertInstanceOf(InterfaceException.class, failure(ask(session, 1)));
        assertInstanceOf(
                InterfaceException.class,
                failure(session.executeMany(
                        "SELECT $1::int",
                        Collections.emptyIterator(),
                        null,
                        ServerState.ANY_TRANSACTION,
                        Function.identity())));
        lane.close();
        assertInstanceOf(InterfaceException.class, failure(ask(session, 1)));
        session.close();
    }

    @Test
    void theEndOfTheLoopFailsWhatIsOutstanding() throws Exception {
        CompletableFuture<Results> sleeping = session.execute(SLEEP, NONE, null);
        CompletableFuture<Results> behind = ask(session, 1);
        lane.endLoop();
        assertInstanceOf(ConnectionFailureException.class, failure(sleeping));
        assertInstanceOf(ConnectionFailureException.class, failure(behind));
        assertInstanceOf(ConnectionFailureException.class, failure(ask(session, 2)));
    }

    @Test
    void aCallbackMaySubmitMoreAndMayThrow() throws Exception {
        AtomicInteger last = new AtomicInteger();
        CompletableFuture<Void> chain = CompletableFuture.completedFuture(null);
        for (int i = 0; i < 500; i++) {
            int number = i;
            chain = chain.thenCompose(nothing -> ask(session, number))
                    .thenAccept(results -> last.set(row(results).getInt(0)));
            ask(session, number).thenAccept(results -> {
                throw new IllegalStateException("a callback that throws");
            });
        }
        get(chain);
        assertEquals(499, last.get());
        CompletableFuture<Void> throwing = ask(session, 1).thenAccept(results -> {
            throw new IllegalStateException("a callback that throws");
        });
        assertThrows(CompletionException.class, throwing::join);
        assertAnswers(session);
    }

    @Test
    void aCallbackMayCloseTheSession() throws Exception {
        List<CompletableFuture<Results>> behind = new ArrayList<>();
        CompletableFuture<Void> closing;
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_advisory_lock(4711)");
            // It is answered when all has been asked for: what is asked for later is refused.
            closing =
                    session.execute("SELECT pg_advisory_lock(4711)", NONE, null).thenAccept(results -> session.close());
            for (int i = 0; i < 100; i++) {
                behind.add(session.execute(SLEEP, NONE, null));
            }
        }
        get(closing);
        for (CompletableFuture<Results> future : behind) {
            assertInstanceOf(ConnectionFailureException.class, failure(future));
        }
    }

    @Test
    void aConnectionThatIsCutFailsTheReadersOfItsResult() throws Exception {
        int pid =
                row(get(session.execute("SELECT pg_backend_pid()", NONE, null))).getInt(0);
        Results results = get(session.stream(LARGE, NONE, null));
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            other.execute("SELECT pg_terminate_backend($1)", pid);
        }
        CompletableFuture<Results> behind = ask(session, 1);
        Throwable lost = null;
        int slices = 0;
        while (lost == null && slices++ < LARGE_ROWS) {
            try {
                assertNotNull(get(session.next(results, results.current())));
            } catch (ExecutionException failed) {
                lost = failed.getCause();
            }
        }
        assertInstanceOf(PgException.class, lost);
        assertInstanceOf(PgException.class, failure(behind));
    }
}
