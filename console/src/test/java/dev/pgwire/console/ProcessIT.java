package dev.pgwire.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The console as a process of its own: pipes, the environment, the bytes of its command line. Shell is bash, as in ./pgwire. */
@Timeout(120)
class ProcessIT {
    private static final String ENOUGH_TO_FILL_PIPES = "SELECT repeat('x', 1000) FROM generate_series(1, 2000)";

    @TempDir
    Path directory;

    @Test
    void consoleEndsWhenItsReaderHasGone() throws Exception {
        ConsoleProcess.Outcome outcome = bash(
                "$PGWIRE \"$DSN\" -c \"" + ENOUGH_TO_FILL_PIPES
                        + "\" -c 'CREATE TABLE after_the_reader ()' | head -1; exit ${PIPESTATUS[0]}",
                Map.of());

        assertEquals(141, outcome.exit());
        assertEquals("", outcome.err());
        try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
            Row row = connection
                    .execute("SELECT to_regclass('after_the_reader')::text")
                    .fetchOne();
            assertEquals("(null,)", String.valueOf(row));
        }
    }

    @Test
    void helpEndsWhenItsReaderHasGone() throws Exception {
        ConsoleProcess.Outcome outcome = bash("$PGWIRE --help | exec true; exit ${PIPESTATUS[0]}", Map.of());

        assertTrue(outcome.exit() == 0 || outcome.exit() == 141, outcome::toString);
        assertEquals("", outcome.err());
    }

    @Test
    void otherFailuresToWriteAreTold() throws Exception {
        ConsoleProcess.Outcome outcome = bash("$PGWIRE \"$DSN\" -c 'SELECT 1' -c 'SELECT 2' > /dev/full", Map.of());

        assertEquals(1, outcome.exit());
        assertTrue(outcome.err().startsWith("pgwire: error: could not write to standard output: "), outcome::toString);
        assertEquals(1, outcome.err().lines().count(), outcome::toString);
    }

    @Test
    void argumentThatIsNoUtf8IsRefusedAndTheNextOneRuns() throws Exception {
        ConsoleProcess.Outcome outcome =
                bash("$PGWIRE \"$DSN\" -At -c \"$(printf \"SELECT 'a\\351b'\")\" -c \"SELECT 'é'\"", Map.of());

        assertEquals(0, outcome.exit());
        assertEquals("é\n", outcome.out());
        assertEquals("ERROR:  invalid byte sequence for encoding \"UTF8\": 0xe9 0x62 0x27\n", outcome.err());
    }

    @Test
    void connectionStringThatIsNoUtf8IsRefused() throws Exception {
        ConsoleProcess.Outcome outcome = bash("$PGWIRE \"$DSN $(printf 'user=a\\351')\" -c 'SELECT 1'", Map.of());

        assertEquals(2, outcome.exit());
        assertEquals("pgwire: error: the connection string is no UTF-8\n", outcome.err());
    }

    @Test
    void encodingOfTheEnvironmentIsRefusedUnlessItIsUtf8() throws Exception {
        ConsoleProcess.Outcome latin = bash("$PGWIRE \"$DSN\" -c 'SELECT 1'", Map.of("PGCLIENTENCODING", "LATIN1"));
        assertEquals(2, latin.exit());
        assertEquals("", latin.out());
        assertTrue(
                latin.err().startsWith("pgwire: error: client_encoding is LATIN1 (environment PGCLIENTENCODING)"),
                latin::toString);

        ConsoleProcess.Outcome utf8 =
                bash("$PGWIRE \"$DSN\" -Atc 'SHOW client_encoding'", Map.of("PGCLIENTENCODING", "utf-8"));
        assertEquals(new ConsoleProcess.Outcome(0, "UTF8\n", ""), utf8);
    }

    @Test
    void commandsOfTheCommandLineArePagedAtATerminalOnly() throws Exception {
        String rows = " \"$DSN\" -c 'SELECT n FROM generate_series(1, 100) n'";
        Map<String, String> environment = Map.of("PSQL_PAGER", "sed 's/^/paged /'");

        ConsoleProcess.Outcome atTerminal = new ConsoleProcess(directory)
                .onTerminal("", "stty rows 24 columns 80; $PGWIRE" + rows + " < /dev/tty", environment);
        assertTrue(atTerminal.out().contains("paged (100 rows)"), atTerminal::toString);

        ConsoleProcess.Outcome elsewhere = bash("$PGWIRE" + rows, environment);
        assertTrue(elsewhere.out().contains("\n(100 rows)"), elsewhere::toString);
    }

    private ConsoleProcess.Outcome bash(String script, Map<String, String> environment) throws Exception {
        return new ConsoleProcess(directory).bash(script, environment);
    }
}
