package dev.pgwire.laboratory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.laboratory.server.AuthenticationMethod;
import dev.pgwire.laboratory.server.Column;
import dev.pgwire.laboratory.server.Reply;
import dev.pgwire.laboratory.server.Server;
import dev.pgwire.laboratory.server.ServerBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small application on the server of the laboratory, written for other clients. */
@Timeout(120)
class ServerPeersIT {
    private static final String BY_ID = "SELECT id, name FROM users WHERE id = $1::int4";
    private static final String INSERT = "INSERT INTO users (id, name) VALUES ($1::int4, $2::text)";

    @TempDir
    private static Path directory;

    private static X509Bundle certificate;
    private static SSLContext context;

    /** How a program ended, and what it printed on both streams. */
    private record Ended(int status, String printed) {}

    @BeforeAll
    static void makeCertificate() throws Exception {
        X509Bundle authority = new CertificateBuilder()
                .rsa2048()
                .subject("CN=Test Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        certificate = new CertificateBuilder()
                .rsa2048()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .buildIssuedBy(authority);
        context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        Files.writeString(directory.resolve("root.crt"), authority.getCertificatePEM());
        X509Bundle other = new CertificateBuilder()
                .rsa2048()
                .subject("CN=Another Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        Files.writeString(directory.resolve("other.crt"), other.getCertificatePEM());
    }

    @Test
    void psqlReadsRowsAndErrors() throws Exception {
        try (Server server = application().start()) {
            assertEquals(
                    new Ended(0, "2|Grace\n"),
                    psql(server, "sslmode=disable", "-c", "SELECT id, name FROM users WHERE id = 2"));
            Ended refused = psql(server, "sslmode=disable", "-c", "INSERT INTO users (id, name) VALUES (1, 'Ada')");
            assertEquals(1, refused.status());
            assertTrue(refused.printed().startsWith("ERROR:  there is a user 1"), refused.printed());
            assertEquals(
                    new Ended(0, "BEGIN\n1|Ada\nROLLBACK\n"),
                    psql(
                            server,
                            "sslmode=disable",
                            "-c",
                            "BEGIN",
                            "-c",
                            "SELECT id, name FROM users WHERE id = 1",
                            "-c",
                            "ROLLBACK"));
        }
    }

    @Test
    void psycopg2ReadsRowsAndErrors() throws Exception {
        assumeTrue(
                run("", "/usr/bin/python3", "-c", "import psycopg2").status() == 0,
                "not run: there is no python3 with psycopg2");
        String program = """
                import psycopg2, sys
                conn = psycopg2.connect(host="127.0.0.1", port=sys.argv[1], user="ada", dbname="x", sslmode="disable")
                cur = conn.cursor()
                cur.execute("SELECT id, name FROM users WHERE id = %s", (2,))
                print(cur.fetchone(), cur.description[0].name, cur.description[0].type_code)
                try:
                    cur.execute("INSERT INTO users (id, name) VALUES (%s, %s)", (1, "Ada"))
                except psycopg2.errors.UniqueViolation as e:
                    print(e.pgcode, e.diag.message_detail)
                conn.rollback()
                cur.execute("INSERT INTO users (id, name) VALUES (%s, %s)", (3, "it's"))
                conn.commit()
                print(cur.rowcount, cur.statusmessage)
                """;
        try (Server server = application().start()) {
            assertEquals(
                    new Ended(0, "(2, 'Grace') id 23\n23505 Key (id)=(1) already exists.\n1 INSERT 0 1\n"),
                    run("", "/usr/bin/python3", "-c", program, String.valueOf(server.port())));
        }
    }

    @Test
    void pgjdbcReadsRowsAndErrors() throws Exception {
        try (Server server = application().start();
                java.sql.Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/x?sslmode=disable", "ada", "")) {
            // More often than it takes pgjdbc to prepare a statement, and to ask for binary.
            for (int i = 0; i < 12; i++) {
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT id, name FROM users WHERE id = ?::int4")) {
                    select.setInt(1, 1 + i % 2);
                    ResultSet rows = select.executeQuery();
                    assertTrue(rows.next());
                    assertEquals(1 + i % 2, rows.getInt("id"));
                    assertEquals(i % 2 == 0 ? "Ada" : "Grace", rows.getString("name"));
                }
            }
            connection.setAutoCommit(false);
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO users (id, name) VALUES (?::int4, ?::text)")) {
                insert.setInt(1, 1);
                insert.setString(2, "Ada");
                assertEquals(
                        "23505",
                        assertThrows(SQLException.class, insert::executeUpdate).getSQLState());
                connection.rollback();
                insert.setInt(1, 3);
                assertEquals(1, insert.executeUpdate());
                connection.commit();
            }
        }
    }

