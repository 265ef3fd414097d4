package dev.pgwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertLinesMatch;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console does by itself, without psql to compare it with. */
class DemoIT {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void withoutADsnItShowsTheDriverAtWork() {
        assertEquals(0, run(""));

        assertLinesMatch(
                """
                Connected to embedded PostgreSQL %s\\..* on 127\\.0\\.0\\.1 port \\d+, database postgres, user postgres\\.

                > Connection conn = Postgres\\.connect\\(".*"\\);
                > Cursor cur = conn\\.cursor\\(\\);
                > List<Row> all = .*
                > all\\.forEach.*
                  \\(1, 'Ada', 36, 'ada@example\\.org', .*\\)
                  \\(2, 'Grace', 45, 'grace@example\\.org', .*\\)
                  \\(3, 'Edsger', 28, null, .*\\)
                  \\(4, 'Barbara', 33, 'barbara@example\\.org', .*\\)
                  \\(5, 'Donald', 24, 'donald@example\\.org', .*\\)
                > cur\\.execute\\("SELECT \\* FROM users WHERE age > \\$1", 30\\);
                > for .*
                  \\(1, 'Ada', .*
                  \\(2, 'Grace', .*
                  \\(4, 'Barbara', .*
                > cur\\.execute.*
                > Row one = cur\\.fetchOne\\(\\);
                  \\(1, 'Ada'\\)
                > List<Row> some = cur\\.fetchMany\\(2\\);
                  \\[\\(4, 'Barbara'\\), \\(5, 'Donald'\\)\\]
                > List<Row> rest = cur\\.fetchAll\\(\\);
                  \\[\\(3, 'Edsger'\\), \\(2, 'Grace'\\)\\]
                > cur\\.execute.*:low AND :high.*
                > +Map\\.of.*
                > while .*
                  Edsger is 28
                  Barbara is 33
                  Donald is 24

                """.formatted(System.getProperty("pg.version")).lines().toList(),
                out.toString(UTF_8).lines().toList());
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void csvIsHeaderAndRowsAndNothingElse() {
        assertEquals(0, run("", "--csv", "-c", "SELECT id, name FROM users ORDER BY id"));

        assertEquals("id,name\n1,Ada\n2,Grace\n3,Edsger\n4,Barbara\n5,Donald\n", out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void standardInputIsRunInsteadOfTheExample() {
        assertEquals(0, run("SELECT count(*) FROM users;\n", "-At"));

        assertEquals("5\n", out.toString(UTF_8));
    }

    @Test
    void errorGoesToStandardErrorAndTheExitStatusIs1() {
        assertEquals(1, run("", TestServer.shared().dsn(), "-c", "SELECT 1/0"));

        assertEquals("", out.toString(UTF_8));
        assertEquals("ERROR:  division by zero\n", err.toString(UTF_8));
    }

    @Test
    void uriIsADsnToo() {
        TestServer server = TestServer.shared();
        String uri =
                "postgresql://" + server.user() + "@" + server.host() + ":" + server.port() + "/" + server.database();

        assertEquals(0, run("", uri, "-Atc", "SELECT current_user"));

        assertEquals(server.user() + "\n", out.toString(UTF_8));
    }

    @Test
    void traceHoldsEveryMessageOfTheSession(@TempDir Path directory) throws IOException {
        Path trace = directory.resolve("trace");

        assertEquals(0, run("", TestServer.shared().dsn(), "--trace", trace.toString(), "-c", "SELECT 1"));

        String text = Files.readString(trace);
        assertTrue(text.contains("\tStartupMessage\t"), text);
        assertTrue(text.contains("\tF\t13\tQuery\t \"SELECT 1\"\n"), text);
        assertTrue(text.contains("\tB\t11\tDataRow\t 1 1 '1'\n"), text);
        assertTrue(text.endsWith("\tF\t4\tTerminate\n"), text);
    }

    @Test
    void databasesAreListed() {
        assertEquals(0, run("", TestServer.shared().dsn(), "-A", "-c", "\\l"));

        String text = out.toString(UTF_8);
        assertTrue(
                text.startsWith("List of databases\nName|Owner|Encoding|Collate|Ctype|ICU Locale|Locale Provider"
                        + "|Access privileges\n"),
                text);
        assertTrue(text.contains("\ntemplate0|"), text);
    }

    @Test
    void copyPrintsItsDataAndNoTag() {
        assertEquals(0, run("", TestServer.shared().dsn(), "-c", "COPY (SELECT 1) TO STDOUT"));

        assertEquals("1\n", out.toString(UTF_8));
        assertEquals("", err.toString(UTF_8));
    }

    @Test
    void serverOutOfReachExitsWith2() {
        assertEquals(2, run("", "host=127.0.0.1 port=1", "-c", "SELECT 1"));

        assertTrue(err.toString(UTF_8).startsWith("pgwire: error: "), err.toString(UTF_8));
    }

    @Test
    void lostConnectionEndsItWith2() {
        String suicide = "SELECT pg_terminate_backend(pg_backend_pid())";

        assertEquals(2, run("", TestServer.shared().dsn(), "-c", suicide, "-c", "SELECT 1"));

        assertEquals("", out.toString(UTF_8));
        assertEquals(
                "FATAL:  terminating connection due to administrator command\nconnection to server was lost\n",
                err.toString(UTF_8));
    }

    @Test
    void unknownOptionExitsWith2() {
        assertEquals(2, run("", "--nonsense"));

        assertTrue(err.toString(UTF_8).startsWith("Unknown option: '--nonsense'"), err.toString(UTF_8));
    }

    private int run(String in, String... arguments) {
        return Console.run(
                new PrintStream(out, false, UTF_8),
                new PrintStream(err, false, UTF_8),
                new Input(new ByteArrayInputStream(in.getBytes(UTF_8)), false),
                arguments);
    }
}
