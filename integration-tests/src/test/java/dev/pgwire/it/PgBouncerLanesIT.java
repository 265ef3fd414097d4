package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements of many threads that share connections to a pooler, which gives each of them another server process. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgBouncerLanesIT {
    private static final int CALLERS = 8;
    private static final int STATEMENTS = 2_000;

    @Test
    void callersThatShareLanesNeverMeet() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
        Seed seed = Seed.take();
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (Connection direct = Postgres.connect(TestServer.shared().dsn());
                PgBouncer bouncer = PgBouncer.start(TestServer.shared(), 2);
                Pool pool = Postgres.pool(PoolConfig.builder(bouncer.dsn("prepare=never"))
                        .maxSize(4)
                        .build())) {
            direct.execute("DROP TABLE IF EXISTS lanes_it");
            direct.execute("CREATE TABLE lanes_it (caller int, note text)");
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(() -> call(pool, caller, seed.random(caller)));
            }
            int inserted = 0;
            for (Future<Integer> each : threads.invokeAll(callers)) {
                inserted += each.get();
            }
            assertEquals(
                    inserted,
                    direct.execute("SELECT count(*)::int FROM lanes_it").fetchScalar(Integer.class));
            assertEquals(
                    0,
                    pool.execute("SELECT count(*)::int FROM pg_prepared_statements")
                            .scalar(Integer.class));
            direct.execute("DROP TABLE lanes_it");
        } finally {
            threads.shutdownNow();
        }
    }

    /** Runs random statements; all that comes back must be its own. Returns how many rows it has inserted. */
    private static int call(Pool pool, int caller, Random random) {
        int inserted = 0;
        for (int i = 0; i < STATEMENTS; i++) {
            int token = caller * 1_000_000 + i;
            switch (random.nextInt(6)) {
                case 0 -> {
                    String note = "n" + token;
                    assertEquals(
                            1,
                            pool.execute("INSERT INTO lanes_it VALUES ($1, $2)", caller, note)
                                    .rowCount());
                    inserted++;
                }
                case 1 -> assertThrows(DivisionByZeroException.class, () -> pool.execute("SELECT $1 / 0", token));
                case 2 -> {
                    int rows = random.nextInt(50);
                    int sum = 0;
                    for (Row row : pool.fetchAll("SELECT $1::int + i FROM generate_series(1, $2) i", token, rows)) {
                        sum += row.getInt(0) - token;
                    }
                    assertEquals(rows * (rows + 1) / 2, sum);
                }
                case 3 ->
                    assertEquals(
                            token,
                            pool.execute("SELECT :token::int", Map.of("token", token))
                                    .scalar(Integer.class));
                case 4 -> {
                    int before = inserted;
                    assertEquals(
                            before,
                            pool.execute("SELECT count(*)::int FROM lanes_it WHERE caller = $1", caller)
                                    .scalar(Integer.class));
                }
                default ->
                    assertEquals(
                            "x" + token,
                            pool.execute("SELECT 'x' || $1::text", token).scalar(String.class));
            }
        }
        return inserted;
    }
}
