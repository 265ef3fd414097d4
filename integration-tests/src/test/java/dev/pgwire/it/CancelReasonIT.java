package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.QueryCanceledException.Reason;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What has cancelled a statement can be told from the exception. */
@Timeout(120)
class CancelReasonIT {
    private static final String SLEEP = "SELECT pg_sleep(60)";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.embedded().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDeadline() {
        try (Connection conn = Postgres.connect(server.dsn())) {
            conn.deadline(Duration.ofMillis(50));
            assertEquals(Reason.DEADLINE, cancelled(conn).reason());
        }
    }

    @Test
    void aDeadlineThatHasPassedBeforeTheStatementIsSent() {
        try (Connection conn = Postgres.connect(server.dsn())) {
            conn.deadline(Duration.ofNanos(1));
            assertEquals(Reason.DEADLINE, cancelled(conn).reason());
        }
    }

    @Test
    void theServersOwnTimeout() {
        try (Connection conn = Postgres.connect(server.dsn())) {
            conn.execute("SET statement_timeout = 50");
            assertEquals(Reason.STATEMENT_TIMEOUT, cancelled(conn).reason());
        }
    }

    @Test
    void anInterrupt() throws Exception {
        try (Connection conn = Postgres.connect(server.dsn());
                Connection other = Postgres.connect(server.dsn())) {
            FutureTask<QueryCanceledException> task = new FutureTask<>(() -> cancelled(conn));
            Thread sleeper = new Thread(task);
            sleeper.start();
            awaitSleep(conn, other);
            sleeper.interrupt();
            assertEquals(Reason.INTERRUPT, task.get().reason());
        }
    }

    @Test
    void anInterruptBeforeTheStatementIsSent() {
        try (Connection conn = Postgres.connect(server.dsn())) {
            Thread.currentThread().interrupt();
            QueryCanceledException cancelled = cancelled(conn);
            assertTrue(Thread.interrupted());
            assertEquals(Reason.INTERRUPT, cancelled.reason());
        }
    }

    @Test
    void aCancelRequest() throws Exception {
        try (Connection conn = Postgres.connect(server.dsn());
                Connection other = Postgres.connect(server.dsn())) {
            FutureTask<QueryCanceledException> task = new FutureTask<>(() -> cancelled(conn));
            new Thread(task).start();
            awaitSleep(conn, other);
            conn.cancel();
            assertEquals(Reason.CANCEL_REQUEST, task.get().reason());
        }
    }

    @Test
    void anotherSession() throws Exception {
        try (Connection conn = Postgres.connect(server.dsn());
                Connection other = Postgres.connect(server.dsn())) {
            FutureTask<QueryCanceledException> task = new FutureTask<>(() -> cancelled(conn));
            new Thread(task).start();
            awaitSleep(conn, other);
            other.execute("SELECT pg_cancel_backend($1)", conn.info().processId());
            assertEquals(Reason.CANCEL_REQUEST, task.get().reason());
        }
    }

    private static QueryCanceledException cancelled(Connection conn) {
        QueryCanceledException cancelled = assertThrows(QueryCanceledException.class, () -> conn.execute(SLEEP));
        assertEquals("57014", cancelled.sqlState());
        return cancelled;
    }

    private static void awaitSleep(Connection conn, Connection other) throws InterruptedException {
        String asleep = "SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = $1";
        while (!Boolean.TRUE.equals(
                other.execute(asleep, conn.info().processId()).fetchOne().get(0))) {
            Thread.sleep(10);
        }
    }
}
