package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopySource;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Other threads of a connection while one of them is in the program's own code that sends what it gives. */
@Timeout(60)
class CopyAwayIT {
    private static final String IN = "COPY copy_away FROM STDIN";

    private final CountDownLatch away = new CountDownLatch(1);
    private final CountDownLatch back = new CountDownLatch(1);
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE copy_away (id int)");
    }

    @AfterEach
    void close() {
        back.countDown();
        conn.close();
    }

    private record Running<T>(Thread thread, FutureTask<T> task) {
        static <T> Running<T> of(Callable<T> work) {
            FutureTask<T> task = new FutureTask<>(work);
            Thread thread = new Thread(task);
            thread.start();
            return new Running<>(thread, task);
        }

        T result() throws Exception {
            return task.get(30, TimeUnit.SECONDS);
        }

        /** Until it waits for its turn on the connection. */
        Running<T> waiting() {
            Until.holds(
                    () -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
            return this;
        }
    }

    private void goAway() {
        away.countDown();
        boolean interrupted = false;
        while (true) {
            try {
                back.await();
                break;
            } catch (InterruptedException late) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A COPY whose source gives nothing until it may. */
    private Running<Long> copying() throws InterruptedException {
        Running<Long> copying = Running.of(() -> conn.copyIn(IN, CopySource.of(new InputStream() {
            @Override
            public int read() {
                goAway();
                return -1;
            }
        })));
        away.await();
        return copying;
    }

    private Running<Boolean> listening() {
        return Running.of(() -> conn.notifications(null).iterator().hasNext());
    }

    @Test
    void aListenerThatIsInterruptedMeanwhileLeavesTheConnectionToOthers() throws Exception {
        Running<Long> copying = copying();
        Running<Boolean> listening = listening().waiting();
        listening.thread().interrupt();
        ExecutionException ended = assertThrows(ExecutionException.class, listening::result);
        assertInstanceOf(QueryCanceledException.class, ended.getCause());
        back.countDown();
        assertEquals(0, copying.result());
        assertEquals(
                1,
                Running.of(() -> conn.execute("SELECT 1").fetchScalar(Integer.class))
                        .result());
    }

    @Test
    void aListenerThatGetsItsTurnFirstGivesWayToOneThatWaitedToo() throws Exception {
        Running<Long> copying = copying();
        Running<Boolean> listening = listening().waiting();
        Running<Integer> asking = Running.of(() -> conn.execute("SELECT 1").fetchScalar(Integer.class))
                .waiting();
        back.countDown();
        assertEquals(0, copying.result());
        assertEquals(1, asking.result());
        conn.execute("LISTEN news");
        conn.execute("NOTIFY news");
        assertTrue(listening.result());
    }

    @Test
    void progressThatIsToldMeanwhileFindsTheConnectionClosed() throws Exception {
        byte[] rows = "1\n".repeat(200_000).getBytes(StandardCharsets.US_ASCII);
        Running<Long> copying = Running.of(() ->
                conn.copyIn(IN, CopySource.of(new ByteArrayInputStream(rows)).onProgress((bytes, sent) -> goAway())));
        away.await();
        Running.of(() -> {
                    conn.close();
                    return true;
                })
                .result();
        back.countDown();
        ExecutionException lost = assertThrows(ExecutionException.class, copying::result);
        assertInstanceOf(PgException.class, lost.getCause());
    }

    /** Rows of which one comes when it may. */
    private Iterable<Object[]> rows(int late) {
        return () -> new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return given <= late + 10;
            }

            @Override
            public Object[] next() {
                if (given++ == late) {
                    goAway();
                }
                return new Object[] {given};
            }
        };
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 20000", "true, 1", "true, 20000"})
    void rowsThatAreWaitedForDoNotHoldUpWhoClosesTheConnection(boolean bulk, int late) throws Exception {
        Running<Cursor> sending = Running.of(() -> bulk
                ? conn.insertMany("copy_away", List.of("id"), rows(late))
                : conn.executeMany("INSERT INTO copy_away VALUES ($1)", rows(late)));
        away.await();
        Running.of(() -> {
                    conn.close();
                    return true;
                })
                .result();
        back.countDown();
        ExecutionException lost = assertThrows(ExecutionException.class, sending::result);
        assertInstanceOf(PgException.class, lost.getCause());
    }
}
