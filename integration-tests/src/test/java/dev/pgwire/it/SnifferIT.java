package dev.pgwire.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.dbapi.Python;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.laboratory.capture.Sniffer;
import dev.pgwire.laboratory.capture.TracePrinter;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Real conversations, captured: the sniffer sees in them what Wireshark's dissector sees, and what libpq says that it sent. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnifferIT {
    private final TestServer server = TestServer.shared();
    private Capture capture;

    @BeforeEach
    void begin() throws IOException {
        capture = Capture.of(server.port());
    }

    @AfterEach
    void end() throws IOException {
        if (capture != null) {
            capture.close();
        }
    }

    @Test
    void psqlIsReadAsTsharkReadsIt() throws Exception {
        String script = """
                CREATE TEMP TABLE t (a int, b text);
                COPY t FROM STDIN;
                1\tone
                2\ttwo
                \\.
                SELECT * FROM t \\; SELECT 2;
                COPY t TO STDOUT;
                SELECT 1/0;
                SELECT repeat('x', 300000) FROM generate_series(1, 3);
                DO $$ BEGIN RAISE NOTICE 'it is said'; END $$;
                \\set FETCH_COUNT 2
                SELECT a FROM generate_series(1, 5) a;
                """;
        Process psql = new ProcessBuilder(Capture.program("psql"), "-X", "-o", "/dev/null", "-d", server.dsn())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        psql.getOutputStream().write(script.getBytes(UTF_8));
        psql.getOutputStream().close();
        psql.waitFor();

        assertReadAlike(Set.of(
                "CopyInResponse",
                "CopyOutResponse",
                "CopyData",
                "CopyDone",
                "ErrorResponse",
                "NoticeResponse",
                "DataRow"));
    }

    @Test
    void pgbenchIsReadAsTsharkReadsIt() throws Exception {
        String pgbench = Capture.program("pgbench");
        Path script = capture.beside("script.sql");
        Files.writeString(script, "\\set a random(1, 10)\nSELECT :a, repeat('x', :a * 1000);\nSELECT 'two';\n");
        for (String mode : List.of("simple", "extended", "prepared")) {
            Process run = new ProcessBuilder(
                            pgbench,
                            "-n",
                            "-M",
                            mode,
                            "-c",
                            "3",
                            "-t",
                            "5",
                            "-f",
                            script.toString(),
                            "-h",
                            server.host(),
                            "-p",
                            Integer.toString(server.port()),
                            "-U",
                            server.user(),
                            server.database())
                    .redirectErrorStream(true)
                    .redirectOutput(capture.beside("pgbench.out").toFile())
                    .start();
            assertEquals(0, run.waitFor(), () -> TsharkReading.read(capture.beside("pgbench.out")));
        }

        assertReadAlike(Set.of("Query", "Parse", "Bind", "Execute", "Sync", "ParseComplete", "BindComplete"));
    }

    @Test
    void pgjdbcIsReadAsTsharkReadsIt() throws Exception {
        String url = "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + server.database() + "?user="
                + server.user() + "&prepareThreshold=2&defaultRowFetchSize=2";
        try (java.sql.Connection jdbc = DriverManager.getConnection(url)) {
            jdbc.setAutoCommit(false);
            for (int i = 0; i < 4; i++) {
                try (PreparedStatement statement =
                        jdbc.prepareStatement("SELECT g, ?::text FROM generate_series(1, 5) g")) {
                    statement.setString(1, "value");
                    statement.executeQuery().close();
                }
            }
            LargeObjectManager objects = jdbc.unwrap(PGConnection.class).getLargeObjectAPI();
            long oid = objects.createLO();
            try (LargeObject object = objects.open(oid)) {
                object.write(new byte[10_000]);
                object.seek(0);
                object.read(100);
            }
            objects.delete(oid);
            jdbc.createStatement().execute("CREATE TEMP TABLE t (a text)");
            jdbc.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY t FROM STDIN", new StringReader("x\ny\n"));
            jdbc.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY t TO STDOUT", new StringWriter());
            assertThrows(SQLException.class, () -> jdbc.createStatement().execute("SELECT 1/0"));
            jdbc.rollback();
        }

        assertReadAlike(Set.of(
                "FunctionCall",
                "FunctionCallResponse",
                "PortalSuspended",
                "Close",
                "CloseComplete",
                "CopyInResponse",
                "ErrorResponse"));
    }

    @Test
    void ourDriverIsReadAsTsharkReadsIt() throws Exception {
        try (Connection conn = Postgres.connect(server.dsn());
                Cursor cur = conn.cursor()) {
            for (int i = 0; i < 3; i++) {
                cur.execute("SELECT g, $1::text FROM generate_series(1, 1000) g", "x".repeat(100))
                        .fetchAll();
            }
            cur.executeMany("SELECT $1::int", List.of(List.of(1), List.of(2), List.of(3)));
            cur.execute("LISTEN here");
            cur.execute("NOTIFY here, 'payload'");
            assertThrows(PgException.class, () -> cur.execute("SELECT 1/$1", 0).fetchAll());
            try (Pipeline pipeline = conn.pipeline()) {
                pipeline.execute("SELECT 1");
                pipeline.execute("SELECT $1::int", 2);
                pipeline.sync();
            }
            cur.execute("CREATE TEMP TABLE t (a int, b text)");
            conn.insertMany("t", List.of("a", "b"), rows(5000));
            cur.executeSimple("SELECT 1; SELECT 2");
            conn.describe("SELECT a FROM t WHERE b = $1");
            cur.deadline(Duration.ofMillis(200));
            assertThrows(QueryCanceledException.class, () -> cur.execute("SELECT pg_sleep(60)"));
        }

        assertReadAlike(Set.of(
                "CancelRequest",
                "NotificationResponse",
                "ParameterDescription",
                "NoData",
                "DataRow",
                "CopyData",
                "Close"));
    }

    private static List<List<Object>> rows(int count) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(List.of(i, "row " + i));
        }
        return rows;
    }

    /** The times, and what libpq says of COPY's data before 18, are left aside. */
    @Test
    void whatLibpqTracesIsPrintedLineByLine() throws Exception {
        Python python = Python.withPsycopg2().orElse(null);
        assumeTrue(python != null, "libpq and Python are not installed here: apt-get install python3-psycopg2");
        Path traced = capture.beside("libpq.trace");
        String said = python.run("dsn = '" + server.dsn() + "'\nfile = '" + traced + "'\n" + resource("pqtrace.py"));
        int version = Integer.parseInt(said.lines().findFirst().orElseThrow());

        List<String> lines = new ArrayList<>();
        for (String line : trace(capture.finish()).split("\n")) {
            if (!line.startsWith("#")) {
                lines.add(line);
            }
        }
        List<String> expected = normal(Files.readAllLines(traced), version);
        List<String> printed = normal(lines, version);
        int begin = printed.indexOf(expected.get(0));
        assertTrue(expected.size() > 60, expected.toString());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), printed.get(begin + i), "line " + (i + 1) + " of libpq's");
        }
    }

    /** Before 18 libpq names no CopyData, tells of none that the server sends, and complains of their length. */
    private static List<String> normal(List<String> trace, int version) {
        List<String> lines = new ArrayList<>();
        for (String line : trace) {
            if (version >= 180000) {
                lines.add(line);
            } else if (!line.startsWith("mismatched message length") && !line.matches("B\t\\d+\tCopyData\t.*")) {
                lines.add(line.replaceFirst("^(F\t\\d+\t)(CopyData\t.*)?$", "$1"));
            }
        }
        return lines;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SnifferIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private String trace(Path file) throws IOException {
        StringBuilder out = new StringBuilder();
        TracePrinter printer = new TracePrinter(out).withoutTimestamps();
        new Sniffer().port(server.port()).read(file, printer);
        return out.toString();
    }

    private void assertReadAlike(Set<String> kinds) throws Exception {
        TsharkReading.assertAlike(capture, server.port(), kinds);
    }
}
