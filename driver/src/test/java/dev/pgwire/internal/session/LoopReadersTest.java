package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
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
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Messages;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of an answer when other statements wait for the connection. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LoopReadersTest {
    /** One row is more than may be unread while the reader has no demand. */
    private static final DataRow WIDE = Messages.row("x".repeat(100_000));

    private static final DataRow MILLION = Messages.row("x".repeat(1_000_000));

    private static Flow sendTooMany(Flow flow) {
        for (long bytes = 0; bytes <= Results.MOST_SET_ASIDE + 4_000_000; bytes += 1_000_000) {
            flow.send(MILLION);
        }
        return flow;
    }

    private static CompletableFuture<Results> stream(LoopSession session, int id) {
        return session.stream(SELECT, new Object[] {id}, null);
    }

    private static CompletableFuture<RowSlice> next(LoopSession session, Results results) {
        return session.next(results, Objects.requireNonNull(results.current()));
    }

    /** Reads to the end; returns the number of rows. */
    private static int readAll(LoopSession session, Results results) throws Exception {
        Result result = results.current();
        int rows = 0;
        for (RowSlice slice = get(session.next(results, result));
                slice != null;
                slice = get(session.next(results, result))) {
            rows += slice.to() - slice.from();
        }
        return rows;
    }

    @Test
    void nothingIsSentBehindAStreamBeforeItsAnswerIsKnown() {
        CountDownLatch submitted = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1).then(connection -> await(submitted));
        answer(flow, 1).run(1, true, 2);
        answer(flow, 2);
        playKept(flow, session -> {
            CompletableFuture<Results> streamed = stream(session, 1);
            CompletableFuture<Results> behind = ask(session, 2);
            submitted.countDown();
            assertId(1, streamed);
            assertId(2, behind);
        });
    }

    @Test
    void theRestIsSetAsideForWhatWaits() {
        CountDownLatch waits = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1)
                .send(Signal.BIND_COMPLETE, WIDE, WIDE)
                .then(connection -> await(waits))
                .send(WIDE, WIDE, WIDE, done("SELECT 5"), READY)
                .run(1, true, 2);
        answer(flow, 2);
        playKept(flow, session -> {
            Results results = get(stream(session, 1));
            assertFalse(results.isDone());
            CompletableFuture<Results> behind = ask(session, 2);
            waits.countDown();
            assertId(2, behind);
            assertTrue(results.isDone());
            assertEquals(5, readAll(session, results));
        });
    }

    @Test
    void aStatementIsRefusedWhereTooMuchWouldBeSetAside() {
        CountDownLatch waits = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        Flow flow =
                kept().run(1, true, 1).send(Signal.BIND_COMPLETE, WIDE, WIDE).then(connection -> await(waits));
        sendTooMany(flow)
                .then(connection -> await(refused))
                .send(WIDE, done("SELECT 99"), READY)
                .run(1, true, 4);
        answer(flow, 4);
        playKept(flow, session -> {
            Results results = get(stream(session, 1));
            List<CompletableFuture<Results>> behind = new ArrayList<>();
            behind.add(ask(session, 2));
            behind.add(session.execute("SET x = 1", new Object[0], null));
            waits.countDown();
            for (CompletableFuture<Results> future : behind) {
                Throwable failure = assertInstanceOf(InterfaceException.class, failure(future));
                assertEquals(
                        "another cursor of this connection has not read its result, of which more than "
                                + Results.MOST_SET_ASIDE + " bytes are left (" + SELECT
                                + "); expected that it is read, that the cursor or its stream is closed, rollback()"
                                + " or reset(), which drop it, or a second connection",
                        failure.getMessage());
            }
            assertInstanceOf(InterfaceException.class, failure(ask(session, 3)));
            refused.countDown();
            assertTrue(readAll(session, results) > Results.MOST_SET_ASIDE / 1_000_000);
            assertId(4, ask(session, 4));
        });
    }

    @Test
    void whatEndsATransactionHasTheRestDroppedWhereItIsTooMuch() {
        CountDownLatch waits = new CountDownLatch(1);
        Flow flow =
                kept().run(1, true, 1).send(Signal.BIND_COMPLETE, WIDE, WIDE).then(connection -> await(waits));
        sendTooMany(flow).send(done("SELECT 99"), READY).query("ROLLBACK", done("ROLLBACK"), READY);
        playKept(flow, session -> {
            Results results = get(stream(session, 1));
            CompletableFuture<Results> refused = ask(session, 2);
            CompletableFuture<Results> end =
                    session.runEnding("ROLLBACK", OwnCommand.of(session.dispatch(), "ROLLBACK"), null);
            waits.countDown();
            assertInstanceOf(InterfaceException.class, failure(refused));
            get(end);
            Throwable lost = assertInstanceOf(InterfaceException.class, failure(next(session, results)));
            assertEquals(
                    "ROLLBACK came while more than " + Results.MOST_SET_ASIDE
                            + " bytes of this result were unread, which are lost; expected that the result is read"
                            + " before (" + SELECT + ")",
                    lost.getMessage());
        });
    }

    /** Its reader has the rows of the first answer as a whole, while the second waits for its own. */
    @Test
    void aReaderOfRowsThatWereSetAsideDoesNotWaitForThoseOfTheNextAnswer() {
        CountDownLatch read = new CountDownLatch(1);
        Flow flow = kept().run(1, true, 1)
                .send(Signal.BIND_COMPLETE, WIDE, WIDE, done("SELECT 2"), READY)
                .run(1, true, 2)
                .send(Signal.BIND_COMPLETE, WIDE)
                .then(connection -> await(read))
                .send(done("SELECT 1"), READY);
        playKept(flow, session -> {
            Results first = get(stream(session, 1));
            Results second = get(stream(session, 2));
            assertEquals(1, get(next(session, second)).to());
            CompletableFuture<RowSlice> end = next(session, second);
            assertEquals(2, readAll(session, first));
            assertFalse(end.isDone());
            read.countDown();
            assertNull(get(end));
        });
    }

    /** It was stale, and its second request went behind the stream: the server runs it, so it cannot be refused. */
    @Test
    void whatWasSentOnceMoreBehindAStreamHasTheRestDroppedWhereItIsTooMuch() {
        List<String> names = new ArrayList<>();
        CountDownLatch submitted = new CountDownLatch(1);
        Flow flow = kept();
        for (int i = 0; i < 2; i++) {
            flow.then(connection -> {
                names.add(connection.expect(Bind.class).statement());
                connection.expect(new Execute("", 0));
                connection.expect(Command.SYNC);
            });
        }
        flow.then(connection -> await(submitted)).then(connection -> {
            BackendMessage lost = error("26000", "prepared statement \"" + names.get(0) + "\" does not exist");
            connection.send(lost, READY);
        });
        flow.once(SELECT, true, new int[] {INT4}, 1).send(Signal.BIND_COMPLETE, WIDE, WIDE);
        sendTooMany(flow).send(done("SELECT 99"), READY);
        parsedAndAnswered(flow, 1).once(SELECT, true, new int[] {INT4}, 3);
        parsedAndAnswered(flow, 3);
        playKept(flow, session -> {
            CompletableFuture<Results> first = ask(session, 1);
            CompletableFuture<Results> streamed = stream(session, 2);
            submitted.countDown();
            Results results = get(streamed);
            assertId(1, first);
            assertInstanceOf(InterfaceException.class, failure(next(session, results)));
            assertId(3, ask(session, 3));
        });
    }
}
