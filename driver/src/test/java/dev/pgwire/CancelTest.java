package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
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
                .prepare(1, SELECT, columns("id", INT4), INT4)
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
                .prepare(1, SELECT, columns("id", INT4), INT4)
                .run(1, true, 1)
                .send(Signal.BIND_COMPLETE, row(1), done("SELECT 1"), READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
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
                .prepare(1, SELECT, columns("id", INT4), INT4)
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

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
