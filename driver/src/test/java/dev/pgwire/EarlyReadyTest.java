package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is ready before it has answered all that it was sent: whatever was asked, that is no success. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EarlyReadyTest {
    private static final String INSERT = "INSERT INTO t VALUES ($1)";
    private static final BackendMessage INSERTED = done("INSERT 0 1");

    private static ProtocolViolationException refused(Flow flow, Consumer<Connection> call) {
        try (ScriptedServer server = flow.then(Step.expectEnd()).start();
                Connection connection = Postgres.connect(server.dsn())) {
            ProtocolViolationException refused =
                    assertThrows(ProtocolViolationException.class, () -> call.accept(connection));
            assertTrue(connection.isClosed());
            server.assertDone();
            return refused;
        }
    }

    private static Flow executions(Flow flow, int count) {
        for (int i = 0; i < count; i++) {
            flow.then(Step.expect(Bind.class)).expect(new Execute("", 0));
        }
        return flow;
    }

    @Test
    void executeManyIsNoSuccessBeforeEverySetWasAnswered() {
        for (List<BackendMessage> answer : List.<List<BackendMessage>>of(
                List.of(READY),
                List.of(Signal.BIND_COMPLETE, READY),
                List.of(Signal.BIND_COMPLETE, INSERTED, READY),
                List.of(Signal.BIND_COMPLETE, INSERTED, Signal.BIND_COMPLETE, READY))) {
            Flow flow = executions(Flow.greeted().describeInSegment(1, INSERT, Signal.NO_DATA, TEXT), 2)
                    .expect(Command.SYNC)
                    .send(answer);
            refused(flow, conn -> conn.cursor().executeMany(INSERT, List.of(List.of("a"), List.of("b"))));
        }
    }

    @Test
    void executeManyIsNoSuccessWithMoreAnswersThanSets() {
        Flow flow = executions(Flow.greeted().describeInSegment(1, INSERT, Signal.NO_DATA, TEXT), 1)
                .expect(Command.SYNC)
                .send(Signal.BIND_COMPLETE, INSERTED, Signal.BIND_COMPLETE, INSERTED, READY);
        refused(flow, conn -> conn.cursor().executeMany(INSERT, List.of(List.of("a"))));
    }

    @Test
    void insertManyIsNoSuccessBeforeEveryRowWasAnswered() {
        String sql = "INSERT INTO \"t\" (\"a\") VALUES ($1)";
        Flow flow = executions(
                        Flow.greeted().describe(sql, Signal.NO_DATA, INT4).then(Step.expect(Parse.class)), 3)
                .expect(Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, INSERTED, Signal.BIND_COMPLETE, INSERTED, READY);
        ProtocolViolationException refused =
                refused(flow, conn -> conn.insertMany("t", List.of("a"), List.of(List.of(1), List.of(2), List.of(3))));
        assertTrue(refused.getMessage().contains("2 of 3 executions"), refused.getMessage());
    }

    @Test
    void aStatementIsNoSuccessBeforeItsTag() {
        for (List<BackendMessage> answer :
                List.<List<BackendMessage>>of(List.of(READY), List.of(Signal.BIND_COMPLETE, READY))) {
            Flow flow = Flow.greeted()
                    .kept(1, INSERT, Signal.NO_DATA, TEXT)
                    .run(1, false, "a")
                    .send(answer);
            refused(flow, conn -> {
                Flow.keep(conn, INSERT);
                conn.execute(INSERT, "a");
            });
        }
        Flow utility = Flow.greeted()
                .unprepared("SET x")
                .expect(Command.SYNC)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, READY);
        refused(utility, conn -> conn.execute("SET x"));
    }

    @Test
    void aPreparationIsNoSuccessBeforeTheColumns() {
        Flow flow = Flow.greeted()
                .expectDescribe(INSERT)
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {TEXT}), READY);
        refused(flow, conn -> conn.execute(INSERT, "a"));
    }

    @Test
    void aSimpleQueryIsNoSuccessWithoutAnAnswer() {
        refused(Flow.greeted().query("SELECT 1", READY), conn -> conn.cursor().executeSimple("SELECT 1"));
        refused(
                Flow.greeted().query("SELECT 1", columns("id", INT4), row("1"), READY),
                conn -> conn.cursor().executeSimple("SELECT 1").fetchAll());
    }

    @Test
    void aCommitIsNoSuccessWithoutAnAnswer() {
        Flow flow = Flow.greeted()
                .utility("BEGIN", IN_TRANSACTION)
                .expect(new Query("COMMIT"))
                .send(READY);
        refused(flow, conn -> {
            conn.execute("BEGIN");
            conn.commit();
        });
    }

    @Test
    void aPipelineIsNoSuccessBeforeEveryStatementWasAnswered() {
        Flow flow = Flow.greeted()
                .unprepared("SET x")
                .unprepared("SET y")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("SET"))
                .send(READY);
        refused(flow, conn -> {
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("SET x");
                pipeline.execute("SET y");
                pipeline.sync();
            }
        });
    }

    /** One bit makes a CopyData of a DataRow. */
    @Test
    void aRowWithAFlippedBitIsNotLost() {
        Flow query = Flow.greeted()
                .query(
                        "SELECT 1",
                        columns("id", INT4),
                        row("1"),
                        new CopyData(new byte[] {0, 1, 0, 0, 0, 1, '2'}),
                        row("3"),
                        done("SELECT 3"),
                        READY);
        refused(query, conn -> conn.cursor().executeSimple("SELECT 1").fetchAll());
        Flow prepared = Flow.greeted()
                .kept(1, "SELECT $1", columns("id", INT4), INT4)
                .run(1, true, 1)
                .send(Signal.BIND_COMPLETE, new CopyData(new byte[] {0, 0}), row(3), done("SELECT 2"), READY);
        refused(prepared, conn -> {
            Flow.keep(conn, "SELECT $1");
            conn.execute("SELECT $1", 1).fetchAll();
        });
    }

    @Test
    void aRuleGivesEachOfItsResultsInTurn() {
        Flow flow = Flow.greeted()
                .query(
                        "INSERT INTO ruled",
                        columns("a", INT4),
                        row("1"),
                        columns("b", INT4, "c", TEXT),
                        row("2", "x"),
                        INSERTED,
                        READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn());
                Cursor cursor = connection.cursor().executeSimple("INSERT INTO ruled")) {
            assertEquals("(1,)", cursor.fetchOne().toString());
            assertTrue(cursor.nextSet());
            assertEquals("(2, 'x')", cursor.fetchOne().toString());
            assertEquals("INSERT 0 1", cursor.statusMessage());
            server.assertDone();
        }
    }
}
