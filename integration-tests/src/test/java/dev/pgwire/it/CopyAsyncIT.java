package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** COPY over an asynchronous connection: buffers of publishers, rows. */
@Timeout(60)
class CopyAsyncIT {
    private AsyncConnection conn;

    @BeforeEach
    void connect() throws Exception {
        conn = Postgres.connectAsync(TestServer.shared().dsn()).get();
        conn.execute("CREATE TEMP TABLE copied (id int PRIMARY KEY, name text)").get();
    }

    @AfterEach
    void disconnect() throws Exception {
        conn.close().get();
    }

    private long count() throws Exception {
        return conn.execute("SELECT count(*) FROM copied")
                .get(30, TimeUnit.SECONDS)
                .scalar(Long.class);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /** All that a publisher gives. */
    private static <T> List<T> all(Flow.Publisher<T> publisher) throws Exception {
        List<T> all = new ArrayList<>();
        CompletableFuture<List<T>> end = new CompletableFuture<>();
        publisher.subscribe(new Flow.Subscriber<T>() {
            private Flow.Subscription given;

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                given = subscription;
                given.request(1);
            }

            @Override
            public void onNext(T item) {
                all.add(item);
                given.request(1);
            }

            @Override
            public void onError(Throwable failure) {
                end.completeExceptionally(failure);
            }

            @Override
            public void onComplete() {
                end.complete(all);
            }
        });
        return end.get(30, TimeUnit.SECONDS);
    }

    @Test
    void buffersOfAPublisherAreStored() throws Exception {
        CompletableFuture<Long> copied;
        CompletableFuture<Long> behind;
        try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
            copied = conn.copyIn("COPY copied FROM STDIN", publisher);
            behind = conn.execute("SELECT count(*) FROM copied").thenApply(answer -> answer.scalar(Long.class));
            while (!publisher.hasSubscribers()) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < 1000; i++) {
                publisher.submit(bytes(i + "\t" + "x".repeat(i) + "\n"));
            }
        }
        assertEquals(1000, copied.get(30, TimeUnit.SECONDS));
        assertEquals(1000, behind.get(30, TimeUnit.SECONDS));
    }

    @Test
    void buffersComeWithWholeRowsAndRowsAsRows() throws Exception {
        String sql = "COPY (SELECT g, repeat('x', 100) FROM generate_series(1, 20000) g) TO STDOUT";
        StringBuilder text = new StringBuilder();
        List<ByteBuffer> buffers = all(conn.copyOut(sql));
        for (ByteBuffer buffer : buffers) {
            String lines = StandardCharsets.UTF_8.decode(buffer).toString();
            assertTrue(lines.endsWith("\n"));
            text.append(lines);
        }
        assertEquals(20_000, text.toString().split("\n").length);
        assertTrue(buffers.size() < 2000, "in " + buffers.size() + " buffers");
        for (String format : List.of("", "(FORMAT csv)", "(FORMAT binary)")) {
            long sum = 0;
            for (Row row : all(conn.copyRows(sql + format))) {
                sum += row.getInt(0);
            }
            assertEquals(200_010_000, sum);
        }
    }

    @Test
    void rowsAreStoredInATransaction() throws Exception {
        long stored = conn.transaction(tx -> tx.copyRows(
                        "COPY copied FROM STDIN (FORMAT binary)", List.of(List.of(1, "a"), List.of(2, "b"))))
                .get(30, TimeUnit.SECONDS);
        assertEquals(2, stored);
        assertEquals(2, count());
    }

    @Test
    void aFailureOfEitherSideStoresNothing() throws Exception {
        IllegalStateException failure = new IllegalStateException("of the publisher");
        CompletableFuture<Long> failed = conn.copyIn("COPY copied FROM STDIN", subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                private boolean given;

                @Override
                public void request(long n) {
                    if (given) {
                        subscriber.onError(failure);
                    } else {
                        given = true;
                        subscriber.onNext(bytes("1\ta\n"));
                    }
                }

                @Override
                public void cancel() {}
            });
        });
        assertSame(
                failure,
                assertThrows(ExecutionException.class, () -> failed.get(30, TimeUnit.SECONDS))
                        .getCause());
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        CompletableFuture<Long> refused = conn.copyIn("COPY copied FROM STDIN", subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscriber.onNext(bytes("1\ta\n"));
                }

                @Override
                public void cancel() {
                    cancelled.complete(null);
                }
            });
        });
        Throwable cause = assertThrows(ExecutionException.class, () -> refused.get(30, TimeUnit.SECONDS))
                .getCause();
        assertTrue(cause instanceof UniqueViolationException, String.valueOf(cause));
        cancelled.get(30, TimeUnit.SECONDS);
        assertEquals(0, count());
    }

    @Test
    void aCopyThatWaitsForItsPublisherIsCancelled() throws Exception {
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        CompletableFuture<Long> waiting = conn.copyIn("COPY copied FROM STDIN", subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    subscribed.complete(null);
                }

                @Override
                public void cancel() {}
            });
        });
        subscribed.get(30, TimeUnit.SECONDS);
        waiting.cancel(true);
        assertEquals(0, count());
    }
}
