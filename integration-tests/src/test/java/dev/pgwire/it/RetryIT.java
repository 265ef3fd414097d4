package dev.pgwire.it;

import static dev.pgwire.Isolation.REPEATABLE_READ;
import static dev.pgwire.Isolation.SERIALIZABLE;
import static dev.pgwire.Retry.retry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DeadlockDetectedException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SerializationFailureException;
import dev.pgwire.pool.Pool;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Blocks that are run again because of what others did at the same time. */
class RetryIT {
    private Connection conn;
    private Connection other;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        other = Postgres.connect(TestServer.shared().dsn());
        other.execute("DROP TABLE IF EXISTS retried");
        other.execute("CREATE TABLE retried AS SELECT id, 0 AS n FROM generate_series(1, 2) AS id");
    }

    @AfterEach
    void disconnect() {
        conn.close();
        other.execute("DROP TABLE retried");
        other.close();
    }

    private int n(int id) {
        return other.execute("SELECT n FROM retried WHERE id = $1", id)
                .fetchOne()
                .getInt(0);
    }

    @Test
    void aBlockIsRunAgainUntilNothingIsInTheWay() {
        AtomicInteger runs = new AtomicInteger();
        int found = conn.transactionReturning(retry(5).in(REPEATABLE_READ), tx -> {
            int n = tx.execute("SELECT n FROM retried WHERE id = 1").fetchOne().getInt(0);
            if (runs.incrementAndGet() <= 3) {
                other.execute("UPDATE retried SET n = n + 10 WHERE id = 1");
            }
            tx.execute("UPDATE retried SET n = $1 WHERE id = 1", n + 1);
            return n;
        });
        assertEquals(30, found);
        assertEquals(31, n(1));
        assertEquals(4, runs.get());
    }

    /** Of two that have each read what the other writes, the second to commit fails there. */
    @Test
    void aFailureAtCommitIsOne() {
        AtomicInteger runs = new AtomicInteger();
        conn.transaction(retry(1).in(SERIALIZABLE), tx -> {
            tx.execute("SELECT n FROM retried WHERE id = 1").fetchAll();
            tx.execute("UPDATE retried SET n = n + 1 WHERE id = 2");
            if (runs.incrementAndGet() == 1) {
                other.transaction(SERIALIZABLE, with -> {
                    with.execute("SELECT n FROM retried WHERE id = 2").fetchAll();
                    with.execute("UPDATE retried SET n = n + 1 WHERE id = 1");
                });
            }
        });
        assertEquals(2, runs.get());
        assertEquals(1, n(2));
    }

    @Test
    void theLastFailureIsThrown() {
        AtomicInteger runs = new AtomicInteger();
        assertThrows(
                SerializationFailureException.class,
                () -> conn.transaction(retry(2).in(REPEATABLE_READ), tx -> {
                    runs.incrementAndGet();
                    tx.execute("SELECT n FROM retried").fetchAll();
                    other.execute("UPDATE retried SET n = n + 1");
                    tx.execute("UPDATE retried SET n = n + 1");
                }));
        assertEquals(3, runs.get());
        IllegalStateException wrapped = new IllegalStateException("other");
        assertSame(
                wrapped,
                assertThrows(
                        IllegalStateException.class,
                        () -> conn.transaction(retry(2), tx -> {
                            runs.incrementAndGet();
                            throw wrapped;
                        })));
        assertThrows(
                DivisionByZeroException.class,
                () -> conn.transaction(retry(2), tx -> {
                    runs.incrementAndGet();
                    tx.execute("SELECT 1/0");
                }));
        assertEquals(5, runs.get());
        assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
    }

    @Test
    void aDeadlockIsBrokenAndTheBlockRunAgain() throws Exception {
        AtomicInteger runs = new AtomicInteger();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try {
            conn.execute("SET deadlock_timeout = '10ms'");
            other.execute("SET deadlock_timeout = '1h'");
            int waiting = other.processId();
            Future<?>[] second = new Future<?>[1];
            conn.transaction(retry(3), tx -> {
                tx.execute("UPDATE retried SET n = n + 1 WHERE id = 1");
                if (runs.incrementAndGet() == 1) {
                    other.begin();
                    other.execute("UPDATE retried SET n = n + 10 WHERE id = 2");
                    second[0] = executor.submit(() -> {
                        other.execute("UPDATE retried SET n = n + 10 WHERE id = 1");
                        other.commit();
                    });
                    while (tx.execute("SELECT cardinality(pg_blocking_pids($1))", waiting)
                                    .fetchOne()
                                    .getInt(0)
                            == 0) {
                        Thread.onSpinWait();
                    }
                }
                tx.execute("UPDATE retried SET n = n + 1 WHERE id = 2");
            });
            second[0].get();
            assertEquals(2, runs.get());
            assertEquals(List.of(11, 11), List.of(n(1), n(2)));
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void thereMustBeNoTransaction() {
        conn.transaction(tx -> {
            String message = assertThrows(
                            InterfaceException.class,
                            () -> conn.transaction(retry(1), inner -> inner.execute("SELECT 1")))
                    .getMessage();
            assertTrue(message.contains("expected none"), message);
        });
    }

    /** The statements have what is left of the time, and the connection has its own deadline afterwards. */
    @Test
    void aLimitIsForAllAttempts() {
        conn.deadline(Duration.ofMinutes(5));
        conn.transaction(retry(1).within(Duration.ofMinutes(1)), tx -> {
            Duration left = conn.deadline();
            assertTrue(left.compareTo(Duration.ofMinutes(1)) <= 0, left::toString);
        });
        assertEquals(Duration.ofMinutes(5), conn.deadline());
        conn.deadline(null);
        AtomicInteger runs = new AtomicInteger();
        // Long enough for a statement, which has it as its deadline.
        Duration limit = Duration.ofSeconds(3);
        assertThrows(
                DeadlockDetectedException.class,
                () -> conn.transaction(retry(1).within(limit), tx -> {
                    long begin = System.nanoTime();
                    runs.incrementAndGet();
                    try {
                        tx.execute("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$");
                    } finally {
                        Until.holds(() -> System.nanoTime() - begin >= limit.toNanos());
                    }
                }));
        assertEquals(1, runs.get());
        assertNull(conn.deadline());
    }

    /** The flag is seen before the pause, whose end an interrupt would be as well. */
    @Test
    void anInterruptEndsTheAttempts() {
        AtomicInteger runs = new AtomicInteger();
        try {
            assertThrows(
                    DeadlockDetectedException.class,
                    () -> conn.transaction(retry(3), tx -> {
                        runs.incrementAndGet();
                        try {
                            tx.execute("DO $$ BEGIN RAISE SQLSTATE '40P01'; END $$");
                        } finally {
                            Thread.currentThread().interrupt();
                        }
                    }));
            assertEquals(1, runs.get());
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    @Test
    void theAsynchronousFaceAndThePoolDoTheSame() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        AtomicInteger runs = new AtomicInteger();
        String fails = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$";
        assertEquals(
                3,
                async.transaction(retry(5).in(SERIALIZABLE), tx -> tx.execute(
                                        runs.incrementAndGet() < 3 ? fails : "SELECT 1")
                                .thenApply(done -> runs.get()))
                        .get());
        assertTrue(
                assertThrows(ExecutionException.class, () -> async.transaction(retry(1), tx -> tx.execute(fails))
                                        .get())
                                .getCause()
                        instanceof SerializationFailureException);
        assertEquals(
                "repeatable read",
                async.transaction(REPEATABLE_READ, tx -> tx.execute("SHOW transaction_isolation"))
                        .get()
                        .scalar(String.class));
        async.begin(SERIALIZABLE);
        assertThrows(ExecutionException.class, () -> async.transaction(retry(1), tx -> tx.execute("SELECT 1"))
                .get());
        async.close().get();
        try (Pool pool = Postgres.pool(TestServer.shared().dsn())) {
            runs.set(0);
            int done = pool.transactionReturning(retry(5), tx -> {
                tx.execute(runs.incrementAndGet() < 3 ? fails : "SELECT 1");
                return runs.get();
            });
            assertEquals(3, done);
            runs.set(0);
            assertEquals(
                    2,
                    pool.async()
                            .transaction(retry(5), tx -> tx.execute(runs.incrementAndGet() < 2 ? fails : "SELECT 1")
                                    .thenApply(answer -> runs.get()))
                            .get());
            pool.transaction(
                    SERIALIZABLE,
                    tx -> assertEquals(
                            "serializable",
                            tx.execute("SHOW transaction_isolation").fetchOne().getString(0)));
        }
    }
}
