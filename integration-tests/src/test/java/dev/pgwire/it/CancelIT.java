package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.AbstractList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancelling what runs, and nothing else. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancelIT {
    private static final int RACES = 2_000;
    private static final int MOST_RACES = 40_000;
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

    private void awaitSleep() throws InterruptedException {
        String active = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'";
        while (other.execute(active, conn.processId()).fetchAll().isEmpty()) {
            Thread.sleep(1);
        }
    }

    @Test
    void aStatementIsCancelledFromAnotherThread() throws Exception {
        for (int round = 0; round < 50; round++) {
            FutureTask<QueryCanceledException> task =
                    new FutureTask<>(() -> assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP)));
            Thread thread = new Thread(task, "sleeper");
            thread.start();
            awaitSleep();
            conn.cancel();
            assertEquals("57014", task.get().sqlState());
            assertUsable();
        }
    }

    @Test
    void withoutAStatementNothingIsCancelled() {
        for (int round = 0; round < 200; round++) {
            conn.cancel();
            assertUsable();
        }
    }

    @Test
    void aNoticeListenerMayCancelItsOwnStatement() {
        conn.onNotice(notice -> conn.cancel());
        assertThrows(
                QueryCanceledException.class,
                () -> conn.execute("DO 'BEGIN RAISE NOTICE ''now''; PERFORM pg_sleep(60); END'"));
        conn.onNotice(null);
        assertUsable();
    }

    @Test
    void aLargeResultIsCancelledWhileItIsRead() throws Exception {
        for (int round = 0; round < 20; round++) {
            CountDownLatch reading = new CountDownLatch(1);
            FutureTask<Integer> task = new FutureTask<>(() -> {
                Cursor cur = conn.execute("SELECT generate_series(1, 1000000), repeat('x', 200)");
                int[] read = {0};
                assertThrows(QueryCanceledException.class, () -> {
                    while (cur.next()) {
                        assertEquals(++read[0], cur.getInt(0));
                        if (read[0] == 1000) {
                            reading.countDown();
                        }
                    }
                });
                return read[0];
            });
            new Thread(task, "reader").start();
            reading.await();
            conn.cancel();
            int read = task.get();
            assertTrue(read >= 1000 && read < 1_000_000, () -> read + " rows");
            assertUsable();
        }
    }

    /**
     * One thread cancels at a random moment around the end of a short statement, over a network that holds the request up;
     * the statements behind it must never be hit. They begin when the request is under way, at the latest. Some statements last
     * so long that a request which is not late cancels them, also on a busy machine; the races go on until one has.
     */
    @Test
    void aLateCancelNeverHitsTheNextStatement() throws Exception {
        Seed seed = Seed.take();
        Random random = seed.random();
        try (SlowCancels network = new SlowCancels(TestServer.shared(), seed.random(1));
                Connection racer = Postgres.connect(network.dsn())) {
            int hits = 0;
            int late = 0;
            int wrong = 0;
            int race = 0;
            for (; race < RACES || ((hits == 0 || late == 0) && race < MOST_RACES); race++) {
                double sleep = race % 16 == 0 ? 0.02 : random.nextInt(5) * 0.0002;
                int requests = network.cancels();
                Shot shot = new Shot(racer, random.nextInt(1_200_000));
                Thread canceller = new Thread(shot, "canceller");
                canceller.start();
                try {
                    racer.execute("SELECT pg_sleep($1)", sleep).fetchAll();
                } catch (QueryCanceledException cancelled) {
                    hits++;
                }
                if (!shot.withdraw()) {
                    while (canceller.isAlive() && network.cancels() == requests) {
                        Thread.onSpinWait();
                    }
                    late += canceller.isAlive() ? 1 : 0;
                }
                // Long enough for a request without a fence to arrive in it.
                for (double seconds : new double[] {0.003, 0}) {
                    try {
                        Row row = racer.execute("SELECT $1::int, pg_sleep($2)", race, seconds)
                                .fetchOne();
                        assertEquals(race, row.getInt(0));
                    } catch (QueryCanceledException hit) {
                        wrong++;
                    }
                }
                canceller.join();
                assertNull(shot.failure);
            }
            System.out.println(race + " races: " + network.cancels() + " requests, " + late
                    + " under way when the next statement came, " + hits + " statements cancelled, " + wrong
                    + " behind them");
            assertEquals(0, wrong);
            assertTrue(hits > 0 && late > 0, "there was no race");
        }
    }

    /** A cancel after some nanoseconds, unless it was withdrawn before. */
    private static final class Shot implements Runnable {
        private final Connection target;
        private final long wait;
        private final AtomicBoolean decided = new AtomicBoolean();
        private volatile Throwable failure;

        Shot(Connection target, long wait) {
            this.target = target;
            this.wait = wait;
        }

        boolean withdraw() {
            return decided.compareAndSet(false, true);
        }

        @Override
        public void run() {
            long until = System.nanoTime() + wait;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            if (decided.compareAndSet(false, true)) {
                try {
                    target.cancel();
                } catch (Throwable unexpected) {
                    failure = unexpected;
                }
            }
        }
    }

    /** The server, which waits for the next values, ignores the request. */
    @Test
    void whatIsSentSlowlyIsCancelledToo() {
        conn.execute("CREATE TEMP TABLE sent (id int, filler text)");
        String filler = "x".repeat(70_000);
        List<List<Object>> rows = new AbstractList<>() {
            @Override
            public List<Object> get(int index) {
                if (index == 6) {
                    conn.cancel();
                }
                return List.of(index, filler);
            }

            @Override
            public int size() {
                return 10;
            }
        };
        assertThrows(QueryCanceledException.class, () -> conn.cursor()
                .executeMany("INSERT INTO sent VALUES ($1, $2)", rows));
        for (BulkWay way : BulkWay.values()) {
            BulkInsert insert = BulkInsert.into("sent", "id", "filler").way(way);
            assertThrows(QueryCanceledException.class, () -> conn.insertMany(insert, rows));
        }
        assertEquals(0L, conn.execute("SELECT count(*) FROM sent").fetchOne().getLong(0));
        conn.begin();
        assertThrows(QueryCanceledException.class, () -> conn.cursor()
                .executeMany("INSERT INTO sent VALUES ($1, $2)", rows));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        conn.rollback();
        assertUsable();
    }

    @Test
    void aCommitIsNotCancelledByAnInterrupt() throws Exception {
        conn.execute("CREATE TEMP TABLE slow (id int)");
        conn.execute("CREATE FUNCTION pg_temp.slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(0.3); RETURN NULL; END'");
        conn.execute("CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW EXECUTE FUNCTION pg_temp.slow()");
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            conn.begin();
            conn.execute("INSERT INTO slow VALUES (1)");
            conn.commit();
            return Thread.interrupted();
        });
        Thread thread = new Thread(task, "commits");
        thread.start();
        awaitSleep();
        thread.interrupt();
        assertTrue(task.get(), "the flag is restored");
        assertEquals(1L, conn.execute("SELECT count(*) FROM slow").fetchOne().getLong(0));
    }

    @Test
    void theEndOfAnIdleConnectionIsNoticed() throws Exception {
        assertFalse(conn.isClosed());
        other.execute("SELECT pg_terminate_backend($1)", conn.processId());
        while (!conn.isClosed()) {
            Thread.sleep(1);
        }
    }

    @Test
    void aClosedConnectionRefuses() {
        conn.close();
        assertThrows(InterfaceException.class, conn::cancel);
    }
}
