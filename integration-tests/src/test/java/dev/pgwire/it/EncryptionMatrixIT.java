package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every sslmode, with a server that has TLS and one that has not, for users that may come in any way, only with TLS or only
 * without: what becomes of the connection, and how many connections and requests for TLS it takes. The expectations are
 * libpq's (its test 005_negotiate_encryption); where psql is installed it is asked too.
 */
@Timeout(120)
class EncryptionMatrixIT {
    private static final List<String> MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");
    private static final List<String> USERS = List.of("anyhow", "with_tls", "without_tls");

    @TempDir
    private static Path files;

    private static TestCertificates certificates;
    private static TestServer withTls;
    private static TestServer withoutTls;
    private static CountingProxy tlsProxy;
    private static CountingProxy plainProxy;

    /**
     * What is to be expected.
     *
     * @param outcome {@code tls}, {@code plain} or {@code refused}
     */
    private record Outcome(String outcome, int connects, int tlsRequests) {}

    private record Case(String mode, boolean serverHasTls, String user) {
        @Override
        public String toString() {
            return mode + ", server " + (serverHasTls ? "with" : "without") + " TLS, user " + user;
        }
    }

    @BeforeAll
    static void start() throws IOException {
        certificates = TestCertificates.in(files);
        withTls = server().setting("ssl", "on")
                .setting("ssl_cert_file", certificates.serverCertificate().toString())
                .setting("ssl_key_file", certificates.serverKey().toString())
                .start();
        withoutTls = server().start();
        for (TestServer server : List.of(withTls, withoutTls)) {
            try (Connection admin = Postgres.connect(server.dsn())) {
                for (String user : USERS) {
                    admin.execute("CREATE ROLE " + user + " LOGIN");
                }
            }
        }
        tlsProxy = CountingProxy.before(withTls.port());
        plainProxy = CountingProxy.before(withoutTls.port());
    }

    private static dev.pgwire.testkit.EmbeddedServer server() {
        return TestServer.embedded()
                .hba("host all anyhow 127.0.0.1/32 trust")
                .hba("hostssl all with_tls 127.0.0.1/32 trust")
                .hba("hostnossl all without_tls 127.0.0.1/32 trust");
    }

    @AfterAll
    static void stop() {
        tlsProxy.close();
        plainProxy.close();
        withTls.close();
        withoutTls.close();
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String mode : MODES) {
            for (boolean serverHasTls : new boolean[] {true, false}) {
                for (String user : USERS) {
                    cases.add(new Case(mode, serverHasTls, user));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void negotiationIsThatOfLibpq(Case tried) {
        CountingProxy proxy = tried.serverHasTls() ? tlsProxy : plainProxy;
        proxy.reset();
        String outcome;
        try (Connection connection = Postgres.connect(dsn(tried, proxy.port()))) {
            outcome = usesTls(connection) ? "tls" : "plain";
        } catch (PgException refused) {
            outcome = "refused";
        }
        assertEquals(expected(tried), new Outcome(outcome, proxy.connects(), proxy.tlsRequests()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void psqlDoesTheSame(Case tried) throws Exception {
        assumeTrue(hasPsql(), "not run: psql is not installed");
        CountingProxy proxy = tried.serverHasTls() ? tlsProxy : plainProxy;
        proxy.reset();
        Process psql = new ProcessBuilder(
                        "psql",
                        "-XAtc",
                        "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()",
                        dsn(tried, proxy.port()))
                .redirectErrorStream(true)
                .start();
        String said = new String(psql.getInputStream().readAllBytes());
        assertTrue(psql.waitFor(30, TimeUnit.SECONDS));
        String outcome = psql.exitValue() != 0 ? "refused" : said.startsWith("t") ? "tls" : "plain";
        assertEquals(expected(tried), new Outcome(outcome, proxy.connects(), proxy.tlsRequests()), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void directTlsNeedsNoRequest(String mode) {
        for (String user : USERS) {
            tlsProxy.reset();
            String outcome;
            try (Connection connection =
                    Postgres.connect(dsn(new Case(mode, true, user), tlsProxy.port()) + " sslnegotiation=direct")) {
                outcome = usesTls(connection) ? "tls" : "plain";
            } catch (PgException refused) {
                outcome = "refused";
            }
            // Servers know direct TLS since 17.
            boolean known = withTls.majorVersion() >= 17;
            String expected = known && !user.equals("without_tls") ? "tls" : "refused";
            assertEquals(
                    new Outcome(expected, 1, 0), new Outcome(outcome, tlsProxy.connects(), tlsProxy.tlsRequests()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"require", "verify-ca", "verify-full"})
    void directTlsWithAServerThatHasNoneIsRefused(String mode) {
        plainProxy.reset();
        assertThrows(
                PgException.class,
                () -> Postgres.connect(
                        dsn(new Case(mode, false, "anyhow"), plainProxy.port()) + " sslnegotiation=direct"));
        assertEquals(1, plainProxy.connects());
        assertEquals(0, plainProxy.tlsRequests());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer"})
    void directTlsWithAModeThatMayDoWithoutIsRefusedBeforeAnyConnection(String mode) {
        tlsProxy.reset();
        assertThrows(
                InterfaceException.class,
                () -> Postgres.connect(
                        dsn(new Case(mode, true, "anyhow"), tlsProxy.port()) + " sslnegotiation=direct"));
        assertEquals(0, tlsProxy.connects());
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca"})
    void trustInTheSystemsAuthoritiesWithoutALookAtTheNameIsRefusedBeforeAnyConnection(String mode) {
        tlsProxy.reset();
        assertThrows(
                InterfaceException.class,
                () -> Postgres.connect("host=localhost user=anyhow port=" + tlsProxy.port() + " sslmode=" + mode
                        + " sslrootcert=system"));
        assertEquals(0, tlsProxy.connects());
    }

    private static Outcome expected(Case tried) {
        boolean weak = List.of("disable", "allow", "prefer").contains(tried.mode());
        if (tried.mode().equals("disable")) {
            return new Outcome(tried.user().equals("with_tls") ? "refused" : "plain", 1, 0);
        }
        if (tried.mode().equals("allow") && !tried.user().equals("with_tls")) {
            return new Outcome("plain", 1, 0);
        }
        if (!tried.serverHasTls()) {
            if (tried.mode().equals("allow")) {
                return new Outcome("refused", 2, 1);
            }
            return new Outcome(weak && !tried.user().equals("with_tls") ? "plain" : "refused", 1, 1);
        }
        if (tried.mode().equals("allow")) {
            return new Outcome("tls", 2, 1);
        }
        if (tried.user().equals("without_tls")) {
            return weak ? new Outcome("plain", 2, 1) : new Outcome("refused", 1, 1);
        }
        return new Outcome("tls", 1, 1);
    }

    private static String dsn(Case tried, int port) {
        return "host=localhost hostaddr=127.0.0.1 port=" + port + " user=" + tried.user() + " dbname=postgres sslmode="
                + tried.mode() + " gssencmode=disable"
                + (tried.mode().startsWith("verify") ? " sslrootcert=" + certificates.authority() : "");
    }

    private static boolean usesTls(Connection connection) {
        return Boolean.TRUE.equals(connection
                .execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                .fetchOne()
                .get(0));
    }

    private static boolean hasPsql() {
        for (String directory :
                Map.copyOf(System.getenv()).getOrDefault("PATH", "").split(":")) {
            if (Path.of(directory, "psql").toFile().canExecute()) {
                return true;
            }
        }
        return false;
    }
}
