package dev.pgwire;

import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.fixture.Messages.row;
import static dev.pgwire.fixture.Messages.warning;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A lost connection has one class and one SQLSTATE, whatever call notices it. */
@Timeout(60)
class OneLossTest {
    private static final String SELECT = "SELECT id FROM t";
    private static final String SHUTDOWN = "terminating connection due to administrator command";

    private enum End {
        FAREWELL(AdminShutdownException.class, "57P01", SHUTDOWN, fatal("57P01", SHUTDOWN)),
        WARNED(
                ConnectionFailureException.class,
                "08006",
                "it said last: WARNING: terminating connection due to immediate shutdown command",
                warning("57P01", "terminating connection due to immediate shutdown command")),
        BARE(ConnectionFailureException.class, "08006", "the server closed the connection");

        private final Class<? extends DatabaseException> kind;
        private final String sqlState;
        private final String said;
        private final BackendMessage[] words;

        End(Class<? extends DatabaseException> kind, String sqlState, String said, BackendMessage... words) {
            this.kind = kind;
            this.sqlState = sqlState;
            this.said = said;
            this.words = words;
        }

        Flow after(Flow flow) {
            return flow.send(words).then(Step.close());
        }

        void assertToldBy(String call, Throwable thrown) {
            assertEquals(kind, thrown.getClass(), () -> call + " threw " + thrown);
            assertEquals(sqlState, ((DatabaseException) thrown).sqlState(), call);
            assertTrue(thrown.getMessage().contains(said), () -> call + " said " + thrown.getMessage());
            assertSound(call, thrown);
        }
    }

    /** No exception is behind itself, and no cause says what was said already. */
    private static void assertSound(String call, Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> left = new ArrayList<>(List.of(thrown));
        while (!left.isEmpty()) {
            Throwable one = left.remove(0);
            assertTrue(seen.add(one), () -> call + ": twice in one report: " + one);
            Throwable cause = one.getCause();
            if (cause != null) {
                assertFalse(
                        String.valueOf(one.getMessage()).equals(cause.getMessage()),
                        () -> call + ": said twice: " + one.getMessage());
                left.add(cause);
            }
            left.addAll(List.of(one.getSuppressed()));
        }
    }

    private static Map<String, Consumer<Connection>> calls() {
        Map<String, Consumer<Connection>> calls = new LinkedHashMap<>();
        calls.put("cursor", Connection::cursor);
        calls.put("execute", conn -> conn.execute(SELECT));
        calls.put("execute with values", conn -> conn.execute("SELECT $1::int", 1));
        calls.put("executeSimple", conn -> conn.cursor().executeSimple(SELECT));
        calls.put("executeMany", conn -> conn.cursor().executeMany("INSERT INTO t VALUES ($1)", List.of(List.of(1))));
        calls.put("insertMany", conn -> conn.insertMany("t", List.of("id"), List.of(List.of(1))));
        calls.put("commit", Connection::commit);
        calls.put("rollback", Connection::rollback);
        calls.put("begin", Connection::begin);
        calls.put("transaction", conn -> conn.transaction(tx -> tx.execute(SELECT)));
        calls.put("inTransaction", Connection::inTransaction);
        calls.put("autocommit", conn -> conn.autocommit(false));
        calls.put("cancel", Connection::cancel);
        calls.put("reset", Connection::reset);
        calls.put("pipeline", conn -> {
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("SET x");
                pipeline.sync();
            }
        });
        return calls;
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void everyCallThatFindsTheConnectionGoneTellsTheSame(End end) {
        try (ScriptedServer server = end.after(Flow.greeted()).start();
                Connection conn = Postgres.connect(server.dsn())) {
            server.assertDone();
            assertTrue(conn.isClosed());
            calls().forEach((name, call) ->
                    end.assertToldBy(name, assertThrows(Throwable.class, () -> call.accept(conn))));
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void theCallThatNoticesTellsTheSameAsThoseBehindIt(End end) {
        for (String name : List.of(
                "execute",
                "execute with values",
                "executeSimple",
                "executeMany",
                "insertMany",
                "transaction",
                "pipeline",
                "reset")) {
            Consumer<Connection> call = calls().get(name);
            try (ScriptedServer server = end.after(Flow.greeted()).start();
                    Connection conn = Postgres.connect(server.dsn())) {
                server.assertDone();
                end.assertToldBy(name, assertThrows(Throwable.class, () -> call.accept(conn)));
                assertTrue(conn.isClosed());
                end.assertToldBy("cursor", assertThrows(Throwable.class, conn::cursor));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void theEndOfATransactionTellsTheSame(End end) {
        for (Consumer<Connection> call : List.<Consumer<Connection>>of(
                Connection::commit, Connection::rollback, Connection::begin, conn -> conn.execute("SET x"))) {
            Flow flow = Flow.greeted().query("BEGIN", done("BEGIN"), IN_TRANSACTION);
            try (ScriptedServer server = end.after(flow).start();
                    Connection conn = Postgres.connect(server.dsn())) {
                conn.cursor().executeSimple("BEGIN");
                server.assertDone();
                end.assertToldBy("in a transaction", assertThrows(Throwable.class, () -> call.accept(conn)));
                end.assertToldBy("rollback", assertThrows(Throwable.class, conn::rollback));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void aResultThatIsReadOnTellsTheSame(End end) {
        List<BackendMessage> half = new ArrayList<>(List.of(columns("id", TEXT)));
        for (int i = 0; i < 20_000; i++) {
            half.add(row(Integer.toString(i)));
        }
        Flow flow = Flow.greeted().expect(new Query(SELECT)).send(half);
        try (ScriptedServer server = end.after(flow).start();
                Connection conn = Postgres.connect(server.dsn());
                Cursor cur = conn.cursor().executeSimple(SELECT)) {
            end.assertToldBy("fetchAll", assertThrows(Throwable.class, cur::fetchAll));
            end.assertToldBy("fetchOne", assertThrows(Throwable.class, cur::fetchOne));
            end.assertToldBy("execute", assertThrows(Throwable.class, () -> conn.execute(SELECT)));
        }
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void everyCursorOfAPipelineTellsTheSameAndClosingItIsSound(End end) {
        Flow flow = Flow.greeted().utility("SET x", READY).unprepared("SET a").unprepared("SET b");
        try (ScriptedServer server = end.after(flow).start();
                Connection conn = Postgres.connect(server.dsn())) {
            conn.execute("SET x");
            Throwable thrown = assertThrows(Throwable.class, () -> {
                try (Pipeline pipeline = conn.pipeline()) {
                    pipeline.execute("SET a");
                    Cursor second = pipeline.execute("SET b");
                    second.rowCount();
                }
            });
            end.assertToldBy("second cursor", thrown);
            end.assertToldBy("cursor", assertThrows(Throwable.class, conn::cursor));
        }
    }

    @Test
    void aWarningThatWasFollowedByMoreIsNoReason() {
        Flow flow = Flow.greeted()
                .unprepared("SET a")
                .expect(Command.SYNC)
                .send(warning("01000", "this and that"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(READY)
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection conn = Postgres.connect(server.dsn())) {
            conn.execute("SET a");
            server.assertDone();
            ConnectionFailureException lost =
                    assertThrows(ConnectionFailureException.class, () -> conn.execute("SET b"));
            assertFalse(lost.getMessage().contains("this and that"), lost::getMessage);
            assertNull(lost.diagnostic());
        }
    }
}
