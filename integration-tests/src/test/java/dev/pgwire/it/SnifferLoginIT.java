package dev.pgwire.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.ProtocolProbe;
import dev.pgwire.dbapi.Python;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.laboratory.capture.Sniffer;
import dev.pgwire.laboratory.capture.TracePrinter;
import dev.pgwire.testkit.InstalledPostgres;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Captures of what only the beginning of a session has, and of replication. The roles are named after how they are let in. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnifferLoginIT {
    private static final List<String> METHODS = List.of("scram-sha-256", "md5", "password");
    private static final String PASSWORD = "S3cr3t-of-this-test";
    /** What is said in a login of each kind. */
    private static final Set<String> OF_LOGINS = Set.of(
            "AuthenticationSASL",
            "SASLInitialResponse",
            "AuthenticationSASLContinue",
            "SASLResponse",
            "AuthenticationSASLFinal",
            "AuthenticationMD5Password",
            "AuthenticationCleartextPassword",
            "PasswordMessage",
            "AuthenticationOk",
            "ErrorResponse");

    private static TestServer server;

    private Capture capture;

    @BeforeAll
    static void startServer() {
        server = TestServer.embedded()
                .setting("wal_level", "logical")
                .hba("host all scram-sha-256 127.0.0.1/32 scram-sha-256")
                .hba("host all md5 127.0.0.1/32 md5")
                .hba("host all password 127.0.0.1/32 password")
                .start();
        try (Connection admin = Postgres.connect(server.dsn())) {
            for (String role : METHODS) {
                admin.execute("SET password_encryption = '" + (role.equals("md5") ? "md5" : "scram-sha-256") + "'");
                admin.execute("CREATE ROLE \"" + role + "\" LOGIN PASSWORD '" + PASSWORD + "'");
            }
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

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
    void passwordsOfPsqlAreReadAsTsharkReadsThem() throws Exception {
        for (String role : METHODS) {
            assertEquals(0, psql(role, PASSWORD));
            assertFalse(psql(role, "another") == 0);
        }
        assertReadAlike(OF_LOGINS);
    }

    private int psql(String role, String password) throws Exception {
        return run(
                Map.of("PGPASSWORD", password, "PGSSLMODE", "prefer"),
                Capture.program("psql"),
                "-X",
                "-c",
                "SELECT current_user",
                "-d",
                server.dsn("user=" + role));
    }

    @Test
    void passwordsOfOurDriverAreReadAsTsharkReadsThem() throws Exception {
        for (String role : METHODS) {
            Postgres.connect(server.dsn("user=" + role + " password=" + PASSWORD))
                    .close();
            assertThrows(
                    InvalidPasswordException.class,
                    () -> Postgres.connect(server.dsn("user=" + role + " password=another")));
        }
        assertReadAlike(OF_LOGINS);
    }

    @Test
    void aVersionThatIsNegotiatedIsReadAsTsharkReadsIt() throws Exception {
        Config greased = Config.parse(server.dsn("sslmode=disable")).toBuilder()
                .protocolProbe(ProtocolProbe.grease().option("_pq_.mine", "on"))
                .build();
        try (Connection connection = Postgres.connect(greased)) {
            assertEquals(List.of("_pq_.mine"), connection.info().unrecognizedOptions());
        }
        Postgres.connect(server.dsn("sslmode=disable max_protocol_version=3.2")).close();

        assertReadAlike(Set.of("NegotiateProtocolVersion", "BackendKeyData"));
        String trace = trace(capture.finished(), server.port());
        String version = server.majorVersion() >= 18 ? "196610" : "196608";
        assertTrue(trace.matches("(?s).*\tNegotiateProtocolVersion\t " + version + " 1 \"_pq_\\.mine\"\n.*"), trace);
    }

    @Test
    void logicalReplicationIsReadAsTsharkReadsIt() throws Exception {
        String program = Capture.program("pg_recvlogical");
        String end = publish();
        int status = run(
                Map.of(),
                program,
                "-d",
                server.dsn(),
                "--slot=sniffed",
                "--start",
                "--endpos=" + end,
                "--no-loop",
                "-o",
                "proto_version=1",
                "-o",
                "publication_names=sniffed",
                "-f",
                "/dev/null");
        assertEquals(0, status, () -> TsharkReading.read(capture.beside("said")));
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("SELECT pg_drop_replication_slot('sniffed')");
        }

        assertReadAlike(Set.of("CopyBothResponse", "CopyData", "CopyDone"));
    }

    /** Makes a slot, and something to read in it; returns where that ends. */
    private static String publish() {
        try (Connection admin = Postgres.connect(server.dsn())) {
            // So that what is published is on its way when this returns.
            admin.execute("SET synchronous_commit = on");
            admin.execute("CREATE TABLE published AS SELECT 0 AS id");
            admin.execute("CREATE PUBLICATION sniffed FOR TABLE published");
            admin.execute("SELECT pg_create_logical_replication_slot('sniffed', 'pgoutput')");
            admin.execute("INSERT INTO published SELECT generate_series(1, 1000)");
            String end = admin.execute("SELECT pg_current_wal_flush_lsn()::text")
                    .fetchOne()
                    .getString(0);
            admin.execute("INSERT INTO published VALUES (1001)");
            return end;
        }
    }

    @Test
    void loginsAndReplicationArePrintedAsLibpqPrintsThem() throws Exception {
        StringBuilder connections = new StringBuilder();
        for (String role : METHODS) {
            connections.append(connection(server.dsn("user=" + role + " password=" + PASSWORD), "SELECT current_user"));
            connections.append(connection(server.dsn("user=" + role + " password=another")));
        }
        connections.append(connection(server.dsn("max_protocol_version=3.2"), "SELECT 1"));
        connections.append(
                connection(server.dsn("replication=true"), "IDENTIFY_SYSTEM", "START_REPLICATION " + logged()));

        assertPrintedAsByLibpq(
                capture,
                server.port(),
                connections.toString(),
                List.of("CopyBothResponse", "SASLResponse", "PasswordMessage", "ErrorResponse"));
    }

    /** With 18 came 3.2: the distribution's server is older. */
    @Test
    void aVersionThatIsNegotiatedIsPrintedAsLibpqPrintsIt() throws Exception {
        assumeTrue(InstalledPostgres.isInstalled(), "the distribution's PostgreSQL is not installed");
        try (InstalledPostgres older = InstalledPostgres.builder().start();
                Connection admin = Postgres.connect(older.dsn());
                Capture captured = Capture.of(older.port())) {
            int version = admin.execute("SELECT current_setting('server_version_num')::int")
                    .fetchOne()
                    .getInt(0);
            assumeTrue(version < 180000, "the distribution's PostgreSQL has come to 18");
            assertPrintedAsByLibpq(
                    captured,
                    older.port(),
                    connection(older.dsn() + " max_protocol_version=3.2", "SELECT 1"),
                    List.of("NegotiateProtocolVersion"));
        }
    }

    /** From libpq 18 on it tells the whole login; a server has its own libpq beside it. */
    private static void assertPrintedAsByLibpq(Capture capture, int port, String connections, List<String> kinds)
            throws Exception {
        Python python = Python.withPsycopg2().orElse(null);
        assumeTrue(python != null, "Python is not installed here: apt-get install python3-psycopg2");
        Path library = libpq();
        assumeTrue(
                server.majorVersion() >= 18 && Files.exists(library),
                "the server has no libpq of 18 or later: " + library);
        Path traced = capture.beside("libpq.trace");
        python.run("library = '" + library + "'\nfile = '" + traced + "'\nconnections = [" + connections + "]\n"
                + resource("pqtrace_login.py"));

        List<String> expected = shown(Files.readAllLines(traced));
        List<String> printed = shown(trace(capture.finish(), port).lines().toList());
        int first = printed.indexOf(expected.get(0));
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), printed.get(first + i), "line " + (i + 1) + " of libpq's");
        }
        for (String kind : kinds) {
            assertTrue(expected.stream().anyMatch(line -> line.contains("\t" + kind)), expected.toString());
        }
    }

    private static Path libpq() {
        try (Connection admin = Postgres.connect(server.dsn())) {
            String directory = admin.execute("SELECT setting FROM pg_config WHERE name = 'LIBDIR'")
                    .fetchOne()
                    .getString(0);
            return Path.of(directory, "libpq.so.5");
        }
    }

    /** Where there is something to replicate already: for more the server lets one wait. */
    private static String logged() {
        try (Connection admin = Postgres.connect(server.dsn())) {
            return admin.execute("SELECT (pg_current_wal_flush_lsn() - 1000)::text")
                    .fetchOne()
                    .getString(0);
        }
    }

    /** What the script is told: a connection string, and statements. */
    private static String connection(String dsn, String... statements) {
        StringBuilder python = new StringBuilder("(\"").append(dsn).append(" sslmode=disable gssencmode=disable\", [");
        for (String statement : statements) {
            python.append('"').append(statement).append("\", ");
        }
        return python.append("]), ").toString();
    }

    /**
     * Lines without what our printer hides, without AuthenticationOk, which libpq does not trace, without its complaint of the length of
     * AuthenticationMD5Password, and without the Terminate that it sends when its trace has ended.
     */
    private static List<String> shown(List<String> trace) {
        List<String> lines = new ArrayList<>();
        for (String line : trace) {
            if (!line.startsWith("#")
                    && !line.matches("F\t4\tTerminate|B\t8\tAuthenticationOk|mismatched message length.*")) {
                lines.add(line.replaceFirst(
                        "\t(PasswordMessage|SASLInitialResponse|SASLResponse|AuthenticationSASLContinue"
                                + "|AuthenticationSASLFinal|AuthenticationMD5Password|BackendKeyData)\t.*",
                        "\t$1"));
            }
        }
        return lines;
    }

    private int run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(capture.beside("said").toFile());
        builder.environment().putAll(environment);
        return builder.start().waitFor();
    }

    private void assertReadAlike(Set<String> kinds) throws Exception {
        TsharkReading.assertAlike(capture, server.port(), kinds);
        String trace = trace(capture.finished(), server.port());
        assertFalse(trace.contains(PASSWORD), trace);
    }

    private static String trace(Path file, int port) throws IOException {
        StringBuilder out = new StringBuilder();
        new Sniffer().port(port).read(file, new TracePrinter(out).withoutTimestamps());
        return out.toString();
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = SnifferLoginIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
