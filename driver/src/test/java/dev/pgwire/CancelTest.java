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
import dev.pgwire.fixture.Moment;
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

    private static Flow asked() {
        return Flow.greeted().kept(1, SELECT, columns("id", INT4), INT4).run(1, true, 1);
    }

    @Test
    void aCancelEndsWhatAnotherThreadWaitsFor() throws Exception {
        Moment running = new Moment();
        Moment cancelled = new Moment();
        Flow flow = asked().whileRunning(running, cancelled)
                .send(error("57014", "canceling statement due to user request"), READY)
                .run(1, true, 2)
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY)
                .cancelRequest(cancelled)
                .then(Step.close());
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
            running.await();
            connection.cancel();
            ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
            assertInstanceOf(QueryCanceledException.class, failed.getCause());
            assertEquals(2, connection.execute(SELECT, 2).fetchOne().getInt(0));
        });
    }

    /** The script has no second connection: the server would report it. */
    @Test
    void withoutAStatementNoRequestIsMade() {
        Flow flow = asked().send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY);
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            connection.cancel();
            connection.execute(SELECT, 1);
            connection.cancel();
        });
    }

    @Test
    void theNextStatementIsNotSentWhileARequestIsOnItsWay() throws Exception {
        Moment running = new Moment();
        Moment requested = new Moment();
        Moment over = new Moment();
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean overtaken = new AtomicBoolean();
        Flow flow = asked().whileRunning(running, requested)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                .then(connection -> connection.expect(Bind.class))
                .then(connection -> overtaken.set(!taken.get()))
                .expect(new Execute("", 0), Command.SYNC)
                .send(Signal.BIND_COMPLETE, row(2), done("SELECT 1"), READY)
                .cancelRequest(requested)
                .awaits(over)
                // The other thread is about to send: nothing but the fence holds it up.
                .then(connection -> Thread.yield())
                .then(connection -> taken.set(true))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            CompletableFuture<Integer> statements = CompletableFuture.supplyAsync(() -> {
                connection.execute(SELECT, 1);
                over.comes();
                return connection.execute(SELECT, 2).fetchOne().getInt(0);
            });
            running.await();
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
            Moment running = new Moment();
            Moment failed = new Moment();
            Flow flow = asked().whileRunning(running, failed)
                    .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                    .then(Step.expectEnd())
                    .then(Step.nextConnection())
                    .then(CANCEL)
                    .then(answer)
                    .then(Step.close());
            flow.play(connection -> {
                Flow.keep(connection, SELECT);
                CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
                running.await();
                ConnectionFailureException unsure = assertThrows(ConnectionFailureException.class, connection::cancel);
                assertTrue(unsure.getMessage().startsWith("a cancel request was sent to"), unsure::getMessage);
                assertFalse(connection.isClosed());
                failed.comes();
                assertEquals(1, waiting.get(20, TimeUnit.SECONDS).fetchOne().getInt(0));
                assertTrue(connection.isClosed());
                ConnectionFailureException next =
                        assertThrows(ConnectionFailureException.class, () -> connection.execute(SELECT, 2));
                assertTrue(next.getMessage().contains("whose arrival is not known"), next::getMessage);
                assertSame(unsure, next.getCause());
            });
        }
    }

    @Test
    void anInterruptedThreadCanCancel() throws Exception {
        Moment running = new Moment();
        Moment cancelled = new Moment();
        Flow flow = asked().whileRunning(running, cancelled)
                .send(error("57014", "canceling statement due to user request"), READY)
                .cancelRequest(cancelled)
                .then(Step.close());
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            CompletableFuture<Cursor> waiting = CompletableFuture.supplyAsync(() -> connection.execute(SELECT, 1));
            running.await();
            Thread.currentThread().interrupt();
            connection.cancel();
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertThrows(ExecutionException.class, () -> waiting.get(20, TimeUnit.SECONDS));
        });
    }

    @Test
    void anInterruptedThreadSendsNothingButTheEndOfATransaction() {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .query("ROLLBACK", done("ROLLBACK"), READY)
                .utility("SET y", READY);
        flow.play(connection -> {
            connection.cursor().executeSimple("BEGIN");
            Thread.currentThread().interrupt();
            QueryCanceledException refused =
                    assertThrows(QueryCanceledException.class, () -> connection.execute("SET x"));
            assertTrue(refused.getMessage().startsWith("the statement was not sent"), refused::getMessage);
            connection.rollback();
            assertTrue(Thread.interrupted(), "the flag stays");
            connection.execute("SET y");
        });
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
        Moment running = new Moment();
        Moment requested = new Moment();
        Flow flow = asked().tells(running)
                .then(Step.expectEnd())
                .cancelRequest(requested)
                .then(Step.expectEnd());
        flow.play(connection -> {
            Flow.keep(connection, SELECT);
            FutureTask<Cursor> waiting = new FutureTask<>(() -> connection.execute(SELECT, 1));
            Thread thread = new Thread(waiting, "interrupted");
            thread.start();
            running.await();
            thread.interrupt();
            requested.await();
            close(connection);
            ExecutionException failed = assertThrows(ExecutionException.class, () -> waiting.get(5, TimeUnit.SECONDS));
            assertInstanceOf(ConnectionFailureException.class, failed.getCause());
        });
    }

    /** It does so in a select, which no state of the thread tells from any other wait. */
    private static boolean waitsAtTheFence(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("awaitFence"));
    }

    @Test
    void closeSendsNoStatementThatWaitsForACancelRequest() throws Exception {
        Moment running = new Moment();
        Moment requested = new Moment();
        Moment closed = new Moment();
        Flow flow = asked().whileRunning(running, requested)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY)
                .then(Step.expectEnd())
                .cancelRequest(requested)
                .awaits(closed)
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
            running.await();
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
            closed.comes();
            cancelling.get(20, TimeUnit.SECONDS);
            server.assertDone();
        }
    }

    /** Before the block that holds it ends. */
    private static void close(Connection connection) {
        connection.close();
    }
}
