package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting and being let in, or not. The roles are named after the method by which the server knows them. */
@Timeout(60)
class AuthenticationIT {
    private static final List<String> METHODS = List.of("scram-sha-256", "md5", "password");

    /** What a DSN, a URI, SASLprep or a wrong charset would each spoil in a way of its own. */
    private static final List<String> PASSWORDS = List.of(
            "secret",
            "two words",
            " blank at both ends ",
            "it's \"quoted\" 'twice'",
            "back\\slash and \\' both",
            "sign=value;x@host:5432/db?a=b&c=%41+1#%",
            "pässwörd ñ",
            "пароль 密码 パスワード",
            "party \uD83C\uDF89 \uD83D\uDC69\u200D\uD83D\uDCBB",
            "no-break\u00A0space",
            "ligature \uFB01 and roman \u2168",
            "combining e\u0301 and whole \u00E9",
            "soft\u00ADhyphen",
            "\u00AD",
            "control \u0007 bell",
            "x".repeat(300));

    private static TestServer server;

    @BeforeAll
    static void startServer() {
        server = TestServer.embedded()
                .hba("host all scram-sha-256 127.0.0.1/32 scram-sha-256")
                .hba("host all md5 127.0.0.1/32 md5")
                .hba("host all password 127.0.0.1/32 password")
                .hba("host all trust 127.0.0.1/32 trust")
                .hba("host all rejected 127.0.0.1/32 reject")
                .hba("host all unknown_scram 127.0.0.1/32 scram-sha-256")
                .hba("host all unknown_trust 127.0.0.1/32 trust")
                .start();
        try (Connection admin = Postgres.connect(server.dsn())) {
            for (String method : METHODS) {
                admin.execute("CREATE ROLE \"" + method + "\" LOGIN");
            }
            admin.execute("CREATE ROLE trust LOGIN PASSWORD 'right'");
            admin.execute("CREATE ROLE rejected LOGIN");
            admin.execute("CREATE ROLE no_line LOGIN");
            admin.execute("CREATE ROLE \"no login\" NOLOGIN");
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    static Stream<Arguments> passwordsByMethod() {
        return METHODS.stream().flatMap(method -> PASSWORDS.stream().map(password -> Arguments.of(method, password)));
    }

    @ParameterizedTest
    @MethodSource("passwordsByMethod")
    void theRightPasswordLetsIn(String method, String password) {
        setPassword(method, password);

        assertLetIn(method, config(method).password(password).build());
        assertLetIn(method, Config.parse(server.dsn("user='" + method + "' password=" + quote(password))));
        assertLetIn(
                method,
                Config.parse("postgresql://" + method + ":" + percent(password) + "@127.0.0.1:" + server.port()
                        + "/postgres"));
    }

    @ParameterizedTest
    @MethodSource("passwordsByMethod")
    void aWrongPasswordDoesNot(String method, String password) {
        setPassword(method, password);

        String wrong = password + "é";
        InvalidPasswordException refused = assertThrows(
                InvalidPasswordException.class,
                () -> Postgres.connect(config(method).password(wrong).build()));
        assertEquals("28P01", refused.sqlState());
        assertInstanceOf(OperationalException.class, refused);
        assertEquals("FATAL", refused.severity());
        assertContains(refused, "password authentication failed for user \"" + method + "\"");
        assertFalse(refused.getMessage().contains(wrong), refused.getMessage());
    }

    /** SASLprep makes an ordinary space of it and the letters f and i of the ligature; the other methods compare bytes. */
    @Test
    void scramNormalizesPasswordsAsTheServerDoes() {
        setPassword("scram-sha-256", "no-break\u00A0space \uFB01 \u00AD");

        assertLetIn(
                "scram-sha-256",
                config("scram-sha-256").password("no-break space fi ").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram-sha-256", "md5", "password"})
    void withoutAPasswordTheErrorSaysSo(String method) {
        setPassword(method, "right");

        for (Config none : List.of(
                config(method).build(),
                config(method).password("").build(),
                Config.parse(server.dsn("password='' user='" + method + "'")))) {
            OperationalException refused = assertThrows(OperationalException.class, () -> Postgres.connect(none));
            assertEquals("28P01", refused.sqlState());
            assertContains(refused, "user \"" + method + "\"");
            assertContains(refused, "none was given, expected password=...");
        }
    }

    @Test
    void onTrustAnyPasswordAndNoneLetIn() {
        assertLetIn("trust", config("trust").build());
        assertLetIn("trust", config("trust").password("right").build());
        assertLetIn("trust", config("trust").password("wrong").build());
    }

    @ParameterizedTest
    @CsvSource({
        "unknown_scram, 28P01, password authentication failed for user \"unknown_scram\"",
        "unknown_trust, 28000, role \"unknown_trust\" does not exist",
        "rejected, 28000, pg_hba.conf rejects connection",
        "no_line, 28000, no pg_hba.conf entry",
    })
    void aRoleThatMayNotComeInIsToldWhy(String role, String sqlState, String message) {
        OperationalException refused = assertThrows(
                OperationalException.class,
                () -> Postgres.connect(config(role).password("secret").build()));

        assertEquals(sqlState, refused.sqlState());
        assertContains(refused, message);
    }

    @Test
    void aWrongDatabaseIs3D000() {
        ProgrammingException refused = assertThrows(
                ProgrammingException.class,
                () -> Postgres.connect(
                        config("trust").database("no such database").build()));

        assertEquals("3D000", refused.sqlState());
        assertContains(refused, "database \"no such database\" does not exist");
    }

    @Test
    void theDatabaseIsTheOneThatIsNamed() {
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("CREATE DATABASE \"it's a däta base\"");
        }

        try (Connection conn =
                Postgres.connect(config("trust").database("it's a däta base").build())) {
            assertEquals(
                    "it's a däta base",
                    conn.execute("SELECT current_database()").fetchOne().getString(0));
        }
    }

    @Test
    void failedLogInsLeaveNothingBehindOnTheServer() {
        setPassword("md5", "right");
        for (int i = 0; i < 20; i++) {
            assertThrows(
                    PgException.class,
                    () -> Postgres.connect(config("md5").password("wrong").build()));
            assertThrows(PgException.class, () -> Postgres.connect(config("md5").build()));
        }

        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("DO $$ BEGIN FOR i IN 1..300 LOOP"
                    + " EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE usename = 'md5');"
                    + " PERFORM pg_sleep(0.1), pg_stat_clear_snapshot(); END LOOP; END $$");
            assertEquals(
                    0,
                    admin.execute("SELECT count(*) FROM pg_stat_activity WHERE usename = 'md5'")
                            .fetchOne()
                            .getInt(0));
        }
    }

    @Test
    void whereNobodyListensTheErrorNamesHostAndPort() throws IOException {
        try (Socket boundButNotListening = new Socket()) {
            boundButNotListening.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            int port = boundButNotListening.getLocalPort();

            ConnectionFailureException refused = assertThrows(
                    ConnectionFailureException.class,
                    () -> Postgres.connect("host=127.0.0.1 user=trust dbname=postgres port=" + port));

            assertEquals("08", refused.sqlState().substring(0, 2));
            assertContains(refused, "127.0.0.1");
            assertContains(refused, "port " + port);
            assertContains(refused, "refused");
        }
    }

    @Test
    void anUnknownHostIsNamed() {
        ConnectionFailureException refused = assertThrows(
                ConnectionFailureException.class,
                () -> Postgres.connect("host=no-such-host.invalid user=trust dbname=postgres"));

        assertContains(refused, "host \"no-such-host.invalid\" is unknown");
    }

    @Test
    void connectTimeoutEndsTheWaitForAServerThatSaysNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            long begin = System.nanoTime();

            ConnectionFailureException refused = assertThrows(
                    ConnectionFailureException.class,
                    () -> Postgres.connect("host=127.0.0.1 user=trust dbname=postgres connect_timeout=1 port="
                            + silent.getLocalPort()));

            assertContains(refused, "connect_timeout");
            assertContains(refused, "port " + silent.getLocalPort());
            assertTrue(System.nanoTime() - begin >= Duration.ofSeconds(1).toNanos());
        }
    }

