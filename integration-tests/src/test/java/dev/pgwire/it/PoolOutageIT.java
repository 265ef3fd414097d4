package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.pool.NoConnectionException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.InstalledPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pool whose server goes and comes again. */
@Timeout(180)
class PoolOutageIT {
    private static final int OUTAGE_SECONDS = Integer.getInteger("pgwire.outage.seconds", 4);

    private final List<Long> attempts = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private InstalledPostgres server;
    private InstalledPostgres standby;

    @BeforeEach
    void start() {
        assumeTrue(InstalledPostgres.isInstalled(), "not run: no PostgreSQL server is installed");
        server = InstalledPostgres.builder().start();
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        if (standby != null) {
            standby.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** Each attempt ends with a step that tells how, and only those at an address are counted. */
    private PoolConfig.Builder pool(String dsn) {
        Config watched = Config.parse(dsn).toBuilder()
                .observer(step -> {
                    if (step instanceof ConnectStep.Failed || step instanceof ConnectStep.SessionStarted) {
                        attempts.add(System.nanoTime());
                    }
                })
                .build();
        return PoolConfig.builder(watched).maxSize(8);
    }

    private List<Future<Object>> ask(Pool pool, int callers, Function<Connection, Object> question) {
        List<Future<Object>> all = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            all.add(threads.submit(() -> pool.withConnectionReturning(question::apply)));
        }
        return all;
    }

    private static Object one(Connection conn) {
        return conn.execute("SELECT 1").fetchOne().get(0);
    }

    @Test
    void anOutageIsNoStormAndAllBorrowersAreServedAfterwards() throws Exception {
        try (Pool pool = Postgres.pool(pool(server.dsn()).minSize(8).build())) {
            Until.holds(() -> pool.stats().idle() == 8);
            server.stop();
            attempts.clear();
            long down = System.nanoTime();
            List<Future<Object>> all = ask(pool, 100, PoolOutageIT::one);
            Thread.sleep(OUTAGE_SECONDS * 1000L);
            long up = System.nanoTime();
            server.startAgain();
            for (Future<Object> each : all) {
                assertEquals(1, each.get(20, TimeUnit.SECONDS));
            }
            long served = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - up);
            List<Long> during = attempts.stream().filter(time -> time < up).toList();
            System.out.println(during.size() + " attempts in " + OUTAGE_SECONDS + " s, all served " + served
                    + " ms after the start of the server");
            assertTrue(during.size() >= OUTAGE_SECONDS - 1, during.size() + " attempts");
            for (int i = 2; i < during.size(); i++) {
                assertTrue(during.get(i) - during.get(i - 2) > 1_000_000_000L, "three attempts in a second");
            }
            assertTrue(up > down);
            Until.holds(() -> pool.stats().size() == 8);
        }
    }

    @Test
    void whoWaitsInVainIsToldOfTheOutage() {
        try (Pool pool = Postgres.pool(
                pool(server.dsn()).acquireTimeout(Duration.ofSeconds(3)).build())) {
            pool.withConnection(conn -> {});
            server.stop();
            NoConnectionException failure = assertThrows(NoConnectionException.class, pool::connection);
            assertTrue(failure.getMessage().contains("the last connection could not be made"), failure.getMessage());
        }
    }

    @Test
    void afterAFailoverNoWriteReachesAStandbyAndThePoolIsWholeSoon() throws Exception {
        standby = InstalledPostgres.builder().standbyOf(server).start();
        try (Connection setup = Postgres.connect(server.dsn())) {
            setup.execute("CREATE TABLE written (id int)");
        }
        String dsn = "host=127.0.0.1,127.0.0.1 port=" + server.port() + "," + standby.port()
                + " user=postgres dbname=postgres target_session_attrs=read-write";
        Function<Connection, Object> write = conn -> {
            conn.execute("INSERT INTO written VALUES (1)");
            return conn.execute("SELECT pg_is_in_recovery()").fetchOne().get(0);
        };
        try (Pool pool = Postgres.pool(pool(dsn).minSize(4).build())) {
            for (Future<Object> each : ask(pool, 20, write)) {
                assertEquals(false, each.get(20, TimeUnit.SECONDS));
            }
            server.stop();
            List<Future<Object>> waiting = ask(pool, 20, write);
            Thread.sleep(1_000);
            standby.promote();
            long promoted = System.nanoTime();
            for (Future<Object> each : waiting) {
                assertEquals(false, each.get(20, TimeUnit.SECONDS));
            }
            Until.holds(() -> pool.stats().size() >= 4);
            long whole = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - promoted);
            System.out.println("whole " + whole + " ms after the promotion");
            assertTrue(whole < 5_000, whole + " ms");
        }
    }
}
