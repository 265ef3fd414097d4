package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopySource;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ways in which a COPY to the server fails, in both faces. None of them stores a row or costs the connection; what the client
 * ends is ended by CopyFail, what the server ends is not; and what the program has given is read no more.
 */
@Timeout(120)
class CopyInFailuresIT {
    private static final String IN = "COPY copy_failures FROM STDIN";
    private static final int ENDLESS = Integer.MAX_VALUE;

    @TempDir
    private static Path directory;

    private static TappedProxy proxy;
    private static Connection owner;

    @BeforeAll
    static void make() throws IOException {
        proxy = new TappedProxy(directory);
        owner = Postgres.connect(TestServer.shared().dsn());
        owner.execute("CREATE TABLE copy_failures (id int PRIMARY KEY, name text)");
    }

    @AfterAll
    static void drop() throws IOException {
        owner.execute("DROP TABLE copy_failures");
        owner.close();
        proxy.close();
    }

    @AfterEach
    void unlock() {
        owner.execute("ROLLBACK");
    }

    /** Lines, and what happens to them. */
    private static final class Lines extends InputStream implements Flow.Publisher<ByteBuffer> {
        private final int until;
        private final int different;
        private final @Nullable Throwable failure;
        private final IntConsumer told;
        private int given;
        private boolean ended;
        private int closed;
        private int readAfterwards;

        /**
         * Lines.
         *
         * @param different how many are different
         * @param told is told each one before it is given
         */
        Lines(int until, int different, @Nullable Throwable failure, IntConsumer told) {
            this.until = until;
            this.different = different;
            this.failure = failure;
            this.told = told;
        }

        static Lines failing(int until, Throwable failure) {
            return new Lines(until, ENDLESS, failure, line -> {});
        }

        private byte @Nullable [] next() {
            if (given == until) {
                ended = true;
                return null;
            }
            told.accept(given);
            return (given++ % different + "\tx\n").getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            throw new AssertionError("the lines are read one by one");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            readAfterwards += ended ? 1 : 0;
            byte[] line = next();
            if (line != null) {
                System.arraycopy(line, 0, into, offset, line.length);
                return line.length;
            }
            if (failure instanceof IOException thrown) {
                throw thrown;
            } else if (failure instanceof Error thrown) {
                throw thrown;
            }
            return -1;
        }

        @Override
        public void close() {
            closed++;
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    byte[] line = next();
                    if (line != null) {
                        subscriber.onNext(ByteBuffer.wrap(line));
                    } else if (failure != null) {
                        subscriber.onError(failure);
                    }
                }

