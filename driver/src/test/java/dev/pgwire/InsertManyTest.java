package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What insertMany sends, message for message; that it is stored is for the integration tests to see. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InsertManyTest {
    private static final String INSERT = "INSERT INTO \"t\" (\"id\") VALUES ($1)";
    private static final Execute EXECUTE = new Execute("", 0);
    private static final Parse PARSE = new Parse("", INSERT, new int[] {INT4});

    private static List<BackendMessage> begun(BackendMessage... then) {
        List<BackendMessage> answer = new ArrayList<>(Flow.unpreparedAnswer("BEGIN"));
        answer.addAll(List.of(then));
        return answer;
    }

    @Test
    void fewRowsAreOneWriteAndOneSync() {
        Flow flow = Flow.greeted()
                .describe(INSERT, Signal.NO_DATA, INT4)
                .expect(PARSE, Flow.bindUnnamed(false, 7), EXECUTE, Flow.bindUnnamed(false, 8), EXECUTE, Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, done("INSERT 0 1"))
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        flow.play(connection -> {
            Cursor cursor = connection.insertMany("t", List.of("id"), List.of(List.of(7), List.of(8)));
            assertEquals(2, cursor.rowCount());
            assertEquals("INSERT 0 2", cursor.statusMessage());
        });
    }

    @Test
    void theBeginThatIsDueGoesWithTheFirstRequest() {
        Flow flow = Flow.greeted()
                .describe(INSERT, Signal.NO_DATA, INT4)
                .unprepared("BEGIN")
                .expect(PARSE, Flow.bindUnnamed(false, 7), EXECUTE, Command.SYNC)
                .send(begun(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, done("INSERT 0 1"), IN_TRANSACTION))
                .query("COMMIT", done("COMMIT"), READY)
                .unprepared("BEGIN")
                .expect(PARSE, Flow.bindUnnamed(false, 8), EXECUTE, Command.SYNC)
                .send(begun(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, done("INSERT 0 1"), IN_TRANSACTION));
        flow.play(connection -> {
            connection.autocommit(false);
            connection.insertMany("t", List.of("id"), List.of(List.of(7)));
            connection.commit();
            connection.insertMany("t", List.of("id"), List.of(List.of(8)));
        });
    }

    @Test
    void rowsThatFailBeforeAnyWasSentCostTheServerNothing() {
        IllegalStateException failure = new IllegalStateException("of the iterable");
        Iterable<Object> rows = () -> {
            throw failure;
        };
        Flow flow = Flow.greeted().describe(INSERT, Signal.NO_DATA, INT4).utility("SET x", READY);
        flow.play(connection -> {
            assertSame(
                    failure,
                    assertThrows(
                            IllegalStateException.class,
                            () -> connection.insertMany(
                                    "t", List.of("id"), List.of(1).stream().map(i -> fail(failure))::iterator)));
            assertSame(
                    failure,
                    assertThrows(IllegalStateException.class, () -> connection.insertMany("t", List.of("id"), rows)));
            connection.execute("SET x");
        });
    }

    private static Object fail(IllegalStateException failure) {
        throw failure;
    }

    /** Found out before anything is asked of the server, where it is certain before. */
    @Test
    void aCopyThatShouldReturnIsRefusedUnseen() {
        Flow.greeted().utility("SET x", READY).play(connection -> {
            BulkInsert insert = BulkInsert.into("t", "id").returning("id").way(BulkWay.COPY);
            assertThrows(InterfaceException.class, () -> connection.insertMany(insert, List.of(List.of(1))));
            connection.execute("SET x");
        });
    }

    @Test
    void aServerThatRefusesARowIsAskedToGoOnOnce() {
        Flow flow = Flow.greeted()
                .describe(INSERT, Signal.NO_DATA, INT4)
                .expect(PARSE, Flow.bindUnnamed(false, 7), EXECUTE, Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, error("23505", "duplicate"), READY)
                .utility("SET x", READY);
        flow.play(connection -> {
            assertThrows(
                    UniqueViolationException.class,
                    () -> connection.insertMany("t", List.of("id"), List.of(List.of(7))));
            connection.execute("SET x");
        });
    }
}
