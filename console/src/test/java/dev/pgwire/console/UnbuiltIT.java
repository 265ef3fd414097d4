package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not built ends a script if it decides what runs next: here psql would do something else than run the next line. */
class UnbuiltIT {
    private static final String HINT = "What follows depends on it, so nothing more is run.\n";

    @TempDir
    static Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\if false",
                "\\elif true",
                "\\else",
                "\\endif",
                "\\c other",
                "\\connect other",
                "\\cd /",
                "\\copy t FROM STDIN",
                "SELECT 'a' AS b \\gset",
                "SELECT 'SELECT 2' \\gexec",
                "SELECT 2 \\gdesc",
                "SELECT 2, 3, 4 \\crosstabview",
                "SELECT 2 \\watch 1",
                "SELECT $1 \\bind 2",
                "SELECT 2 \\g nowhere",
                "SELECT 2 \\gx (format=csv)",
                "\\o nowhere",
                "\\out | cat",
                "\\w nowhere",
                "\\e",
                "\\prompt a b",
                "\\setenv A b",
                "\\password",
                "\\! true",
                "\\lo_import nowhere",
                "\\startpipeline",
                "\\encoding LATIN1",
                "\\set a `echo b`",
                "\\echo x`echo b`",
                "\\i -",
                "\\set AUTOCOMMIT off",
                "\\unset AUTOCOMMIT",
                "\\set ON_ERROR_ROLLBACK",
                "\\set ON_ERROR_ROLLBACK interactive",
                "\\set SINGLELINE",
                "\\set SINGLESTEP on"
            })
    void nothingRunsAfterWhatDecidesWhatRunsNext(String line) {
        assertEquals(3, run("SELECT 1;\n" + line + "\nSELECT 99;\n", "-At"));

        assertEquals("1\n", out());
        assertTrue(err().endsWith(HINT), err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\pset null x", "\\C title", "\\df", "\\l+", "\\sf f", "\\foo", "\\.", "\\errverbose"})
    void scriptGoesOnWithoutWhatOnlyShowsAndWithoutWhatPsqlDoesNotKnow(String line) {
        assertEquals(0, run("SELECT 1;\n" + line + "\nSELECT 2;\n", "-At"));

        assertEquals("1\n2\n", out());
        assertEquals("invalid command " + line.split(" ")[0] + "\n", err());
    }

    @Test
    void errorIsThatOfAnInvalidCommand() throws IOException {
        Path file = Files.writeString(directory.resolve("if.sql"), "\n\\if false\nSELECT 1;\n\\endif\n");

        assertEquals(3, run("", "-f", file.toString()));

        assertEquals("psql:" + file + ":2: error: invalid command \\if\n" + HINT, err());
        assertEquals("", out());
    }

    @Test
    void dataOfACopyAreNotRunAsSql() {
        String table = "unbuilt_copy";
        String script = "DROP TABLE IF EXISTS " + table + ";\nCREATE TABLE " + table + " (a text);\nCOPY " + table
                + " FROM STDIN;\nDROP TABLE " + table + ";\n\\.\nSELECT 99;\n";

        assertEquals(3, run(script, "-q"));

        assertEquals("", out());
        assertTrue(err().contains("ERROR:  COPY FROM STDIN"), err());
        assertTrue(err().endsWith(HINT), err());
        try (Connection connection = Postgres.connect(TestServer.shared().dsn())) {
            connection.execute("DROP TABLE " + table);
        }
    }

    @Test
    void copyThatTheServerRefusesIsAnErrorAsInPsql() {
        assertEquals(0, run("COPY not_there FROM STDIN;\nSELECT 2;\n", "-At"));

        assertEquals("2\n", out());
    }

    @Test
    void copyToStandardOutputIsAnErrorThatDecidesNothing() {
        assertEquals(0, run("COPY (SELECT 1) TO STDOUT;\nSELECT 2;\n", "-At"));

        assertEquals("2\n", out());
    }

    @Test
    void fileThatNamesTheOneThatEndsIsEndedToo() throws IOException {
        Path inner = Files.writeString(directory.resolve("inner.sql"), "SELECT 1;\n\\if true\nSELECT 98;\n");
        Path outer = Files.writeString(directory.resolve("outer.sql"), "\\i " + inner + "\nSELECT 99;\n");

        assertEquals(3, run("", "-At", "-f", outer.toString(), "-c", "SELECT 100"));

        assertEquals("1\n", out());
    }

    @Test
    void commandOfTheCommandLineEndsTheOthers() {
        assertEquals(1, run("", "-At", "-c", "SELECT 1", "-c", "\\if true", "-c", "SELECT 99"));

        assertEquals("1\n", out());
        assertEquals("invalid command \\if\n" + HINT, err());
    }

    @Test
    void variableOfTheCommandLineIsRefusedBeforeAnythingRuns() {
        assertEquals(1, run("", "-v", "AUTOCOMMIT=off", "-c", "SELECT 99"));

        assertEquals("", out());
        assertEquals("pgwire: error: AUTOCOMMIT cannot be \"off\" yet\n", err());
    }

    @Test
    void encodingOtherThanUtf8IsRefusedBeforeAnythingRuns() {
        assertEquals(2, run(TestServer.shared().dsn("client_encoding=LATIN1"), "", List.of("-c", "SELECT 99")));

        assertEquals("", out());
        assertTrue(err().startsWith("pgwire: error: client_encoding is LATIN1 (connection string)"), err());
    }

    private int run(String in, String... arguments) {
        return run(TestServer.shared().dsn(), in, List.of(arguments));
    }

    private int run(String dsn, String in, List<String> arguments) {
        List<String> all = new ArrayList<>(List.of(dsn));
        all.addAll(arguments);
        return Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false),
                all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
