package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.File;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A subscriber that takes its time with each row of a large result, in a JVM with a small heap. */
class SlowSubscriberIT {
    private static final String OUTPUT = """
            row 1, the server waits for the client: true
            row 2, the server waits for the client: true
            row 3, the server waits for the client: true
            10000000 rows, the sum 50000005000000
            """;

    @Test
    void aSlowSubscriberHoldsTheServerBackAndNotTheMemory() throws Exception {
        ChildJvm.Ended child = ChildJvm.run(List.of(
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=64m",
                "-cp",
                String.join(File.pathSeparator, ChildJvm.classPath()),
                TenMillion.class.getName(),
                TestServer.shared().dsn()));
        assertEquals(OUTPUT, child.output());
        assertEquals(0, child.exitCode());
    }

    /** Asks for a row, looks at the server, asks for the next; at last for all. */
    static final class TenMillion implements Flow.Subscriber<Row> {
        /** A function in the select list is not stored first, as one in FROM is. */
        private static final String SQL = "SELECT generate_series(1, 10000000)";

        private final Semaphore told = new Semaphore(0);
        private final CountDownLatch end = new CountDownLatch(1);
        private Flow.Subscription subscription;
        private long rows;
        private long sum;

        public static void main(String[] arguments) throws Exception {
            AsyncConnection conn = Postgres.connectAsync(arguments[0]).get();
            TenMillion slow = new TenMillion();
            conn.stream(SQL).subscribe(slow);
            try (Connection observer = Postgres.connect(arguments[0])) {
                for (int row = 1; row <= 3; row++) {
                    slow.subscription.request(1);
                    slow.told.acquire();
                    System.out.println("row " + slow.rows + ", the server waits for the client: "
                            + waitsForClient(observer, conn.processId()));
                }
            }
            slow.subscription.request(Long.MAX_VALUE);
            slow.end.await();
            System.out.println(slow.rows + " rows, the sum " + slow.sum);
            conn.close().get();
        }

        /** Waits until it does: what the system holds on the way must be full first. */
        private static boolean waitsForClient(Connection observer, int pid) {
            while (!"ClientWrite"
                    .equals(observer.execute("SELECT wait_event FROM pg_stat_activity WHERE pid = $1", pid)
                            .fetchSingle()
                            .getString(0))) {
                LockSupport.parkNanos(1_000_000);
            }
            return true;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
        }

        @Override
        public void onNext(Row row) {
            rows++;
            sum += row.getInt(0);
            told.release();
        }

        @Override
        public void onError(Throwable failure) {
            failure.printStackTrace();
            end.countDown();
        }

        @Override
        public void onComplete() {
            end.countDown();
        }
    }
}
