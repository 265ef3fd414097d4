package dev.pgwire.console;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.testkit.TestServer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --doctor} says of real servers: one with TLS and a certificate for {@code localhost}, one with an old one. */
@Timeout(120)
class DoctorIT {
    private static final String[] WELL = {
        "ok configuration",
        "ok resolve",
        "ok connect",
        "ok TLS",
        "ok authentication",
        "ok protocol",
        "ok role",
        "ok round trip"
    };

    @TempDir
    private static Path files;

    private static TestServer server;
    private static TestServer expired;

    @BeforeAll
    static void start() throws Exception {
        X509Bundle authority = authority("CN=Test Authority");
        Files.writeString(files.resolve("root.crt"), authority.getCertificatePEM());
        Files.writeString(
                files.resolve("other.crt"), authority("CN=Another Authority").getCertificatePEM());
        Instant now = Instant.now();
        write("server", certificate().buildIssuedBy(authority));
        write(
                "expired",
                certificate()
                        .notBefore(now.minus(20, ChronoUnit.DAYS))
                        .notAfter(now.minus(10, ChronoUnit.DAYS))
                        .buildIssuedBy(authority));
        server = withTls("server");
        expired = withTls("expired");
        try (Connection admin = Postgres.connect(server.dsn())) {
            admin.execute("CREATE ROLE ada LOGIN PASSWORD '" + Examination.SECRET + "'");
        }
    }