    @Test
    void vertxReadsRowsAndErrors() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Server server = application().start()) {
            PgConnection connection = get(PgConnection.connect(
                    vertx,
                    new PgConnectOptions()
                            .setHost("127.0.0.1")
                            .setPort(server.port())
                            .setUser("ada")
                            .setPassword("")
                            .setDatabase("x")));
            var row = get(connection.preparedQuery(BY_ID).execute(Tuple.of(2)))
                    .iterator()
                    .next();
            assertEquals(2, row.getInteger("id"));
            assertEquals("Grace", row.getString("name"));
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> get(connection.preparedQuery(INSERT).execute(Tuple.of(1, "Ada"))));
            assertEquals("23505", ((PgException) refused.getCause()).getSqlState());
            assertEquals(
                    1,
                    get(connection.preparedQuery(INSERT).execute(Tuple.of(3, "Joan")))
                            .rowCount());
            get(connection.close());
        } finally {
            get(vertx.close());
        }
    }

    @Test
    void libpqNegotiatesTlsAndScramAsWithPostgres() throws Exception {
        String root = " sslrootcert=" + directory.resolve("root.crt");
        String other = " sslrootcert=" + directory.resolve("other.crt");
        try (Server server = application().user("ada", "pencil").tls(context).start()) {
            assertSucceeds(server, "pencil", "sslmode=disable");
            assertSucceeds(server, "pencil", "sslmode=prefer");
            assertSucceeds(server, "pencil", "sslmode=require channel_binding=require");
            assertSucceeds(server, "pencil", "sslmode=require channel_binding=disable");
            assertSucceeds(server, "pencil", "sslmode=verify-ca" + root);
            assertSucceeds(server, "pencil", "host=localhost sslmode=verify-full" + root);
            assertFails(server, "pencil", "host=127.0.0.1 sslmode=verify-full" + root, "does not match host name");
            assertFails(server, "pencil", "sslmode=verify-ca" + other, "certificate verify failed");
            assertFails(
                    server,
                    "pencil",
                    "sslmode=disable channel_binding=require",
                    "channel binding required, but SSL not in use");
            assertFails(server, "pen", "sslmode=require", "FATAL:  password authentication failed for user \"ada\"");
            assertFails(
                    server,
                    "pencil",
                    "user=eve sslmode=require",
                    "FATAL:  password authentication failed for user \"eve\"");
        }
        try (Server server =
                application().user("ada", "pencil").tlsOnly(context).start()) {
            assertSucceeds(server, "pencil", "sslmode=allow");
            assertFails(server, "pencil", "sslmode=disable", "no encryption");
        }
        try (Server server = application().user("ada", "pencil").start()) {
            assertFails(server, "pencil", "sslmode=require", "server does not support SSL, but SSL was required");
            assertSucceeds(server, "pencil", "sslmode=prefer");
        }
    }

    @Test
    void libpqShowsItsPasswordInEveryWay() throws Exception {
        for (AuthenticationMethod method : AuthenticationMethod.values()) {
            try (Server server =
                    application().user("ada", "pencil").authentication(method).start()) {
                assertSucceeds(server, "pencil", "sslmode=disable");
                if (method != AuthenticationMethod.TRUST) {
                    assertFails(server, "pen", "sslmode=disable", "password authentication failed");
                }
            }
        }
    }

    private static void assertSucceeds(Server server, String password, String dsn) throws Exception {
        assertEquals(
                new Ended(0, "1|Ada\n"),
                psql(server, "password=" + password + " " + dsn, "-c", "SELECT id, name FROM users WHERE id = 1"),
                dsn);
    }

    private static void assertFails(Server server, String password, String dsn, String why) throws Exception {
        Ended ended = psql(server, "password=" + password + " " + dsn, "-c", "SELECT id, name FROM users WHERE id = 1");
        assertEquals(2, ended.status(), dsn);
        assertTrue(ended.printed().contains(why), dsn + ": " + ended.printed());
    }

    private static ServerBuilder application() {
        return Server.builder()
                .on(BY_ID, List.of(Column.of("id int4"), Column.of("name text")), values -> {
                    var rows = Reply.rows("id int4", "name text");
                    return switch (values.getInt(0)) {
                        case 1 -> rows.row(1, "Ada");
                        case 2 -> rows.row(2, "Grace");
                        default -> rows;
                    };
                })
                .on(
                        INSERT,
                        values -> values.getInt(0) == 1
                                ? Reply.error(
                                        "23505",
                                        "there is a user 1",
                                        java.util.Map.of('D', "Key (id)=(1) already exists."))
                                : Reply.done("INSERT 0 1"));
    }

    private static Ended psql(Server server, String dsn, String... arguments) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/psql")), "not run: there is no psql");
        // The last of a keyword counts.
        String all = "host=127.0.0.1 user=ada dbname=x " + dsn + " port=" + server.port();
        String[] command = new String[arguments.length + 5];
        System.arraycopy(new String[] {"/usr/bin/psql", "-X", "-At", "-d", all}, 0, command, 0, 5);
        System.arraycopy(arguments, 0, command, 5, arguments.length);
        return run("", command);
    }

    private static Ended run(String input, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        Process process = builder.start();
        try {
            process.getOutputStream().write(input.getBytes(UTF_8));
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ended(process.waitFor(), printed);
        } finally {
            process.destroyForcibly();
        }
    }

    private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
