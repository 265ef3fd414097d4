package dev.pgwire.internal.session;

import static dev.pgwire.fixture.Messages.READY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.config.Config;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.NoBufferIsLost;
import dev.pgwire.internal.request.OwnCommand;
import dev.pgwire.internal.sql.CopyStatement;
import dev.pgwire.notification.Notification;
import dev.pgwire.protocol.backend.NotificationResponse;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a borrower that are under way, and wait for their turn, when another thread gives the session back. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoBufferIsLost.class)
class LentSessionTest {
    private static final String SET = "SET x";

    /** Set before the session is cleared for the next borrower. */
    private volatile boolean over;

    private void check() {
        if (over) {
            throw new InterfaceException("given back");
        }
    }

    private static Consumer<Session> call(String name) {
        return switch (name) {
            case "execute" -> session -> session.execute(SET, new Object[0], null);
            case "query" -> session -> session.query(SET, null);
            case "run" -> session -> session.run(OwnCommand.of(session.dispatch(), SET), null);
            case "whole" -> session -> session.care().whole(SET, new Object[0], null);
            case "reset" -> session -> session.care().reset();
            case "begin" -> session -> session.transactions().begin("BEGIN");
            case "autocommit" -> session -> session.transactions().beginImplicitly("BEGIN");
            case "isInProgress" -> session -> session.transactions().isInProgress();
            case "commit" -> session -> session.transactions().end("COMMIT", 0);
            case "savepoint" -> session -> session.transactions().beginSavepoint("s");
            case "queue" -> session -> session.pipeline().execute(SET, new Object[0]);
            case "sync" -> session -> session.pipeline().sync();
            case "copy" ->
                session -> session.copies()
                        .begin(CopyStatement.of("COPY t FROM STDIN", CopyStatement.Direction.FROM_STDIN, false), null);
            case "listen" -> session -> session.notifications().next(null);
            case "look" -> session -> session.notifications().next(Duration.ZERO);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** The script has nothing for what is asked for by who has the session no more. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "execute",
                "query",
                "run",
                "whole",
                "reset",
                "begin",
                "autocommit",
                "isInProgress",
                "commit",
                "savepoint",
                "queue",
                "sync",
                "copy",
                "listen",
                "look"
            })
    void aCallThatComesToItsTurnBehindTheEndOfTheLoanFailsAndSendsNothing(String name) throws Exception {
        Flow flow = Flow.greeted()
                .utility(SET, READY)
                .utility(SET, READY)
                .then(Step.expect(Command.TERMINATE))
                .then(Step.expectEnd());
        try (ScriptedServer server = flow.start()) {
            try (Session session = Session.open(Config.parse(server.dsn()))) {
                Session lent = session.lent(this::check);
                lent.execute(SET, new Object[0], null);
                FutureTask<Void> task = new FutureTask<>(() -> call(name).accept(lent), null);
                Thread thread = new Thread(task);
                session.enterAsItIs();
                try {
                    thread.start();
                    Until.holds(() -> thread.getState() == Thread.State.WAITING
                            || thread.getState() == Thread.State.TIMED_WAITING);
                    over = true;
                } finally {
                    session.exit();
                }
                ExecutionException failed = assertThrows(ExecutionException.class, task::get);
                assertInstanceOf(InterfaceException.class, failed.getCause());
                assertEquals("given back", failed.getCause().getMessage());
                // What it wanted to begin does not come with what the next one sends.
                session.execute(SET, new Object[0], null);
            }
            server.assertDone();
        }
    }

    /** Also where it need not wait. */
    @ParameterizedTest
    @ValueSource(strings = {"listen", "look"})
    void aNotificationThatCameBehindTheEndOfTheLoanIsLeftForTheNext(String name) throws Exception {
        NotificationResponse notification = new NotificationResponse(1, "channel", "for the next");
        Flow flow = Flow.greeted()
                .asked(SET)
                .send(notification)
                .send(Flow.unpreparedAnswer("SET"))
                .send(READY)
                .then(Step.expect(Command.TERMINATE))
                .then(Step.expectEnd());
        try (ScriptedServer server = flow.start()) {
            try (Session session = Session.open(Config.parse(server.dsn()))) {
                Session lent = session.lent(this::check);
                over = true;
                session.execute(SET, new Object[0], null);
                assertThrows(InterfaceException.class, () -> call(name).accept(lent));
                Notification next = session.notifications().next(Duration.ZERO);
                assertNotNull(next);
                assertEquals("for the next", next.payload());
            }
            server.assertDone();
        }
    }
}
