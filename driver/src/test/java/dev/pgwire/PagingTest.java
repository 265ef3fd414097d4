package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.PgException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is sent for a result that is read page by page, and when. */
@Timeout(30)
class PagingTest {
    private static final String SQL = "SELECT g";
    private static final String PORTAL = "pgwire_portal_1";

    /** The first page of two rows, up to how it ends. */
    private static Flow first(Command behind, BackendMessage... end) {
        return Flow.greeted()
                .describe(SQL, columns("g", INT4))
                .expect(
                        new Parse("", SQL, new int[0]),
                        new Bind(PORTAL, "", List.of(), List.of(), List.of(Format.BINARY)),
                        new Describe(Target.PORTAL, "pgwire_1"),
                        new Execute(PORTAL, 2),
                        behind)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns(Format.BINARY, "g", INT4), row(1), row(2))
                .send(end);
    }

    private static Cursor paged(Connection connection) {
        Cursor cur = connection.cursor();
        cur.fetchSize(2);
        return cur.execute(SQL);
    }

    @Test
    void theSyncComesBehindTheLastPage() {
        first(Command.FLUSH, Signal.PORTAL_SUSPENDED)
                .expect(new Execute(PORTAL, 2), Command.FLUSH)
                .send(row(3), done("SELECT 1"))
                .expect(Command.SYNC)
                .send(READY)
                .play(connection -> {
                    Cursor cur = paged(connection);
                    assertEquals(3, cur.fetchAll().size());
                    assertEquals(3, cur.rowCount());
                });
    }

    @Test
    void closingEarlyClosesThePortal() {
        first(Command.FLUSH, Signal.PORTAL_SUSPENDED)
                .expect(new Close(Target.PORTAL, "pgwire_1"), Command.SYNC)
                .send(Signal.CLOSE_COMPLETE, READY)
                .play(connection -> {
                    Cursor cur = paged(connection);
                    assertTrue(cur.next());
                    cur.close();
                });
    }

    @Test
    void anotherStatementHasTheRestReadInPagesThatDouble() {
        first(Command.FLUSH, Signal.PORTAL_SUSPENDED)
                .expect(new Execute(PORTAL, 2), Command.FLUSH)
                .send(row(3), row(4), Signal.PORTAL_SUSPENDED)
                .expect(new Execute(PORTAL, 4), Command.FLUSH)
                .send(row(5), done("SELECT 1"))
                .expect(Command.SYNC)
                .send(READY)
                .utility("SET x", READY)
                .play(connection -> {
                    Cursor cur = paged(connection);
                    connection.execute("SET x");
                    assertEquals(5, cur.fetchAll().size());
                });
    }

    @Test
    void aPageThatFailsIsFollowedByTheSync() {
        first(Command.FLUSH, Signal.PORTAL_SUSPENDED)
                .expect(new Execute(PORTAL, 2), Command.FLUSH)
                .send(error("22012", "division by zero"))
                .expect(Command.SYNC)
                .send(READY)
                .utility("SET x", READY)
                .play(connection -> {
                    Cursor cur = paged(connection);
                    assertEquals(2, cur.fetchMany(2).size());
                    assertThrows(DivisionByZeroException.class, cur::next);
                    connection.execute("SET x");
                });
    }

    @Test
    void aPageThatNothingWasAskedForIsAViolation() {
        first(Command.FLUSH, Signal.PORTAL_SUSPENDED, Signal.PORTAL_SUSPENDED).play(connection -> {
            Cursor cur = connection.cursor();
            cur.fetchSize(2);
            assertThrows(PgException.class, () -> cur.execute(SQL).fetchAll());
            assertTrue(connection.isClosed());
        });
    }

    @Test
    void inATransactionASyncFollowsEachPage() {
        Flow.greeted()
                .utility("BEGIN", IN_TRANSACTION)
                .expectDescribe(SQL)
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[0]), columns("g", INT4), IN_TRANSACTION)
                .expect(
                        new Parse("", SQL, new int[0]),
                        new Bind(PORTAL, "", List.of(), List.of(), List.of(Format.BINARY)),
                        new Describe(Target.PORTAL, "pgwire_1"),
                        new Execute(PORTAL, 2),
                        Command.SYNC)
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        columns(Format.BINARY, "g", INT4),
                        row(1),
                        row(2),
                        Signal.PORTAL_SUSPENDED,
                        IN_TRANSACTION)
                .utility("SET x", IN_TRANSACTION)
                .expect(new Execute(PORTAL, 2), Command.SYNC)
                .send(row(3), done("SELECT 1"), IN_TRANSACTION)
                .play(connection -> {
                    connection.execute("BEGIN");
                    Cursor cur = paged(connection);
                    connection.execute("SET x");
                    assertEquals(3, cur.fetchAll().size());
                    assertFalse(cur.next());
                });
    }
}
