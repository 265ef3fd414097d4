package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code -h -p -U -d -W -w}, on a server that wants a password. */
@Timeout(120)
class LoginIT {
    private static final String PASSWORD = "S3cr3t";
    private static final String QUERY = "SELECT current_user || ' ' || current_database()";

    private static TestServer server;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        server = TestServer.embedded()
                .hba("host all clerk 127.0.0.1/32 scram-sha-256")
                .start();
        try (Connection connection = Postgres.connect(server.dsn())) {
            connection.execute("CREATE ROLE clerk LOGIN");
            connection.changePassword("clerk", PASSWORD);
            connection.cursor().executeSimple("CREATE DATABASE ledger");
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void passwordIsAskedForAndTheRestIsTheScript() {
        assertEquals(0, run(PASSWORD + "\n" + QUERY + ";\n", "-At", "-U", "clerk", "-W", "-d", "ledger"));

        assertEquals("clerk ledger\n", out.toString(UTF_8));
        assertEquals("Password: \n", err.toString(UTF_8));
    }

    @Test
    void wordsWithoutOptionsAreTheDatabaseAndTheUser() {
        assertEquals(0, run(PASSWORD + "\n", "-W", "ledger", "clerk", "-Atc", QUERY));

        assertEquals("clerk ledger\n", out.toString(UTF_8));
    }

    @Test
    void wordIsTheUserIfThereIsADatabase() {
        assertEquals(0, run(PASSWORD + "\n", "-W", "-d", "ledger", "clerk", "-Atc", QUERY));

        assertEquals("clerk ledger\n", out.toString(UTF_8));
    }

    @Test
    void connectionStringIsCompletedByOptions() {
        assertEquals(
                0,
                run("", "-d", "dbname=ledger password=" + PASSWORD + " user=postgres", "-U", "clerk", "-Atc", QUERY));

        assertEquals("clerk ledger\n", out.toString(UTF_8));
    }

    @Test
    void wrongPasswordExitsWith2() {
        assertEquals(2, run("wrong\n", "-U", "clerk", "-W", "-d", "ledger", "-c", "SELECT 1"));

        assertEquals("", out.toString(UTF_8));
        assertTrue(
                err.toString(UTF_8).contains("password authentication failed for user \"clerk\""), err.toString(UTF_8));
    }

    @Test
    void withoutATerminalTheScriptIsNotTakenForAPassword() {
        assertEquals(2, run(PASSWORD + "\n", "-U", "clerk", "-d", "ledger"));

        assertEquals("", out.toString(UTF_8));
        assertTrue(err.toString(UTF_8).startsWith("pgwire: error: "), err.toString(UTF_8));
    }

    @Test
    void terminalIsAskedAlsoWhenTheOutputGoesElsewhere() throws Exception {
        ConsoleProcess.Outcome outcome =
                terminal(PASSWORD + "\n", "$PGWIRE $WHERE -U clerk -d ledger -Atc \"" + QUERY + "\" > $DIRECTORY/rows");

        assertEquals(0, outcome.exit(), outcome::toString);
        assertTrue(outcome.out().contains("Password for user clerk: "), outcome::toString);
        assertEquals("clerk ledger\n", java.nio.file.Files.readString(directory.resolve("rows")));
    }

    @Test
    void terminalIsNotAskedWhenItMustNotBe() throws Exception {
        ConsoleProcess.Outcome outcome =
                terminal(PASSWORD + "\n", "$PGWIRE $WHERE -w -U clerk -d ledger -c \"" + QUERY + "\"");

        assertEquals(2, outcome.exit(), outcome::toString);
        assertTrue(!outcome.out().contains("Password for"), outcome::toString);
    }

    private ConsoleProcess.Outcome terminal(String keys, String command) throws Exception {
        String where = "-h 127.0.0.1 -p " + server.port();
        return new ConsoleProcess(directory)
                .onTerminal(keys, command, Map.of("WHERE", where, "DIRECTORY", directory.toString()));
    }

    private int run(String in, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("-h", server.host(), "-p", String.valueOf(server.port())));
        all.addAll(List.of(arguments));
        return Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false),
                all.toArray(String[]::new));
    }
}
