package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

/** Threads that share a few connections to a pooler; all that each of them gets must be its own. */
final class PoolerLanes {
    private static final int CALLERS = 8;
    private static final int STATEMENTS = 2_000;

    private final String table;
    private final Pool pool;

    private PoolerLanes(String table, Pool pool) {
        this.table = table;
        this.pool = pool;
    }

    /**
     * Runs random statements.
     *
     * @param dsn of the pooler
     */
    static void share(String dsn, String table, Seed seed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try (Connection direct = Postgres.connect(TestServer.shared().dsn());
                Pool pool = Postgres.pool(PoolConfig.builder(dsn).maxSize(4).build())) {
            direct.execute("DROP TABLE IF EXISTS " + table);
            direct.execute("CREATE TABLE " + table + " (caller int, note text)");
            PoolerLanes lanes = new PoolerLanes(table, pool);
            List<Callable<Integer>> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int caller = i;
                callers.add(() -> lanes.call(caller, seed.random(caller)));
            }
            int inserted = 0;
            for (Future<Integer> each : threads.invokeAll(callers)) {
                inserted += each.get();
            }
            assertEquals(
                    inserted,
                    direct.execute("SELECT count(*)::int FROM " + table).fetchScalar(Integer.class));
            assertEquals(
                    0,
                    pool.execute("SELECT count(*)::int FROM pg_prepared_statements")
                            .scalar(Integer.class));
            direct.execute("DROP TABLE " + table);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns how many rows it has inserted. */
    private int call(int caller, Random random) {
        int inserted = 0;
        for (int i = 0; i < Seed.draws(STATEMENTS); i++) {
            int token = caller * 1_000_000 + i;
            switch (random.nextInt(6)) {
                case 0 -> {
                    String note = "n" + token;
                    assertEquals(
                            1,
                            pool.execute("INSERT INTO " + table + " VALUES ($1, $2)", caller, note)
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
                case 4 ->
                    assertEquals(
                            inserted,
                            pool.execute("SELECT count(*)::int FROM " + table + " WHERE caller = $1", caller)
                                    .scalar(Integer.class));
                default ->
                    assertEquals(
                            "x" + token,
                            pool.execute("SELECT 'x' || $1::text", token).scalar(String.class));
            }
        }
        return inserted;
    }
}
