package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.internal.session.LoopTestSession.ID;
import static dev.pgwire.internal.session.LoopTestSession.SELECT;
import static dev.pgwire.internal.session.LoopTestSession.answer;
import static dev.pgwire.internal.session.LoopTestSession.ask;
import static dev.pgwire.internal.session.LoopTestSession.assertId;
import static dev.pgwire.internal.session.LoopTestSession.await;
import static dev.pgwire.internal.session.LoopTestSession.failure;
import static dev.pgwire.internal.session.LoopTestSession.kept;
import static dev.pgwire.internal.session.LoopTestSession.parsedAndAnswered;
import static dev.pgwire.internal.session.LoopTestSession.playKept;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.testkit.Step;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Statements of many callers on one connection, before a server that says what no real one would be asked to say. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopDriverTest {
    private static final int[] TYPES = {INT4};
    private static final BackendMessage STALE =
            error("0A000", "cached plan must not change result type", 'R', "RevalidateCachedQuery");

    private final List<String> names = new ArrayList<>();

    @Test
    void theSecondStatementIsSentBeforeTheFirstIsAnswered() {
        Flow flow = kept().run(1, true, 1).run(1, true, 2).run(1, true, 3);
        answer(answer(answer(flow, 1), 2), 3);
        playKept(flow, session -> {
            List<Integer> order = new ArrayList<>();
            List<CompletableFuture<Results>> futures = new ArrayList<>();
            for (int id = 1; id <= 3; id++) {
                int asked = id;
                CompletableFuture<Results> future = ask(session, id);
                future.thenAccept(results -> order.add(asked));
                futures.add(future);
            }
            for (int id = 1; id <= 3; id++) {
                assertId(id, futures.get(id - 1));
            }
            assertEquals(List.of(1, 2, 3), order);
        });
    }

    @Test
    void anErrorIsItsOwnCallersAlone() {
        Flow flow = kept().run(1, true, 1).run(1, true, 2).run(1, true, 3);
        answer(flow, 1).send(Signal.BIND_COMPLETE, error("22012", "division by zero"), READY);
        answer(flow, 3);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> second = ask(session, 2);
            CompletableFuture<Results> third = ask(session, 3);
            assertId(1, first);
            assertEquals("22012", ((DatabaseException) failure(second)).sqlState());
            assertId(3, third);
        });
    }

    @Test
    void aStatementThatCannotBeDescribedFailsBetweenOthers() {
        Flow flow = kept().run(1, true, 1).expectDescribe("SELECT x");
        answer(flow, 1).send(error("42703", "no column x"), READY).run(1, true, 2);
        answer(flow, 2);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> refused = session.execute("SELECT x", new Object[0], null);
            CompletableFuture<Results> second = ask(session, 2);
            assertId(1, first);
            assertEquals("42703", ((DatabaseException) failure(refused)).sqlState());
            assertId(2, second);
        });
    }

    /** The types of the parameters are asked for once more, since they may have changed. */
    @Test
    void aValueThatCannotBeWrittenFailsItsOwnStatement() {
        Flow flow = kept().run(1, true, 1).expectDescribe(SELECT);
        answer(flow, 1)
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(TYPES), ID, READY)
                .run(1, true, 2);
        answer(flow, 2);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> refused = session.execute(SELECT, new Object[] {LocalDate.EPOCH}, null);
            CompletableFuture<Results> second = ask(session, 2);
            assertId(1, first);
            assertInstanceOf(DataException.class, failure(refused));
            assertId(2, second);
        });
    }

    /** All three were sent before the first is known to be lost; each is run once more, by itself. */
    @Test
    void aStatementThatIsLostWhileOthersAreBehindItIsRunAgainForEach() {
        Flow flow = kept();
        for (int i = 0; i < 3; i++) {
            flow.then(connection -> {
                names.add(connection.expect(Bind.class).statement());
                connection.expect(new Execute("", 0));
                connection.expect(Command.SYNC);
            });
        }
        flow.then(connection -> {
            BackendMessage lost = error("26000", "prepared statement \"" + names.get(0) + "\" does not exist");
            connection.send(lost, READY, lost, READY, lost, READY);
        });
        for (int id = 1; id <= 3; id++) {
            flow.once(SELECT, true, TYPES, id);
        }
        for (int id = 1; id <= 3; id++) {
            parsedAndAnswered(flow, id);
        }
        playKept(flow, session -> {
            List<CompletableFuture<Results>> futures = List.of(ask(session, 1), ask(session, 2), ask(session, 3));
            for (int id = 1; id <= 3; id++) {
                assertId(id, futures.get(id - 1));
            }
        });
    }

    @Test
    void aStatementWhoseColumnsHaveChangedWhileOthersAreBehindItIsDescribedAnew() {
        Flow flow = kept().run(1, true, 1)
                .run(1, true, 2)
                .send(STALE, READY, STALE, READY)
                .close(1);
        flow.expectDescribe(SELECT).expectDescribe(SELECT);
        flow.send(Signal.CLOSE_COMPLETE);
        for (int i = 0; i < 2; i++) {
            flow.send(Signal.PARSE_COMPLETE, new ParameterDescription(TYPES), ID, READY);
        }
        flow.once(SELECT, true, TYPES, 1).once(SELECT, true, TYPES, 2);
        parsedAndAnswered(parsedAndAnswered(flow, 1), 2);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> second = ask(session, 2);
            assertId(1, first);
            assertId(2, second);
        });
    }

    /** Its answer comes behind that of the second, which is not held up for it. */
    @Test
    void whatIsRunAgainTakesItsTurnBehindWhatWasSentBefore() {
        CountDownLatch answered = new CountDownLatch(1);
        Flow flow = kept();
        for (int i = 0; i < 2; i++) {
            flow.then(connection -> {
                names.add(connection.expect(Bind.class).statement());
                connection.expect(new Execute("", 0));
                connection.expect(Command.SYNC);
            });
        }
        flow.then(connection ->
                connection.send(error("26000", "prepared statement \"" + names.get(0) + "\" does not exist"), READY));
        flow.once(SELECT, true, TYPES, 1);
        answer(flow, 2).then(connection -> await(answered));
        parsedAndAnswered(flow, 1);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> second = ask(session, 2);
            assertId(2, second);
            assertFalse(first.isDone());
            answered.countDown();
            assertId(1, first);
        });
    }

    @Test
    void aMessageThatCannotComeEndsItForAll() {
        Flow flow = kept().run(1, true, 1).run(1, true, 2).send(Signal.NO_DATA).then(Step.expectEnd());
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> second = ask(session, 2);
            Throwable failure = failure(first);
            assertInstanceOf(ProtocolViolationException.class, failure);
            assertInstanceOf(ProtocolViolationException.class, failure(second));
            assertNotSame(failure, failure(second));
            assertInstanceOf(ProtocolViolationException.class, failure(ask(session, 3)));
        });
    }

    @Test
    void theFarewellOfTheServerIsToldToEachOfThoseThatWait() {
        Flow flow = kept().run(1, true, 1).run(1, true, 2);
        answer(flow, 1).send(fatal("57P01", "terminating connection")).then(Step.close());
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> second = ask(session, 2);
            CompletableFuture<Results> alone = session.execute("SET x = 1", new Object[0], null);
            assertId(1, first);
            assertInstanceOf(AdminShutdownException.class, failure(second));
            assertInstanceOf(AdminShutdownException.class, failure(alone));
        });
    }
}
