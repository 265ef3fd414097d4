package dev.pgwire.console.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.console.command.MetaCommands;
import dev.pgwire.console.output.Layout;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;
import org.jspecify.annotations.Nullable;
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

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream keysShown = new ByteArrayOutputStream();
    private String interruptAt = "nothing";

    @Test
    void controlCStopsAPrintoutAndThePromptGoesOn() throws IOException {
        interruptAt = "row 10 ";

        String out = run("SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 10000) n;\nSELECT 'after';\n\\q\n");

        assertTrue(out.contains("row 10 "), out);
        assertFalse(out.contains("row 10000 "), out);
        assertTrue(out.contains("after"), out);
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void controlCStopsTheRestOfAFileToo() throws IOException {
        interruptAt = "row 10 ";
        Path file = Files.writeString(
                directory.resolve("rows.sql"),
                "SELECT 'row ' || n || ' ' AS r FROM generate_series(1, 10000) n;\nSELECT 'never';\n");

        String out = run("\\i " + file + "\nSELECT 'after';\n\\q\n");

        assertFalse(out.contains("never"), out);
        assertTrue(out.contains("after"), out);
    }

    @Test
    void controlCStopsADescriptionToo() throws IOException {
        interruptAt = "pg_a";

        String out = run("\\dt pg_catalog.*\nSELECT 'after';\n\\q\n");

        assertFalse(out.contains("pg_user_mapping"), out);
        assertTrue(out.contains("after"), out);
    }

    @Test
    void controlCEndsTheWaitForNotifications() throws Exception {
        interruptAt = "Asynchronous";
        Thread notifier = new Thread(InteractiveIT::notifyWhenListenedTo);
        notifier.start();

        String out = run("\\listen interactive\nSELECT 'af' || 'ter';\n\\q\n");
        notifier.join();

        assertTrue(out.contains("notification \"interactive\" received"), out);
        assertTrue(out.contains("after"), out);
        assertEquals("", err.toString(UTF_8));
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
        String out = run("BEGIN; CREATE ROLE typist;\n\\password typist\nS3cr3t\nS3cr3t\n"
                + "SELECT left(rolpassword, 6) FROM pg_authid WHERE rolname = 'typist';\n\\s\n\\q\n");

        assertTrue(out.contains(" SCRAM-"), out);
        // All keys are pressed, and shown, before the first prompt.
        String shown = keysShown.toString(UTF_8).replaceFirst("(?s).*?postgres=# ", "");
        assertTrue(shown.contains("Enter new password for user \"typist\": "), shown);
        assertTrue(shown.contains("Enter it again: "), shown);
        assertFalse((shown + out + Files.readString(directory.resolve("history"))).contains("S3cr3t"), shown + out);
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void endOfInputAtAQuestionOnlyEndsItsCommand() throws IOException {
        String out = run("\\password postgres\n" + CONTROL_D + "SELECT 'af' || 'ter';\n\\prompt x\n" + CONTROL_D
                + "\\echo :x\n\\q\n");

        assertTrue(out.contains("after"), out);
        assertTrue(out.contains(":x"), out);
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void promptTakesALineAndTheHistoryIsShown() throws IOException {
        String out = run("\\prompt 'What? ' answer\nforty two\n\\echo = :answer\n\\s\n\\q\n");

        assertTrue(out.contains("= forty two\n"), out);
        assertTrue(out.contains("\\prompt 'What? ' answer\n\\echo = :answer\n\\s\n"), out);
        assertTrue(keysShown.toString(UTF_8).contains("What? "), keysShown.toString(UTF_8));
    }

    @Test
    void historyKeepsWholeStatements() throws IOException {
        run("SELECT 1,\n  2\n;\nSELECT 3; SELECT 4;\n\\echo x\nSELECT 5\n\\g\n\\q\n");

        assertEquals(
                List.of("SELECT 1,\\n  2\\n;", "SELECT 3; SELECT 4;", "\\\\echo x", "SELECT 5\\n\\\\g", "\\\\q"),
                history());
    }

    @Test
    void statementIsRecalledAsAWhole() throws IOException {
        String out = run("SELECT 'two' ||\n'lines';\n" + CONTROL_P + "\n\\q\n");

        assertEquals(3, out.split("twolines", -1).length, out);
    }

    @Test
    void pastedLinesAreRunLineByLine() throws IOException {
        String out = run(PASTE + "SELECT 1 -- one\n+ 10;\nSELECT 'b';" + PASTED + "\n\\q\n");

        assertTrue(out.contains("\n 11\n") || out.contains(" 11\n"), out);
        assertTrue(out.contains(" b\n"), out);
    }

    @Test
    void branchThatIsNotTakenIsReadAndNotRun() throws IOException {
        String out =
                run(PASTE + "\\if false\nSELECT 'ne' || 'ver';\n\\endif" + PASTED + "\nSELECT 'af' || 'ter';\n\\q\n");

        assertFalse(out.contains("never"), out);
        assertTrue(out.contains("after"), out);
        assertEquals("query ignored; use \\endif or Ctrl-C to exit current \\if block\n", err.toString(UTF_8));
    }

    private List<String> history() throws IOException {
        return Files.readAllLines(directory.resolve("history")).stream()
                .map(line -> line.substring(line.indexOf(':') + 1))
                .toList();
    }

    /** Presses the keys; what was printed besides the prompts. */
    private String run(String keys) throws IOException {
        Screen screen = new Screen();
        PrintStream out = new PrintStream(screen, false, UTF_8);
        try (Connection connection = Postgres.connect(TestServer.shared().dsn());
                Terminal terminal = new ExternalTerminal(
                        "test",
                        "xterm",
                        new ByteArrayInputStream(keys.replace('\n', '\r').getBytes(UTF_8)),
                        keysShown,
                        UTF_8)) {
            screen.terminal = terminal;
            Shell shell = new Shell(
                    connection,
                    out,
                    new Messages(out, new PrintStream(err, true, UTF_8)),
                    Layout.DEFAULT,
                    new Programs(System.getenv(), directory, false),
                    new MetaCommands(),
                    new NoAnswers());
            Interactive.run(shell, terminal, directory.resolve("history"));
        }
        out.flush();
        return screen.toString(UTF_8);
    }

    private static final class NoAnswers implements ScriptInput {
        @Override
        public boolean isInteractive() {
            return true;
        }

        @Override
        public @Nullable String answer(String question) {
            return null;
        }

        @Override
        public @Nullable String typed(String question) {
            return null;
        }

        @Override
        public @Nullable String secret(String question) {
            return null;
        }
    }

    /** Where Ctrl-C is pressed when a certain text is seen. */
    private final class Screen extends ByteArrayOutputStream {
        private @Nullable Terminal terminal;

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (new String(bytes, offset, length, UTF_8).contains(interruptAt) && terminal != null) {
                interruptAt = "nothing";
                terminal.raise(Terminal.Signal.INT);
            }
        }
    }
}
