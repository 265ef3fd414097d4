package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, few connections, and all that can go wrong: errors, interrupts, deadlines, connections that the server ends. */
@Timeout(600)
class PoolStormIT {
    private static final int CONNECTIONS = 8;
    private static final Duration DEADLINE = Duration.ofMillis(200);
    private static final String LENT = "with a connection";

    @Test
    void eachCallerGetsItsOwnAnswerOrAnExceptionAndThePoolIsWholeAfterwards() throws Exception {
        Seed seed = Seed.take();
        Storm storm = new Storm(5);
        PoolConfig config = PoolConfig.builder(TestServer.shared().dsn())
                .maxSize(CONNECTIONS)
                .acquireTimeout(Duration.ofSeconds(60))
                .build();
        try (Pool pool = Postgres.pool(config)) {
            storm.rage(seed, (random, token) -> call(storm, pool, random, token));
            System.out.println(pool.stats());
            storm.assertAnswered(0.5);
            storm.assertLasted(LENT, DEADLINE.toMillis() + 2_000);
            assertWhole(pool);
        }
        storm.assertNothingIsLeft();
    }

    private static void call(Storm storm, Pool pool, Random random, long token) {
        int kind = random.nextInt(100);
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
                    storm.answered(
                            token,
                            tx.execute("SELECT current_setting('pgwire.storm')::int8 AS storm")
                                    .fetchOne());
                });
            } else {
                storm.answered(
                        token, conn.execute("SELECT $1::int8 AS storm", token).fetchOne());
            }
        } finally {
            if (lentAt != 0) {
                storm.lasted(LENT, lentAt);
            }
        }
    }

    private static void assertWhole(Pool pool) {
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
}
