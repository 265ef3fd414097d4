package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.row.Answer;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements of many threads over few connections. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedLanesIT {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Pool pool = Postgres.pool(config().build());

    private static PoolConfig.Builder config() {
        return PoolConfig.builder(TestServer.shared().dsn("application_name=lanes"))
                .maxSize(8);
    }

    private void reopen(PoolConfig.Builder config) {
        pool.close();
        pool = Postgres.pool(config.build());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        pool.close();
    }

    @Test
    void manyThreadsShareFewConnections() throws Exception {
        Map<Integer, Boolean> servers = new ConcurrentHashMap<>();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                for (int j = 0; j < 50; j++) {
                    int token = number * 1_000 + j;
                    Answer answer = pool.execute("SELECT $1::int, pg_backend_pid()", token);
                    assertEquals(token, answer.single().getInt(0));
                    servers.put(answer.single().getInt(1), true);
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(120, TimeUnit.SECONDS);
        }
        assertTrue(servers.size() < 40, servers.size() + " connections, one after the other");
        try (Connection watch = pool.connection()) {
            int open = watch.execute("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'lanes'")
                    .fetchScalar(Integer.class);
            assertTrue(open <= 8, open + " connections at once");
        }
    }

    @Test
    void rowsComeInWhateverFormIsAskedFor() {
        record Pair(int a, String b) {}
        assertEquals(
                List.of(new Pair(1, "x")), pool.query(Pair.class, "SELECT :a::int AS a, 'x' AS b", Map.of("a", 1)));
        assertEquals(3, pool.fetchAll("SELECT generate_series(1, 3)").size());
        assertEquals(1, pool.execute("SELECT $1::int", (Object) null).rows().size());
    }

    @Test
    void theFailureOfOneCallerIsItsOwn() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            int number = i;
            all.add(threads.submit(() -> {
                for (int j = 0; j < 100; j++) {
                    if (number % 2 == 0) {
                        assertThrows(DivisionByZeroException.class, () -> pool.execute("SELECT 1 / $1::int", 0));
                    } else {
                        assertEquals(
                                number, pool.execute("SELECT $1::int", number).scalar(Integer.class));
                    }
                }
            }));
        }
        for (Future<?> each : all) {
            each.get(120, TimeUnit.SECONDS);
        }
        assertThrows(UndefinedTableException.class, () -> pool.execute("SELECT * FROM no_such_table"));
    }

    @Test
    void whatLeavesSomethingBehindHasAConnectionOfItsOwn() {
        int shared = pool.execute("SELECT pg_backend_pid()").scalar(Integer.class);
        pool.execute("SET application_name = 'left'");
        pool.execute("SELECT set_config('application_name', 'left too', false)");
        for (int i = 0; i < 20; i++) {
            Answer answer = pool.execute("SELECT current_setting('application_name'), pg_backend_pid()");
            assertEquals("lanes", answer.single().getString(0));
        }
        try (Connection own = pool.connection()) {
            assertNotEquals(shared, own.execute("SELECT pg_backend_pid()").fetchScalar(Integer.class));
            own.execute("BEGIN");
            assertEquals(
                    0,
                    pool.execute(
                                    "SELECT count(*)::int FROM pg_locks WHERE pid = $1 AND mode = 'ExclusiveLock' AND NOT granted",
                                    shared)
                            .scalar(Integer.class));
        }
    }

    @Test
    void aSlowStatementDoesNotHoldUpThoseOnOtherLanes() throws Exception {
        int lanes = pool.config().lanes();
        assertEquals(4, lanes);
        // All lanes are there.
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            all.add(threads.submit(() -> {
                start.await();
                for (int j = 0; j < 20; j++) {
                    pool.execute("SELECT 1");
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
        }
        Future<Answer> slow = threads.submit(() -> pool.execute("SELECT pg_sleep(600)"));
        try (Connection watch = pool.connection()) {
            while (watch.execute("SELECT count(*)::int FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(600)'"
                                    + " AND wait_event = 'PgSleep'")
                            .fetchScalar(Integer.class)
                    == 0) {
                Thread.sleep(5);
            }
            for (int i = 0; i < 200; i++) {
                assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
            }
            watch.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                    + " AND query = 'SELECT pg_sleep(600)'");
        }
        assertInstanceOf(
                QueryCanceledException.class,
                assertThrows(java.util.concurrent.ExecutionException.class, () -> slow.get(60, TimeUnit.SECONDS))
                        .getCause());
    }

    @Test
    void aDeadlineReleasesItsCallerAndTheServerIsAsked() throws Exception {
        reopen(config().deadline(Duration.ofSeconds(2)));
        QueryCanceledException late =
                assertThrows(QueryCanceledException.class, () -> pool.execute("SELECT pg_sleep(600)"));
        assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
        assertEquals(1, pool.execute("SELECT 1").scalar(Integer.class));
        noneSleeps();
    }

    @Test
    void anInterruptReleasesItsCallerAndTheServerIsAsked() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                pool.execute("SELECT pg_sleep(601)");
            } catch (Throwable failure) {
                thrown.set(Thread.interrupted() ? failure : new AssertionError("the flag is gone", failure));
            }
        });
        pool.execute("SELECT 1");
        caller.start();
        while (sleeping() == 0) {
            Thread.sleep(5);
        }
        caller.interrupt();
        caller.join(60_000);
        assertInstanceOf(QueryCanceledException.class, thrown.get());
        noneSleeps();
        assertEquals(1, pool.execute("SELECT 1").scalar(Integer.class));
    }

    private int sleeping() {
        try (Connection watch = pool.connection()) {
            return watch.execute("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'lanes'"
                            + " AND wait_event = 'PgSleep'")
                    .fetchScalar(Integer.class);
        }
    }

    private void noneSleeps() throws InterruptedException {
        while (sleeping() > 0) {
            Thread.sleep(5);
        }
    }

    @Test
    void aLostLaneFailsWhatWasOnItAndIsReplaced() throws Exception {
        for (int i = 0; i < 10; i++) {
            int pid = pool.execute("SELECT pg_backend_pid()").scalar(Integer.class);
            try (Connection other = pool.connection()) {
                other.execute("SELECT pg_terminate_backend($1, 10000)", pid);
            }
            // The loop may not have seen it yet: then the statement is lost with its connection.
            for (int tries = 0; ; tries++) {
                try {
                    assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
                    break;
                } catch (ConnectionFailureException | dev.pgwire.error.AdminShutdownException lost) {
                    assertTrue(tries < 3, lost.toString());
                }
            }
        }
    }

    @Test
    void eachConnectionIsConfigured() {
        reopen(config().configure(conn -> {
            conn.execute("SET search_path = pg_catalog");
            for (int i = 0; i < 3; i++) {
                conn.execute("SELECT $1::int", i).fetchAll();
            }
        }));
        for (int i = 0; i < 5; i++) {
            assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
            assertEquals("pg_catalog", pool.execute("SHOW search_path").scalar(String.class));
            assertEquals(
                    "pg_catalog",
                    pool.execute("SELECT current_setting('search_path')").scalar(String.class));
        }
    }

    @Test
    void lanesThatAreIdleTooOldOrLostAreClosedAlthoughNoStatementComes() throws Exception {
        reopen(config().idleTimeout(Duration.ofSeconds(1)));
        try (Pool old = Postgres.pool(
                        config().maxLifetime(Duration.ofSeconds(1)).build());
                Pool lost = Postgres.pool(config().build())) {
            int pid = lost.execute("SELECT pg_backend_pid()").scalar(Integer.class);
            for (Pool each : List.of(pool, old, lost)) {
                assertEquals(1, each.execute("SELECT 1").scalar(Integer.class));
                assertEquals(1, each.stats().lanes());
            }
            assertEquals(2, lost.stats().shared());
            Future<Answer> slow = threads.submit(() -> old.execute("SELECT 5 FROM pg_sleep(3)"));
            Until.holds(() -> sleeping() > 0);
            lost.withConnection(conn -> {
                conn.execute("SELECT pg_terminate_backend($1)", pid);
            });
            long until = System.nanoTime() + 10_000_000_000L;
            for (Pool each : List.of(pool, old, lost)) {
                while (each.stats().lanes() > 0) {
                    assertTrue(System.nanoTime() - until < 0, each.stats().toString());
                    Thread.sleep(10);
                }
                assertEquals(0, each.stats().inFlight());
            }
            assertEquals(5, slow.get(10, TimeUnit.SECONDS).scalar(Integer.class), "what was on it is answered");
        }
    }

    @Test
    void lanesCountAsConnectionsOfThePool() {
        reopen(config().maxSize(2).lanes(1).acquireTimeout(Duration.ofSeconds(2)));
        assertEquals(1, pool.execute("SELECT 1").scalar(Integer.class));
        try (Connection one = pool.connection()) {
            assertThrows(dev.pgwire.pool.NoConnectionException.class, pool::connection);
            assertEquals(1, pool.execute("SELECT 1").scalar(Integer.class));
            assertEquals(1, one.execute("SELECT 1").fetchScalar(Integer.class));
        }
    }

    @Test
    void aPoolWithoutLanesGivesEachStatementAConnection() {
        reopen(config().maxSize(1));
        assertEquals(0, pool.config().lanes());
        assertEquals(5, pool.execute("SELECT $1::int", 5).scalar(Integer.class));
    }

    @Test
    void aClosedPoolRefuses() {
        pool.execute("SELECT 1");
        pool.close();
        assertThrows(InterfaceException.class, () -> pool.execute("SELECT 1"));
    }
}
