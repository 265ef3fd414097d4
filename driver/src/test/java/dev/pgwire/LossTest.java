package dev.pgwire;

import static dev.pgwire.fixture.Messages.INT4;
import static dev.pgwire.fixture.Messages.READY;
import static dev.pgwire.fixture.Messages.bytes;
import static dev.pgwire.fixture.Messages.columns;
import static dev.pgwire.fixture.Messages.done;
import static dev.pgwire.fixture.Messages.fatal;
import static dev.pgwire.fixture.Messages.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.fixture.Flow;
import dev.pgwire.protocol.backend.BackendMessage;
import dev.pgwire.protocol.backend.Signal;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.ScriptedServer;
import dev.pgwire.testkit.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However a connection ends, a part of a result is never taken for the whole. */
@Timeout(30)
class LossTest {
    private static final String SELECT = "SELECT id FROM t WHERE id > $1";

    private static Flow asked() {
        return Flow.greeted().kept(1, SELECT, columns("id", INT4), INT4).run(1, true, 0);
    }

    @Test
    void aResultThatIsCutAnywhereEndsWithAnException() {
        byte[] answer = bytes(Signal.BIND_COMPLETE, row(1), row(2), row(3), done("SELECT 3"), READY);
        for (int cut = 0; cut <= answer.length; cut++) {
            Step ending = cut % 2 == 0 ? Step.close() : Step.closeWithReset();
            boolean whole = cut == answer.length;
            Flow flow = asked().then(Step.sendRaw(Arrays.copyOf(answer, cut)));
            try (ScriptedServer server = (whole ? flow : flow.then(ending)).start();
                    Connection connection = Postgres.connect(server.dsn())) {
                Flow.keep(connection, SELECT);
                if (whole) {
                    assertEquals(3, connection.execute(SELECT, 0).fetchAll().size());
                } else {
                    assertThrows(
                            ConnectionFailureException.class,
                            () -> connection.execute(SELECT, 0).fetchAll(),
                            "cut at " + cut);
                    assertTrue(connection.isClosed());
                    ConnectionFailureException gone =
                            assertThrows(ConnectionFailureException.class, () -> connection.execute(SELECT, 0));
                    assertTrue(gone.getMessage().contains("the connection is gone"), gone.getMessage());
                }
                server.assertDone();
            }
        }
    }

    @Test
    void aLargeResultThatIsCutGivesTheRowsThatCameAndThenAnException() {
        int rows = 20_000;
        List<BackendMessage> messages = new ArrayList<>(List.of(Signal.BIND_COMPLETE));
        for (int i = 0; i < rows; i++) {
            messages.add(row(i));
        }
        byte[] answer = bytes(messages);
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 12; round++) {
            int cut = 70_000 + random.nextInt(answer.length - 70_000);
            try (ScriptedServer server = asked().then(Step.sendRaw(Arrays.copyOf(answer, cut)))
                            .then(Step.close())
                            .start();
                    Connection connection = Postgres.connect(server.dsn())) {
                Flow.keep(connection, SELECT);
                List<Integer> read = new ArrayList<>();
                assertThrows(
                        ConnectionFailureException.class,
                        () -> {
                            Cursor cursor = connection.execute(SELECT, 0);
                            while (cursor.next()) {
                                read.add(cursor.getInt(0));
                            }
                        },
                        seed::toString);
                assertEquals((cut - 5) / (answer.length / rows), read.size(), seed::toString);
                for (int i = 0; i < read.size(); i++) {
                    assertEquals(i, read.get(i), seed::toString);
                }
            }
        }
    }

    @Test
    void whatTheServerSaidLastIsTheCause() {
        Flow flow = asked().send(
                        Signal.BIND_COMPLETE,
                        row(1),
                        fatal("57P01", "terminating connection due to administrator command"))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            assertThrows(
                    AdminShutdownException.class,
                    () -> connection.execute(SELECT, 0).fetchAll());
            assertThrows(AdminShutdownException.class, () -> connection.execute(SELECT, 0));
        }
    }

    @Test
    void whatTheServerSaidWhileNobodyAskedIsTheCauseOfTheNextFailure() {
        Flow flow = Flow.greeted()
                .utility("SET x", READY)
                .send(fatal("57P01", "terminating connection due to administrator command"))
                .then(Step.close());
        try (ScriptedServer server = flow.start();
                Connection connection = Postgres.connect(server.dsn())) {
            connection.execute("SET x");
            server.assertDone();
            PgException gone = assertThrows(PgException.class, () -> connection.execute("SET x"));
            assertTrue(gone.toString().contains("administrator"), gone.toString());
        }
    }

    @Test
    void anAnswerThatLiesEndsTheConnection() {
        List<List<BackendMessage>> lies = List.of(
                List.of(row(1)),
                List.of(Signal.BIND_COMPLETE, row(1, 2)),
                List.of(Signal.BIND_COMPLETE, READY),
                List.of(Signal.BIND_COMPLETE, done("SELECT 0"), row(1)),
                List.of(Signal.PARSE_COMPLETE),
                List.of(Signal.BIND_COMPLETE, done("SELECT 0"), READY, READY));
        for (List<BackendMessage> lie : lies) {
            try (ScriptedServer server =
                            asked().send(lie).then(Step.expectEnd()).start();
                    Connection connection = Postgres.connect(server.dsn())) {
                Flow.keep(connection, SELECT);
                assertThrows(
                        PgException.class,
                        () -> {
                            connection.execute(SELECT, 0).fetchAll();
                            connection.execute(SELECT, 0).fetchAll();
                        },
                        lie::toString);
                server.assertDone();
            }
        }
    }

    @Test
    void aViolationNamesWhatCameAndIsTheSameForAllWhoAskLater() {
        try (ScriptedServer server = asked().send(Signal.PARSE_COMPLETE)
                        .then(Step.expectEnd())
                        .start();
                Connection connection = Postgres.connect(server.dsn())) {
            Flow.keep(connection, SELECT);
            ProtocolViolationException violation =
                    assertThrows(ProtocolViolationException.class, () -> connection.execute(SELECT, 0));
            assertTrue(violation.getMessage().contains("PARSE_COMPLETE"), violation.getMessage());
            ProtocolViolationException later =
                    assertThrows(ProtocolViolationException.class, () -> connection.execute(SELECT, 0));
            assertEquals("the connection is gone: " + violation.getMessage(), later.getMessage());
            assertEquals(violation.sqlState(), later.sqlState());
        }
    }
}