    @Test
    void aServerThatHangsUpAtOnceIsAConnectionFailure() throws IOException, InterruptedException {
        try (ServerSocket rude = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread hangUp = new Thread(() -> {
                try {
                    rude.accept().close();
                } catch (IOException closed) {
                    // Then nobody came, and the test fails by itself.
                }
            });
            hangUp.start();

            OperationalException refused = assertThrows(
                    OperationalException.class,
                    () -> Postgres.connect("host=127.0.0.1 user=trust dbname=postgres port=" + rude.getLocalPort()));

            assertEquals("08", refused.sqlState().substring(0, 2));
            hangUp.join();
        }
    }

    private static Config.Builder config(String user) {
        return Config.builder()
                .host(server.host())
                .port(server.port())
                .user(user)
                .database("postgres");
    }

    /** Neither the server's log nor the driver's trace is between a password and its role: this goes as plain SQL. */
    private static void setPassword(String role, String password) {
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("SET password_encryption = '" + (role.equals("md5") ? "md5" : "scram-sha-256") + "'");
            admin.execute("ALTER ROLE \"" + role + "\" PASSWORD '" + password.replace("'", "''") + "'");
        }
    }

    private static void assertLetIn(String role, Config config) {
        try (Connection conn = Postgres.connect(config)) {
            assertEquals(role, conn.execute("SELECT current_user").fetchOne().getString(0));
        }
    }

    private static String quote(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String percent(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void assertContains(PgException exception, String part) {
        assertTrue(exception.getMessage().contains(part), exception::getMessage);
    }
}
