package dev.pgwire.console.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The prompt, on a terminal whose keys are pressed in advance. */
@Timeout(120)
class InteractiveIT {
    private static final String CONTROL_P = "\u0010";
    private static final String CONTROL_D = "\u0004";
    private static final String PASTE = "\u001B[200~";
    private static final String PASTED = "\u001B[201~";

    @TempDir
    Path directory;

    private Typing typing = new Typing(Path.of(""), "");

    @BeforeEach
    void sitDown() {
        typing = new Typing(directory);
    }

    @Test
    void controlCStopsAPrintoutAndThePromptGoesOn() throws IOException {
        typing.interruptAt("row 10 ");

        String out =
                typing.run("SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 10000) n;\nSELECT 'after';\n\\q\n");

        assertTrue(out.contains("row 10 "), out);
        assertFalse(out.contains("row 10000 "), out);
        assertTrue(out.contains("after"), out);
        assertEquals("", typing.errors());
    }

    @Test
    void controlCStopsTheRestOfAFileToo() throws IOException {
        typing.interruptAt("row 10 ");
        Path file = Files.writeString(
                directory.resolve("rows.sql"),
                "SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 10000) n;\nSELECT 'never';\n");

        String out = typing.run("\\i " + file + "\nSELECT 'after';\n\\q\n");

        assertFalse(out.contains("never"), out);
        assertTrue(out.contains("after"), out);
    }

    @Test
    void controlCStopsADescriptionToo() throws IOException {
        typing.interruptAt("pg_a");

        String out = typing.run("\\dt pg_catalog.*\nSELECT 'after';\n\\q\n");

        assertFalse(out.contains("pg_user_mapping"), out);
        assertTrue(out.contains("after"), out);
    }

    @Test
    void controlCEndsTheWaitForNotifications() throws Exception {
        typing.interruptAt("Asynchronous");
        Thread notifier = new Thread(InteractiveIT::notifyWhenListenedTo);
        notifier.start();

        String out = typing.run("\\listen interactive\nSELECT 'af' || 'ter';\n\\q\n");
        notifier.join();

        assertTrue(out.contains("notification \"interactive\" received"), out);
        assertTrue(out.contains("after"), out);
        assertEquals("", typing.errors());
    }

    private static void notifyWhenListenedTo() {
        try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
            String listening = "SELECT FROM pg_stat_activity WHERE state = 'idle' AND query = 'LISTEN \"interactive\"'";
            while (connection.execute(listening).fetchOne() == null) {
                Thread.onSpinWait();
            }
            connection.execute("NOTIFY interactive");
        }
    }

    @Test
    void passwordIsAskedForTwiceAndNotShown() throws IOException {
        String out = typing.run("BEGIN; CREATE ROLE typist;\n\\password typist\nS3cr3t\nS3cr3t\n"
                + "SELECT left(rolpassword, 6) FROM pg_authid WHERE rolname = 'typist';\n\\s\n\\q\n");

        assertTrue(out.contains(" SCRAM-"), out);
        // All keys are pressed, and shown, before the first prompt.
        String shown = typing.shown().replaceFirst("(?s).*?postgres=# ", "");
        assertTrue(shown.contains("Enter new password for user \"typist\": "), shown);
        assertTrue(shown.contains("Enter it again: "), shown);
        assertFalse((shown + out + Files.readString(directory.resolve("history"))).contains("S3cr3t"), shown + out);
        assertEquals("", typing.errors());
    }

    @Test
    void endOfInputAtAQuestionOnlyEndsItsCommand() throws IOException {
        String out = typing.run("\\password postgres\n" + CONTROL_D + "SELECT 'af' || 'ter';\n\\prompt x\n" + CONTROL_D
                + "\\echo :x\n\\q\n");

        assertTrue(out.contains("after"), out);
        assertTrue(out.contains(":x"), out);
        assertEquals("", typing.errors());
    }

    @Test
    void promptTakesALineAndTheHistoryIsShown() throws IOException {
        String out = typing.run("\\prompt 'What? ' answer\nforty two\n\\echo = :answer\n\\s\n\\q\n");

        assertTrue(out.contains("= forty two\n"), out);
        assertTrue(out.contains("\\prompt 'What? ' answer\n\\echo = :answer\n\\s\n"), out);
        assertTrue(typing.shown().contains("What? "), typing.shown());
    }

    @Test
    void historyKeepsWholeStatements() throws IOException {
        typing.run("SELECT 1,\n  2\n;\nSELECT 3; SELECT 4;\n\\echo x\nSELECT 5\n\\g\n\\q\n");

        assertEquals(
                List.of("SELECT 1,\\n  2\\n;", "SELECT 3; SELECT 4;", "\\\\echo x", "SELECT 5\\n\\\\g", "\\\\q"),
                typing.history());
    }

    @Test
    void historyKeepsStatementsThatBeginWithASpaceAndRepetitions() throws IOException {
        typing.run("  SELECT  1 ;\nSELECT 2;\nSELECT 2;\n\\q\n");

        assertEquals(List.of("  SELECT  1 ;", "SELECT 2;", "SELECT 2;", "\\\\q"), typing.history());
    }

    @Test
    void historyLeavesOutWhatItIsToldTo() throws IOException {
        typing.run(
                "\\set HISTCONTROL ignoreboth\n  SELECT 1;\nSELECT 2;\nSELECT 2;\n\\set HISTCONTROL ignoredups\n SELECT 3;\n\\q\n");

        assertEquals(
                List.of(
                        "\\\\set HISTCONTROL ignoreboth",
                        "SELECT 2;",
                        "\\\\set HISTCONTROL ignoredups",
                        " SELECT 3;",
                        "\\\\q"),
                typing.history());
    }

    @Test
    void statementIsRecalledAsAWhole() throws IOException {
        String out = typing.run("SELECT 'two' ||\n'lines';\n" + CONTROL_P + "\n\\q\n");

        assertEquals(3, out.split("twolines", -1).length, out);
    }

    @Test
    void pastedLinesAreRunLineByLine() throws IOException {
        String out = typing.run(PASTE + "SELECT 1 -- one\n+ 10;\nSELECT 'b';" + PASTED + "\n\\q\n");

        assertTrue(out.contains("\n 11\n") || out.contains(" 11\n"), out);
        assertTrue(out.contains(" b\n"), out);
    }

    @Test
    void branchThatIsNotTakenIsReadAndNotRun() throws IOException {
        String out = typing.run(
                PASTE + "\\if false\nSELECT 'ne' || 'ver';\n\\endif" + PASTED + "\nSELECT 'af' || 'ter';\n\\q\n");

        assertFalse(out.contains("never"), out);
        assertTrue(out.contains("after"), out);
        assertEquals("query ignored; use \\endif or Ctrl-C to exit current \\if block\n", typing.errors());
    }
}
