package dev.pgwire.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.internal.tls.file.TlsFile;
import dev.pgwire.internal.tls.trust.AnyServer;
import dev.pgwire.internal.tls.trust.ServerTrust;
import dev.pgwire.internal.tls.trust.TrustedRoots;
import dev.pgwire.protocol.auth.EndPoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.Logger;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TlsPolicyTest {
    private static final Host DB = new Host("db.example", null, 5432);
    private static final TestCertificate ROOT = TestCertificate.authority("root");
    private static final TestCertificate OTHER = TestCertificate.authority("other");
    private static final TestCertificate GOOD =
            TestCertificate.named("x").dns("db.example").by(ROOT);

    @TempDir
    Path home;

    @BeforeEach
    void trustTheRoot() throws Exception {
        write("root.crt", TestCertificate.pem(ROOT.certificate()));
    }

    // Trust

    @Test
    void aCertificateOfATrustedAuthorityForTheHostIsGood() throws Exception {
        accepts("verify-full", GOOD);
        accepts("verify-full", TestCertificate.named("db.example").by(ROOT));
        accepts("verify-full", TestCertificate.named("x").dns("*.example").by(ROOT));
        accepts(
                "verify-full",
                TestCertificate.named("x").dns("db.example").keyOf("RSA").by(ROOT));
    }

    @Test
    void aCertificateForAnotherHostIsGoodForVerifyCaOnly() throws Exception {
        TestCertificate wrong =
                TestCertificate.named("db.example").dns("other.example").by(ROOT);
        refuses("verify-full", wrong, "expected one for the host \"db.example\"");
        accepts("verify-ca", wrong);
        TestCertificate evil = TestCertificate.named("db.example\0.evil").by(ROOT);
        refuses("verify-full", evil, "contains NUL");
        accepts("verify-ca", evil);
    }

    @Test
    void anAddressIsVerifiedToo() throws Exception {
        Host host = new Host("10.0.0.1", null, 5432);
        TestCertificate good = TestCertificate.named("x").ip(10, 0, 0, 1).by(ROOT);
        TestCertificate wrong = TestCertificate.named("x").ip(10, 0, 0, 2).by(ROOT);
        Handshake.run(policy("verify-full").client(host).engine(), Handshake.server(good));
        assertThrows(
                SSLException.class,
                () -> Handshake.run(policy("verify-full").client(host).engine(), Handshake.server(wrong)));
    }

    @Test
    void theNameIsVerifiedAndNotTheAddressBehindIt() throws Exception {
        Host host = new Host("db.example", "10.0.0.1", 5432);
        Handshake.run(policy("verify-full").client(host).engine(), Handshake.server(GOOD));
    }

    @Test
    void anAddressAloneCannotBeVerifiedInFull() throws Exception {
        Host host = new Host("", "10.0.0.1", 5432);
        assertFails(
                "only hostaddr is given, expected host",
                () -> policy("verify-full").client(host).engine());
        Handshake.run(policy("verify-ca").client(host).engine(), Handshake.server(GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer", "require", "verify-ca", "verify-full"})
    void anotherAuthorityIsRefusedInEveryModeWhereThereAreRoots(String mode) {
        TestCertificate impostor = TestCertificate.named("db.example").by(OTHER);
        refuses(mode, impostor, "is not trusted, expected one that leads to a root in ");
        TestCertificate namesake = TestCertificate.named("db.example").by(TestCertificate.authority("root"));
        refuses(mode, namesake, "is not trusted");
        refuses(mode, TestCertificate.named("db.example").selfSigned(), "is not trusted");
        assertEquals(
                mode.equals("verify-full") ? ServerCheck.CHAIN_AND_NAME : ServerCheck.CHAIN,
                policy(mode).client(DB).serverCheck());
    }

    @ParameterizedTest
    @ValueSource(strings = {"allow", "prefer", "require"})
    void withoutRootsTheWeakerModesTakeAnyServer(String mode) throws Exception {
        Files.delete(home.resolve("root.crt"));
        accepts(mode, TestCertificate.named("other.example").days(-3, -2).by(OTHER));
        assertEquals(ServerCheck.NONE, policy(mode).client(DB).serverCheck());
        TlsPolicy policy = policy(mode, "sslrootcert", home.resolve("missing").toString());
        assertEquals(ServerCheck.NONE, policy.client(DB).serverCheck());
    }

    @Test
    void whatTheServerHadToShowDoesNotChangeWithTheFiles() throws Exception {
        TlsPolicy policy = policy("require");
        ClientEngine strict = policy.client(DB);
        Files.delete(home.resolve("root.crt"));
        ClientEngine lenient = policy.client(DB);
        write("root.crt", TestCertificate.pem(ROOT.certificate()));
        assertEquals(ServerCheck.CHAIN, strict.serverCheck());
        assertEquals(ServerCheck.NONE, lenient.serverCheck());
        TestCertificate impostor = TestCertificate.named("db.example").by(OTHER);
        assertThrows(SSLException.class, () -> Handshake.run(strict.engine(), Handshake.server(impostor)));
        Handshake.run(lenient.engine(), Handshake.server(impostor));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify-ca", "verify-full"})
    void withoutRootsTheStrongerModesFail(String mode) throws Exception {
        Files.delete(home.resolve("root.crt"));
        assertFails(
                "root.crt\" does not exist and sslmode is " + mode + ", expected the file, or sslrootcert=system",
                () -> policy(mode).client(DB).engine());
    }

    @Test
    void theFileOfRootsMustHoldSome() throws Exception {
        write("root.crt", "nothing");
        assertFails(
                "holds no certificate, expected",
                () -> policy("require").client(DB).engine());
        write("root.crt", TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        assertFails(
                "cannot be understood, expected certificates",
                () -> policy("require").client(DB).engine());
        write("root.crt", "-----BEGIN CERTIFICATE-----\nMII");
        assertFails(
                "cannot be understood, expected certificates",
                () -> policy("require").client(DB).engine());
        write("root.crt", TestCertificate.pem(GOOD.certificate()));
        assertFails(
                "holds no root, expected", () -> policy("require").client(DB).engine());
        Files.delete(home.resolve("root.crt"));
        Files.createDirectory(home.resolve("root.crt"));
        assertFails(
                "cannot be read, expected", () -> policy("require").client(DB).engine());
    }

    /** Such as that of a user who has {@code /dev/null} for a home. */
    @Test
    void aDirectoryThatIsNoneHoldsNoFiles() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        for (Path nowhere : List.of(
                Path.of("/dev/null/.postgresql"), file, file.resolve("a").resolve("b"))) {
            ClientEngine client = new TlsPolicy(Config.parse("user=u sslmode=prefer"), nowhere).client(DB);
            assertEquals(ServerCheck.NONE, client.serverCheck());
            assertFails(
                    "root.crt\" does not exist and sslmode is verify-ca",
                    () -> new TlsPolicy(Config.parse("user=u sslmode=verify-ca"), nowhere).client(DB));
        }
    }

    @Test
    void withoutAHomeOnlyNamedFilesAreRead() throws Exception {
        Config weak = Config.parse("user=u sslmode=require");
        assertEquals(ServerCheck.NONE, new TlsPolicy(weak, null).client(DB).serverCheck());
        Config strong = Config.parse("user=u sslmode=verify-ca");
        assertFails(
                "this user has no home with a root certificate file and sslmode is verify-ca, expected",
                () -> new TlsPolicy(strong, null).client(DB));
        Config named = Config.parse("user=u sslmode=verify-ca sslrootcert=" + home.resolve("root.crt"));
        assertEquals(ServerCheck.CHAIN, new TlsPolicy(named, null).client(DB).serverCheck());
    }

    @Test
    void whatIsBelowAFileIsNotThere() throws Exception {
        String below = Files.writeString(home.resolve("file"), "").resolve("x").toString();
        assertEquals(
                ServerCheck.NONE,
                policy("require", "sslrootcert", below).client(DB).serverCheck());
        assertFails("x\" does not exist and sslmode is verify-ca", () -> policy("verify-ca", "sslrootcert", below)
                .client(DB));
    }

    @Test
    void aNamedFileThatCannotBeReadIsAnError() {
        String directory = home.toString();
        for (String keyword : new String[] {"sslrootcert", "sslcrl", "sslcert"}) {
            assertFails(
                    "cannot be read, expected a file that this user may read",
                    () -> policy("require", keyword, directory).client(DB));
        }
    }

    @Test
    void aDefaultListOfRevocationsThatCannotBeReadIsNone() throws Exception {
        Files.createDirectory(home.resolve("root.crl"));
        accepts("verify-ca", GOOD);
        assertFails("cannot be read, expected", () -> policy(
                        "verify-ca", "sslcrl", home.resolve("root.crl").toString())
                .client(DB));
    }

    @Test
    void theFileOfRootsIsReadForEveryEngine() throws Exception {
        TlsPolicy policy = policy("verify-full");
        Handshake.run(policy.client(DB).engine(), Handshake.server(GOOD));
        write("root.crt", TestCertificate.pem(OTHER.certificate()));
        assertThrows(SSLException.class, () -> Handshake.run(policy.client(DB).engine(), Handshake.server(GOOD)));
        Handshake.run(
                policy.client(DB).engine(),
                Handshake.server(TestCertificate.named("db.example").by(OTHER)));
    }

    @Test
    void theSystemsRootsDoNotKnowOurs() {
        TlsPolicy policy = policy("verify-full", "sslrootcert", "system");
        assertEquals(ServerCheck.CHAIN_AND_NAME, policy.client(DB).serverCheck());
        assertThrows(SSLException.class, () -> Handshake.run(policy.client(DB).engine(), Handshake.server(GOOD)));
    }

    @Test
    void aCertificateIsGoodForItsTimeOnly() {
        refuses(
                "verify-ca",
                TestCertificate.named("db.example").days(-10, -1).by(ROOT),
                "the server's certificate expired on ");
        refuses(
                "verify-ca",
                TestCertificate.named("db.example").days(1, 10).by(ROOT),
                "the server's certificate is valid from ");
    }

    @Test
    void aCertificateIsGoodForItsUseOnly() {
        refuses(
                "verify-ca",
                TestCertificate.named("db.example").forClientsOnly().by(ROOT),
                "is for another use, expected one for TLS servers");
    }

    @Test
    void intermediatesComeFromTheServerOrTheFile() throws Exception {
        TestCertificate middle = TestCertificate.named("middle").authority().by(ROOT);
        TestCertificate server = TestCertificate.named("db.example").by(middle);
        accepts("verify-full", server);
        List<X509Certificate> alone = List.of(server.certificate());
        SSLEngine refused = policy("verify-full").client(DB).engine();
        assertThrows(SSLException.class, () -> Handshake.run(refused, Handshake.server(alone, server)));
        write("root.crt", TestCertificate.pem(ROOT.certificate(), middle.certificate()));
        Handshake.run(policy("verify-full").client(DB).engine(), Handshake.server(alone, server));
    }

    @Test
    void whatIsNoAuthorityCannotSign() {
        TestCertificate noAuthority = TestCertificate.named("middle").by(ROOT);
        refuses("verify-ca", TestCertificate.named("db.example").by(noAuthority), "is not trusted");
        TestCertificate old =
                TestCertificate.named("middle").authority().days(-9, -1).by(ROOT);
        refuses(
                "verify-ca",
                TestCertificate.named("db.example").by(old),
                "the certificate of CN=middle above the server's expired on ");
    }

    @Test
    void theNameOfAnAuthorityIsShownWithoutWhatATerminalObeys() {
        TestCertificate hostile = TestCertificate.named("a\n\u001b[31mFATAL" + "n".repeat(1000))
                .authority()
                .days(-9, -1)
                .by(ROOT);
        SSLEngine client = policy("verify-ca").client(DB).engine();
        SSLException refusal = assertThrows(
                SSLException.class,
                () -> Handshake.run(
                        client,
                        Handshake.server(TestCertificate.named("db.example").by(hostile))));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains("[31mFATALnnn"), message);
        assertTrue(message.chars().noneMatch(Character::isISOControl), message);
        assertTrue(message.length() < 500, message);
    }

    @Test
    void aCertificateThatSignedItselfIsTrustedIfItIsInTheFile() throws Exception {
        TestCertificate server = TestCertificate.named("db.example").selfSigned();
        write("root.crt", TestCertificate.pem(server.certificate()));
        accepts("verify-full", server);
        TestCertificate old = TestCertificate.named("db.example").days(-9, -1).selfSigned();
        write("root.crt", TestCertificate.pem(old.certificate()));
        refuses("verify-full", old, "expired on");
    }

    @Test
    void aRootIsGoodForItsTimeOnly() throws Exception {
        TestCertificate expired =
                TestCertificate.named("old").authority().days(-30, -1).selfSigned();
        TestCertificate early =
                TestCertificate.named("new").authority().days(1, 30).selfSigned();
        write("root.crt", TestCertificate.pem(expired.certificate()));
        TestCertificate server = TestCertificate.named("db.example").by(expired);
        refuses("require", server, "the root certificate of CN=old in " + home.resolve("root.crt") + " expired on ");
        write("root.crt", TestCertificate.pem(ROOT.certificate(), expired.certificate(), early.certificate()));
        refuses("verify-ca", server, "the root certificate of CN=old in ");
        refuses("verify-ca", TestCertificate.named("db.example").by(early), "the root certificate of CN=new in ");
        refuses("verify-ca", TestCertificate.named("db.example").by(OTHER), "expected one that leads to a root in ");
        accepts("verify-ca", GOOD);
    }

    @Test
    void aRootThatWasRenewedWithTheSameKeyIsGoodAgain() throws Exception {
        TestCertificate old =
                TestCertificate.named("root").authority().days(-30, -1).selfSigned();
        TestCertificate renewed = old.renewed();
        TestCertificate server = TestCertificate.named("db.example").by(old);
        write("root.crt", TestCertificate.pem(old.certificate(), renewed.certificate()));
        accepts("verify-full", server);
        write("root.crt", TestCertificate.pem(renewed.certificate(), old.certificate()));
        accepts("verify-full", server);
    }

    @Test
    void aRootVouchesOnlyForTheNamesThatItsConstraintsPermit() throws Exception {
        TestCertificate root =
                TestCertificate.named("root").authority().permitting("example").selfSigned();
        // The JDK takes the common name of an authority for one of a host if it could be one.
        TestCertificate middle = TestCertificate.named("the middle").authority().by(root);
        write("root.crt", TestCertificate.pem(root.certificate()));
        accepts("verify-full", TestCertificate.named("x").dns("db.example").by(root));
        accepts("verify-full", TestCertificate.named("x").dns("db.example").by(middle));
        String message = "expected one that the constraints of the root CN=root allow";
        refuses("verify-ca", TestCertificate.named("x").dns("db.evil").by(root), message);
        refuses("verify-ca", TestCertificate.named("x").dns("db.evil").by(middle), message);
        refuses(
                "verify-full",
                TestCertificate.named("x").dns("db.example").dns("db.evil").by(root),
                message);
    }

    /** Of these kinds the JDK checks the name of some, by its own rules or not at all. */
    @Test
    void theNameIsVerifiedWhateverKindOfTrustManagerVerifiesTheChain() throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        java.security.KeyStore roots = java.security.KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry("root", ROOT.certificate());
        factory.init(roots);
        List<X509TrustManager> kinds = List.of(
                (X509TrustManager) factory.getTrustManagers()[0],
                new AnyServer(),
                new TrustedRoots(new TlsFile("file", home.resolve("root.crt")), null));
        for (X509TrustManager kind : kinds) {
            X509Certificate[] chain = {GOOD.certificate()};
            assertDoesNotThrow(() -> new ServerTrust(kind, "db.example").checkServerTrusted(chain, "UNKNOWN"));
            assertThrows(java.security.cert.CertificateException.class, () -> new ServerTrust(kind, "other.example")
                    .checkServerTrusted(chain, "UNKNOWN"));
            assertDoesNotThrow(() -> new ServerTrust(kind, null).checkServerTrusted(chain, "UNKNOWN"));
            assertThrows(java.security.cert.CertificateException.class, () -> new ServerTrust(kind, null)
                    .checkClientTrusted(chain, "UNKNOWN"));
        }
    }

    // Revocation

    @Test
    void aRevokedCertificateIsRefused() throws Exception {
        write("root.crl", ROOT.crl(30));
        accepts("verify-ca", GOOD);
        write("root.crl", ROOT.crl(30, GOOD));
        refuses("verify-ca", GOOD, "has been revoked");
        accepts("verify-ca", TestCertificate.named("x").by(ROOT));
    }

    @Test
    void theListsAreFoundWhereTheConfigurationSays() throws Exception {
        write("root.crl", ROOT.crl(30, GOOD));
        String none = write("none.crl", ROOT.crl(30));
        String one = write("one.crl", ROOT.crl(30, GOOD));
        Path directory = Files.createDirectory(home.resolve("crls"));
        write("crls/README", "no list");
        write("crls/12345678.r0", ROOT.crl(30, GOOD));
        accepts("verify-ca", GOOD, "sslcrl", none);
        refuses("verify-ca", GOOD, "has been revoked", "sslcrl", one);
        refuses("verify-ca", GOOD, "has been revoked", "sslcrldir", directory.toString());
        refuses("verify-ca", GOOD, "has been revoked", "sslcrl", none, "sslcrldir", directory.toString());
        accepts("verify-ca", GOOD, "sslcrl", home.resolve("missing").toString());
        assertFails("directory of revocation lists", () -> policy(
                        "verify-ca", "sslcrldir", home.resolve("missing").toString())
                .client(DB)
                .engine());
    }

    @Test
    void withListsEveryAuthorityOfTheChainNeedsACurrentOne() throws Exception {
        String message = "no revocation list tells whether";
        TestCertificate middle = TestCertificate.named("middle").authority().by(ROOT);
        TestCertificate server = TestCertificate.named("db.example").by(middle);
        write("root.crl", ROOT.crl(30));
        refuses("verify-ca", server, message);
        write("root.crl", ROOT.crl(30) + middle.crl(30));
        accepts("verify-ca", server);
        write("root.crl", ROOT.crl(30) + middle.crl(30, server));
        refuses("verify-ca", server, "has been revoked");
        write("root.crl", ROOT.crl(30, middle) + middle.crl(30));
        refuses("verify-ca", server, "has been revoked");
        write("root.crl", ROOT.crl(-1));
        refuses("verify-ca", GOOD, message);
        write("root.crl", TestCertificate.authority("root").crl(30));
        refuses("verify-ca", GOOD, message);
        write("root.crl", "none");
        refuses("verify-ca", GOOD, message);
        write("root.crl", TestCertificate.pem("X509 CRL", new byte[] {1, 2, 3}));
        assertFails(
                "cannot be understood, expected revocation lists",
                () -> policy("verify-ca").client(DB).engine());
    }

    @Test
    void aRootThatIsTheServersOwnMayBeRevokedToo() throws Exception {
        TestCertificate server = TestCertificate.named("db.example").selfSigned();
        write("root.crt", TestCertificate.pem(server.certificate()));
        write("root.crl", OTHER.crl(30));
        refuses("verify-ca", server, "no revocation list tells whether");
        write("root.crl", server.crl(30));
        accepts("verify-ca", server);
        write("root.crl", server.crl(30, server));
        refuses("verify-ca", server, "has been revoked");
    }

    // What is offered and agreed

    @Test
    void theServersNameIsToldUnlessItIsAnAddressOrUnwanted() throws Exception {
        assertTrue(hello(policy("require"), "db.example").contains("db.example"));
        assertTrue(hello(policy("require"), "my_db").contains("my_db"));
        assertFalse(hello(policy("require", "sslsni", "0"), "db.example").contains("db.example"));
        assertFalse(hello(policy("require"), "10.0.0.1").contains("10.0.0.1"));
        assertTrue(hello(policy("require"), "10.0.0.1").contains("postgresql"));
        SSLEngine picky = Handshake.server(GOOD);
        SSLParameters parameters = picky.getSSLParameters();
        parameters.setSNIMatchers(List.of(SNIHostName.createSNIMatcher("db\\.example")));
        picky.setSSLParameters(parameters);
        Handshake.run(policy("verify-full").client(DB).engine(), picky);
    }

    @Test
    void theProtocolMustBePostgresIfOneIsAgreedOn() throws Exception {
        TlsPolicy asked = policy("require");
        TlsPolicy direct = policy("require", "sslnegotiation", "direct");
        SSLEngine none = asked.client(DB).engine();
        Handshake.run(none, Handshake.server(GOOD));
        asked.check(none);
        assertFails("agreed on no protocol (ALPN) though sslnegotiation is direct", () -> direct.check(none));

        SSLEngine postgres = direct.client(DB).engine();
        Handshake.run(postgres, speaking("http/1.1", "postgresql"));
        direct.check(postgres);
        asked.check(postgres);

        assertThrows(SSLException.class, () -> Handshake.run(asked.client(DB).engine(), speaking("http/1.1")));

        SSLEngine http = asked.client(DB).engine();
        SSLParameters parameters = http.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        http.setSSLParameters(parameters);
        Handshake.run(http, speaking("http/1.1"));
        assertFails("agreed on another protocol (ALPN), expected postgresql", () -> asked.check(http));
    }

    @Test
    void versionsBeyondTheLimitsAreNotOffered() throws Exception {
        assertEquals("TLSv1.3", version("ssl_min_protocol_version", "TLSv1.3"));
        assertEquals("TLSv1.2", version("ssl_max_protocol_version", "TLSv1.2"));
        assertEquals("TLSv1.3", version("sslsni", "1"));
        assertArrayEquals(
                new String[] {"TLSv1.2", "TLSv1.3"},
                policy("require").client(DB).engine().getEnabledProtocols());
        SSLEngine old = Handshake.server(GOOD);
        old.setEnabledProtocols(new String[] {"TLSv1.2"});
        SSLEngine modern = policy("require", "ssl_min_protocol_version", "TLSv1.3")
                .client(DB)
                .engine();
        assertThrows(SSLException.class, () -> Handshake.run(modern, old));
        assertFails(
                "no version of TLS from TLSv1 to TLSv1.1 is enabled in this JVM, expected ssl_min_protocol_version",
                () -> policy("require", "ssl_min_protocol_version", "TLSv1", "ssl_max_protocol_version", "TLSv1.1")
                        .client(DB)
                        .engine());
    }

    /** The JDK's own server refuses so old a version, so its answer is written by hand. */
    @Test
    void aServerThatKnowsOnlyTls11IsRefused() throws Exception {
        SSLEngine client = policy("require").client(DB).engine();
        client.beginHandshake();
        client.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 16));
        ByteBuffer hello = ByteBuffer.allocate(47);
        hello.put(new byte[] {22, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2}).position(43);
        // No session, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, no compression.
        hello.put(new byte[] {0, (byte) 0xc0, 0x13, 0}).flip();
        SSLException refusal = assertThrows(SSLException.class, () -> {
            client.unwrap(hello, ByteBuffer.allocate(1 << 16));
            while (client.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                client.getDelegatedTask().run();
            }
            client.wrap(ByteBuffer.allocate(0), ByteBuffer.allocate(1 << 16));
        });
        assertTrue(String.valueOf(refusal.getMessage()).contains("protocol version"), refusal.toString());
    }

    // The client's certificate

    @Test
    void theCertificateOfTheClientIsShownToAServerThatAsks() throws Exception {
        TestCertificate middle = TestCertificate.named("middle").authority().by(OTHER);
        TestCertificate ada = TestCertificate.named("ada").by(middle);
        write("postgresql.crt", TestCertificate.pem(ada.certificate(), middle.certificate()));
        secret("postgresql.key", ada.keyPem());
        for (String max : new String[] {"TLSv1.2", "TLSv1.3"}) {
            TlsPolicy policy = policy("verify-full", "sslcertmode", "require", "ssl_max_protocol_version", max);
            SSLEngine client = policy.client(DB).engine();
            SSLEngine server = Handshake.server(GOOD);
            server.setNeedClientAuth(true);
            Handshake.run(client, server);
            policy.check(client);
            assertArrayEquals(
                    new X509Certificate[] {ada.certificate(), middle.certificate()},
                    server.getSession().getPeerCertificates());

            SSLEngine unasked = policy.client(DB).engine();
            Handshake.run(unasked, Handshake.server(GOOD));
            assertFails("did not ask for a certificate of the client", () -> policy.check(unasked));
            policy("verify-full").check(unasked);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void anyKindOfKeyCanSign(String kind) throws Exception {
        TestCertificate ada = TestCertificate.named("ada").keyOf(kind).selfSigned();
        write("postgresql.crt", TestCertificate.pem(ada.certificate()));
        secret("postgresql.key", ada.keyPem());
        SSLEngine client = policy("verify-full").client(DB).engine();
        SSLEngine server = Handshake.server(GOOD);
        server.setNeedClientAuth(true);
        Handshake.run(client, server);
        assertEquals(ada.certificate(), server.getSession().getPeerCertificates()[0]);
    }

    @Test
    void withoutACertificateOfTheClientTheServerDecides() throws Exception {
        SSLEngine lenient = Handshake.server(GOOD);
        lenient.setWantClientAuth(true);
        SSLEngine client = policy("verify-full").client(DB).engine();
        Handshake.run(client, lenient);
        policy("verify-full").check(client);
        SSLEngine strict = Handshake.server(GOOD);
        strict.setNeedClientAuth(true);
        assertThrows(
                SSLException.class,
                () -> Handshake.run(policy("verify-full").client(DB).engine(), strict));
        assertFails(
                "sslcertmode is require and there is no certificate of the client, expected sslcert",
                () -> policy("verify-full", "sslcertmode", "require").client(DB).engine());
    }

    @Test
    void aCertificateOfTheClientIsNotEvenReadIfItIsUnwanted() throws Exception {
        write("postgresql.crt", "nothing");
        policy("verify-full", "sslcertmode", "disable").client(DB).engine();
        assertFails(
                "holds no certificate", () -> policy("verify-full").client(DB).engine());
    }

    // What SCRAM binds to

    @Test
    void theEndPointIsTheHashOfTheCertificate() throws Exception {
        TestCertificate rsa =
                TestCertificate.named("root").authority().keyOf("RSA").selfSigned();
        Files.delete(home.resolve("root.crt"));
        assertEndPoint("SHA-256", "SHA256withECDSA", GOOD);
        assertEndPoint("SHA-384", "SHA384withECDSA", TestCertificate.named("x").by(ROOT, "SHA384withECDSA"));
        assertEndPoint("SHA-256", "SHA1withECDSA", TestCertificate.named("x").by(ROOT, "SHA1withECDSA"));
        assertEndPoint("SHA-256", "SHA256withRSA", TestCertificate.named("x").by(rsa));
        assertEndPoint("SHA-512", "SHA512withRSA", TestCertificate.named("x").by(rsa, "SHA512withRSA"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "Ed448"})
    void anEdwardsCertificateHasNoEndPoint(String algorithm) throws Exception {
        Files.delete(home.resolve("root.crt"));
        TestCertificate server = TestCertificate.named("x").keyOf(algorithm).selfSigned();
        SSLEngine client = policy("require").client(DB).engine();
        Handshake.run(client, Handshake.server(server));
        EndPoint endPoint = TlsPolicy.endPoint(client.getSession());
        assertNull(endPoint.data());
        assertTrue(List.of(algorithm, "EdDSA").contains(endPoint.signatureAlgorithm()), endPoint.signatureAlgorithm());
    }

    @Test
    void beforeAHandshakeThereIsNoEndPoint() {
        EndPoint endPoint =
                TlsPolicy.endPoint(policy("require").client(DB).engine().getSession());
        assertNull(endPoint.data());
        assertEquals("none", endPoint.signatureAlgorithm());
    }

    @Test
    void nothingIsWritten() throws Exception {
        policy("verify-full", "sslkeylogfile", home.resolve("secrets").toString())
                .client(DB)
                .engine();
        try (var files = Files.list(home)) {
            assertEquals(List.of(home.resolve("root.crt")), files.toList());
        }
    }

    /** Another test may have been the first to be warned. */
    @Test
    void theWarningThatNothingIsWrittenComesOnce() {
        AtomicInteger warnings = new AtomicInteger();
        Logger logger = Logger.getLogger("dev.pgwire");
        Filter before = logger.getFilter();
        String file = home.resolve("secrets").toString();
        policy("require", "sslkeylogfile", file);
        logger.setFilter(warning -> warnings.incrementAndGet() < 0);
        try {
            policy("require", "sslkeylogfile", file);
            assertEquals(0, warnings.get());
        } finally {
            logger.setFilter(before);
        }
    }

    private void assertEndPoint(String hash, String algorithm, TestCertificate server) throws Exception {
        SSLEngine client = policy("require").client(DB).engine();
        Handshake.run(client, Handshake.server(server));
        EndPoint endPoint = TlsPolicy.endPoint(client.getSession());
        assertArrayEquals(
                MessageDigest.getInstance(hash).digest(server.certificate().getEncoded()), endPoint.data());
        assertEquals(algorithm, endPoint.signatureAlgorithm());
    }

    private String version(String... settings) throws Exception {
        SSLEngine client = policy("require", settings).client(DB).engine();
        Handshake.run(client, Handshake.server(GOOD));
        return client.getSession().getProtocol();
    }

    private static SSLEngine speaking(String... protocols) {
        SSLEngine server = Handshake.server(GOOD);
        SSLParameters parameters = server.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        server.setSSLParameters(parameters);
        return server;
    }

    private static String hello(TlsPolicy policy, String host) throws SSLException {
        ByteBuffer hello = ByteBuffer.allocate(1 << 16);
        SSLEngine client = policy.client(new Host(host, null, 5432)).engine();
        client.beginHandshake();
        client.wrap(ByteBuffer.allocate(0), hello);
        return new String(Arrays.copyOf(hello.array(), hello.position()), StandardCharsets.ISO_8859_1);
    }

    private void accepts(String mode, TestCertificate server, String... settings) throws Exception {
        TlsPolicy policy = policy(mode, settings);
        SSLEngine client = policy.client(DB).engine();
        Handshake.run(client, Handshake.server(server));
        policy.check(client);
    }

    private void refuses(String mode, TestCertificate server, String message, String... settings) {
        SSLEngine client = policy(mode, settings).client(DB).engine();
        SSLException refusal = assertThrows(SSLException.class, () -> Handshake.run(client, Handshake.server(server)));
        assertTrue(String.valueOf(refusal.getMessage()).contains(message), refusal.toString());
    }

    private static void assertFails(String message, org.junit.jupiter.api.function.Executable action) {
        ConnectionFailureException failure = assertThrows(ConnectionFailureException.class, action);
        assertTrue(String.valueOf(failure.getMessage()).contains(message), failure.getMessage());
    }

    private TlsPolicy policy(String mode, String... settings) {
        Config.Builder builder = Config.builder().set("sslmode", mode);
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        return new TlsPolicy(builder.build(), home);
    }

    private String write(String name, String text) throws IOException {
        return Files.writeString(home.resolve(name), text).toString();
    }

    private void secret(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    }
}
