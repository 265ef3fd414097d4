package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.Moment;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.ParameterStatus;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Deadlines, and servers that do not keep them. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineTest {
    private static final Object[] NONE = {};
    private static final String SELECT = "SELECT id FROM t";
    /** Longer than any test takes. */
    private static final Duration LONG = Duration.ofMinutes(2);

    private static final Duration SOON = Duration.ofMillis(50);

    private static Session open(ScriptedServer server, Duration grace) {
        return Session.open(Config.parse(server.dsn()), grace);
    }

    @Test
    void aDeadlineThatPassesCancelsTheStatementAndTheConnectionStaysUsable() {
        Moment cancelled = new Moment();
        Flow flow = Flow.greeted()
                .asked("SLEEP")
                .awaits(cancelled)
                .send(error("57014", "canceling statement due to user request"), READY)
                .utility("SET x", READY)
                .cancelRequest(cancelled)
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Session session = open(server, LONG)) {
            QueryCanceledException passed =
                    assertThrows(QueryCanceledException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertEquals(
                    "the statement was cancelled because its deadline of 50 ms had passed, expected its answer within"
                            + " that time",
                    passed.getMessage());
            assertEquals("57014", passed.sqlState());
            DatabaseException said = assertInstanceOf(DatabaseException.class, passed.getCause());
            assertEquals("SLEEP", said.sql());
            assertEquals("SLEEP", passed.sql());
            assertEquals(said.diagnostic(), passed.diagnostic());
            session.execute("SET x", NONE, SOON);
            server.assertDone();
        }
    }

    @Test
    void anErrorThatIsNoCancelIsWhatItIs() {
        Moment cancelled = new Moment();
        Flow flow = Flow.greeted()
                .asked("SLEEP")
                .awaits(cancelled)
                .send(error("22012", "division by zero"), READY)
                .cancelRequest(cancelled)
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Session session = open(server, LONG)) {
            DatabaseException failed =
                    assertThrows(DatabaseException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertEquals("22012", failed.sqlState());
            assertNull(failed.getCause());
        }
    }

    @Test
    void aServerThatDoesNotEndTheStatementIsGivenUp() {
        Flow flow = Flow.greeted()
                .asked("SLEEP")
                .then(Step.expectEnd())
                .then(Step.nextConnection())
                .then(Step.expect(Opening.Cancel.class))
                .then(Step.close())
                .then(Step.nextConnection())
                .then(Step.close())
                .then(Step.nextConnection())
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Session session = open(server, Duration.ofMillis(70))) {
            ConnectionFailureException lost =
                    assertThrows(ConnectionFailureException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertTrue(
                    lost.getMessage()
                            .startsWith("the server has not ended the statement within 70 ms after its deadline"
                                    + " of 50 ms had passed"),
                    lost::getMessage);
            assertTrue(session.isClosed());
        }
    }

    @Test
    void aDeadlineThatPassedWhileTheStatementWasPreparedKeepsItFromBeingSent() {
        Moment cancelled = new Moment();
        Flow flow = Flow.greeted()
                .expectDescribe(SELECT)
                .awaits(cancelled)
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[0]), columns("id", INT4), READY)
                .once(SELECT, true, new int[0])
                .sendNone(columns("id", INT4))
                .cancelRequest(cancelled)
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Session session = open(server, LONG)) {
            QueryCanceledException passed =
                    assertThrows(QueryCanceledException.class, () -> session.execute(SELECT, NONE, SOON));
            assertEquals(
                    "the statement was not sent because its deadline of 50 ms had passed, expected its answer within"
                            + " that time",
                    passed.getMessage());
            session.execute(SELECT, NONE, null);
            server.assertDone();
        }
    }

    @Test
    void aServerThatGaveNoKeyIsLeftWhenTheDeadlinePasses() {
        try (ScriptedServer server = ScriptedServer.start(
                        connection -> connection.expect(Opening.Startup.class),
                        Step.send(Authentication.Request.OK, new ParameterStatus("client_encoding", "UTF8"), READY),
                        connection -> connection.expect(Parse.class),
                        connection -> connection.expect(Bind.class),
                        connection -> connection.expect(Describe.class),
                        connection -> connection.expect(Execute.class),
                        Step.expect(Command.SYNC),
                        Step.expectEnd());
                Session session = open(server, LONG)) {
            ConnectionFailureException lost =
                    assertThrows(ConnectionFailureException.class, () -> session.execute("SLEEP", NONE, SOON));
            assertTrue(
                    lost.getMessage()
                            .startsWith("the statement could not be cancelled when its deadline of 50 ms had passed,"
                                    + " since the server gave no key for it"),
                    lost::getMessage);
            assertTrue(session.isClosed());
        }
    }

    @Test
    void aServerThatDoesNotEndTheStatementOfAnInterruptedThreadIsGivenUp() {
        Thread waiting = Thread.currentThread();
        Flow flow = Flow.greeted()
                .asked("SLEEP")
                .then(connection -> waiting.interrupt())
                .then(Step.expectEnd())
                .then(Step.nextConnection())
                .then(Step.expect(Opening.Cancel.class))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Session session = open(server, Duration.ofMillis(70))) {
            ConnectionFailureException lost =
                    assertThrows(ConnectionFailureException.class, () -> session.execute("SLEEP", NONE, null));
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertTrue(
                    lost.getMessage().contains("after the thread that waits for it was interrupted"), lost::getMessage);
        }
    }
}
