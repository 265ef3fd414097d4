package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many threads, few connections, and all that can go wrong: errors, interrupts, deadlines, connections that the server ends. {@code
 * -Dpgwire.storm.threads=10000 -Dpgwire.storm.seconds=60} makes it a storm; on Java 24 and later the threads are virtual.
 */
@Timeout(600)
class PoolStormIT {
    private static final int CONNECTIONS = 8;
    private static final Duration DEADLINE = Duration.ofMillis(200);

    private final int callers = Integer.getInteger("pgwire.storm.threads", 200);
    private final int seconds = Integer.getInteger("pgwire.storm.seconds", 5);
    private final AtomicLong tokens = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();
    private final ConcurrentHashMap<String, AtomicLong> kinds = new ConcurrentHashMap<>();

    @Test
    void eachCallerGetsItsOwnAnswerOrAnExceptionAndThePoolIsWholeAfterwards() throws Exception {
        Seed seed = Seed.take();
        long filesBefore = files();
        PoolConfig config = PoolConfig.builder(TestServer.shared().dsn())
                .maxSize(CONNECTIONS)
                .acquireTimeout(Duration.ofSeconds(60))
                .build();
        try (Connection admin = Postgres.connect(TestServer.shared().dsn());
                Pool pool = Postgres.pool(config)) {
            ExecutorService threads = threads();
            List<Future<?>> all = new ArrayList<>();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (int i = 0; i < callers; i++) {
                Random random = seed.random(i);
                all.add(threads.submit(() -> {
                    while (System.nanoTime() < until) {
                        call(pool, random);
                    }
                }));
            }
            while (System.nanoTime() < until) {
                Thread.sleep(100);
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND query LIKE '%storm%'"
                        + " ORDER BY random() LIMIT 1");
            }
            for (Future<?> each : all) {
                each.get();
            }
            threads.shutdown();
            System.out.println(answers + " answers, " + failures + " exceptions " + kinds + ", longest "
                    + TimeUnit.NANOSECONDS.toMillis(longest.get()) + " ms with a connection, " + pool.stats());
            assertTrue(answers.get() > failures.get(), answers + " answers, " + failures + " exceptions");
            assertTrue(
                    longest.get() < DEADLINE.plusSeconds(2).toNanos(),
                    "with a connection for " + TimeUnit.NANOSECONDS.toMillis(longest.get()) + " ms");
            assertWhole(pool);
        }
        awaitThreadsToEnd();
        // The JDK opens some for the waits of virtual threads; hundreds of connections came and went.
        assertTrue(files() <= filesBefore + 20, files() + " files are open, " + filesBefore + " were before");
    }

    private void call(Pool pool, Random random) {
        int kind = random.nextInt(100);
        long token = tokens.incrementAndGet();
        long lentAt = 0;
        try (Connection conn = pool.connection()) {
            lentAt = System.nanoTime();
            conn.deadline(DEADLINE);
            if (kind < 5) {
                conn.execute("SELECT 1 / (storm - storm) FROM (VALUES ($1::int8)) t (storm)", token);
            } else if (kind < 10) {
                Thread.currentThread().interrupt();
                conn.execute("SELECT $1::int8 AS storm FROM pg_sleep(0.01)", token);
            } else if (kind < 15) {
                conn.deadline(Duration.ofMillis(5));
                conn.execute("SELECT $1::int8 AS storm FROM pg_sleep(1)", token);
            } else if (kind < 25) {
                conn.transaction(tx -> {
                    tx.execute("SELECT set_config('pgwire.storm', $1::text, true)", Long.toString(token));
                    check(token, tx.execute("SELECT current_setting('pgwire.storm')::int8 AS storm"));
                });
            } else {
                check(token, conn.execute("SELECT $1::int8 AS storm", token));
            }
        } catch (PgException expected) {
            failures.incrementAndGet();
            kinds.computeIfAbsent(expected.getClass().getSimpleName(), name -> new AtomicLong())
                    .incrementAndGet();
        } finally {
            Thread.interrupted();
            if (lentAt != 0) {
                longest.accumulateAndGet(System.nanoTime() - lentAt, Math::max);
            }
        }
    }

    private void check(long token, Cursor cur) {
        assertEquals(token, cur.fetchOne().getLong(0));
        answers.incrementAndGet();
    }

    private static void assertWhole(Pool pool) throws InterruptedException {
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(pool.connection());
        }
        for (Connection conn : all) {
            assertEquals(1, conn.execute("SELECT 1").fetchOne().get(0));
            assertEquals(
                    "",
                    conn.execute("SELECT coalesce(current_setting('pgwire.storm', true), '')")
                            .fetchOne()
                            .get(0));
        }
        all.forEach(Connection::close);
        PoolStats stats = pool.stats();
        assertEquals(List.of(0, 0, CONNECTIONS), List.of(stats.borrowed(), stats.waiting(), stats.idle()));
        assertEquals(0, stats.leaks());
    }

    private static ExecutorService threads() {
        return Runtime.version().feature() >= VirtualThreads.FIRST_GOOD_JAVA
                ? VirtualThreads.executor()
                : Executors.newCachedThreadPool();
    }

    private static void awaitThreadsToEnd() throws InterruptedException {
        for (int i = 0; i < 100 && poolThreads() > 0; i++) {
            Thread.sleep(100);
        }
        assertEquals(0, poolThreads());
    }

    private static long poolThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pgwire-pool"))
                .count();
    }

    /** How many files this process has open; 0 where the system does not tell. */
    private static long files() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        }
    }
}
