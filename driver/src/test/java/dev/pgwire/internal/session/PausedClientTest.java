package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.notice;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A client that was away, as in a long collection or under SIGSTOP, until every clock had run out, while what it waits for
 * lies in the socket. A listener that does not return stands for that: it stops the thread in the middle of a read.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PausedClientTest {
    private static final Object[] NONE = {};
    private static final Duration SOON = Duration.ofMillis(50);
    /** Long enough that a slow machine comes to the pause within it; the pause is longer. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** Longer than any test takes. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Moment paused = new Moment();
    private final Moment cancelled = new Moment();
    private final Moment confirmed = new Moment();
    private final Moment answered = new Moment();

    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    /** Stops the thread until all of that has happened, and then for so long. */
    private void pause(Duration length, Moment... until) {
        paused.comes();
        for (Moment moment : until) {
            moment.await();
        }
        long end = System.nanoTime() + length.toNanos();
        for (long left = 1; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Step when(Moment moment) {
        return connection -> moment.await();
    }

    private static Step happened(Moment moment) {
        return connection -> moment.comes();
    }

    private static Flow asked() {
        return Flow.greeted().asked("SLEEP");
    }

    /** The connection of a cancel request, which is confirmed when the client is away. */
    private Flow confirmedDuringThePause(Flow flow) {
        return flow.cancelRequest(cancelled).awaits(paused).then(Step.close()).tells(confirmed);
    }

    private static void assertUsable(Session session, ScriptedServer server) {
        session.execute("SET x", NONE, null);
        server.assertDone();
        assertFalse(session.isClosed());
    }

    @Test
    void theAnswerToACancelledStatementIsFoundAlthoughTheGraceIsOver() {
        Flow flow = asked().awaits(cancelled)
                .send(notice("now"))
                .awaits(paused)
                .send(error("57014", "canceling statement due to user request"), READY)
                .tells(answered)
                .utility("SET x", READY);
        try (ScriptedServer server = confirmedDuringThePause(flow).start();
                Session session = Session.open(Config.parse(server.dsn()), GRACE)) {
            session.server().onNotice(notice -> pause(GRACE, confirmed, answered));
            assertThrows(QueryCanceledException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertUsable(session, server);
        }
    }

    /** The cancel request is over when the notice comes; several reads bring the answer. */
    @Test
    void aLargeAnswerIsFoundAlthoughTheGraceIsOver() {
        List<BackendMessage> answer =
                new ArrayList<>(List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns("id", TEXT)));
        for (int i = 0; i < 45; i++) {
            answer.add(row("x".repeat(1000)));
        }
        answer.addAll(List.of(done("SELECT 45"), READY));
        Thread waiting = Thread.currentThread();
        Flow flow = asked().then(connection -> waiting.interrupt())
                .awaits(confirmed)
                .then(Step.pause(Duration.ofMillis(20)))
                .send(notice("now"))
                .awaits(paused)
                .send(answer)
                .tells(answered)
                .utility("SET x", READY)
                .then(Step.nextConnection())
                .then(Step.expect(Opening.Cancel.class))
                .then(Step.close())
                .tells(confirmed);
        for (int repeated = 0; repeated < 3; repeated++) {
            flow.then(Step.nextConnection())
                    .then(Step.expect(Opening.Cancel.class))
                    .then(Step.close());
        }
        try (ScriptedServer server = flow.start();
                Session session = Session.open(Config.parse(server.dsn()), GRACE)) {
            session.server().onNotice(notice -> pause(GRACE, answered));
            RowStream rows = session.execute("SLEEP", NONE, null);
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertEquals(45, rows.take(100).size());
            session.execute("SET x", NONE, null);
            assertFalse(session.isClosed());
        }
    }

    @Test
    void theAnswerToACommitIsFoundAlthoughTheGraceIsOver() {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .expect(new Query("COMMIT"))
                .send(notice("now"))
                .awaits(paused)
                .send(done("COMMIT"), READY)
                .tells(answered)
                .utility("SET x", READY);
        try (ScriptedServer server = flow.start();
                Session session = Session.open(Config.parse(server.dsn()), GRACE)) {
            session.query("BEGIN", null);
            session.deadline(SOON);
            session.server().onNotice(notice -> pause(GRACE.plus(SOON), answered));
            assertEquals("COMMIT", session.transactions().end("COMMIT", ServerState.ANY_TRANSACTION));
            assertUsable(session, server);
        }
    }

    /** What the deadline of the request itself says counts only when its end is not there. */
    @Test
    void theEndOfACancelRequestIsFoundAlthoughItsTimeIsOver() {
        Flow flow = asked().awaits(cancelled)
                .send(notice("now"))
                .awaits(paused)
                .awaits(answered)
                .send(error("57014", "canceling statement due to user request"), READY)
                .utility("SET x", READY);
        try (ScriptedServer server = confirmedDuringThePause(flow).start();
                Session session = Session.open(Config.parse(server.dsn() + " cancel_grace=3"), LONG)) {
            session.server().onNotice(notice -> {
                pause(Duration.ofSeconds(3), confirmed);
                answered.comes();
            });
            assertThrows(QueryCanceledException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertUsable(session, server);
        }
    }

    /** The answer is there, and the client is away while it gives the end of its request one more second. */
    @Test
    void theEndOfACancelRequestIsFoundAlthoughTheAnswerWasThereForLong() {
        Moment seen = new Moment();
        Flow flow = asked().awaits(cancelled)
                .send(error("57014", "canceling statement due to user request"), READY, notice("first"))
                .awaits(seen)
                .send(notice("second"))
                .utility("SET x", READY);
        try (ScriptedServer server = confirmedDuringThePause(flow).start();
                Session session = Session.open(Config.parse(server.dsn()), LONG)) {
            session.server().onNotice(notice -> {
                if (notice.message().equals("first")) {
                    seen.comes();
                } else {
                    pause(Duration.ofSeconds(1), confirmed);
                }
            });
            assertThrows(QueryCanceledException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertUsable(session, server);
        }
    }

    @Test
    void aServerThatHasLetUsInIsNotLeftBecauseConnectTimeoutIsOver() {
        StringBuilder trace = new StringBuilder();
        Appendable stopping = new Appendable() {
            @Override
            public Appendable append(CharSequence text) {
                trace.append(text);
                if (!paused.hasCome() && text.toString().contains("Authentication")) {
                    pause(Duration.ofSeconds(2), answered);
                }
                return this;
            }

            @Override
            public Appendable append(CharSequence text, int from, int to) {
                return append(text.subSequence(from, to));
            }

            @Override
            public Appendable append(char one) {
                trace.append(one);
                return this;
            }
        };
        try (ScriptedServer server = ScriptedServer.start(
                        Step.expect(Opening.Startup.class),
                        Step.send(Authentication.Request.OK),
                        when(paused),
                        Step.send(new ParameterStatus("client_encoding", "UTF8"), READY),
                        happened(answered),
                        Step.expectEnd());
                Session session = Session.open(Config.parse(server.dsn()).toBuilder()
                        .connectTimeout(Duration.ofSeconds(2))
                        .trace(stopping)
                        .build())) {
            assertFalse(session.isClosed());
            assertTrue(paused.hasCome(), trace::toString);
        }
    }
}
