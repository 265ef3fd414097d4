package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.OperationalException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the client is, shown by a certificate to a server that asks for one. Where psql is installed it is asked too. */
@Timeout(120)
class TlsClientCertificateIT {
    private static final String SUBJECT = "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    private static final String[] VERSIONS = {"TLSv1.2", "TLSv1.3"};

    @TempDir
    private static Path files;

    private static TlsServer server;
    private static TestCertificates certificates;

    @BeforeAll
    static void start() {
        server = TlsServer.start(files, "hostssl all ada 127.0.0.1/32 cert", "hostssl all bob 127.0.0.1/32 trust");
        certificates = server.certificates();
        server.execute("CREATE ROLE ada LOGIN", "CREATE ROLE bob LOGIN");
        server.set("ssl_ca_file", certificates.authority().toString());
        certificates.client("ada");
        certificates.client("bob");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theRightCertificateLetsIn(String version) {
        assertLetIn("CN=ada", dsn("ada", "ada", "ssl_max_protocol_version=" + version));
    }

    @ParameterizedTest
    @CsvSource({"ecp256,TLSv1.2", "ecp256,TLSv1.3", "ecp384,TLSv1.3", "ed25519,TLSv1.2", "ed25519,TLSv1.3"})
    void anyKindOfKeyDoes(CertificateBuilder.Algorithm algorithm, String version) {
        String name = "ada-" + algorithm;
        certificates.write(name, certificates.issue(ada().algorithm(algorithm)));
        assertLetIn("CN=ada", dsn("ada", name, "ssl_max_protocol_version=" + version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withoutACertificateTheServerRefuses(String version) {
        String dsn =
                server.dsn("user=ada ssl_max_protocol_version=" + version + " sslcert=" + files.resolve("none.crt"));
        assertRefused("connection requires a valid client certificate", dsn);
    }

    @Test
    void aCertificateThatIsNotToBeShownIsNot() {
        assertRefused("connection requires a valid client certificate", dsn("ada", "ada", "sslcertmode=disable"));
        assertLetIn(null, dsn("bob", "bob", "sslcertmode=disable"));
        assertLetIn("CN=bob", dsn("bob", "bob", "sslcertmode=require"));
    }

    @Test
    void theCertificateOfAnotherRoleDoesNotLetIn() {
        assertRefused("certificate authentication failed for user \"ada\"", dsn("ada", "bob", ""));
    }

    /** With TLS 1.3 the client is done before the server has judged it: the refusal comes in place of an answer. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theServerRefusesACertificateOfAStranger(String version) throws Exception {
        X509Bundle stranger = new CertificateBuilder()
                .ecp256()
                .subject("CN=Stranger")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        certificates.write("stranger", ada().buildIssuedBy(stranger));
        assertRefused("unknown_ca", dsn("ada", "stranger", "ssl_max_protocol_version=" + version));
    }

    @Test
    void aServerThatDoesNotAskIsRefusedIfTheCertificateMustBeShown() {
        server.set("ssl_ca_file", "");
        try {
            assertRefused(
                    "the server did not ask for a certificate of the client", dsn("bob", "bob", "sslcertmode=require"));
            for (String version : VERSIONS) {
                assertLetIn(null, dsn("bob", "bob", "sslcertmode=allow ssl_max_protocol_version=" + version));
            }
        } finally {
            server.set("ssl_ca_file", certificates.authority().toString());
        }
    }

    @Test
    void anEncryptedKeyOpensWithItsPassword() {
        X509Bundle bundle = certificates.issue(ada());
        certificates.write("locked", bundle);
        certificates.encryptedKey("locked.key", bundle, "open sesame");
        assertLetIn("CN=ada", dsn("ada", "locked", "sslpassword='open sesame'"));
        for (String wrong : new String[] {"sslpassword=hunter2", "sslpassword=''", ""}) {
            OperationalException refused =
                    assertThrows(OperationalException.class, () -> Postgres.connect(dsn("ada", "locked", wrong)));
            assertTrue(refused.getMessage().contains("locked.key"), refused::getMessage);
            assertFalse(refused.getMessage().contains("hunter2"), refused::getMessage);
        }
    }

    @Test
    void aRevokedCertificateOfTheClientIsRefusedByTheServer() {
        X509Bundle revoked = certificates.issue(ada());
        certificates.write("revoked", revoked);
        server.set(
                "ssl_crl_file",
                certificates.revocationList("clients.crl", revoked).toString());
        try {
            for (String version : VERSIONS) {
                String limit = "ssl_max_protocol_version=" + version;
                assertLetIn("CN=ada", dsn("ada", "ada", limit));
                assertRefused("certificate_revoked", dsn("ada", "revoked", limit));
            }
        } finally {
            server.set("ssl_crl_file", "");
        }
    }

    private static CertificateBuilder ada() {
        return new CertificateBuilder().ecp256().subject("CN=ada");
    }

    private static String dsn(String role, String certificate, String extra) {
        return server.dsn("user=" + role + " sslcert=" + files.resolve(certificate + ".crt") + " sslkey="
                + files.resolve(certificate + ".key") + " " + extra);
    }

    private static void assertLetIn(String subject, String dsn) {
        try (Connection conn = Postgres.connect(dsn)) {
            String seen = conn.execute(SUBJECT).fetchOne().getString(0);
            // Like a path: /CN=ada. Null without a certificate.
            assertEquals(subject, seen == null ? null : seen.substring(1));
        }
        if (asksPsql(dsn)) {
            assertEquals(new Psql.Answer(true, subject == null ? "" : "/" + subject), Psql.ask(dsn, SUBJECT));
        }
    }

    private static void assertRefused(String says, String dsn) {
        OperationalException refused = assertThrows(OperationalException.class, () -> Postgres.connect(dsn));
        assertTrue(refused.getMessage().contains(says), refused::getMessage);
        if (asksPsql(dsn)) {
            assertFalse(Psql.ask(dsn, SUBJECT).connected());
        }
    }

    /** libpq knows sslcertmode since 16, and psql may be older. */
    private static boolean asksPsql(String dsn) {
        return Psql.isInstalled() && !dsn.contains("sslcertmode");
    }
}
