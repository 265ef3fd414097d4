package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.internal.session.LoopTestSession.ID;
import static dev.pgwire.internal.session.LoopTestSession.SELECT;
import static dev.pgwire.internal.session.LoopTestSession.answer;
import static dev.pgwire.internal.session.LoopTestSession.ask;
import static dev.pgwire.internal.session.LoopTestSession.assertId;
import static dev.pgwire.internal.session.LoopTestSession.await;
import static dev.pgwire.internal.session.LoopTestSession.failure;
import static dev.pgwire.internal.session.LoopTestSession.get;
import static dev.pgwire.internal.session.LoopTestSession.kept;
import static dev.pgwire.internal.session.LoopTestSession.parsedAndAnswered;
import static dev.pgwire.internal.session.LoopTestSession.playKept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cancel requests on a connection that many share, and what they must not hit. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopCancelsTest {
    private static final Step CANCEL = Step.expect(new Opening.Cancel(4242, new byte[] {1, 2, 3, 4}));
    private static final BackendMessage CANCELLED = error("57014", "canceling statement due to user request");

    @Test
    void nothingIsSentWhileACancelRequestIsOnItsWay() {
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean overtaken = new AtomicBoolean();
        Flow flow = kept().run(1, true, 1)
                .then(connection -> await(requested))
                .send(CANCELLED, READY)
                .then(connection -> connection.expect(Bind.class))
                .then(connection -> overtaken.set(!taken.get()))
                .expect(new Execute("", 0), Command.SYNC);
        answer(flow, 2)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(connection -> await(waits))
                .then(Step.pause(Duration.ofMillis(20)))
                .then(connection -> taken.set(true))
                .then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> late = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(20));
            await(requested);
            CompletableFuture<Results> second = ask(session, 2);
            QueryCanceledException cancelled = assertInstanceOf(QueryCanceledException.class, failure(late));
            assertEquals(QueryCanceledException.Reason.DEADLINE, cancelled.reason());
            waits.countDown();
            assertId(2, second);
            assertFalse(overtaken.get());
        });
    }

    /** The request was meant for the first, which ended before it came. */
    @Test
    void aStatementThatIsHitByTheRequestForAnotherIsRunAgain() {
        CountDownLatch requested = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1).run(1, true, 2).then(connection -> await(requested));
        answer(flow, 1).send(CANCELLED, READY).run(1, true, 2);
        answer(flow, 2)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> first = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(100));
            CompletableFuture<Results> second = ask(session, 2);
            assertId(1, first);
            assertId(2, second);
        });
    }

    /** The error may be of a request for another; that it is not run again is because of its deadline. */
    @Test
    void aDeadlineThatPassesBetweenTheErrorAndTheEndIsTheReason() {
        CountDownLatch requested = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1)
                .send(CANCELLED)
                .then(connection -> await(requested))
                .send(READY)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> late = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(100));
            QueryCanceledException cancelled = assertInstanceOf(QueryCanceledException.class, failure(late));
            assertEquals(QueryCanceledException.Reason.DEADLINE, cancelled.reason());
            assertEquals(SELECT, cancelled.sql());
        });
    }

    /** The request is still on its way when the statement that it has hit is to be run again; another one runs behind. */
    @Test
    void whatIsRunAgainWaitsForTheRequestAndNothingOvertakesIt() {
        CountDownLatch requested = new CountDownLatch(1);
        CountDownLatch hit = new CountDownLatch(1);
        AtomicBoolean taken = new AtomicBoolean();
        AtomicBoolean overtaken = new AtomicBoolean();
        Flow flow = kept().run(1, true, 1).run(1, true, 2).run(1, true, 3).then(connection -> await(requested));
        answer(flow, 1)
                .send(CANCELLED, READY)
                .then(connection -> hit.countDown())
                .expect(Flow.bind(1, true, 2))
                .then(connection -> overtaken.set(!taken.get()))
                .expect(new Execute("", 0), Command.SYNC)
                .run(1, true, 4);
        answer(answer(answer(flow, 3), 2), 4)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(connection -> await(hit))
                .then(Step.pause(Duration.ofMillis(20)))
                .then(connection -> taken.set(true))
                .then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> first = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(100));
            CompletableFuture<Results> second = ask(session, 2);
            CompletableFuture<Results> third = ask(session, 3);
            await(requested);
            CompletableFuture<Results> fourth = ask(session, 4);
            assertId(1, first);
            assertId(2, second);
            assertId(3, third);
            assertId(4, fourth);
            assertFalse(overtaken.get());
        });
    }

    @Test
    void aQuestionThatIsHitByTheRequestForAnotherIsAskedAgain() {
        CountDownLatch requested = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1).expectDescribe("SELECT 2").then(connection -> await(requested));
        answer(flow, 1).send(CANCELLED, READY).describe("SELECT 2", ID).once("SELECT 2", true, new int[0]);
        parsedAndAnswered(flow, 2)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> first = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(100));
            CompletableFuture<Results> second = session.execute("SELECT 2", new Object[0], null);
            assertId(1, first);
            assertId(2, second);
        });
    }

    @Test
    void aDeadlineBeforeAServerThatGaveNoKeyGivesTheConnectionUp() {
        Flow flow = Flow.greetedWithoutKey()
                .kept(1, SELECT, ID, INT4)
                .run(1, true, 1)
                .run(1, true, 2)
                .then(Step.expectEnd());
        playKept(flow, session -> {
            CompletableFuture<Results> late = session.execute(SELECT, new Object[] {1}, Duration.ofMillis(50));
            CompletableFuture<Results> second = ask(session, 2);
            Throwable failure = failure(late);
            assertInstanceOf(ConnectionFailureException.class, failure);
            assertTrue(failure.getMessage().contains("BackendKeyData"), failure.getMessage());
            assertInstanceOf(ConnectionFailureException.class, failure(second));
        });
    }

    /** The clock of a stream runs while rows are waited for, not while its reader has no demand. */
    @Test
    void aStreamIsCancelledWhenItsDeadlinePassesWhileRowsAreWaitedFor() {
        DataRow wide = Messages.row("x".repeat(100_000));
        CountDownLatch requested = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1)
                .send(Signal.BIND_COMPLETE, wide)
                .then(connection -> await(requested))
                .send(CANCELLED, READY)
                .run(1, true, 2);
        answer(flow, 2)
                .then(Step.nextConnection())
                .then(CANCEL)
                .then(connection -> requested.countDown())
                .then(Step.close());
        playKept(flow, session -> {
            Results results = get(session.stream(SELECT, new Object[] {1}, Duration.ofMillis(200)));
            Thread.sleep(400);
            assertEquals(1, requested.getCount());
            Result result = Objects.requireNonNull(results.current());
            assertEquals(1, get(session.next(results, result)).to());
            assertEquals(1, requested.getCount());
            QueryCanceledException late =
                    assertInstanceOf(QueryCanceledException.class, failure(session.next(results, result)));
            assertEquals(QueryCanceledException.Reason.DEADLINE, late.reason());
            assertId(2, ask(session, 2));
        });
    }
}
