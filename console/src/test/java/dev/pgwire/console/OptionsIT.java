package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -V}, {@code -o} and {@code -E} of the command line. */
class OptionsIT {
    private static final Pattern HIDDEN = Pattern.compile("(?s)\\*+ QUERY \\*+\\n(.*?)\\n\\*{20,}\\n");

    @TempDir
    Path directory;

    private record Outcome(int exit, String out, String err) {}

    private Outcome run(String in, String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = Map.of("PATH", System.getenv("PATH"));
        int exit = Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false, false, null, environment, directory),
                arguments);
        return new Outcome(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The same on the server. */
    private Outcome connected(String in, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(TestServer.shared().dsn()));
        all.addAll(List.of(arguments));
        return run(in, all.toArray(String[]::new));
    }

    /** No server is asked for that. */
    @Test
    void theVersionIsPrinted() throws Exception {
        for (String option : List.of("-V", "--version")) {
            Outcome outcome = run("", option, "host=/nowhere");
            assertEquals(0, outcome.exit());
            assertTrue(outcome.out().matches("pgwire \\d+\\.\\d+\\.\\d+\\S*\\R"), outcome::toString);
            assertEquals("", outcome.err());
        }
    }

    @Test
    void resultsGoToAFileAndErrorsDoNot() throws Exception {
        Outcome outcome = connected("SELECT 1;\nSELECT 1 / 0;\n\\echo shown\n\\qecho there\n", "-At", "-o", "file");
        assertEquals("shown\n", outcome.out());
        assertEquals("ERROR:  division by zero\n", outcome.err());
        assertEquals("1\nthere\n", Files.readString(directory.resolve("file")));
    }

    @Test
    void resultsGoToAProgram() throws Exception {
        Outcome outcome = connected("", "-At", "-o", "|tr a-z A-Z > program", "-c", "SELECT 'shouted'");
        assertEquals(new Outcome(0, "", ""), outcome);
        assertEquals("SHOUTED\n", Files.readString(directory.resolve("program")));
    }

    @Test
    void aFileThatCannotBeWrittenIsRefused() throws Exception {
        Outcome outcome = connected("SELECT 1;\n", "-At", "-o", "nowhere/file");
        assertEquals(1, outcome.exit());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("nowhere/file: No such file or directory"), outcome::toString);
    }

    /** What is shown is what finds the rows: run by itself, it finds them. */
    @Test
    void queriesOfDescriptionsAreShown() throws Exception {
        assertFalse(HIDDEN.matcher(connected("", "-c", "\\db pg_default").out()).find());
        Outcome outcome = connected("", "-At", "-E", "-c", "\\db pg_default");
        Matcher shown = HIDDEN.matcher(outcome.out());
        assertTrue(shown.find(), outcome::toString);
        String rows = outcome.out().substring(shown.end()).strip();
        assertTrue(rows.startsWith("pg_default|"), outcome::toString);
        assertEquals(rows, connected("", "-At", "-c", shown.group(1)).out().strip());
        assertEquals("", outcome.err());
    }
}
