package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code \i} and {@code \ir}: which file each means. */
class IncludeIT {
    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("sub/deeper"));
        file("here.sql", "\\echo here\n");
        file("sub/here.sql", "\\echo sub\n");
        file("sub/deeper/here.sql", "\\echo deeper\n");
    }

    @Test
    void includeReadsFromTheCurrentDirectory() throws Exception {
        file("sub/main.sql", "\\i here.sql\n\\i sub/here.sql\n\\cd sub\n\\i here.sql\n");

        run("", "-f", "sub/main.sql");

        assertEquals("here\nsub\nsub\n", out.toString(UTF_8));
    }

    @Test
    void relativeIncludeReadsBesideTheFileThatNamesIt() throws Exception {
        file("sub/main.sql", "\\ir here.sql\n\\ir deeper/next.sql\n\\ir ../here.sql\n");
        file("sub/deeper/next.sql", "\\ir here.sql\n\\include_relative ../here.sql\n\\i here.sql\n");

        run("", "-f", "sub/main.sql");

        assertEquals("sub\ndeeper\nsub\nhere\nhere\n", out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void typedRelativeIncludeIsRelativeToTheCurrentDirectory() throws Exception {
        run("\\ir here.sql\n\\ir sub/here.sql;\n\\include '" + directory.resolve("here.sql")
                + "'\n\\i ~/sub/here.sql\n");

        assertEquals("here\nsub\nhere\nsub\n", out.toString(UTF_8));
    }

    @Test
    void errorsNameTheFileTheyAreIn() throws Exception {
        file("sub/main.sql", "\\ir deeper/wrong.sql\nSELECT 1/0;\n");
        file("sub/deeper/wrong.sql", "\n\nSELECT 1/0;\n\\ir nothing.sql\n");

        run("", "-f", "sub/main.sql");

        assertEquals(
                "psql:sub/deeper/wrong.sql:3: ERROR:  division by zero\n"
                        + "psql:sub/deeper/wrong.sql:4: error: sub/deeper/nothing.sql: No such file or directory\n"
                        + "psql:sub/main.sql:2: ERROR:  division by zero\n",
                err.toString(UTF_8));
    }

    @Test
    void statementOfAFileIsItsOwnAndVariablesAreEverybodys() throws Exception {
        file("half.sql", "SELECT 'half' AS x\n");
        file("set.sql", "\\set x 42\n");

        run("\\pset format unaligned\n\\t\nSELECT 'whole'\n\\i half.sql\n|| '!';\n\\i set.sql\n\\echo :x\n", "-q");

        assertEquals("half\nwhole!\n42\n", out.toString(UTF_8));
    }

    @Test
    void errorStopsAllFilesIfItIsToStop() throws Exception {
        file("sub/main.sql", "\\ir deeper/wrong.sql\n\\echo never\n");
        file("sub/deeper/wrong.sql", "SELECT 1/0;\n\\echo never\n");

        assertEquals(3, run("", "-v", "ON_ERROR_STOP=1", "-f", "sub/main.sql"));

        assertEquals("", out.toString(UTF_8));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    /** Runs it, and psql too where it is installed, which prints the same. */
    private int run(String in, String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(TestServer.shared().dsn()));
        all.addAll(List.of(arguments));
        Map<String, String> environment = Map.of("HOME", directory.toString());
        int exit = Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false, false, null, environment, directory),
                all.toArray(String[]::new));
        if (ConsoleIT.hasPsql()) {
            all.addAll(0, List.of("psql", "-X"));
            ProcessBuilder psql = new ProcessBuilder(all)
                    .directory(directory.toFile())
                    .redirectInput(
                            Files.writeString(directory.resolve("in"), in).toFile())
                    .redirectOutput(directory.resolve("out").toFile())
                    .redirectError(directory.resolve("err").toFile());
            psql.environment().put("LC_ALL", "C.UTF-8");
            psql.environment().putAll(environment);
            assertEquals(psql.start().waitFor(), exit);
            assertEquals(Files.readString(directory.resolve("out")), out.toString(UTF_8));
            assertEquals(Files.readString(directory.resolve("err")), err.toString(UTF_8));
        }
        return exit;
    }
}
