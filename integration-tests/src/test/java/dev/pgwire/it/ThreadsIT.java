package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads and one connection; interrupts; connections that go away. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadsIT {
    private static final String SLEEP = "SELECT pg_sleep(60)";

    private Connection conn;
    private Connection other;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        other = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
        other.close();
    }

    private void assertUsable() {
        assertFalse(conn.isClosed());
        assertEquals(42, conn.execute("SELECT $1::int", 42).fetchAll().get(0).getInt(0));
    }

    @Test
    void fourThreadsOnOneConnectionGetTheirOwnResults() throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int token = thread;
                work.add(() -> hammer(token));
            }
            for (Future<Integer> result : pool.invokeAll(work)) {
                assertEquals(2000, result.get());
            }
        } finally {
            pool.shutdownNow();
        }
        assertUsable();
    }

    private int hammer(int token) {
        int done = 0;
        try (Cursor cur = conn.cursor()) {
            for (int i = 0; i < 2000; i++) {
                String mine = "token " + token + "." + i;
                if (i % 100 == 0) {
                    cur.execute("SELECT $1::text, repeat($1, 20) FROM generate_series(1, 1000)", mine);
                    int rows = 0;
                    for (Row row : cur) {
                        assertEquals(mine, row.getString(0));
                        rows++;
                    }
                    assertEquals(1000, rows);
                } else {
                    Row row = cur.execute(i % 2 == 0 ? "SELECT $1::text" : "SELECT $1::text, 'other'", mine)
                            .fetchOne();
                    assertNotNull(row);
                    assertEquals(mine, row.getString(0));
                }
                done++;
            }
        }
        return done;
    }

    /** Begins a call on a thread of its own, and waits until the server is at it. */
    private <T> Blocked<T> whileServerRuns(Callable<T> call) throws InterruptedException {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "blocked caller");
        thread.start();
        String active = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND state = 'active' AND query LIKE '%pg_sleep%'"
                + " AND wait_event = 'PgSleep'";
        while (other.execute(active, conn.processId()).fetchAll().isEmpty()) {
            assertTrue(thread.isAlive(), "the call has returned already");
            Thread.sleep(2);
        }
        return new Blocked<>(thread, task);
    }

    private record Blocked<T>(Thread thread, Future<T> result) {}

    @Test
    void anInterruptCancelsTheStatementAndNothingElse() throws Exception {
        for (int round = 0; round < 20; round++) {
            Blocked<Boolean> blocked = whileServerRuns(() -> {
                assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP));
                return Thread.currentThread().isInterrupted();
            });
            blocked.thread().interrupt();
            assertTrue(blocked.result().get(), "the flag is restored");
            assertUsable();
        }
    }

    @Test
    void aThreadThatIsInterruptedAlreadyDoesNotSleep() throws Exception {
        for (int round = 0; round < 20; round++) {
            FutureTask<Boolean> task = new FutureTask<>(() -> {
                Thread.currentThread().interrupt();
                assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP));
                return Thread.interrupted();
            });
            new Thread(task, "interrupted caller").start();
            assertTrue(task.get(), "the flag is restored");
            assertUsable();
        }
    }

    @Test
    void aSecondInterruptDoesNoHarm() throws Exception {
        for (int round = 0; round < 10; round++) {
            Blocked<Boolean> blocked = whileServerRuns(() -> {
                assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP));
                return Thread.currentThread().isInterrupted();
            });
            for (int i = 0; i < 50 && blocked.thread().isAlive(); i++) {
                blocked.thread().interrupt();
            }
            assertTrue(blocked.result().get());
            assertUsable();
        }
    }

    @Test
    void anInterruptWhileALargeResultIsReadEndsIt() throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            Cursor cur = conn.execute("SELECT generate_series(1, 100000000), repeat('x', 1000)");
            assertThrows(QueryCanceledException.class, () -> {
                int read = 0;
                while (cur.next()) {
                    assertEquals(++read, cur.getInt(0));
                    if (read == 5000) {
                        Thread.currentThread().interrupt();
                    }
                }
            });
            assertEquals(0, cur.connection().notices().size());
            return Thread.interrupted();
        });
        new Thread(task, "interrupted reader").start();
        assertTrue(task.get(), "the flag is restored");
        assertUsable();
    }

    @Test
    void anInterruptedStatementFailsItsTransactionOnly() throws Exception {
        conn.execute("CREATE TEMP TABLE kept AS SELECT 1 AS id");
        conn.begin();
        conn.execute("DELETE FROM kept");
        Blocked<Boolean> blocked = whileServerRuns(() -> {
            assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP));
            return true;
        });
        blocked.thread().interrupt();
        assertTrue(blocked.result().get());
        conn.rollback();
        assertEquals(1, conn.execute("SELECT * FROM kept").fetchAll().size());
    }

    @Test
    void anInterruptedExecuteManyLeavesNothing() throws Exception {
        conn.execute("CREATE TEMP TABLE slept (seconds float8, slept text)");
        Blocked<Boolean> blocked = whileServerRuns(() -> {
            assertThrows(QueryCanceledException.class, () -> conn.cursor()
                    .executeMany(
                            "INSERT INTO slept SELECT $1::float8, pg_sleep($1::float8)::text",
                            List.of(List.of(0.0), List.of(60.0), List.of(0.0))));
            return Thread.currentThread().isInterrupted();
        });
        blocked.thread().interrupt();
        assertTrue(blocked.result().get());
        assertEquals(0, conn.execute("SELECT * FROM slept").fetchAll().size());
    }

    @Test
    void closeFailsTheThreadThatWaits() throws Exception {
        Blocked<PgException> blocked =
                whileServerRuns(() -> assertThrows(OperationalException.class, () -> conn.execute(SLEEP)));
        conn.close();
        assertInstanceOf(ConnectionFailureException.class, blocked.result().get());
        assertTrue(conn.isClosed());
        assertThrows(PgException.class, () -> conn.execute("SELECT 1"));
    }

    @Test
    void closeFailsTheThreadsThatQueue() throws Exception {
        Blocked<PgException> blocked =
                whileServerRuns(() -> assertThrows(PgException.class, () -> conn.execute(SLEEP)));
        FutureTask<PgException> queued =
                new FutureTask<>(() -> assertThrows(PgException.class, () -> conn.execute("SELECT 1")));
        Thread thread = new Thread(queued, "queued caller");
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
        conn.close();
        assertNotNull(blocked.result().get());
        assertNotNull(queued.get());
    }

    @Test
    void aTerminatedBackendFailsTheThreadThatWaits() throws Exception {
        Blocked<PgException> blocked =
                whileServerRuns(() -> assertThrows(AdminShutdownException.class, () -> conn.execute(SLEEP)));
        terminate();
        assertNotNull(blocked.result().get());
        assertTrue(conn.isClosed());
        assertThrows(PgException.class, () -> conn.execute("SELECT 1"));
        conn.close();
    }

    @Test
    void aTerminatedBackendFailsTheNextStatement() throws Exception {
        conn.begin();
        conn.execute("SELECT 1");
        terminate();
        String alive = "SELECT 1 FROM pg_stat_activity WHERE pid = $1";
        while (!other.execute(alive, conn.processId()).fetchAll().isEmpty()) {
            Thread.sleep(2);
        }
        PgException lost = assertThrows(PgException.class, () -> conn.execute("SELECT 1"));
        assertTrue(
                lost instanceof AdminShutdownException || lost instanceof ConnectionFailureException, lost.toString());
        assertTrue(conn.isClosed());
        assertThrows(PgException.class, conn::commit, "a transaction that is lost was not committed");
    }

    @Test
    void aTerminatedBackendFailsWhoReadsALargeResult() {
        Cursor cur = conn.execute("SELECT generate_series(1, 100000000), repeat('x', 1000)");
        assertTrue(cur.next());
        terminate();
        PgException lost = assertThrows(PgException.class, () -> {
            int read = 1;
            while (cur.next()) {
                assertEquals(++read, cur.getInt(0));
            }
        });
        assertTrue(
                lost instanceof AdminShutdownException || lost instanceof ConnectionFailureException, lost.toString());
        assertTrue(conn.isClosed());
    }

    private void terminate() {
        Row row = other.execute("SELECT pg_terminate_backend($1)", conn.processId())
                .fetchAll()
                .get(0);
        assertTrue(row.getBoolean(0));
    }

    private static final String NOTICE = "DO 'BEGIN RAISE NOTICE ''hello''; END'";

    @Test
    void aNoticeListenerThatUsesItsConnectionIsRefused() {
        List<RuntimeException> refused = new ArrayList<>();
        conn.onNotice(notice -> {
            refused.add(assertThrows(IllegalStateException.class, () -> conn.execute("SELECT 1")));
            refused.add(assertThrows(IllegalStateException.class, () -> conn.commit()));
            refused.add(assertThrows(IllegalStateException.class, conn::close));
            conn.execute("SELECT 2");
        });
        for (int i = 1; i <= 3; i++) {
            conn.execute(NOTICE);
            assertEquals(3 * i, refused.size());
            assertUsable();
        }
        assertEquals("hello", conn.notices().get(0).message());
    }

    @Test
    void aNoticeListenerMayUseAnotherConnection() {
        List<Integer> found = new ArrayList<>();
        conn.onNotice(
                notice -> found.add(other.execute("SELECT 7").fetchAll().get(0).getInt(0)));
        conn.execute(NOTICE);
        conn.onNotice(null);
        conn.execute(NOTICE);
        assertEquals(List.of(7), found);
        assertEquals(2, conn.notices().size());
    }

    @Test
    void theLastFiftyNoticesAreKept() {
        conn.execute("DO 'BEGIN FOR i IN 1..60 LOOP RAISE NOTICE ''number %'', i; END LOOP; END'");
        assertEquals(50, conn.notices().size());
        assertEquals("number 11", conn.notices().get(0).message());
        assertEquals("number 60", conn.notices().get(49).message());
    }

    @Test
    void closedConnectionsLeaveNoThreadBehind() throws Exception {
        openAndClose(1);
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        openAndClose(200);
        Set<Thread> left = Set.of();
        for (int i = 0; i < 100; i++) {
            left = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .collect(Collectors.toSet());
            if (left.isEmpty()) {
                break;
            }
            Thread.sleep(100);
        }
        assertTrue(left.isEmpty(), left::toString);
    }

    @Test
    void closedConnectionsLeaveNoFileDescriptorBehind() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        openAndClose(3);
        long before = descriptors();
        openAndClose(100);
        long after = descriptors();
        assertTrue(after <= before + 10, before + " file descriptors before, " + after + " after");
    }

    @Test
    void connectionsThatAreLostLeaveNoFileDescriptorBehind() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")));
        openAndClose(3);
        long before = descriptors();
        for (int i = 0; i < 40; i++) {
            try (Connection lost = Postgres.connect(TestServer.shared().dsn())) {
                assertThrows(PgException.class, () -> lost.execute("SELECT pg_terminate_backend(pg_backend_pid())"));
            }
            assertThrows(
                    PgException.class,
                    () -> Postgres.connect(TestServer.shared().dsn("dbname=not_there")));
        }
        long after = descriptors();
        assertTrue(after <= before + 10, before + " file descriptors before, " + after + " after");
    }

    private static void openAndClose(int connections) {
        for (int i = 0; i < connections; i++) {
            try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
                connection.execute("SELECT 1");
            }
        }
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
