package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.TEXT;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.error;
import static dev.pgwire.fixture.Messages.row;
import static dev.pgwire.fixture.Messages.utf8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.fixture.NoBufferIsLost;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.backend.ParameterDescription;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.ScriptedServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** With prepare=never no statement has a name, and none needs to be there in a later segment. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoBufferIsLost.class)
class PrepareNeverTest {
    private static final String SELECT = "SELECT id, name FROM t WHERE id = $1 AND b = $2";
    private static final Execute EXECUTE = new Execute("", 0);

    private static Connection connect(ScriptedServer server) {
        return Postgres.connect(server.dsn() + " prepare=never");
    }

    private static Flow asked(Flow flow) {
        return flow.expect(
                new Parse("", SELECT, new int[] {0, 16}),
                new Bind("", "", List.of(Format.TEXT, Format.BINARY), List.of(utf8("7"), new byte[] {1}), List.of()),
                new Describe(Target.PORTAL, ""),
                EXECUTE);
    }

    private static void assertRow(int id, String name, Cursor cursor) {
        Row row = cursor.fetchOne();
        assertEquals(id, row.getInt(0));
        assertEquals(name, row.getString(1));
    }

    @Test
    void everyExecutionIsOneRoundTripOfTheUnnamedStatement() {
        Flow flow = Flow.greeted();
        for (int i = 0; i < 2; i++) {
            asked(flow)
                    .expect(Command.SYNC)
                    .send(
                            Signal.PARSE_COMPLETE,
                            Signal.BIND_COMPLETE,
                            columns("id", INT4, "name", TEXT),
                            row("7", "Ada"),
                            done("SELECT 1"),
                            READY);
        }
        try (ScriptedServer server = flow.start();
                Connection connection = connect(server)) {
            for (int i = 0; i < 2; i++) {
                Cursor cursor = connection.execute(SELECT, 7, true);
                assertRow(7, "Ada", cursor);
            }
            server.assertDone();
        }
    }

    @Test
    void aWrongNumberOfValuesIsRefusedBeforeTheServerHearsOfIt() {
        try (ScriptedServer server = Flow.greeted().start();
                Connection connection = connect(server)) {
            for (Object[] wrong : new Object[][] {{}, {1}, {1, true, 3}}) {
                InterfaceException refused =
                        assertThrows(InterfaceException.class, () -> connection.execute(SELECT, wrong));
                assertEquals(
                        "the statement has 2 parameters ($1 to $2)",
                        refused.getMessage().substring(0, 41));
            }
            assertThrows(DataException.class, () -> connection.execute(SELECT, 1, new Object()));
            server.assertDone();
        }
    }

    @Test
    void aPipelineSendsEachStatementWhole() {
        Flow flow = asked(asked(Flow.greeted()))
                .expect(Command.SYNC)
                .send(
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        columns("id", INT4, "name", TEXT),
                        row("1", "Ada"),
                        done("SELECT 1"),
                        Signal.PARSE_COMPLETE,
                        Signal.BIND_COMPLETE,
                        columns("id", INT4, "name", TEXT),
                        row("2", "Eve"),
                        done("SELECT 1"),
                        READY);
        try (ScriptedServer server = flow.start();
                Connection connection = connect(server);
                Pipeline pipeline = connection.pipeline()) {
            Cursor first = pipeline.execute(SELECT, 7, true);
            assertThrows(DataException.class, () -> pipeline.execute(SELECT, 7, List.of(new Object())));
            Cursor second = pipeline.execute(SELECT, 7, true);
            pipeline.sync();
            assertRow(1, "Ada", first);
            assertRow(2, "Eve", second);
            server.assertDone();
        }
    }

    private static final String INSERT = "INSERT INTO t VALUES ($1)";

    private static Flow described() {
        return Flow.greeted()
                .expect(new Parse("", INSERT, new int[0]), new Describe(Target.STATEMENT, ""), Command.FLUSH);
    }

    private static Bind bind(int value) {
        return new Bind("", "", List.of(Format.BINARY), List.of(row(value).column(0)), List.of());
    }

    @Test
    void aBatchIsDescribedAndExecutedInOneSegment() {
        Flow flow = described()
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), Signal.NO_DATA)
                .expect(bind(1), EXECUTE, bind(2), EXECUTE, Command.SYNC)
                .send(Signal.BIND_COMPLETE, done("INSERT 0 1"), Signal.BIND_COMPLETE, done("INSERT 0 1"), READY);
        try (ScriptedServer server = flow.start();
                Connection connection = connect(server)) {
            Cursor cursor = connection.cursor().executeMany(INSERT, List.of(List.of(1), List.of(2)));
            assertArrayEquals(new long[] {1, 1}, cursor.rowCounts());
            server.assertDone();
        }
    }

    @Test
    void aBatchThatCannotBeDescribedEndsItsSegment() {
        Flow flow = described()
                .send(error("42P01", "relation \"t\" does not exist"))
                .expect(Command.SYNC)
                .send(READY)
                .utility("SET x", READY);
        try (ScriptedServer server = flow.start();
                Connection connection = connect(server)) {
            assertThrows(
                    UndefinedTableException.class, () -> connection.cursor().executeMany(INSERT, List.of(List.of(1))));
            connection.execute("SET x");
            server.assertDone();
        }
    }

    @Test
    void aBatchWhoseFirstSetIsWrongLeavesNothing() {
        Flow flow = described()
                .send(Signal.PARSE_COMPLETE, new ParameterDescription(new int[] {INT4}), Signal.NO_DATA)
                .expect(Command.SYNC)
                .send(READY)
                .utility("SET x", READY);
        try (ScriptedServer server = flow.start();
                Connection connection = connect(server)) {
            assertThrows(
                    DataException.class, () -> connection.cursor().executeMany(INSERT, List.of(List.of(new Object()))));
            connection.execute("SET x");
            server.assertDone();
        }
    }
}
