package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.notification.Notification;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** LISTEN and NOTIFY. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NotificationIT {
    private static final int MANY = 100_000;
    private static final String NOTIFY = "SELECT pg_notify($1, $2)";
    private static final String NOTIFY_MANY =
            "SELECT count(pg_notify('storm', lpad(i::text, 100, '.'))) FROM generate_series(1, $1::int) i";

    private final String dsn = TestServer.shared().dsn();
    private Connection conn;
    private Connection other;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(dsn);
        other = Postgres.connect(dsn);
    }

    @AfterEach
    void disconnect() {
        conn.close();
        other.close();
    }

    private static List<String> payloads(Connection connection, Duration limit) {
        List<String> payloads = new ArrayList<>();
        connection.notifications(limit).forEach(each -> payloads.add(each.payload()));
        return payloads;
    }

    @Test
    void whatAnotherSessionNotifiesComes() {
        conn.listen("orders", "Odd \"name\"");
        other.execute(NOTIFY, "orders", "1");
        other.execute("NOTIFY \"Odd \"\"name\"\"\"");
        other.execute(NOTIFY, "other", "2");
        other.execute(NOTIFY, "orders", "3");
        Iterator<Notification> all = conn.notifications(null).iterator();
        assertEquals(new Notification("orders", "1", other.processId(), 0), all.next());
        assertEquals(new Notification("Odd \"name\"", "", other.processId(), 0), all.next());
        assertEquals("3", all.next().payload());
    }

    @Test
    void whatIsNotListenedToAnyMoreDoesNotCome() {
        conn.listen("a", "b", "c");
        conn.unlisten("b");
        conn.execute(NOTIFY, "b", "b");
        conn.execute(NOTIFY, "c", "c");
        assertEquals(List.of("c"), payloads(conn, Duration.ZERO));
        conn.unlisten();
        conn.execute(NOTIFY, "a", "a");
        assertEquals(List.of(), payloads(conn, Duration.ZERO));
    }

    /** The server sends them with the answer to the next statement. */
    @Test
    void thoseOfATransactionComeWhenItHasCommitted() {
        conn.listen("orders");
        try (Transaction tx = conn.begin()) {
            tx.execute("SELECT 1");
            other.execute(NOTIFY, "orders", "1");
            assertEquals(List.of(), payloads(conn, Duration.ZERO));
            tx.commit();
        }
        assertEquals("1", conn.notifications(null).iterator().next().payload());
    }

    @Test
    void aHundredThousandComeInOrderWhileResultsAreStreamed() {
        conn.listen("storm");
        List<String> heard = new ArrayList<>();
        conn.onNotification(each -> heard.add(each.payload()));
        CompletableFuture<?> storm = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100; i++) {
                other.execute(
                        "SELECT count(pg_notify('storm', lpad(i::text, 100, '.'))) FROM generate_series($1::int, $2::int) i",
                        i * MANY / 100 + 1,
                        (i + 1) * MANY / 100);
            }
        });
        long rows = 0;
        while (!storm.isDone() || heard.size() < MANY) {
            try (Cursor cur = conn.execute("SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i")) {
                int last = 0;
                while (cur.next()) {
                    assertEquals(last + 1, cur.getInt(0));
                    last = cur.getInt(0);
                }
                assertEquals(5000, last);
                rows += last;
            }
        }
        storm.join();
        assertTrue(rows > 0);
        assertEquals(MANY, heard.size());
        for (int i = 0; i < MANY; i++) {
            assertEquals(i + 1, Integer.parseInt(heard.get(i).replace(".", "")));
        }
    }

    @Test
    void aStormThatIsNotTakenIsKeptWithinBoundsAndCounted() {
        conn.listen("storm");
        conn.execute(NOTIFY_MANY, MANY);
        List<Notification> kept = new ArrayList<>();
        conn.notifications(Duration.ofMillis(200)).forEach(kept::add);
        assertTrue(kept.size() < MANY, "all were kept");
        assertEquals(MANY, kept.size() + kept.get(0).missed());
        assertEquals(MANY, Integer.parseInt(kept.get(kept.size() - 1).payload().replace(".", "")));
    }

    @Test
    void aSessionThatIsTerminatedEndsTheWait() {
        conn.listen("orders");
        int process = conn.processId();
        CompletableFuture<Object> killed = CompletableFuture.supplyAsync(
                () -> other.execute("SELECT pg_terminate_backend($1)", process).fetchOne());
        assertThrows(
                AdminShutdownException.class,
                () -> conn.notifications(null).iterator().hasNext());
        killed.join();
    }

    @Test
    void theNextBorrowerHearsNothing() {
        try (Pool pool = Postgres.pool(PoolConfig.builder(dsn).maxSize(1).build())) {
            try (Connection first = pool.connection()) {
                first.listen("orders");
                other.execute(NOTIFY, "orders", "1");
                assertEquals("1", first.notifications(null).iterator().next().payload());
                first.execute(NOTIFY, "orders", "2");
            }
            try (Connection second = pool.connection()) {
                second.execute(NOTIFY, "orders", "3");
                assertEquals(List.of(), payloads(second, Duration.ZERO));
            }
        }
    }

    @Test
    void aWaitEndsWhenTheConnectionIsGivenBackAndHearsNothingOfTheNextBorrower() {
        try (Pool pool = Postgres.pool(PoolConfig.builder(dsn).maxSize(1).build())) {
            Connection first = pool.connection();
            first.listen("orders");
            CompletableFuture<Boolean> waits = CompletableFuture.supplyAsync(
                    () -> first.notifications(null).iterator().hasNext());
            other.execute("SELECT 1");
            // What is unread when the session is reset is not the next borrower's either.
            other.execute(NOTIFY_MANY.replace("storm", "orders"), 100);
            first.onNotification(each -> {});
            first.close();
            try (Connection second = pool.connection()) {
                second.execute("SELECT 1");
                assertEquals(List.of(), payloads(second, Duration.ZERO));
            }
            try {
                // It has heard one of them, or was too late.
                assertTrue(waits.join());
            } catch (CompletionException refused) {
                assertTrue(refused.getCause() instanceof InterfaceException, refused.toString());
            }
        }
    }

    @Test
    void aResultThatAnotherThreadReadsStaysItsOwn() {
        CompletableFuture<Notification> waits = CompletableFuture.supplyAsync(
                () -> conn.notifications(null).iterator().next());
        conn.listen("orders");
        // Within what is set aside: the other thread may begin to wait in the middle of it.
        try (Cursor cur = conn.execute("SELECT i, repeat('x', 1000) FROM generate_series(1, 20000) i")) {
            int rows = 0;
            while (cur.next()) {
                assertEquals(++rows, cur.getInt(0));
            }
            assertEquals(20_000, rows);
        }
        other.execute(NOTIFY, "orders", "1");
        assertEquals("1", waits.join().payload());
    }

    @Test
    void eachSubscriberOfAnAsynchronousConnectionGetsAll() throws Exception {
        AsyncConnection async = Postgres.connectAsync(dsn).join();
        Collecting first = new Collecting(Long.MAX_VALUE);
        Collecting second = new Collecting(1);
        async.notifications().subscribe(first);
        async.notifications().subscribe(second);
        async.listen("orders").join();
        for (int i = 0; i < 3; i++) {
            other.execute(NOTIFY, "orders", "n" + i);
        }
        assertEquals(List.of("n0", "n1", "n2"), List.of(first.take(), first.take(), first.take()));
        assertEquals("n0", second.take());
        assertNull(second.payloads.poll());
        second.subscription.request(2);
        assertEquals(List.of("n1", "n2"), List.of(second.take(), second.take()));
        second.subscription.cancel();
        async.close().join();
        first.ended.join();
        assertFalse(second.ended.isDone());
    }

    @Test
    void aLostConnectionIsAnErrorToASubscriber() {
        AsyncConnection async = Postgres.connectAsync(dsn).join();
        Collecting all = new Collecting(Long.MAX_VALUE);
        async.notifications().subscribe(all);
        other.execute("SELECT pg_terminate_backend($1)", async.processId());
        CompletionException failed = assertThrows(CompletionException.class, all.ended::join);
        assertTrue(failed.getCause() instanceof AdminShutdownException, failed.toString());
        Collecting late = new Collecting(Long.MAX_VALUE);
        async.notifications().subscribe(late);
        assertThrows(CompletionException.class, late.ended::join);
        async.close();
    }

    /** Takes payloads, as many as it asks for. */
    private static final class Collecting implements Flow.Subscriber<Notification> {
        final LinkedBlockingQueue<String> payloads = new LinkedBlockingQueue<>();
        final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final long demand;
        volatile Flow.Subscription subscription;

        Collecting(long demand) {
            this.demand = demand;
        }

        String take() throws InterruptedException {
            return payloads.take();
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(demand);
        }

        @Override
        public void onNext(Notification each) {
            payloads.add(each.payload());
        }

        @Override
        public void onError(Throwable failure) {
            ended.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }

    /** The reset forgets what came before it, and not who waits. */
    @Test
    void aThreadThatWaitsDuringAResetGetsWhatComesBehindIt() {
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Notification> waits = CompletableFuture.supplyAsync(
                    () -> conn.notifications(null).iterator().next());
            conn.reset();
            conn.listen("orders");
            String payload = String.valueOf(i);
            other.execute(NOTIFY, "orders", payload);
            assertEquals(payload, waits.join().payload());
        }
    }
}
