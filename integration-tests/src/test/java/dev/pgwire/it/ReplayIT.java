package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopySink;
import dev.pgwire.CopySource;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.laboratory.replay.ClientReplay;
import dev.pgwire.laboratory.replay.Difference;
import dev.pgwire.laboratory.replay.Mask;
import dev.pgwire.laboratory.replay.Recorder;
import dev.pgwire.laboratory.replay.Recording;
import dev.pgwire.laboratory.replay.Replay;
import dev.pgwire.laboratory.replay.Said;
import dev.pgwire.laboratory.replay.ServerReplay;
import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.backend.ReadyForQuery;
import dev.pgwire.protocol.frontend.Bind;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Describe;
import dev.pgwire.protocol.frontend.Execute;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Target;
import dev.pgwire.testing.Until;
import dev.pgwire.testkit.TestServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReplayIT {
    private static final String TABLE = "CREATE TEMPORARY TABLE people (id int PRIMARY KEY, name text)";

    @TempDir
    private Path directory;

    /** What a client does, over and over. */
    private interface Program {
        void run(Connection connection) throws IOException;
    }

    @Test
    void aSessionOfTwoHundredStatementsReplaysAsServerAndAsClient() throws Exception {
        Recording recording = record(ReplayIT::twoHundredStatements);
        long statements = recording.messages().stream()
                .filter(said -> said.toString().matches("1 F (Query|Execute) .*"))
                .count();
        assertTrue(statements >= 200, () -> statements + " statements");

        assertEquals(List.of(), asClient(recording).run());

        try (ServerReplay server = Replay.asServer(recording)) {
            run(server.port(), ReplayIT::twoHundredStatements);
            assertTrue(server.awaitEnd(Duration.ofSeconds(60)));
            assertEquals(List.of(), server.differences());
        }
    }

    @Test
    void aChangedRowIsOneDifference() throws Exception {
        Recording recording = record(ReplayIT::twoHundredStatements);
        Recording other = changed(recording, "person 1042", "someone else");

        List<Difference> differences = asClient(other).run();

        assertEquals(1, differences.size(), differences::toString);
        Difference difference = differences.get(0);
        assertEquals("DataRow", difference.expected().name());
        assertTrue(difference.expectedText().contains("someone else"), difference::toString);
        assertTrue(difference.gotText().contains("person 1042"), difference::toString);
        assertEquals(List.of(), asClient(other, Mask.column("name")).run());
    }

    @Test
    void aLostRowAndAnAddedOneAreOneDifferenceEach() throws Exception {
        Recording recording = record(connection -> {
            connection
                    .execute("SELECT g AS n, 'row ' || g AS t FROM generate_series(1, 20) g")
                    .fetchAll();
        });
        List<Said> messages = new ArrayList<>(recording.messages());
        Said lost = messages.stream()
                .filter(said -> said.toString().contains("'row 7'"))
                .findFirst()
                .orElseThrow();
        int place = messages.indexOf(lost);

        messages.add(place, lost);
        List<Difference> differences = asClient(new Recording(messages)).run();
        assertEquals(1, differences.size(), differences::toString);
        assertEquals(null, differences.get(0).got());

        messages.remove(place);
        messages.remove(place);
        differences = asClient(new Recording(messages)).run();
        assertEquals(1, differences.size(), differences::toString);
        assertEquals(null, differences.get(0).expected());
        assertTrue(differences.get(0).gotText().contains("'row 7'"), differences::toString);
    }

    @Test
    void anotherStatementOfTheClientIsADifference() throws Exception {
        Recording recording = record(connection -> connection.executeSimple("SELECT 'as it was'"));
        try (ServerReplay server = Replay.asServer(recording)) {
            run(
                    server.port(),
                    connection -> assertEquals(
                            "as it was",
                            connection
                                    .executeSimple("SELECT 'changed'")
                                    .fetchOne()
                                    .getString(0)));
            assertTrue(server.awaitEnd(Duration.ofSeconds(60)));
            List<Difference> differences = server.differences();
            assertEquals(1, differences.size(), differences::toString);
            assertEquals("Query \"SELECT 'changed'\"", differences.get(0).gotText());
        }
    }

    @Test
    void aClientThatSaysWhatIsNotRecordedIsToldSo() throws Exception {
        Recording recording = record(connection -> connection.executeSimple("SELECT 1"));
        try (ServerReplay server = Replay.asServer(recording);
                Connection connection = connect(server.port())) {
            connection.executeSimple("SELECT 1");
            DatabaseException refused =
                    assertThrows(DatabaseException.class, () -> connection.executeSimple("SELECT 2"));
            assertTrue(refused.getMessage().contains("the recording has Terminate here"), refused::getMessage);
        }
    }

    @Test
    void aCancelRequestAndANotificationReplayWithTheirConnections() throws Exception {
        Recording recording = record(ReplayIT::cancelsAndNotifies);
        assertTrue(recording.messages().stream().anyMatch(said -> said.name().equals("CancelRequest")));
        assertEquals(List.of(), asClient(recording).run());
        try (ServerReplay server = Replay.asServer(recording)) {
            run(server.port(), ReplayIT::cancelsAndNotifies);
            assertTrue(server.awaitEnd(Duration.ofSeconds(60)));
            assertEquals(List.of(), server.differences());
        }
    }

    /** Each run makes a type, which has another oid than the one of the run before. */
    @Test
    void whatASessionMakesIsFoundUnderItsNewOid() throws Exception {
        Recording recording = record(ReplayIT::makesAType);
        String recorded = recording.toString();
        assertTrue(recorded.matches("(?s).* F Parse \"\" \"SELECT \\$1\" \\[ [0-9]{5,} ]\n.*"), recorded);
        assertTrue(recorded.matches("(?s).* F Query \"SELECT '[0-9]{5,}'::oid::regtype\"\n.*"), recorded);

        assertEquals(List.of(), asClient(recording).run());
    }

    private static void makesAType(Connection connection) {
        connection.execute("DROP TYPE IF EXISTS replayed_mood");
        connection.execute("CREATE TYPE replayed_mood AS ENUM ('sad', 'happy')");
        long oid = connection
                .executeSimple("SELECT oid, typname FROM pg_type WHERE typname = 'replayed_mood'")
                .fetchOne()
                .getLong(0);
        connection.protocol(line -> {
            line.send(
                    new Parse("", "SELECT $1", new int[] {(int) oid}),
                    new Bind("", "", List.of(), List.of("happy".getBytes(StandardCharsets.UTF_8)), List.of()),
                    new Describe(Target.PORTAL, ""),
                    new Execute("", 0),
                    Command.SYNC);
            Message message = line.receive();
            while (!(message instanceof ReadyForQuery)) {
                message = line.receive();
            }
        });
        connection.executeSimple("SELECT '" + oid + "'::oid::regtype").fetchOne();
        connection.execute("SELECT typname FROM pg_type WHERE oid = $1", oid).fetchOne();
        connection.execute("SELECT 'sad'::replayed_mood").fetchOne();
        connection.execute("DROP TYPE replayed_mood");
    }

    private static void cancelsAndNotifies(Connection connection) {
        connection.deadline(Duration.ofMillis(200));
        assertThrows(QueryCanceledException.class, () -> connection.execute("SELECT pg_sleep(60)"));
        connection.deadline(null);
        connection.execute("LISTEN replayed");
        connection.execute("NOTIFY replayed, 'payload'");
        assertEquals(
                "payload",
                connection
                        .notifications(Duration.ofSeconds(30))
                        .iterator()
                        .next()
                        .payload());
    }

    private static void twoHundredStatements(Connection connection) throws IOException {
        connection.execute(TABLE);
        for (int i = 0; i < 60; i++) {
            connection.execute("INSERT INTO people VALUES ($1, $2)", 1000 + i, "person " + (1000 + i));
        }
        for (int i = 0; i < 60; i++) {
            try (Cursor cursor = connection.execute("SELECT id, name FROM people WHERE id = $1", 1000 + i)) {
                assertEquals("person " + (1000 + i), cursor.fetchOne().getString(1));
            }
        }
        for (int i = 0; i < 20; i++) {
            connection.executeSimple("SELECT " + i + "; SELECT 'two', " + i).fetchAll();
        }
        for (int i = 0; i < 10; i++) {
            int divisor = 0;
            assertThrows(
                    DatabaseException.class,
                    () -> connection.execute("SELECT 1 / $1::int", divisor).fetchAll());
            assertThrows(DatabaseException.class, () -> connection.execute("SELECT nothing FROM people"));
        }
        for (int i = 0; i < 5; i++) {
            try (Transaction outer = connection.begin()) {
                outer.execute("UPDATE people SET name = name WHERE id < $1", 1010);
                try (Transaction inner = outer.begin()) {
                    inner.execute("DELETE FROM people");
                    inner.rollback();
                }
                outer.commit();
            }
            connection.execute("DO $$ BEGIN RAISE NOTICE 'a notice'; END $$");
        }
        byte[] data = "1\tone\n2\ttwo\n3\t\\N\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(3, connection.copyIn("COPY people FROM STDIN", CopySource.of(new ByteArrayInputStream(data))));
        assertThrows(
                DatabaseException.class,
                () -> connection.copyIn("COPY people FROM STDIN", CopySource.of(new ByteArrayInputStream(data))));
        ByteArrayOutputStream copied = new ByteArrayOutputStream();
        connection.copyOut("COPY (SELECT * FROM people ORDER BY id) TO STDOUT", CopySink.of(copied));
        try (Pipeline pipeline = connection.pipeline()) {
            for (int i = 0; i < 20; i++) {
                pipeline.execute("SELECT name FROM people WHERE id = $1", 1000 + i);
            }
        }
        connection.executeMany("INSERT INTO people VALUES ($1, $2)", List.of(List.of(11, "a"), List.of(12, "b")));
        connection.insertMany("people", List.of("id", "name"), List.of(List.of(13, "c"), List.of(14, "d")));
        connection
                .execute("SELECT repeat('x', 200) FROM generate_series(1, 1000)")
                .fetchAll();
    }

    private Recording record(Program program) throws IOException {
        Path file = directory.resolve("session.txt");
        try (Recorder recorder = Recorder.to(file);
                Proxy proxy =
                        Proxy.before("127.0.0.1", TestServer.shared().port()).start(recorder)) {
            run(proxy.port(), program);
            Until.holds(() -> proxy.lines().stream().allMatch(line -> line.isClosed()));
            assertEquals(List.of(), proxy.failures());
        }
        return Recording.read(file);
    }

    private static void run(int port, Program program) throws IOException {
        try (Connection connection = connect(port)) {
            program.run(connection);
        }
    }

    private static Connection connect(int port) {
        return Postgres.connect(
                TestServer.shared().dsn("host=127.0.0.1 port=" + port + " sslmode=disable connect_timeout=20"));
    }

    private static ClientReplay asClient(Recording recording, Mask... masks) {
        return Replay.asClient(recording, "127.0.0.1", TestServer.shared().port(), masks);
    }

    private static Recording changed(Recording recording, String from, String to) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line : recording.toString().split("\n")) {
            text.append(line.startsWith("1 B DataRow") ? line.replace(from, to) : line)
                    .append('\n');
        }
        return Recording.read(new BufferedReader(new StringReader(text.toString())));
    }
}
