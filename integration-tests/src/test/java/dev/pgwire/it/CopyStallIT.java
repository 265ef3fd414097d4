package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.pool.Pool;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A connection that is cut, or over which nothing comes, in the middle of a COPY: what ends it does not wait for that. */
@Timeout(120)
class CopyStallIT {
    private static final String IN = "COPY copy_stall FROM STDIN";
    private static final String HUGE = "COPY (SELECT generate_series(1, 10000000), repeat('x', 1000)) TO STDOUT";

    @TempDir
    private Path directory;

    private TappedProxy proxy;
    private Connection owner;

    @BeforeEach
    void make() throws IOException {
        proxy = new TappedProxy(directory);
        owner = Postgres.connect(TestServer.shared().dsn());
        owner.execute("CREATE TABLE copy_stall (id int, name text)");
    }

    @AfterEach
    void drop() throws IOException {
        proxy.close();
        owner.execute("DROP TABLE copy_stall");
        owner.close();
    }

    private static void promptly(Executable what) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), what);
    }

    /** The server has let the table go, and has stored nothing. */
    private void assertUnlocked() {
        owner.execute("BEGIN");
        owner.execute("LOCK TABLE copy_stall IN ACCESS EXCLUSIVE MODE");
        owner.execute("ROLLBACK");
        assertEquals(0L, owner.execute("SELECT count(*) FROM copy_stall").fetchScalar(Long.class));
    }

    /** A line again and again. */
    private static class Endless extends InputStream {
        private static final byte[] LINE = ("1\t" + "x".repeat(10_000) + "\n").getBytes(StandardCharsets.US_ASCII);

        final Semaphore asked = new Semaphore(0);

        @Override
        public int read() {
            throw new AssertionError("the lines are read one by one");
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            asked.release();
            System.arraycopy(LINE, 0, into, offset, LINE.length);
            return LINE.length;
        }
    }

    /** Gives nothing until it is told to. */
    private static final class Silent extends InputStream {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch ends = new CountDownLatch(1);

        @Override
        public int read() throws IOException {
            asked.countDown();
            try {
                ends.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return -1;
        }
    }

    private static CompletableFuture<Long> copying(Connection conn, InputStream source) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return conn.copyIn(IN, source);
                    } catch (IOException unexpected) {
                        throw new AssertionError(unexpected);
                    }
                },
                task -> new Thread(task).start());
    }

    private static void assertLost(CompletableFuture<?> done) {
        Throwable why = assertThrows(ExecutionException.class, () -> done.get(60, TimeUnit.SECONDS))
                .getCause();
        assertInstanceOf(PgException.class, why);
    }

    @Test
    void aWriterWhoseConnectionIsCutEndsAndTheTableIsFree() throws Exception {
        Connection conn = Postgres.connect(proxy.dsn());
        CopyWriter writer = conn.copyIn(IN);
        writer.row(1, "a");
        proxy.cut();
        promptly(() -> assertThrows(PgException.class, () -> {
            while (true) {
                writer.row(2, "x".repeat(10_000));
            }
        }));
        promptly(() -> assertTrue(conn.isClosed()));
        promptly(writer::close);
        promptly(conn::close);
        promptly(this::assertUnlocked);
    }

    @Test
    void anotherThreadClosesAConnectionOverWhichNothingPassesToTheServer() throws Exception {
        Connection conn = Postgres.connect(proxy.dsn());
        Endless source = new Endless();
        CompletableFuture<Long> copying = copying(conn, source);
        source.asked.acquire(10);
        proxy.stall();
        source.asked.acquire();
        promptly(() -> assertFalse(conn.isClosed()));
        promptly(conn::close);
        assertLost(copying);
        promptly(() -> assertTrue(conn.isClosed()));
        proxy.cut();
        promptly(this::assertUnlocked);
    }

    @Test
    void anotherThreadClosesAConnectionOverWhichNothingComes() throws Exception {
        Connection conn = Postgres.connect(proxy.dsn());
        Semaphore written = new Semaphore(0);
        CompletableFuture<Void> copying = CompletableFuture.runAsync(
                () -> {
                    try {
                        conn.copyOut(HUGE, new OutputStream() {
                            @Override
                            public void write(int b) {
                                throw new AssertionError("one by one");
                            }

                            @Override
                            public void write(byte[] bytes, int offset, int length) {
                                written.release();
                            }
                        });
                    } catch (IOException unexpected) {
                        throw new AssertionError(unexpected);
                    }
                },
                task -> new Thread(task).start());
        written.acquire(3);
        proxy.stall();
        promptly(() -> assertFalse(conn.isClosed()));
        promptly(conn::close);
        assertLost(copying);
    }

    @Test
    void aWriterAndACursorEndWithAConnectionOverWhichNothingPasses() {
        Connection conn = Postgres.connect(proxy.dsn());
        CopyWriter writer = conn.copyIn(IN);
        writer.row(1, "a");
        Connection other = Postgres.connect(proxy.dsn());
        Cursor rows = other.copyOut(HUGE);
        assertTrue(rows.next());
        proxy.stall();
        promptly(conn::close);
        promptly(() -> assertThrows(PgException.class, writer::close));
        promptly(other::close);
        assertThrows(InterfaceException.class, () -> conn.execute("SELECT 1"));
        promptly(rows::close);
    }

    /** The source stays where it is: no one can take a thread out of it. */
    @Test
    void anotherThreadClosesAConnectionWhoseSourceGivesNothing() throws Exception {
        Connection conn = Postgres.connect(proxy.dsn());
        Silent source = new Silent();
        CompletableFuture<Long> copying = copying(conn, source);
        source.asked.await();
        promptly(() -> assertFalse(conn.isClosed()));
        CompletableFuture<Void> behind =
                CompletableFuture.runAsync(() -> conn.execute("SELECT 1"), task -> new Thread(task).start());
        promptly(conn::close);
        promptly(() -> assertTrue(conn.isClosed()));
        assertLost(behind);
        promptly(this::assertUnlocked);
        assertFalse(copying.isDone());
        source.ends.countDown();
        assertLost(copying);
        promptly(conn::close);
    }

    @Test
    void aSourceThatGivesNothingDoesNotKeepABorrowedConnection() throws Exception {
        Pool pool = Postgres.pool(proxy.dsn());
        Connection conn = pool.connection();
        Silent source = new Silent();
        CompletableFuture<Long> copying = copying(conn, source);
        source.asked.await();
        promptly(conn::close);
        promptly(this::assertUnlocked);
        promptly(() -> {
            try (Connection next = pool.connection()) {
                assertEquals(1, next.execute("SELECT 1").fetchSingle().getInt(0));
            }
        });
        source.ends.countDown();
        assertLost(copying);
        promptly(pool::close);
    }

    /** What the source does meanwhile is its own: the connection waits for it, as others do for their turn. */
    @Test
    void whatWaitsBehindASlowSourceComesToItsTurn() throws Exception {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            Silent source = new Silent();
            CompletableFuture<Long> copying = copying(conn, source);
            source.asked.await();
            CompletableFuture<Integer> behind = CompletableFuture.supplyAsync(
                    () -> conn.execute("SELECT 1").fetchSingle().getInt(0), task -> new Thread(task).start());
            source.ends.countDown();
            assertEquals(0, copying.get(60, TimeUnit.SECONDS));
            assertEquals(1, behind.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void aSourceThatUsesItsOwnConnectionIsTold() {
        try (Connection conn = Postgres.connect(proxy.dsn())) {
            InputStream reentering = new InputStream() {
                @Override
                public int read() {
                    conn.execute("SELECT 1");
                    return -1;
                }
            };
            assertThrows(IllegalStateException.class, () -> conn.copyIn(IN, reentering));
            assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
        }
    }

    @Test
    void anAsynchronousConnectionOverWhichNothingPassesIsClosed() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        CompletableFuture<Void> subscribed = new CompletableFuture<>();
        CompletableFuture<Long> copying = conn.copyIn(IN, silent(subscribed));
        subscribed.get(60, TimeUnit.SECONDS);
        proxy.stall();
        promptly(() -> assertFalse(conn.isClosed()));
        promptly(() -> conn.close().get(60, TimeUnit.SECONDS));
        assertLost(copying);
        proxy.cut();
        promptly(this::assertUnlocked);
    }

    private static Flow.Publisher<ByteBuffer> silent(CompletableFuture<Void> subscribed) {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                subscribed.complete(null);
            }

            @Override
            public void cancel() {}
        });
    }

    @Test
    void theDeadlineEndsAnAsynchronousCopyWhosePublisherGivesNothing() throws Exception {
        AsyncConnection conn = Postgres.connectAsync(proxy.dsn()).get(60, TimeUnit.SECONDS);
        conn.deadline(Duration.ofMillis(200));
        CompletableFuture<Long> copying = conn.copyIn(IN, silent(new CompletableFuture<>()));
        QueryCanceledException late = assertInstanceOf(
                QueryCanceledException.class,
                assertThrows(ExecutionException.class, () -> copying.get(60, TimeUnit.SECONDS))
                        .getCause());
        assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
        conn.deadline(null);
        assertEquals(1, conn.execute("SELECT 1").get(60, TimeUnit.SECONDS).scalar(Integer.class));
        conn.close().get(60, TimeUnit.SECONDS);
    }

    /** Where neither an answer nor a cancel request passes, the connection is given up when the grace is over. */
    @Test
    void theDeadlineGivesAConnectionUpOverWhichNothingPasses() {
        Connection conn = Postgres.connect(proxy.dsn() + " cancel_grace=1 connect_timeout=2");
        CopyWriter writer = conn.copyIn(IN);
        writer.row(1, "a");
        conn.deadline(Duration.ofMillis(200));
        proxy.stall();
        assertThrows(PgException.class, writer::finish);
        assertTrue(conn.isClosed());
        writer.close();
        conn.close();
    }
}
