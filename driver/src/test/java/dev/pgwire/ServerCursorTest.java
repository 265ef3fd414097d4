package dev.pgwire;

import static dev.pgwire.fixture.Messages.FAILED;
import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a cursor of the server is told, and when. */
@Timeout(30)
class ServerCursorTest {
    private static final BackendMessage COLUMN = columns("g", INT4);

    /** A cursor that was declared in a transaction, and of which the columns were asked for. */
    private static Flow declared() {
        return Flow.greeted()
                .unprepared("BEGIN")
                .unprepared("DECLARE \"c\" CURSOR FOR SELECT g")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("BEGIN"))
                .send(Flow.unpreparedAnswer("DECLARE CURSOR"))
                .send(IN_TRANSACTION)
                .expectDescribe("FETCH FORWARD 1 FROM \"c\"")
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[0]), COLUMN, IN_TRANSACTION);
    }

    private static Flow fetch(Flow flow, String rows, BackendMessage end, BackendMessage ready, Integer... values) {
        List<BackendMessage> answer = new ArrayList<>(
                List.of(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, columns(Format.BINARY, "g", INT4)));
        for (Integer value : values) {
            answer.add(row(value));
        }
        answer.add(end);
        answer.add(ready);
        return flow.expect(
                        new Parse("", "FETCH FORWARD " + rows + " FROM \"c\"", new int[0]),
                        new Bind("", "", List.of(), List.of(), List.of(Format.BINARY)),
                        new Describe(Target.PORTAL, ""),
                        new Execute("", 0),
                        Command.SYNC)
                .send(answer);
    }

    private static Flow fetch(Flow flow, String rows, Integer... values) {
        return fetch(flow, rows, done("FETCH " + values.length), IN_TRANSACTION, values);
    }

    private static Flow closed(Flow flow) {
        return flow.expect(new Close(Target.PORTAL, "c"), Command.SYNC).send(Signal.CLOSE_COMPLETE, IN_TRANSACTION);
    }

    private static ServerCursor open(Connection connection) {
        return connection.begin().cursor("c").execute("SELECT g");
    }

    @Test
    void eachCallFetchesWhatItReturns() {
        Flow flow = declared();
        fetch(flow, "1", 1);
        fetch(flow, "3", 2, 3, 4);
        fetch(flow, "ALL", 5, 6);
        closed(flow).play(connection -> {
            ServerCursor cur = open(connection);
            assertEquals(1, cur.fetchOne().getInt(0));
            assertEquals(3, cur.fetchMany(3).size());
            assertEquals(2, cur.fetchAll().size());
            // The last FETCH has met the end: there is nothing to ask for.
            assertNull(cur.fetchOne());
            cur.close();
            cur.close();
        });
    }

    @Test
    void stepsAreOfItersizeAndTheirRowsComeFirst() {
        Flow flow = declared();
        fetch(flow, "3", 1, 2, 3);
        fetch(flow, "2", 4, 5);
        fetch(flow, "3", 6);
        flow.play(connection -> {
            ServerCursor cur = open(connection);
            cur.itersize(3);
            assertTrue(cur.next());
            assertEquals(4, cur.fetchMany(4).size());
            assertTrue(cur.next());
            assertEquals(6, cur.getInt(0));
            assertFalse(cur.next());
        });
    }

    @Test
    void aMoveForwardTakesTheRowsThatWereFetchedAndOneBackwardCountsThem() {
        Flow flow = declared();
        fetch(flow, "5", 1, 2, 3, 4, 5);
        move(flow, "-3");
        flow.play(ServerCursorTest::goToTheThirdAndBack);
    }

    @Test
    void behindTheEndTheServerIsOneFurtherThanBehindTheLastRow() {
        Flow flow = declared();
        fetch(flow, "5", 1, 2, 3);
        move(flow, "-2");
        flow.play(ServerCursorTest::goToTheThirdAndBack);
    }

    private static void move(Flow flow, String by) {
        flow.unprepared("MOVE RELATIVE " + by + " FROM \"c\"")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("MOVE 1"))
                .send(IN_TRANSACTION);
    }

    private static void goToTheThirdAndBack(Connection connection) {
        ServerCursor cur = open(connection);
        cur.itersize(5);
        assertTrue(cur.next());
        assertTrue(cur.scroll(1, ScrollMode.RELATIVE));
        assertEquals(2, cur.rowNumber());
        assertTrue(cur.next());
        assertEquals(3, cur.getInt(0));
        assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
        assertEquals(2, cur.rowNumber());
    }

    @Test
    void inAFailedTransactionNothingIsClosed() {
        Flow flow = declared();
        fetch(flow, "1", error("22012", "division by zero"), FAILED);
        flow.query("ROLLBACK", done("ROLLBACK"), READY).play(connection -> {
            ServerCursor cur = open(connection);
            assertThrows(DivisionByZeroException.class, cur::fetchOne);
            cur.close();
            connection.rollback();
        });
    }

    @Test
    void oneWhoseTransactionHasEndedIsNotAskedForAnyMore() {
        Flow flow = declared();
        fetch(flow, "1", 1);
        flow.query("COMMIT", done("COMMIT"), READY).play(connection -> {
            ServerCursor cur = open(connection);
            cur.fetchOne();
            connection.commit();
            InterfaceException refusal = assertThrows(InterfaceException.class, cur::fetchOne);
            assertTrue(refusal.getMessage().contains("expected"), refusal.getMessage());
            cur.close();
        });
    }

    @Test
    void outsideATransactionNothingIsSent() {
        Flow.greeted().utility("SET x", READY).play(connection -> {
            ServerCursor cur = connection.cursor("c");
            InterfaceException refusal = assertThrows(InterfaceException.class, () -> cur.execute("SELECT g"));
            assertTrue(refusal.getMessage().contains("expected begin()"), refusal.getMessage());
            cur.close();
            connection.execute("SET x");
        });
    }
}
