package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** COMMIT, ROLLBACK and savepoints behind a silent server: never cancelled, and bounded all the same. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EndingWaitTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration GRACE = Duration.ofMillis(70);
    /** Longer than any test takes. */
    private static final Duration LONG = Duration.ofMinutes(2);

    @AfterEach
    void forgetInterrupts() {
        Thread.interrupted();
    }

    private static Flow begun() {
        return Flow.greeted().query("BEGIN", done("BEGIN"), IN_TRANSACTION);
    }

    private static Session open(ScriptedServer server, Duration grace) {
        Session session = Session.open(Config.parse(server.dsn()), grace);
        session.query("BEGIN", null);
        return session;
    }

    private static Consumer<Session> call(String command) {
        return switch (command) {
            case "COMMIT", "ROLLBACK" -> session -> session.transactions().end(command, ServerState.ANY_TRANSACTION);
            case "SAVEPOINT s" -> session -> session.transactions().beginSavepoint("s");
            case "RELEASE SAVEPOINT s" ->
                session -> session.transactions().releaseSavepoint("s", ServerState.ANY_TRANSACTION);
            case "ROLLBACK TO SAVEPOINT s" ->
                session -> session.transactions().undoSavepoint("s", ServerState.ANY_TRANSACTION);
            default -> throw new IllegalArgumentException(command);
        };
    }

    /** A script without a second connection: whoever asks to cancel fails. */
    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK", "SAVEPOINT s", "RELEASE SAVEPOINT s", "ROLLBACK TO SAVEPOINT s"})
    void anInterruptGivesTheConnectionUpWhenTheGraceIsOver(String command) {
        Thread waiting = Thread.currentThread();
        Flow flow = begun().expect(new Query(command))
                .then(connection -> waiting.interrupt())
                .then(Step.expectEnd());
        try (ScriptedServer server = flow.start();
                Session session = open(server, GRACE)) {
            ConnectionFailureException unknown = assertThrows(
                    ConnectionFailureException.class, () -> call(command).accept(session));
            assertTrue(Thread.interrupted(), "the flag is restored");
            assertUnknown(unknown, command, "the thread that waits for it was interrupted");
            server.assertDone();
            assertGone(session);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMMIT", "ROLLBACK", "SAVEPOINT s", "RELEASE SAVEPOINT s", "ROLLBACK TO SAVEPOINT s"})
    void theDeadlineAndTheGraceGiveTheConnectionUp(String command) {
        Flow flow = begun().expect(new Query(command)).then(Step.expectEnd());
        try (ScriptedServer server = flow.start();
                Session session = open(server, GRACE)) {
            session.deadline(SOON);
            ConnectionFailureException unknown = assertThrows(
                    ConnectionFailureException.class, () -> call(command).accept(session));
            assertUnknown(unknown, command, "its deadline of 50 ms had passed");
            server.assertDone();
            assertGone(session);
        }
    }

    private static void assertUnknown(ConnectionFailureException unknown, String command, String reason) {
        assertEquals(
                "the outcome of " + command + " is unknown: the server has not answered it within 70 ms after " + reason
                        + ", expected an answer; the connection was given up",
                unknown.getMessage());
        assertEquals("08007", unknown.sqlState());
        assertFalse(unknown.isRetryable());
        assertNull(unknown.getCause());
    }

    private static void assertGone(Session session) {
        assertTrue(session.isClosed());
        ConnectionFailureException gone = assertThrows(ConnectionFailureException.class, session::checkOpen);
        assertEquals("08007", gone.sqlState());
    }

    @Test
    void aHealthyServerAnswersWithinTheGraceAndNothingIsLost() {
        Thread waiting = Thread.currentThread();
        Flow flow = begun().expect(new Query("COMMIT"))
                .then(connection -> waiting.interrupt())
                .then(Step.pause(Duration.ofMillis(30)))
                .send(done("COMMIT"), READY)
                .utility("SET x", READY);
        try (ScriptedServer server = flow.start();
                Session session = open(server, LONG)) {
            session.deadline(SOON);
            assertEquals("COMMIT", session.transactions().end("COMMIT", ServerState.ANY_TRANSACTION));
            assertTrue(Thread.interrupted(), "the flag is restored");
            session.execute("SET x", new Object[0], null);
            server.assertDone();
        }
    }

    @Test
    void aThreadThatIsInterruptedBeforeStillCommitsAndBeginsNoSavepoint() {
        Flow flow = begun().query("COMMIT", done("COMMIT"), READY);
        try (ScriptedServer server = flow.start();
                Session session = open(server, LONG)) {
            Thread.currentThread().interrupt();
            assertThrows(
                    QueryCanceledException.class, () -> session.transactions().beginSavepoint("s"));
            assertEquals("COMMIT", session.transactions().end("COMMIT", ServerState.ANY_TRANSACTION));
            assertTrue(Thread.interrupted(), "the flag is restored");
            server.assertDone();
        }
    }
}
