package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.IN_TRANSACTION;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.fixture.Flow;
import dev.pgwire.internal.sql.SqlExcerpt;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.testkit.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people see in a debugger or a log, where nothing may be asked of the server: the script has no word for it. */
@Timeout(30)
class ToStringTest {
    private static final String SELECT = "SELECT id FROM t WHERE id = $1";

    @Test
    void aCursorShowsItsStatementAndHowFarItHasCome() {
        Flow flow = Flow.greeted()
                .describe(SELECT, columns("id", INT4), INT4)
                .once(SELECT, true, new int[] {INT4}, 7)
                .send(Signal.PARSE_COMPLETE, Signal.BIND_COMPLETE, Flow.inBinary(columns("id", INT4)))
                .send(row(7), row(7), done("SELECT 2"), READY)
                .utility("SET x", READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Cursor cursor = connection.cursor();
            assertEquals("Cursor[no statement]", cursor.toString());
            cursor.execute("SELECT id FROM t WHERE id = :id", Map.of("id", 7));
            assertEquals("Cursor[SELECT id FROM t WHERE id = :id, columns [id], row 0, SELECT 2]", cursor.toString());
            cursor.next();
            assertEquals("Cursor[SELECT id FROM t WHERE id = :id, columns [id], row 1, SELECT 2]", cursor.toString());
            cursor.execute("SET x");
            assertEquals("Cursor[SET x, no rows, SET]", cursor.toString());
            cursor.nextSet();
            assertEquals("Cursor[SET x, no result]", cursor.toString());
            cursor.close();
            assertEquals("Cursor[SET x, closed]", cursor.toString());
        }
    }

    @Test
    void whatIsQueuedInAPipelineStaysThere() {
        Flow flow = Flow.greeted()
                .unprepared("SET x")
                .unprepared("SET y")
                .expect(Command.SYNC)
                .send(Flow.unpreparedAnswer("SET"))
                .send(Flow.unpreparedAnswer("SET"))
                .send(READY);
        flow.play(connection -> {
            Pipeline pipeline = connection.pipeline();
            assertEquals("Pipeline[0 statements, synced]", pipeline.toString());
            Cursor first = pipeline.execute("SET x");
            assertEquals("Pipeline[1 statement, not synced]", pipeline.toString());
            assertEquals("Cursor[SET x, queued in a pipeline]", first.toString());
            Cursor second = pipeline.execute("SET y");
            pipeline.sync();
            assertEquals("Pipeline[2 statements, synced]", pipeline.toString());
            assertEquals("SET", first.statusMessage());
            assertEquals("Cursor[SET x, no rows, SET]", first.toString());
            second.close();
            pipeline.close();
            assertEquals("Pipeline[2 statements, closed]", pipeline.toString());
        });
    }

    @Test
    void aTransactionShowsWhetherItIsInProgress() {
        Flow flow = Flow.greeted()
                .query("BEGIN", done("BEGIN"), IN_TRANSACTION)
                .query("SAVEPOINT pgwire_1", done("SAVEPOINT"), IN_TRANSACTION)
                .query("COMMIT", done("COMMIT"), READY);
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Transaction transaction = connection.begin();
            Transaction savepoint = transaction.begin();
            String process = "process " + connection.processId();
            assertEquals("Transaction[" + process + ", in progress]", transaction.toString());
            assertEquals("Transaction[savepoint pgwire_1, " + process + ", in progress]", savepoint.toString());
            transaction.commit();
            assertEquals("Transaction[" + process + ", ended]", transaction.toString());
            assertEquals("Transaction[savepoint pgwire_1, " + process + ", ended]", savepoint.toString());
        }
    }

    @Test
    void longSqlIsCutAndStaysOnOneLine() {
        assertEquals("SELECT 1 FROM t", SqlExcerpt.of("\n  SELECT 1\n\t  FROM t\r\n"));
        assertEquals("", SqlExcerpt.of("  \n"));
        assertEquals("x".repeat(60), SqlExcerpt.of("x".repeat(60) + " \n"));
        assertEquals("x".repeat(60) + "...", SqlExcerpt.of("x".repeat(61)));
        assertEquals("x".repeat(59) + "😀...", SqlExcerpt.of("x".repeat(59) + "😀".repeat(10)));
        assertTrue(SqlExcerpt.of("SELECT " + "a, ".repeat(1_000_000)).length() <= 63);
    }
}
