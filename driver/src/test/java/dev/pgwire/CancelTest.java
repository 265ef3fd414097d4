package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.NoBufferIsLost;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Cancel requests, and what they must not hit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoBufferIsLost.class)
class CancelTest {
    private static final String SELECT = "SELECT id FROM t WHERE id = $1";
    private static final Step CANCEL = Step.expect(new Opening.Cancel(4242, new byte[] {1, 2, 3, 4}));

    @Test
    void aCancelEndsWhatAnotherThreadWaitsFor() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .then(connection -> running.countDown())
                .then(connection -> await(cancelled))
                .send(error("57014", "canceling statement due to user request"), READY)
                .run(1, true, 2)
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> cancelled.countDown())
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
            await(running);
            connection.cancel();
            ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
            assertInstanceOf(QueryCanceledException.class, failed.getCause());
            assertEquals(2, connection.execute(SELECT, 2).fetchOne().getInt(0));
            server.assertDone();
        }
    }

    /** The script has no second connection: the server would report it. */
    @Test
    void withoutAStatementNoRequestIsMade() {
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            connection.cancel();
            connection.execute(SELECT, 1);
            connection.cancel();
            server.assertDone();
        }
    }

    @Test
    void theNextStatementIsNotSentWhileARequestIsOnItsWay() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean overtaken = new AtomicBoolean();
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .then(connection -> running.countDown())
                .then(connection -> await(requested))
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                .then(connection -> connection.expect(Bind.class))
                .then(connection -> overtaken.set(!taken.get()))
                .expect(new Execute("", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(connection -> await(over))
                // The other thread is about to send: nothing but the fence holds it up.
                .then(connection -> Thread.yield())
                .then(connection -> taken.set(true))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            CompletableFuture<Integer> statements = CompletableFuture.supplyAsync(() -> {
                connection.execute(SELECT, 1);
                over.countDown();
                return connection.execute(SELECT, 2).fetchOne().getInt(0);
            });
            await(running);
            connection.cancel();
            assertTrue(taken.get());
            assertEquals(2, statements.get(20, TimeUnit.SECONDS));
            assertFalse(overtaken.get());
            server.assertDone();
        }
    }

    @Test
    void aServerThatGaveNoKeyCannotBeAsked() {
        try (ScriptedServer server = ScriptedServer.start(
                        connection -> connection.expect(Opening.Startup.class),
                        Step.send(
                                Authentication.Request.OK,
                                new ParameterStatus("client_encoding", "UTF8"),
                                ReadyForQuery.of(TransactionStatus.IDLE)));
                Connection connection = Postgres.connect(server.dsn())) {
            NotSupportedException refused = assertThrows(NotSupportedException.class, connection::cancel);
            assertEquals(
                    "the server gave no key to cancel with (BackendKeyData) when the connection began, expected one",
                    refused.getMessage());
            assertFalse(connection.isClosed());
        }
    }

    @Test
    void aRequestThatNobodyConfirmsEndsTheConnectionBeforeTheNextStatement() throws Exception {
        for (Step answer : new Step[] {Step.closeWithReset(), Step.send(error("53300", "too many connections"))}) {
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch failed = new CountDownLatch(1);
            Flow flow = Flow.greeted()
                    .kept(1, SELECT, columns("id", INT4), INT4)
                    .run(1, true, 1)
                    .then(connection -> running.countDown())
                    .then(connection -> await(failed))
                    .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                    .then(Step.expectEnd())
                    .then(Step.nextConnection())
                    .then(CANCEL)
                    .then(answer)
                    .then(Step.close());
            try (ScriptedServer server = flow.start();
                    Connection connection = Postgres.connect(server.dsn())) {
                Flow.keep(connection, SELECT);
                CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
                await(running);
                ConnectionFailureException unsure = assertThrows(ConnectionFailureException.class, connection::cancel);
                assertTrue(unsure.getMessage().startsWith("a cancel request was sent to"), unsure::getMessage);
                assertFalse(connection.isClosed());
                failed.countDown();
                assertEquals(1, waiting.get(20, TimeUnit.SECONDS).fetchOne().getInt(0));
                assertTrue(connection.isClosed());
                ConnectionFailureException next =
                        assertThrows(ConnectionFailureException.class, () -> connection.execute(SELECT, 2));
                assertTrue(next.getMessage().contains("whose arrival is not known"), next::getMessage);
                assertSame(unsure, next.getCause());
                server.assertDone();
            }
        }
    }

    @Test
    void anInterruptedThreadCanCancel() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .then(connection -> running.countDown())
                .then(connection -> await(cancelled))
                .send(error("57014", "canceling statement due to user request"), READY)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> cancelled.countDown())
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
            await(running);
            Thread.currentThread().interrupt();
            connection.cancel();
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
            server.assertDone();
        }
    }

    @Test
    void anInterruptedThreadSendsNothingButTheEndOfATransaction() {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .query("ROLLBACK", done("ROLLBACK"), READY)
                .utility("SET y", READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            connection.cursor().executeSimple("BEGIN");
            Thread.currentThread().interrupt();
            QueryCanceledException refused =
                    assertThrows(QueryCanceledException.class, () -> connection.execute("SET x"));
            assertTrue(refused.getMessage().startsWith("the statement was not sent"), refused::getMessage);
            connection.rollback();
            assertTrue(Thread.interrupted(), "the flag stays");
            connection.execute("SET y");
            server.assertDone();
        }
    }

    @Test
    void aPipelineThatAnInterruptKeepsFromBeingSentIsForgotten() {
        Flow flow = Flow.greeted().utility("SET y", READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn());
                Pipeline pipeline = connection.pipeline()) {
            Cursor queued = pipeline.execute("SET x");
            Thread.currentThread().interrupt();
            assertThrows(QueryCanceledException.class, pipeline::sync);
            assertTrue(Thread.interrupted(), "the flag stays");
            assertThrows(QueryCanceledException.class, queued::fetchAll);
            connection.execute("SET y");
            server.assertDone();
        }
    }

    @Test
    void closeDoesNotWaitForACancelRequestOfTheWaitingThread() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .then(connection -> running.countDown())
                .then(Step.expectEnd())
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(Step.expectEnd());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            FutureTask<Cursor> waiting = new FutureTask<>(() -> connection.execute(SELECT, 1));
            Thread thread = new Thread(waiting, "interrupted");
            thread.start();
            await(running);
            thread.interrupt();
            await(requested);
            close(connection);
            ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(5, TimeUnit.SECONDS));
            assertInstanceOf(ConnectionFailureException.class, failed.getCause());
            server.assertDone();
        }
    }

    /** It does so in a select, which no state of the thread tells from any other wait. */
    private static boolean waitsAtTheFence(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitFence"));
    }

    @Test
    void closeSendsNoStatementThatWaitsForACancelRequest() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Flow flow = Flow.greeted()
                .kept(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .then(connection -> running.countDown())
                .then(connection -> await(requested))
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                .then(Step.expectEnd())
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(connection -> await(closed))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            FutureTask<Cursor> statements = new FutureTask<>(() -> {
                connection.execute(SELECT, 1);
                return connection.execute(SELECT, 2);
            });
            Thread thread = new Thread(statements, "waits at the fence");
            thread.start();
            await(running);
            CompletableFuture<Void> cancelling = CompletableFuture.runAsync(() -> {
                try {
                    connection.cancel();
                } catch (ConnectionFailureException given) {
                    // The connection was closed meanwhile.
                }
            });
            while (!waitsAtTheFence(thread)) {
                Thread.sleep(1);
            }
            close(connection);
            ExecutionException failed =
                    assertThrows(ExecutionException.class, () -> statements.get(5, TimeUnit.SECONDS));
            assertEquals(
                    "the connection was closed before the statement was sent, expected an open one",
                    failed.getCause().getMessage());
            closed.countDown();
            cancelling.get(20, TimeUnit.SECONDS);
            server.assertDone();
        }
    }

    /** Before the block that holds it ends. */
    private static void close(Connection connection) {
        connection.close();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
