package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A COPY from the server that is not read to its end, in both faces. */
@Timeout(120)
class CopyStopIT {
    /** Ten gigabytes. */
    private static final String HUGE = "COPY (SELECT generate_series(1, 10000000), repeat('x', 1000)) TO STDOUT";

    private static final String FAILS =
            "COPY (SELECT 100000 / (100000 - g), repeat('x', 100) FROM generate_series(1, 200000) g) TO STDOUT";

    private static final long MOST_READ = 1024 * 1024 + TappedProxy.HELD;

    @TempDir
    private Path directory;

    private TappedProxy proxy;

    @BeforeEach
    void listen() throws IOException {
        proxy = new TappedProxy(directory);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    private static void assertUsable(Connection conn) {
        assertFalse(conn.isClosed());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
    }

    private static void assertUsable(AsyncConnection conn) throws Exception {
        assertEquals(1, conn.execute("SELECT 1").get(60, TimeUnit.SECONDS).scalar(Integer.class));
        assertFalse(conn.isClosed());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    private void assertStopped() {
        assertTrue(proxy.received() < MOST_READ, proxy.received() + " bytes were read");
        assertTrue(proxy.cancels() > 0, "the server was not asked to end it");
    }

    @Test
    void aSinkThatFailsStopsAHugeCopy() {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            for (Throwable failure : new Throwable[] {new IOException("of the sink"), new AssertionError("of it")}) {
                proxy.mark();
                OutputStream sink = new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        if (failure instanceof IOException thrown) {
                            throw thrown;
                        }
                        throw (Error) failure;
                    }
                };
                assertSame(failure, assertThrows(Throwable.class, () -> conn.copyOut(HUGE, sink)));
                assertUsable(conn);
                assertStopped();
            }
        }
    }

    @Test
    void aCursorThatIsClosedStopsAHugeCopy() {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            proxy.mark();
            try (Cursor rows = conn.copyOut(HUGE)) {
                assertTrue(rows.next());
            }
            assertUsable(conn);
            assertStopped();
        }
    }

    /** Takes some buffers, and then does something else. */
    private static class Taker<T> implements Flow.Subscriber<T> {
        final CompletableFuture<Throwable> failed = new CompletableFuture<>();
        final CompletableFuture<Long> ended = new CompletableFuture<>();
        Flow.Subscription given;
        private long taken;

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            given = subscription;
            given.request(1);
        }

        @Override
        public void onNext(T item) {
            taken++;
            next();
        }

        void next() {
            given.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            failed.complete(failure);
        }

        @Override
        public void onComplete() {
            ended.complete(taken);
        }
    }

    @Test
    void aSubscriberThatCancelsStopsAHugeCopy() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        CompletableFuture<Void> first = new CompletableFuture<>();
        proxy.mark();
        conn.copyOut(HUGE).subscribe(new Taker<ByteBuffer>() {
            @Override
            void next() {
                given.cancel();
                first.complete(null);
            }
        });
        first.get(60, TimeUnit.SECONDS);
        assertUsable(conn);
        assertStopped();
        proxy.mark();
        CompletableFuture<Void> thrown = new CompletableFuture<>();
        conn.copyRows(HUGE).subscribe(new Taker<>() {
            @Override
            void next() {
                thrown.complete(null);
                throw new IllegalStateException("of the subscriber");
            }
        });
        thrown.get(60, TimeUnit.SECONDS);
        assertUsable(conn);
        assertStopped();
        conn.close().get(60, TimeUnit.SECONDS);
    }

    /** A cancel would fail the transaction. */
    @Test
    void inATransactionTheRestIsDroppedAndNothingIsCancelled() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        int left = conn.transaction(tx -> {
                    CompletableFuture<Void> first = new CompletableFuture<>();
                    tx.copyOut("COPY (SELECT generate_series(1, 20000), repeat('x', 1000)) TO STDOUT")
                            .subscribe(new Taker<ByteBuffer>() {
                                @Override
                                void next() {
                                    given.cancel();
                                    first.complete(null);
                                }
                            });
                    return first.thenCompose(cancelled -> tx.execute("SELECT 1"));
                })
                .get(60, TimeUnit.SECONDS)
                .scalar(Integer.class);
        assertEquals(1, left);
        assertEquals(0, proxy.cancels());
        assertUsable(conn);
        conn.close().get(60, TimeUnit.SECONDS);
    }

    private static void awaitFullBuffers(Connection owner, int process) {
        Cursor cur = owner.cursor();
        while (!"ClientWrite"
                .equals(cur.execute("SELECT wait_event FROM pg_stat_activity WHERE pid = $1", process)
                        .fetchScalar(String.class))) {
            Thread.onSpinWait();
        }
    }

    /** The server waits for the consumer, again and again, and what it has not taken is nowhere but in the socket. */
    @Test
    void aSlowConsumerHoldsTheServerBackAndGetsAll() throws Exception {
        int rows = 20_000;
        String sql = "COPY (SELECT generate_series(1, " + rows + "), repeat('x', 1000)) TO STDOUT";
        try (Connection owner = Postgres.connect(TestServer.shared().dsn());
                Connection conn = Postgres.connect(proxy.dsn())) {
            proxy.mark();
            try (Cursor cur = conn.copyOut(sql)) {
                int taken = 0;
                while (cur.next()) {
                    taken++;
                    assertEquals(taken, cur.getInt(0));
                    if (taken == 1 || taken == 5_000) {
                        awaitFullBuffers(owner, conn.processId());
                        assertTrue(proxy.received() < taken * 1010L + MOST_READ, proxy.received() + " bytes were read");
                    }
                }
                assertEquals(rows, taken);
            }
            assertEquals(0, proxy.cancels());
            assertUsable(conn);
        }
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        proxy.mark();
        CompletableFuture<Void> first = new CompletableFuture<>();
        Taker<dev.pgwire.row.Row> taker = new Taker<>() {
            private boolean goesOn;

            @Override
            void next() {
                if (goesOn) {
                    given.request(1);
                }
                goesOn = true;
                first.complete(null);
            }
        };
        conn.copyRows(sql).subscribe(taker);
        first.get(60, TimeUnit.SECONDS);
        try (Connection owner = Postgres.connect(TestServer.shared().dsn())) {
            awaitFullBuffers(owner, conn.processId());
        }
        assertTrue(proxy.received() < MOST_READ, proxy.received() + " bytes were read");
        taker.given.request(1);
        assertEquals(rows, taker.ended.get(60, TimeUnit.SECONDS));
        conn.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void anErrorOfTheServerInTheMiddleIsToldBehindTheRows() throws Exception {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            try (Cursor cur = conn.copyOut(FAILS)) {
                DatabaseException failed = assertThrows(DatabaseException.class, () -> {
                    while (cur.next()) {
                        cur.getInt(0);
                    }
                });
                assertEquals("22012", failed.sqlState());
            }
            assertUsable(conn);
        }
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        Taker<ByteBuffer> taker = new Taker<>();
        conn.copyOut(FAILS).subscribe(taker);
        Throwable failed = taker.failed.get(60, TimeUnit.SECONDS);
        assertTrue(failed instanceof DatabaseException told && "22012".equals(told.sqlState()), String.valueOf(failed));
        assertUsable(conn);
        conn.close().get(60, TimeUnit.SECONDS);
    }

    /** What was cut off fails its own reader only. */
    @Test
    void aCancelOfThoseThatStopHitsNoStatementBehind() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        for (int i = 0; i < 10; i++) {
            conn.copyOut("COPY (SELECT generate_series(1, 2000), repeat('x', 1000)) TO STDOUT")
                    .subscribe(new Taker<ByteBuffer>() {
                        @Override
                        void next() {
                            given.cancel();
                        }
                    });
            CompletableFuture<Integer> behind =
                    conn.execute("SELECT 1 FROM pg_sleep(0.01)").thenApply(answer -> answer.scalar(Integer.class));
            try {
                assertEquals(1, behind.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException hit) {
                throw new AssertionError("the statement behind was cancelled", hit);
            }
        }
        conn.close().get(60, TimeUnit.SECONDS);
    }
}
