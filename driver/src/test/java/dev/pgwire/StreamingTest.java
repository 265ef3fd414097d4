package dev.pgwire;

import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.notice;
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
import dev.pgwire.testkit.ScriptedConnection;
import dev.pgwire.testkit.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens to a result that is still arriving when something else happens. */
@Timeout(30)
class StreamingTest {
    private static final int WIDTH = 100;
    private static final ErrorResponse FAILURE = error("22012", "division by zero");

    private final CountDownLatch failing = new CountDownLatch(1);

    /** The description and rows of about so many bytes, each with one column that repeats a letter. */
    private static List<BackendMessage> rows(String letter, int bytes) {
        List<BackendMessage> messages = new ArrayList<>(List.of(columns("t", TEXT)));
        for (int i = 0; i < bytes / (WIDTH + 11); i++) {
            messages.add(row(letter.repeat(WIDTH)));
        }
        return messages;
    }

    /** Holds the failure back until the client has its first rows, or has read all of them and waits for the end. */
    private void awaitFailing(ScriptedConnection connection) {
        try {
            assertTrue(failing.await(20, TimeUnit.SECONDS), "the client has not come to where the statement fails");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
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
                .send(notice("all rows were read"))
                .then(this::awaitFailing)
                .send(FAILURE, READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn());
                Cursor cursor = connection.cursor()) {
            connection.onNotice(notice -> failing.countDown());
            assertThrows(DivisionByZeroException.class, () -> cursor.executeSimple("a"));
            server.assertDone();
        }
    }

    @Test
    void aFailureThatCameWhileAResultWasSetAsideIsToldWhenItsCursorIsClosed() {
        Flow flow = Flow.greeted()
                .expect(new Query("a"))
                .send(rows("a", 200_000))
                .then(this::awaitFailing)
                .send(error("23505", "duplicate key"), READY)
                .expect(new Query("b"))
                .send(whole("b", 1_000));
        flow.play(connection -> {
            Cursor a = connection.cursor().executeSimple("a");
            assertTrue(a.next());
            failing.countDown();
            connection.cursor().executeSimple("b");
            assertThrows(IntegrityException.class, a::close);
            assertTrue(a.isClosed());
        });
    }

    @Test
    void aFailureThatWasToldIsNotToldAgainByClose() {
        Flow flow = Flow.greeted()
                .expect(new Query("a"))
                .send(rows("a", 200_000))
                .then(this::awaitFailing)
                .send(FAILURE, READY);
        flow.play(connection -> {
            Cursor a = connection.cursor().executeSimple("a");
            failing.countDown();
            assertThrows(DivisionByZeroException.class, a::fetchAll);
            a.close();
            assertTrue(a.isClosed());
            assertFalse(connection.isClosed());
        });
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
