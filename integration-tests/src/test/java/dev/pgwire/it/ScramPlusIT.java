package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.OperationalException;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SCRAM that is bound to the TLS channel, with real servers and a real man in the middle. Roles are named as in hba. */
@Timeout(120)
class ScramPlusIT {
    private static final String PASSWORD = "S3cr3t";
    private static final String PLUS = "SCRAM-SHA-256-PLUS";
    private static final String PLAIN = "SCRAM-SHA-256";

    @TempDir
    private static Path files;

    private static TlsServer server;
    private static X509Bundle usual;

    private final StringBuilder trace = new StringBuilder();

    @BeforeAll
    static void start() {
        server = TlsServer.start(
                files,
                "host all scram 127.0.0.1/32 scram-sha-256",
                "host all md5 127.0.0.1/32 md5",
                "host all password 127.0.0.1/32 password",
                "host all trust 127.0.0.1/32 trust");
        usual = server.certificates().issue(TestCertificates.forLocalhost());
        server.execute(
                "CREATE ROLE scram LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE password LOGIN PASSWORD '" + PASSWORD + "'",
                "CREATE ROLE trust LOGIN",
                "SET password_encryption = md5; CREATE ROLE md5 LOGIN PASSWORD '" + PASSWORD + "'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void showTheUsualCertificate() {
        server.serve(usual);
    }

    private static String dsn(String user, String binding, String extra) {
        return server.dsn("user=" + user + " password=" + PASSWORD + " channel_binding=" + binding + " " + extra);
    }

    private Connection connect(String dsn) {
        return Postgres.connect(Config.parse(dsn).toBuilder().trace(trace).build());
    }

    private void assertLetIn(String mechanism, String dsn) {
        try (Connection conn = connect(dsn)) {
            assertEquals(AuthMethod.SCRAM_SHA_256, conn.info().authentication());
            assertTrue(trace.indexOf("\tSASLInitialResponse\t \"" + mechanism + "\"") > 0, trace::toString);
        }
        trace.setLength(0);
    }

    private OperationalException assertRefused(String dsn) {
        OperationalException refused = assertThrows(OperationalException.class, () -> connect(dsn));
        assertFalse(refused.getMessage().contains(PASSWORD), refused::getMessage);
        return refused;
    }

    /** Whatever was asked for, nothing that depends on the password was sent. */
    private void assertNothingAnswered() {
        assertFalse(trace.indexOf("SASLInitialResponse") > 0, trace::toString);
        assertFalse(trace.indexOf("PasswordMessage") > 0, trace::toString);
        trace.setLength(0);
    }

    private static void assertPsql(boolean connects, String dsn) {
        if (Psql.isInstalled()) {
            Psql.Answer libpq = Psql.ask(dsn, "SELECT 1");
            assertEquals(connects, libpq.connected(), libpq.said());
        }
    }

    @ParameterizedTest
    @CsvSource({"require,true", "prefer,true", "disable,false"})
    void scramIsBoundUnlessItMayNot(String binding, boolean bound) {
        for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            String dsn = dsn("scram", binding, "ssl_max_protocol_version=" + version);
            assertLetIn(bound ? PLUS : PLAIN, dsn);
            assertPsql(true, dsn);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "rsa3072", "ecp256", "ecp384"})
    void theCertificatesKeyMayBeOfAnyKindThatHasAHash(CertificateBuilder.Algorithm algorithm) throws Exception {
        String unverified = serveSelfSigned(algorithm);
        for (String binding : new String[] {"require", "prefer"}) {
            String dsn = dsn("scram", binding, unverified);
            assertLetIn(PLUS, dsn);
            assertPsql(true, dsn);
        }
    }

    /** As in CVE-2026-54291: what cannot be bound must not count as bound. */
    @Test
    void whereTheCertificateHasNoHashBindingIsRefusedIfRequired() throws Exception {
        String unverified = serveSelfSigned(CertificateBuilder.Algorithm.ed25519);
        OperationalException refused = assertRefused(dsn("scram", "require", unverified));
        assertTrue(
                refused.getMessage().contains("signed with Ed25519, which has no hash to bind to"),
                refused::getMessage);
        assertNothingAnswered();
        assertLetIn(PLAIN, dsn("scram", "prefer", unverified));
        assertLetIn(PLAIN, dsn("scram", "disable", unverified));
    }

    @ParameterizedTest
    @ValueSource(strings = {"md5", "password", "trust"})
    void anotherMethodIsNotAnsweredIfBindingIsRequired(String user) {
        String required = dsn(user, "require", "");
        OperationalException refused = assertRefused(required);
        assertTrue(
                refused.getMessage().endsWith("expected " + PLUS + " (channel_binding=require)"), refused::getMessage);
        assertNothingAnswered();
        assertPsql(false, required);
        for (String binding : new String[] {"prefer", "disable"}) {
            try (Connection conn = connect(dsn(user, binding, ""))) {
                assertEquals(
                        user.equals("trust") ? "none" : user,
                        conn.info().authentication().text());
            }
            assertPsql(true, dsn(user, binding, ""));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scram", "md5", "password", "trust"})
    void withoutTlsNothingIsAnsweredIfBindingIsRequired(String user) {
        String dsn = dsn(user, "require", "sslmode=disable");
        OperationalException refused = assertRefused(dsn);
        assertTrue(refused.getMessage().contains("channel_binding=require"), refused::getMessage);
        assertNothingAnswered();
        assertPsql(false, dsn);
    }

    @Test
    void aWrongPasswordIsThat() {
        assertThrows(InvalidPasswordException.class, () -> connect(dsn("scram", "require", "password=wrong")));
    }

    @Test
    void aManInTheMiddleIsFoundOutByBinding() throws Exception {
        X509Bundle own =
                TestCertificates.forLocalhost().setIsCertificateAuthority(true).buildSelfSigned();
        try (TlsRelay relay = TlsRelay.before(server.port(), own)) {
            String unverified = "sslmode=require sslrootcert=" + files.resolve("none.crt") + " port=" + relay.port();
            // Without verification and without binding nobody can know.
            assertLetIn(PLAIN, dsn("scram", "disable", unverified));
            for (String binding : new String[] {"prefer", "require"}) {
                OperationalException refused = assertRefused(dsn("scram", binding, unverified));
                assertTrue(refused.getMessage().contains("channel binding check failed"), refused::getMessage);
                assertPsql(false, dsn("scram", binding, unverified));
            }
            trace.setLength(0);
            OperationalException refused = assertRefused(dsn("scram", "disable", "port=" + relay.port()));
            assertTrue(refused.getMessage().contains("the server's certificate is not trusted"), refused::getMessage);
            assertFalse(trace.indexOf("StartupMessage") > 0, trace::toString);
        }
    }

    /** The algorithm of a certificate that has signed itself is its own. */
    private static String serveSelfSigned(CertificateBuilder.Algorithm algorithm) throws Exception {
        server.serve(TestCertificates.forLocalhost()
                .algorithm(algorithm)
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
        return "sslmode=require sslrootcert=" + files.resolve("none.crt");
    }
}
