package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.OperationalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way that a server may ask, against what {@code require_auth} allows, over TLS and without. Where psql knows the
 * keyword (since 16) it is asked too.
 */
@Timeout(120)
class RequireAuthIT {
    private static final String PASSWORD = "S3cr3t";
    /** A role, and what the server does to it; the last has a line for md5, but a secret that is only good for SCRAM. */
    private static final List<String> ROLES = List.of("scram", "md5", "password", "trust", "upgraded");

    @TempDir
    private static Path files;

    private static TlsServer server;

    private record Case(String requireAuth, String role, boolean good, String tls) {
        @Override
        public String toString() {
            return requireAuth + " as " + role + ", sslmode=" + tls;
        }
    }

    @BeforeAll
    static void start() {
        server = TlsServer.start(
                files,
                "host all scram 127.0.0.1/32 scram-sha-256",
                "host all md5,upgraded 127.0.0.1/32 md5",
                "host all password 127.0.0.1/32 password",
                "host all trust 127.0.0.1/32 trust");
        server.execute(
                "CREATE ROLE scram LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE upgraded LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE password LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE trust LOGIN",
                "SET password_encryption = md5; CREATE ROLE md5 LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String tls : List.of("verify-full", "disable")) {
            add(cases, tls, "scram-sha-256", "scram", "upgraded");
            add(cases, tls, "!scram-sha-256", "md5", "password", "trust");
            add(cases, tls, "md5", "md5");
            add(cases, tls, "!md5", "scram", "password", "trust", "upgraded");
            add(cases, tls, "password", "password");
            add(cases, tls, "password,md5", "password", "md5");
            add(cases, tls, "!password,!md5", "scram", "trust", "upgraded");
            add(cases, tls, "none", "trust");
            add(cases, tls, "!none", "scram", "md5", "password", "upgraded");
            add(cases, tls, "scram-sha-256,none", "scram", "trust", "upgraded");
            add(cases, tls, "gss,sspi,oauth");
        }
        return cases.stream();
    }

    private static void add(List<Case> cases, String tls, String requireAuth, String... good) {
        for (String role : ROLES) {
            cases.add(new Case(requireAuth, role, List.of(good).contains(role), tls));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void onlyWhatIsAllowedIsAnswered(Case tried) {
        String dsn = server.dsn("user=" + tried.role() + " password=" + PASSWORD + " sslmode=" + tried.tls()
                + " require_auth=" + tried.requireAuth());
        StringBuilder trace = new StringBuilder();
        Config config = Config.parse(dsn).toBuilder().trace(trace).build();
        if (tried.good()) {
            try (Connection conn = Postgres.connect(config)) {
                assertEquals(
                        tried.role(),
                        conn.execute("SELECT current_user").fetchOne().getString(0));
            }
        } else {
            OperationalException refused = assertThrows(OperationalException.class, () -> Postgres.connect(config));
            assertTrue(refused.getMessage().contains("(require_auth)"), refused::getMessage);
            assertFalse(refused.getMessage().contains(PASSWORD), refused::getMessage);
            assertFalse(trace.indexOf("PasswordMessage") > 0, trace::toString);
            assertFalse(trace.indexOf("SASLInitialResponse") > 0, trace::toString);
        }
        if (Psql.isInstalled() && Psql.majorVersion() >= (tried.requireAuth().contains("oauth") ? 18 : 16)) {
            Psql.Answer libpq = Psql.ask(dsn, "SELECT 1");
            assertEquals(tried.good(), libpq.connected(), libpq.said());
        }
    }
}