    private static X509Bundle authority(String name) throws Exception {
        return new CertificateBuilder()
                .rsa2048()
                .subject(name)
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private static CertificateBuilder certificate() {
        return new CertificateBuilder().rsa2048().subject("CN=localhost").addSanDnsName("localhost");
    }

    private static void write(String name, X509Bundle bundle) throws IOException {
        Files.writeString(files.resolve(name + ".crt"), bundle.getCertificatePEM());
        Path key = Files.writeString(files.resolve(name + ".key"), bundle.getPrivateKeyPEM());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    private static TestServer withTls(String name) {
        return TestServer.embedded()
                .hba("host all ada 127.0.0.1/32 scram-sha-256")
                .setting("ssl", "on")
                .setting("ssl_cert_file", files.resolve(name + ".crt").toString())
                .setting("ssl_key_file", files.resolve(name + ".key").toString())
                .start();
    }

    @AfterAll
    static void stop() {
        server.close();
        expired.close();
    }

    @Test
    void aGoodDsnIsWellInEveryStep() {
        Examination.of(ada(Examination.SECRET) + " sslmode=verify-full sslrootcert=" + files.resolve("root.crt"))
                .assertStatus(0)
                .assertSteps(WELL)
                .assertSays("ok resolve", "localhost -> 127.0.0.1", " ms")
                .assertSays("ok connect", "127.0.0.1 port " + server.port(), " ms")
                .assertSays("ok TLS", "TLSv1.3, ", "CN=localhost, issued by CN=Test Authority, valid until ")
                .assertSays("ok TLS", ", names localhost, verified ")
                .assertSays("ok authentication", "scram-sha-256, bound to the channel", " ms")
                .assertSays("ok protocol", "3.0, server " + server.majorVersion(), ", process ")
                .assertSays("ok role", "primary, read-write")
                .assertSays("ok round trip", "median ", " p99 ", "of SELECT 1)");
    }

    @Test
    void aCertificateThatNobodyLookedAtIsNotCalledVerified() {
        Examination.of(ada(Examination.SECRET))
                .assertStatus(0)
                .assertSteps(WELL)
                .assertSays("ok TLS", "not verified (sslmode=prefer (default))");
    }

    @Test
    void aWrongPasswordIsRefused() {
        Examination.of(ada("Wr0ng"))
                .assertStatus(1)
                .assertSays("FAILED authentication", "SQLSTATE 28P01")
                .assertAdvises("password (connection string)", "user=ada (connection string)");
    }

    @Test
    void aDatabaseThatIsNotThereFailsAfterAuthentication() {
        Examination.of(ada(Examination.SECRET) + " sslmode=require dbname=nowhere")
                .assertStatus(1)
                .assertSteps(
                        "ok configuration", "ok resolve", "ok connect", "ok TLS", "ok authentication", "FAILED session")
                .assertSays("FAILED session", "\"nowhere\"", "3D000")
                .assertAdvises("dbname=nowhere (connection string)");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsNotTrusted() {
        Examination.of(ada(Examination.SECRET) + " sslmode=verify-ca sslrootcert=" + files.resolve("other.crt"))
                .assertStatus(1)
                .assertSteps("ok configuration", "ok resolve", "ok connect", "FAILED TLS")
                .assertSays(
                        "FAILED TLS", "is not trusted", "other.crt", "it is CN=localhost, issued by CN=Test Authority")
                .assertAdvises("sslrootcert=" + files.resolve("other.crt"), "the certificate of CN=Test Authority");
    }

    @Test
    void aCertificateForAnotherHostNamesItsOwn() {
        Examination.of(ada(Examination.SECRET) + " host=db.example hostaddr=127.0.0.1 sslmode=verify-full sslrootcert="
                        + files.resolve("root.crt"))
                .assertStatus(1)
                .assertSays("FAILED TLS", "expected one for the host \"db.example\"")
                .assertAdvises("host=db.example (connection string)", "(localhost)", "sslmode=verify-ca");
    }

    @Test
    void anOldCertificateHasToBeRenewed() {
        Examination.of(expired.dsn() + " host=localhost hostaddr=127.0.0.1 sslmode=verify-ca sslrootcert="
                        + files.resolve("root.crt"))
                .assertStatus(1)
                .assertSays("FAILED TLS", "expired on ")
                .assertAdvises("ssl_cert_file", "renew");
    }

    @Test
    void aRootCertificateThatIsNotThereIsNamed() {
        Examination.of(ada(Examination.SECRET) + " sslmode=verify-ca sslrootcert=" + files.resolve("none.crt"))
                .assertStatus(1)
                .assertSays("FAILED TLS", "none.crt", "does not exist")
                .assertAdvises("sslrootcert=");
    }

    @Test
    void theNextHostIsTriedAfterADeadOne() throws IOException {
        int dead;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            dead = socket.getLocalPort();
        }
        Examination.of("host=127.0.0.1,127.0.0.1 port=" + dead + "," + server.port()
                        + " user=ada dbname=postgres password=" + Examination.SECRET)
                .assertStatus(1)
                .assertSteps(
                        "ok configuration",
                        "ok resolve",
                        "FAILED connect",
                        "ok resolve",
                        "ok connect",
                        "ok TLS",
                        "ok authentication",
                        "ok protocol",
                        "ok role",
                        "ok round trip")
                .assertAdvises("listen_addresses");
    }

    @Test
    void aPrimaryIsNoStandby() {
        Examination.of(ada(Examination.SECRET) + " target_session_attrs=standby")
                .assertStatus(1)
                .assertSays("FAILED role", "it is not in hot standby mode")
                .assertAdvises("target_session_attrs=standby (connection string)");
    }

    @Test
    void aServerWithoutTlsIsUsedAsItIs() {
        Examination.of(TestServer.shared().dsn() + " sslmode=prefer")
                .assertStatus(0)
                .assertSays("skipped TLS", "the server has none")
                .assertSays("ok authentication", "the server asks for nothing");
    }

    @Test
    void aServerWithoutTlsIsLeftIfTlsIsRequired() {
        Examination.of(TestServer.shared().dsn() + " sslmode=require")
                .assertStatus(1)
                .assertSteps("ok configuration", "ok resolve", "ok connect", "FAILED TLS")
                .assertAdvises("sslmode=require (connection string)");
    }

    private static String ada(String password) {
        return "host=localhost hostaddr=127.0.0.1 port=" + server.port() + " user=ada dbname=postgres password="
                + password;
    }
}
