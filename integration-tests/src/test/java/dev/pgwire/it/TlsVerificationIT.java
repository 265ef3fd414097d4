package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.ConnectionInfo;
import dev.pgwire.Postgres;
import dev.pgwire.config.AuthMethod;
import dev.pgwire.error.ConnectionFailureException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which servers are believed, by the certificate that a real one shows. Where psql is installed it is asked too. */
@Timeout(120)
class TlsVerificationIT {
    private static final String HAS_TLS = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";

    @TempDir
    private static Path files;

    private static TlsServer server;
    private static TestCertificates certificates;
    private static X509Bundle usual;

    /**
     * A certificate, and who takes it.
     *
     * @param fullSays what the refusal by verify-full says, null if it takes it
     * @param chainSays what the refusal by verify-ca says, null if it takes it
     */
    private record Shown(String what, X509Bundle certificate, String fullSays, String chainSays) {
        String says(String mode) {
            return mode.equals("verify-full") ? fullSays : chainSays;
        }
    }

    private record Case(Shown shown, String mode) {
        @Override
        public String toString() {
            return mode + ", certificate " + shown.what();
        }
    }

    @BeforeAll
    static void start() {
        server = TlsServer.start(files);
        certificates = server.certificates();
        usual = certificates.issue(TestCertificates.forLocalhost());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void showTheUsualCertificate() {
        server.serve(usual);
    }

    static Stream<Case> cases() throws Exception {
        String otherHost = "expected one for the host \"localhost\"";
        String untrusted = "the server's certificate is not trusted";
        Instant now = Instant.now();
        X509Bundle stranger = new CertificateBuilder()
                .ecp256()
                .subject("CN=Test Authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        List<Shown> all = List.of(
                new Shown("for localhost", usual, null, null),
                new Shown("for another host", certificates.issue(named("db").addSanDnsName("db")), otherHost, null),
                new Shown("whose common name is the host", certificates.issue(named("localhost")), null, null),
                new Shown(
                        "whose common name is the host, but not the alternative one",
                        certificates.issue(named("localhost").addSanDnsName("db")),
                        otherHost,
                        null),
                new Shown(
                        "for the address only",
                        certificates.issue(named("db").addSanIpAddress("127.0.0.1")),
                        otherHost,
                        null),
                new Shown("for all hosts of a domain", certificates.issue(named("*.localhost")), otherHost, null),
                new Shown("for any host", certificates.issue(named("*")), otherHost, null),
                new Shown(
                        "that has expired",
                        certificates.issue(TestCertificates.forLocalhost()
                                .notBefore(now.minus(9, ChronoUnit.DAYS))
                                .notAfter(now.minus(1, ChronoUnit.DAYS))),
                        "the server's certificate expired on",
                        "the server's certificate expired on"),
                new Shown(
                        "that is not valid yet",
                        certificates.issue(TestCertificates.forLocalhost()
                                .notBefore(now.plus(1, ChronoUnit.DAYS))
                                .notAfter(now.plus(9, ChronoUnit.DAYS))),
                        "the server's certificate is valid from",
                        "the server's certificate is valid from"),
                new Shown(
                        "of another authority with the same name",
                        TestCertificates.forLocalhost().buildIssuedBy(stranger),
                        untrusted,
                        untrusted),
                new Shown(
                        "that has signed itself",
                        TestCertificates.forLocalhost()
                                .setIsCertificateAuthority(true)
                                .buildSelfSigned(),
                        untrusted,
                        untrusted));
        List<Case> cases = new ArrayList<>();
        for (Shown shown : all) {
            for (String mode : List.of("verify-full", "verify-ca", "require", "prefer")) {
                cases.add(new Case(shown, mode));
            }
        }
        return cases.stream();
    }

    private static CertificateBuilder named(String commonName) {
        return new CertificateBuilder().ecp256().subject("CN=" + commonName);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theCertificateDecides(Case tried) {
        server.serve(tried.shown().certificate());
        String dsn = server.dsn("sslmode=" + tried.mode());
        String says = tried.shown().says(tried.mode());
        if (says == null || tried.mode().equals("prefer")) {
            // With prefer, a server that is not believed is spoken to without TLS: that is what the mode means.
            try (Connection conn = Postgres.connect(dsn)) {
                assertEquals(says == null, conn.info().isEncrypted());
            }
        } else {
            assertRefused(says, dsn);
        }
        if (Psql.isInstalled()) {
            Psql.Answer libpq = Psql.ask(dsn, HAS_TLS);
            String expected = says == null ? "t" : tried.mode().equals("prefer") ? "f" : "refused";
            assertEquals(expected, libpq.connected() ? libpq.said() : "refused", libpq.said());
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,true", "127.0.0.2,false", "db.example,false"})
    void theNameThatWasAskedForIsVerifiedAndNotTheAddress(String host, boolean good) {
        String dsn = server.dsn("host=" + host);
        if (good) {
            assertConnects(dsn);
        } else {
            assertRefused("expected one for the host \"" + host + "\"", dsn);
        }
        if (Psql.isInstalled()) {
            Psql.Answer libpq = Psql.ask(dsn, HAS_TLS);
            assertEquals(good, libpq.connected(), libpq.said());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void withoutAFileOfRootsNothingCanBeVerified(String mode) {
        String dsn = server.dsn("sslmode=" + mode + " sslrootcert=" + files.resolve("none.crt"));
        assertRefused("none.crt", dsn);
        if (Psql.isInstalled()) {
            Psql.Answer libpq = Psql.ask(dsn, HAS_TLS);
            assertTrue(libpq.said().contains("none.crt\" does not exist"), libpq.said());
        }
    }

    @Test
    void requireWithoutAFileOfRootsTakesAnyServer() throws Exception {
        server.serve(named("db").setIsCertificateAuthority(true).buildSelfSigned());
        assertConnects(server.dsn("sslmode=require sslrootcert=" + files.resolve("none.crt")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full", "require"})
    void aRevokedCertificateIsRefused(String mode) {
        X509Bundle revoked = certificates.issue(TestCertificates.forLocalhost());
        String dsn = server.dsn("sslmode=" + mode + " sslcrl=" + certificates.revocationList(mode + ".crl", revoked));
        assertConnects(dsn);
        if (Psql.isInstalled()) {
            assertEquals(new Psql.Answer(true, "t"), Psql.ask(dsn, HAS_TLS));
        }
        server.serve(revoked);
        assertRefused("has been revoked", dsn);
        if (Psql.isInstalled()) {
            Psql.Answer libpq = Psql.ask(dsn, HAS_TLS);
            assertTrue(libpq.said().contains("certificate"), libpq.said());
        }
        // Without the list nobody knows.
        assertConnects(server.dsn("sslmode=" + mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsOfTlsAreUsed(String version) {
        for (String side : List.of("client", "server")) {
            String dsn = server.dsn("");
            if (side.equals("client")) {
                dsn = server.dsn("ssl_min_protocol_version=" + version + " ssl_max_protocol_version=" + version);
            } else {
                server.set("ssl_max_protocol_version", version);
                server.set("ssl_min_protocol_version", version);
            }
            try (Connection conn = Postgres.connect(dsn)) {
                ConnectionInfo info = conn.info();
                assertEquals(version, info.tlsVersion());
                assertEquals(AuthMethod.NONE, info.authentication());
                assertTrue(info.isEncrypted());
                assertEquals(
                        version + " " + bits(info.cipher()),
                        conn.execute("SELECT version || ' ' || bits FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                                .fetchOne()
                                .getString(0));
            } finally {
                server.set("ssl_min_protocol_version", "DEFAULT");
                server.set("ssl_max_protocol_version", "DEFAULT");
            }
        }
    }

    private static int bits(String cipher) {
        return cipher.contains("AES_128") ? 128 : 256;
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2,TLSv1.3", "TLSv1.3,TLSv1.2"})
    void withoutACommonVersionThereIsNoConnection(String servers, String clients) {
        server.set("ssl_min_protocol_version", "TLSv1.2");
        server.set("ssl_max_protocol_version", servers);
        server.set("ssl_min_protocol_version", servers);
        try {
            assertRefused(
                    "TLS could not be agreed on",
                    server.dsn("ssl_min_protocol_version=" + clients + " ssl_max_protocol_version=" + clients));
        } finally {
            server.set("ssl_min_protocol_version", "DEFAULT");
            server.set("ssl_max_protocol_version", "DEFAULT");
        }
    }

    @Test
    void tls11IsNotOffered() {
        server.set("ssl_min_protocol_version", "TLSv1");
        server.set("ssl_max_protocol_version", "TLSv1.1");
        try {
            assertRefused("TLS could not be agreed on", server.dsn(""));
        } finally {
            server.set("ssl_max_protocol_version", "DEFAULT");
            server.set("ssl_min_protocol_version", "DEFAULT");
        }
    }

    @Test
    void tlsFromTheFirstByteIsVerifiedLikeAnyOther() {
        assumeTrue(server.majorVersion() >= 17, "not run: servers know direct TLS since 17");
        String direct = server.dsn("sslnegotiation=direct");
        assertConnects(direct);
        server.serve(certificates.issue(named("db").addSanDnsName("db")));
        assertRefused("expected one for the host \"localhost\"", direct);
    }

    private static void assertConnects(String dsn) {
        try (Connection conn = Postgres.connect(dsn)) {
            assertTrue(conn.execute(HAS_TLS).fetchOne().getBoolean(0));
        }
    }

    private static void assertRefused(String says, String dsn) {
        ConnectionFailureException refused =
                assertThrows(ConnectionFailureException.class, () -> Postgres.connect(dsn));
        assertTrue(refused.getMessage().contains(says), refused::getMessage);
        assertEquals("08", refused.sqlState().substring(0, 2));
    }
}
