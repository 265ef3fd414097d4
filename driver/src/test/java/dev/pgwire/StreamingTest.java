package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.IntegrityException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a result that is still arriving when something else happens. */
@Timeout(30)
class StreamingTest {
    private static final int WIDTH = 100;
    private static final ErrorResponse FAILURE = error("22012", "division by zero");
    private static final Step A_WHILE = Step.pause(Duration.ofMillis(300));

    /** The description and rows of about so many bytes, each with one column that repeats a letter. */
    private static List<BackendMessage> rows(String letter, int bytes) {
        List<BackendMessage> messages = new ArrayList<>(List.of(columns("t", TEXT)));
        for (int i = 0; i < bytes / (WIDTH + 11); i++) {
            messages.add(row(letter.repeat(WIDTH)));
        }
        return messages;
    }

    private static List<BackendMessage> whole(String letter, int bytes) {
        List<BackendMessage> messages = rows(letter, bytes);
        messages.add(done("SELECT " + (messages.size() - 1)));
        messages.add(READY);
        return messages;
    }

    @Test
    void aResultBelowTheBoundHasFailedWhenExecuteReturnsHoweverItsArraysAreFilled() {
        Flow flow = Flow.greeted()
                .expect(new Query("a"))
                .send(rows("a", 60_000))
                .then(A_WHILE)
                .send(FAILURE, READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn());
                Cursor cursor = connection.cursor()) {
            assertThrows(DivisionByZeroException.class, () -> cursor.executeSimple("a"));
            server.assertDone();
        }
    }

    @Test
    void aFailureThatCameWhileAResultWasSetAsideIsToldWhenItsCursorIsClosed() {
        Flow flow = Flow.greeted()
                .expect(new Query("a"))
                .send(rows("a", 200_000))
                .then(A_WHILE)
                .send(error("23505", "duplicate key"), READY)
                .expect(new Query("b"))
                .send(whole("b", 1_000));
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Cursor a = connection.cursor().executeSimple("a");
            assertTrue(a.next());
            connection.cursor().executeSimple("b");
            assertThrows(IntegrityException.class, a::close);
            assertTrue(a.isClosed());
            server.assertDone();
        }
    }

    @Test
    void aFailureThatWasToldIsNotToldAgainByClose() {
        Flow flow = Flow.greeted()
                .expect(new Query("a"))
                .send(rows("a", 200_000))
                .then(A_WHILE)
                .send(FAILURE, READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Cursor a = connection.cursor().executeSimple("a");
            assertThrows(DivisionByZeroException.class, a::fetchAll);
            a.close();
            assertTrue(a.isClosed());
            assertFalse(connection.isClosed());
            server.assertDone();
        }
    }

    @Test
    void aCursorMayBeClosedAfterItsConnection() {
        Flow flow = Flow.greeted().expect(new Query("a")).send(rows("a", 200_000));
        try (ScriptedServer server = flow.start()) {
            Connection connection = Postgres.connect(server.dsn());
            Cursor a = connection.cursor().executeSimple("a");
            connection.close();
            a.close();
            assertTrue(a.isClosed());
        }
    }
}
