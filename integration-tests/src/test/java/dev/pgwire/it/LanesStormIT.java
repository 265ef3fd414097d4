package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As {@link PoolStormIT}, of threads that share connections, beside some that borrow them. */
@Timeout(600)
class LanesStormIT {
    private static final int CONNECTIONS = 8;
    private static final int LANES = 4;
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final AtomicBoolean SLEEPS_NOW = new AtomicBoolean();
    /** As long as a borrower waits; a statement waits no longer than its deadline. */
    private static final Duration ACQUIRED_WITHIN = Duration.ofSeconds(20);

    private static final String APPLICATION = "lanes_storm";
    private static final String SLEEPS = "pid <> pg_backend_pid() AND state = 'active' AND query LIKE '%pg_sleep%'";
    private static final String LENT = "with a connection";
    private static final String CALLED = "in execute of the pool";
    private static final String REFUSED = "in vain for a connection";

    @Test
    void eachCallerGetsItsOwnAnswerOrAnExceptionAndThePoolIsWholeAfterwards() throws Exception {
        Seed seed = Seed.take();
        Storm storm = new Storm(3);
        PoolConfig config = PoolConfig.builder(TestServer.shared().dsn("application_name=" + APPLICATION))
                .maxSize(CONNECTIONS)
                .lanes(LANES)
                .deadline(DEADLINE)
                .acquireTimeout(ACQUIRED_WITHIN)
                .build();
        try (Pool pool = Postgres.pool(config)) {
            storm.rage(seed, (random, token) -> {
                if (random.nextInt(10) == 0) {
                    borrow(storm, pool, random, token);
                } else {
                    share(storm, pool, random, token);
                }
            });
            System.out.println(pool.stats());
            // Those behind a statement that outlives the deadline are late as well.
            storm.assertAnswered(0.25);
            storm.assertLasted(LENT, DEADLINE.toMillis() + 2_000);
            storm.assertLasted(REFUSED, DEADLINE.toMillis() + 2_000);
            storm.assertLasted(CALLED, DEADLINE.toMillis() + 2_000);
            assertWhole(pool);
        }
        storm.assertNothingIsLeft();
    }

    private static void share(Storm storm, Pool pool, Random random, long token) {
        int kind = random.nextInt(100);
        long since = System.nanoTime();
        String what = CALLED;
        try {
            if (kind < 5) {
                pool.execute("SELECT 1 / (storm - storm) FROM (VALUES ($1::int8)) t (storm)", token);
            } else if (kind < 10) {
                Thread.currentThread().interrupt();
                pool.execute("SELECT $1::int8 AS storm FROM pg_sleep(0.01)", token);
            } else if (kind < 15 && SLEEPS_NOW.compareAndSet(false, true)) {
                // The lane serves no other until the deadline has passed: one at a time, else nothing would be served.
                try {
                    pool.execute("SELECT $1::int8 AS storm FROM pg_sleep(5)", token);
                } finally {
                    SLEEPS_NOW.set(false);
                }
            } else {
                storm.answered(
                        token,
                        pool.execute("SELECT $1::int8 AS storm", token).rows().get(0));
            }
        } catch (NoConnectionException refused) {
            what = REFUSED;
            throw refused;
        } finally {
            storm.lasted(what, since);
        }
    }

    private static void borrow(Storm storm, Pool pool, Random random, long token) {
        long lentAt = 0;
        try (Connection conn = pool.connection()) {
            lentAt = System.nanoTime();
            if (random.nextInt(2) == 0) {
                conn.deadline(Duration.ofMillis(5));
                conn.execute("SELECT $1::int8 AS storm FROM pg_sleep(1)", token);
            } else {
                conn.deadline(DEADLINE);
                conn.transaction(tx -> {
                    tx.execute("SELECT set_config('pgwire.storm', $1::text, true)", Long.toString(token));
                    storm.answered(
                            token,
                            tx.execute("SELECT current_setting('pgwire.storm')::int8 AS storm")
                                    .fetchOne());
                });
            }
        } finally {
            if (lentAt != 0) {
                storm.lasted(LENT, lentAt);
            }
        }
    }

    private static void assertWhole(Pool pool) throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, pool.execute("SELECT $1::int", i).scalar(Integer.class));
        }
        List<Connection> all = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS - LANES; i++) {
            all.add(pool.connection());
        }
        for (Connection conn : all) {
            assertEquals(
                    "",
                    conn.execute("SELECT coalesce(current_setting('pgwire.storm', true), '')")
                            .fetchOne()
                            .get(0));
        }
        Connection first = all.get(0);
        // What was cancelled has ended, and what was lost is gone.
        for (int i = 0; i < 100 && open(first, SLEEPS) > 0; i++) {
            Thread.sleep(100);
        }
        assertEquals(0, open(first, SLEEPS));
        for (int i = 0; i < 100 && open(first, "true") > CONNECTIONS; i++) {
            Thread.sleep(100);
        }
        int open = open(first, "true");
        assertTrue(open <= CONNECTIONS, open + " connections");
        all.forEach(Connection::close);
        PoolStats stats = pool.stats();
        assertEquals(List.of(0, 0), List.of(stats.borrowed(), stats.waiting()), stats::toString);
        assertEquals(0, stats.leaks());
    }

    private static int open(Connection conn, String which) {
        return conn.execute("SELECT count(*)::int FROM pg_stat_activity WHERE application_name = '" + APPLICATION
                        + "' AND " + which)
                .fetchScalar(Integer.class);
    }
}
