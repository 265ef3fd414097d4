package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.async.AsyncTransaction;
import dev.pgwire.row.Answer;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the program forgets instead of closing it is reported, and connections are closed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForgottenIT {
    private static final String LARGE = "SELECT g, repeat('x', 8000) FROM generate_series(1, 1000) g";

    private final List<LogRecord> logged = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (logged) {
                logged.add(entry);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final Logger logger = Logger.getLogger("dev.pgwire");
    private final Connection watch = Postgres.connect(TestServer.shared().dsn());

    @BeforeEach
    void listen() {
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        watch.close();
    }

    private static String dsn(String leakDetection) {
        return TestServer.shared().dsn("leak_detection=" + leakDetection);
    }

    private boolean isOpen(int process) {
        return watch.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", process)
                        .fetchOne()
                        .getLong(0)
                > 0;
    }

    private void awaitEnd(int process) throws InterruptedException {
        while (isOpen(process)) {
            System.gc();
            Thread.sleep(20);
        }
    }

    private static void collect() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(20);
        }
    }

    /** What was logged and shows a line in a method of this class, and is not looked at again. */
    private List<String> reported(String method) {
        synchronized (logged) {
            List<LogRecord> shown =
                    logged.stream().filter(report -> shows(report, method)).toList();
            logged.removeAll(shown);
            return shown.stream().map(LogRecord::getMessage).toList();
        }
    }

    private static boolean shows(LogRecord report, String method) {
        return report.getThrown() != null
                && Arrays.stream(report.getThrown().getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(ForgottenIT.class.getName())
                                && frame.getMethodName().equals(method)
                                && frame.getLineNumber() > 0);
    }

    private void assertReported(String text, String method) {
        List<String> reports = reported(method);
        assertEquals(1, reports.size(), reports.toString());
        assertTrue(reports.get(0).contains(text), reports.toString());
    }

    @Test
    void aConnectionIsReportedOnceAndClosed() throws Exception {
        int process = forgetConnection("always");
        awaitEnd(process);
        assertReported("was never closed and is not reachable any more", "forgetConnection");
        int sampled = forgetConnection("sampled");
        awaitEnd(sampled);
        synchronized (logged) {
            assertTrue(logged.stream().anyMatch(report -> report.getMessage().contains("process " + sampled)));
        }
    }

    private static int forgetConnection(String leakDetection) {
        Connection forgotten = Postgres.connect(dsn(leakDetection));
        forgotten.begin().execute("SELECT 1");
        return forgotten.processId();
    }

    @Test
    void aConnectionThatWasClosedIsNotReportedAndWithoutDetectionNoneIs() throws Exception {
        openAndClose();
        int left = forgetConnection("off");
        collect();
        assertTrue(isOpen(left));
        assertEquals(List.of(), reported("openAndClose"));
        assertEquals(List.of(), reported("forgetConnection"));
        watch.execute("SELECT pg_terminate_backend($1)", left);
    }

    private static void openAndClose() throws Exception {
        Postgres.connect(dsn("always")).close();
        connectAsync().close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatNeedsAConnectionKeepsIt() throws Exception {
        Iterator<Row> rows = Postgres.connect(dsn("always")).execute(LARGE).iterator();
        Cursor cursor = Postgres.connect(dsn("always")).cursor();
        Transaction transaction = Postgres.connect(dsn("always")).begin();
        Pipeline pipeline = Postgres.connect(dsn("always")).pipeline();
        Cursor queued = pipeline.execute("SELECT 1");
        Flow.Publisher<Row> publisher = connectAsync().stream(LARGE);
        AsyncTransaction asynchronous = connectAsync().begin().get(60, TimeUnit.SECONDS);
        CompletableFuture<Answer> future = connectAsync().execute("SELECT 7 FROM pg_sleep(0.5)");
        SlowReader reader = new SlowReader();
        connectAsync().stream(LARGE).subscribe(reader);
        collect();
        assertEquals(7, future.get(60, TimeUnit.SECONDS).scalar(Integer.class));
        int count = 0;
        while (rows.hasNext()) {
            rows.next();
            count++;
        }
        assertEquals(1_000, count);
        assertEquals(1, cursor.execute("SELECT 1").fetchOne().getInt(0));
        assertEquals(1, transaction.execute("SELECT 1").fetchOne().getInt(0));
        assertEquals(1, queued.fetchOne().getInt(0));
        assertEquals(
                1, asynchronous.execute("SELECT 1").get(60, TimeUnit.SECONDS).scalar(Integer.class));
        reader.readAll();
        SlowReader second = new SlowReader();
        publisher.subscribe(second);
        second.readAll();
        cursor.connection().close();
        transaction.connection().close();
        asynchronous.connection().close();
        Reference.reachabilityFence(pipeline);
        Reference.reachabilityFence(publisher);
    }

    private static AsyncConnection connectAsync() throws Exception {
        return Postgres.connectAsync(dsn("always")).get(60, TimeUnit.SECONDS);
    }

    /** Asks for nothing until it is told to. */
    private static final class SlowReader implements Flow.Subscriber<Row> {
        private final CompletableFuture<Integer> all = new CompletableFuture<>();
        private final AtomicInteger rows = new AtomicInteger();
        private volatile Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
        }

        @Override
        public void onNext(Row row) {
            rows.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            all.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            all.complete(rows.get());
        }

        void readAll() throws Exception {
            subscription.request(Long.MAX_VALUE);
            assertEquals(1_000, all.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void anAsynchronousConnectionIsClosedWhenAllThatWasAskedOfItIsAnswered() throws Exception {
        CompletableFuture<Integer> process = askAndForget();
        awaitEnd(process.get(60, TimeUnit.SECONDS));
        assertReported("was never closed and is not reachable any more", "askAndForget");
    }

    private static CompletableFuture<Integer> askAndForget() {
        return Postgres.connectAsync(dsn("always"))
                .thenCompose(conn -> conn.execute("SELECT pg_backend_pid() FROM pg_sleep(0.2)"))
                .thenApply(answer -> answer.scalar(Integer.class));
    }

    @Test
    void aTransactionIsReportedWhenAnotherBeginsOrItsConnectionIsClosed() throws Exception {
        try (Connection conn = Postgres.connect(dsn("always"))) {
            beginAndForget(conn);
            collect();
            Transaction inner = conn.begin();
            assertReported("begin() came", "beginAndForget");
            inner.commit();
            conn.commit();
            beginAndForget(conn);
            collect();
        }
        assertReported("its connection was closed", "beginAndForget");
        AsyncConnection conn = connectAsync();
        beginAndForget(conn);
        collect();
        conn.begin().get(60, TimeUnit.SECONDS);
        assertReported("begin() came", "beginAndForget");
        conn.close().get(60, TimeUnit.SECONDS);
    }

    private static void beginAndForget(Connection conn) {
        conn.begin().execute("SELECT 1");
    }

    private static void beginAndForget(AsyncConnection conn) throws Exception {
        conn.begin().get(60, TimeUnit.SECONDS).execute("SELECT 1").get(60, TimeUnit.SECONDS);
    }

    @Test
    void aTransactionThatTheConnectionEndsIsNotForgotten() throws Exception {
        try (Connection conn = Postgres.connect(dsn("always"))) {
            beginAndForget(conn);
            conn.commit();
            collect();
            conn.begin().commit();
            beginAndForget(conn);
            conn.execute("COMMIT");
            conn.execute("BEGIN");
            collect();
            conn.begin();
        }
        assertEquals(List.of(), reported("beginAndForget"));
    }

    @Test
    void aResultIsReportedWhenTheConnectionIsUsedAgain() throws Exception {
        try (Connection conn = Postgres.connect(dsn("always"))) {
            readOneRow(conn);
            collect();
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
            assertReported("was not read to its end", "readOneRow");
            assertFalse(conn.inTransaction());
        }
    }

    private static void readOneRow(Connection conn) {
        assertTrue(conn.execute("SELECT g, repeat('x', 8000) FROM generate_series(1, 10000) g")
                .next());
    }
}