                @Override
                public void cancel() {
                    closed++;
                }
            });
        }
    }

    /** Who ends a COPY that does not end well. */
    private enum EndedBy {
        CLIENT,
        SERVER,
        /** A server that waits for data ignores a cancel request, one that stores rows does not. */
        WHO_IS_FIRST;

        void check(String tags) {
            long fails = tags.chars().filter(tag -> tag == 'f').count();
            assertTrue(this == WHO_IS_FIRST ? fails <= 1 : fails == (this == CLIENT ? 1 : 0), tags);
        }
    }

    /** A way to fail. */
    enum Shape {
        THE_SOURCE_FAILS_AT_ONCE(IOException.class, EndedBy.CLIENT),
        THE_SOURCE_FAILS_IN_THE_MIDDLE(IOException.class, EndedBy.CLIENT),
        THE_SOURCE_HAS_AN_ERROR(AssertionError.class, EndedBy.CLIENT),
        THE_SERVER_REFUSES_A_ROW(UniqueViolationException.class, EndedBy.SERVER),
        THERE_IS_NO_SUCH_TABLE(DatabaseException.class, EndedBy.SERVER),
        THERE_IS_NO_SUCH_COLUMN(DatabaseException.class, EndedBy.SERVER),
        IT_IS_NO_COPY(InterfaceException.class, EndedBy.SERVER),
        IT_IS_A_COPY_TO_STDOUT(InterfaceException.class, EndedBy.SERVER),
        A_VALUE_CANNOT_BE_WRITTEN(DataException.class, EndedBy.CLIENT),
        THE_CALLER_IS_INTERRUPTED(QueryCanceledException.class, EndedBy.WHO_IS_FIRST),
        THE_DEADLINE_PASSES(QueryCanceledException.class, EndedBy.SERVER),
        ANOTHER_CANCELS(QueryCanceledException.class, EndedBy.WHO_IS_FIRST),
        WHAT_IS_TOLD_OF_PROGRESS_FAILS(IllegalStateException.class, EndedBy.CLIENT);

        private final Class<? extends Throwable> expected;
        private final EndedBy endedBy;

        Shape(Class<? extends Throwable> expected, EndedBy endedBy) {
            this.expected = expected;
            this.endedBy = endedBy;
        }

        String sql() {
            return switch (this) {
                case THERE_IS_NO_SUCH_TABLE -> "COPY no_such_table FROM STDIN";
                case THERE_IS_NO_SUCH_COLUMN -> "COPY copy_failures (id, age) FROM STDIN";
                case IT_IS_NO_COPY -> "SELECT 1";
                case IT_IS_A_COPY_TO_STDOUT -> "COPY copy_failures TO STDOUT";
                default -> IN;
            };
        }

        /** The lines of a source. */
        Lines lines(Runnable interrupt, Runnable cancel) {
            return switch (this) {
                case THE_SOURCE_FAILS_AT_ONCE -> Lines.failing(0, new IOException("of the source"));
                case THE_SOURCE_FAILS_IN_THE_MIDDLE -> Lines.failing(5_000, new IOException("of the source"));
                case THE_SOURCE_HAS_AN_ERROR -> Lines.failing(100, new AssertionError("of the source"));
                case THE_SERVER_REFUSES_A_ROW -> new Lines(ENDLESS, 1_000, null, line -> {});
                case THE_CALLER_IS_INTERRUPTED -> new Lines(ENDLESS, ENDLESS, null, at(100, interrupt));
                case ANOTHER_CANCELS -> new Lines(ENDLESS, ENDLESS, null, at(100, cancel));
                default -> new Lines(ENDLESS, ENDLESS, null, line -> {});
            };
        }

        private static IntConsumer at(int line, Runnable what) {
            return given -> {
                if (given == line) {
                    what.run();
                }
            };
        }

        void progress(long bytes) {
            if (this == WHAT_IS_TOLD_OF_PROGRESS_FAILS && bytes > 10_000) {
                throw new IllegalStateException("of what is told");
            }
        }
    }

    private static final List<List<Object>> VALUES = List.of(List.of(1, "a"), List.of(2, new Object()));

    private static void prepare(Shape shape) {
        if (shape == Shape.THE_DEADLINE_PASSES) {
            owner.execute("BEGIN");
            owner.execute("LOCK TABLE copy_failures IN ACCESS EXCLUSIVE MODE");
        }
    }

    /** What is no COPY to the server is refused before anything is sent. */
    private static void sentNothing(Shape shape) {
        if (shape.expected == InterfaceException.class) {
            assertEquals("", proxy.tags());
        }
    }

    private static void check(Shape shape, Lines lines) {
        String tags = proxy.tags();
        shape.endedBy.check(tags);
        assertFalse(tags.contains("c"), "CopyDone was sent: " + tags);
        owner.execute("ROLLBACK");
        assertEquals(0L, owner.execute("SELECT count(*) FROM copy_failures").fetchScalar(Long.class));
        assertEquals(0, lines.readAfterwards);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsStoredAndTheConnectionGoesOn(Shape shape) {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            prepare(shape);
            if (shape == Shape.THE_DEADLINE_PASSES) {
                conn.deadline(Duration.ofMillis(200));
            }
            Lines lines = shape.lines(() -> Thread.currentThread().interrupt(), conn::cancel);
            CopySource source = CopySource.of(lines).onProgress((bytes, rows) -> shape.progress(bytes));
            proxy.mark();
            Throwable failure = assertThrows(Throwable.class, () -> {
                if (shape == Shape.A_VALUE_CANNOT_BE_WRITTEN) {
                    conn.copyRows(IN, VALUES);
                } else {
                    conn.copyIn(shape.sql(), source);
                }
            });
            assertEquals(shape == Shape.THE_CALLER_IS_INTERRUPTED, Thread.interrupted());
            assertInstanceOf(shape.expected, failure);
            reason(shape, failure);
            sentNothing(shape);
            check(shape, lines);
            assertEquals(0, lines.closed, "what the program has opened was closed");
            conn.deadline(null);
            assertFalse(conn.isClosed());
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
            assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
        }
    }

    private static void reason(Shape shape, Throwable failure) {
        if (failure instanceof QueryCanceledException cancelled) {
            assertEquals(
                    switch (shape) {
                        case THE_CALLER_IS_INTERRUPTED -> QueryCanceledException.Reason.INTERRUPT;
                        case THE_DEADLINE_PASSES -> QueryCanceledException.Reason.DEADLINE;
                        default -> QueryCanceledException.Reason.CANCEL_REQUEST;
                    },
                    cancelled.reason());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsStoredAndTheAsynchronousConnectionGoesOn(Shape shape) throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        prepare(shape);
        if (shape == Shape.THE_DEADLINE_PASSES) {
            conn.deadline(Duration.ofMillis(200));
        }
        CompletableFuture<CompletableFuture<Long>> copying = new CompletableFuture<>();
        Lines lines = shape.lines(() -> copying.thenAccept(copy -> copy.cancel(true)), () -> conn.cancel()
                .exceptionally(why -> null));
        proxy.mark();
        Throwable failure = assertThrows(Throwable.class, () -> {
            CompletableFuture<Long> copied = shape == Shape.A_VALUE_CANNOT_BE_WRITTEN
                    ? conn.copyRows(IN, VALUES)
                    : conn.copyIn(shape.sql(), lines, (bytes, rows) -> shape.progress(bytes));
            copying.complete(copied);
            copied.get(60, TimeUnit.SECONDS);
        });
        if (failure instanceof ExecutionException wrapped) {
            failure = wrapped.getCause();
        }
        Class<? extends Throwable> expected =
                shape == Shape.THE_CALLER_IS_INTERRUPTED ? CancellationException.class : shape.expected;
        assertInstanceOf(expected, failure);
        reason(shape, failure);
        sentNothing(shape);
        conn.deadline(null);
        assertEquals(1, conn.execute("SELECT 1").get(60, TimeUnit.SECONDS).scalar(Integer.class));
        assertFalse(conn.isClosed());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        check(shape, lines);
        boolean isOpen = lines.given > 0 && lines.failure == null;
        assertEquals(isOpen ? 1 : 0, lines.closed, "times that its subscription was cancelled");
        conn.close().get(60, TimeUnit.SECONDS);
    }
}
