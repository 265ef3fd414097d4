package dev.pgwire.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.ConnectionInfo;
import dev.pgwire.Postgres;
import dev.pgwire.ProtocolLine;
import dev.pgwire.config.Config;
import dev.pgwire.config.ProtocolProbe;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.protocol.Format;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.protocol.backend.ErrorResponse;
import dev.pgwire.protocol.backend.FunctionCallResponse;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Close;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.CopyData;
import dev.pgwire.protocol.frontend.CopyFail;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.FunctionCall;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ProtocolLineIT {
    private static Connection connect() {
        return Postgres.connect(TestServer.shared().dsn());
    }

    private static List<String> upToReady(ProtocolLine line) {
        List<String> kinds = new ArrayList<>();
        Message message;
        do {
            message = line.receive();
            kinds.add(
                    message instanceof Enum<?>
                            ? message.toString()
                            : message.getClass().getSimpleName());
        } while (!(message instanceof ReadyForQuery));
        return kinds;
    }

    @Test
    void theServerAnswersWhatAProgramSends() {
        try (Connection connection = connect()) {
            connection.protocol(line -> {
                line.send(
                        new Parse("mine", "SELECT $1::int", new int[0]),
                        new Describe(Target.STATEMENT, "mine"),
                        new Close(Target.STATEMENT, "mine"),
                        Command.SYNC);
                assertEquals(
                        List.of(
                                "ParseComplete",
                                "ParameterDescription",
                                "RowDescription",
                                "CloseComplete",
                                "ReadyForQuery"),
                        upToReady(line));
            });
            assertEquals(5, connection.execute("SELECT $1::int", 5).fetchOne().getInt(0));
        }
    }

    @Test
    void statementsThatAreGoneArePreparedAnew() {
        try (Connection connection = connect()) {
            for (int i = 0; i < 3; i++) {
                connection.execute("SELECT $1::int + 1", i);
            }
            connection.protocol(line -> line.send(new Query("DEALLOCATE ALL")));
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        i + 1,
                        connection.execute("SELECT $1::int + 1", i).fetchOne().getInt(0));
            }
        }
    }

    @Test
    void aTransactionThatWasBegunThereGoesOn() {
        try (Connection connection = connect()) {
            connection.protocol(line -> line.send(new Query("BEGIN")));
            assertEquals(TransactionStatus.IN_TRANSACTION, connection.transactionStatus());
            connection.execute("SELECT 1");
            connection.rollback();
            assertEquals(TransactionStatus.IDLE, connection.transactionStatus());
        }
    }

    @Test
    void aCopyThatWasLeftOpenStoresNothing() {
        try (Connection connection = connect()) {
            connection.execute("CREATE TEMPORARY TABLE copied (id int)");
            connection.protocol(line -> {
                line.send(new Query("COPY copied FROM STDIN"));
                line.send(new CopyData("1\n2\n".getBytes(UTF_8)));
            });
            assertEquals(0, connection.execute("SELECT FROM copied").fetchAll().size());
        }
    }

    @Test
    void aCopyThatFailsOnceItHasBegunLeavesAUsableConnection() {
        try (Connection connection = connect()) {
            connection.execute("CREATE TEMPORARY VIEW seen AS SELECT 1 AS id");
            for (int i = 0; i < 10; i++) {
                connection.protocol(line -> line.send(
                        new Parse("", "COPY seen FROM STDIN", new int[0]),
                        new Bind("", "", List.of(), List.of(), List.of()),
                        new Execute("", 0),
                        Command.SYNC,
                        new Close(Target.STATEMENT, "none"),
                        Command.SYNC));
                assertEquals(
                        i, connection.execute("SELECT $1::int", i).fetchOne().getInt(0));
            }
        }
    }

    @Test
    void aStatementBehindAnotherIsCancelled() {
        try (Connection connection = connect()) {
            connection.deadline(Duration.ofMillis(100));
            connection.protocol(line -> {
                line.send(new Query("SELECT 1"), new Query("SELECT pg_sleep(600)"));
                upToReady(line);
            });
            connection.deadline(null);
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    @Test
    void aStatementThatIsNotWaitedForIsCancelled() {
        try (Connection connection = connect()) {
            connection.deadline(Duration.ofMillis(100));
            connection.protocol(line -> line.send(new Query("SELECT pg_sleep(600)")));
            connection.deadline(null);
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
        }
    }

    @Test
    void anUnknownMessageEndsTheSessionWithAReason() {
        try (Connection connection = connect()) {
            assertThrows(
                    ProtocolViolationException.class,
                    () -> connection.protocol(line -> {
                        line.sendRaw((byte) '?', (byte) 0, (byte) 0, (byte) 0, (byte) 4);
                        assertInstanceOf(ErrorResponse.class, line.receive());
                        line.receive();
                    }));
            assertTrue(connection.isClosed());
        }
    }

    /** Whatever is sent, and wherever it is left: the connection works behind it, unless the server itself has ended the session. */
    @Test
    void anySequenceOfMessagesLeavesAUsableConnection() {
        Random random = Seed.take().random();
        FrontendMessage[] messages = {
            new Parse("", "SELECT 1", new int[0]),
            new Parse("", "SELEC", new int[0]),
            new Parse("", "COPY t FROM STDIN", new int[0]),
            new Parse("", "COPY v FROM STDIN", new int[0]),
            new Bind("", "", List.of(), List.of(), List.of()),
            new Describe(Target.PORTAL, ""),
            new Execute("", 0),
            new Close(Target.STATEMENT, "none"),
            new Query("SELECT 1; SELECT 2"),
            new Query("nothing"),
            new Query(""),
            new Query("COPY t FROM STDIN"),
            new Query("COPY v FROM STDIN"),
            new Query("COPY t TO STDOUT"),
            new CopyData("1\n".getBytes(UTF_8)),
            new CopyFail("no"),
            Command.COPY_DONE,
            Command.FLUSH,
            Command.SYNC
        };
        int usable = 0;
        int ended = 0;
        for (int i = 0; i < Seed.draws(60); i++) {
            StringBuilder sent = new StringBuilder();
            try (Connection connection = connect()) {
                connection.execute("CREATE TEMPORARY TABLE t (id int)");
                connection.execute("CREATE TEMPORARY VIEW v AS SELECT id FROM t");
                for (int blocks = 0; blocks < 5; blocks++) {
                    connection.protocol(line -> sendAnything(line, random, messages, sent));
                    assertEquals(
                            i,
                            connection.execute("SELECT $1::int", i).fetchOne().getInt(0));
                    usable++;
                }
            } catch (ProtocolViolationException serversWord) {
                assertTrue(serversWord.getMessage().contains("protocol synchronization was lost"), sent::toString);
                ended++;
            } catch (RuntimeException | AssertionError failed) {
                throw new AssertionError("after " + sent, failed);
            }
        }
        assertTrue(
                usable > ended, "the server ended " + ended + " sessions, and only " + usable + " times was one left");
    }

    private static void sendAnything(ProtocolLine line, Random random, FrontendMessage[] messages, StringBuilder sent) {
        for (int j = random.nextInt(10); j > 0; j--) {
            FrontendMessage message = messages[random.nextInt(messages.length)];
            sent.append(message).append("; ");
            line.send(message);
            if (random.nextInt(3) == 0) {
                line.receive(Duration.ofMillis(2));
            }
        }
    }

    @Test
    void aServerSaysWhatItDoesNotKnowOfAProbe() {
        ProtocolProbe probe = ProtocolProbe.grease().option("_pq_.mine", "1").option("_pq_.yours", "2");
        Config config = Config.parse(TestServer.shared().dsn()).toBuilder()
                .protocolProbe(probe)
                .build();
        try (Connection connection = Postgres.connect(config)) {
            ConnectionInfo info = connection.info();
            int newest = info.serverVersionNumber() >= 180000 ? 30002 : 30000;
            assertEquals(newest, info.protocolVersion());
            assertEquals(List.of("_pq_.mine", "_pq_.yours"), info.unrecognizedOptions());
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
        }
        try (Connection connection = connect()) {
            assertEquals(List.of(), connection.info().unrecognizedOptions());
        }
    }

    @Test
    void aFunctionIsCalledByItsOid() {
        try (Connection connection = connect()) {
            int oid = connection
                    .execute("SELECT 'pg_backend_pid'::regproc::oid::int")
                    .fetchOne()
                    .getInt(0);
            connection.protocol(line -> {
                line.send(new FunctionCall(oid, List.of(), List.of(), Format.TEXT));
                FunctionCallResponse response = assertInstanceOf(FunctionCallResponse.class, line.receive());
                assertEquals(Integer.toString(connection.processId()), new String(response.value(), UTF_8));
            });
        }
    }
}
