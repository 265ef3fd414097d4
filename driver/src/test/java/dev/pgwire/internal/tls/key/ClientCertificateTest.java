package dev.pgwire.internal.tls.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.config.Config;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.internal.tls.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClientCertificateTest {
    private static final String PASSWORD = "S3cr3t-key";
    private static final TestCertificate ADA = TestCertificate.named("ada").selfSigned();
    private static final TestCertificate BOB = TestCertificate.named("bob").selfSigned();

    @TempDir
    Path home;

    @Test
    void theDefaultFilesAreTakenIfTheyExist() throws Exception {
        assertNull(find());
        crt("postgresql.crt", ADA);
        key("postgresql.key", ADA.keyPem());
        ClientCertificate found = found();
        assertEquals(List.of(ADA.certificate()), found.chain());
        assertArrayEquals(ADA.key().getEncoded(), found.key().getEncoded());
        assertNull(find("sslcertmode", "disable"));
        assertNull(find("sslcert", home.resolve("missing").toString()));
    }

    @Test
    void withoutAHomeBothFilesMustBeNamed() throws Exception {
        String crt = crt("bob.crt", BOB);
        String key = key("bob.key", BOB.keyPem());
        assertNull(ClientCertificate.find(Config.parse("user=u"), null));
        Config both = Config.parse("user=u sslcert=" + crt + " sslkey=" + key);
        assertEquals(
                List.of(BOB.certificate()),
                Objects.requireNonNull(ClientCertificate.find(both, null)).chain());
        Config keyless = Config.parse("user=u sslcert=" + crt);
        ConnectionFailureException failure =
                assertThrows(ConnectionFailureException.class, () -> ClientCertificate.find(keyless, null));
        assertTrue(failure.getMessage().contains("expected sslkey to name it"), failure.getMessage());
    }

    @Test
    void theNamedFilesAreTakenInstead() throws Exception {
        crt("postgresql.crt", ADA);
        key("postgresql.key", ADA.keyPem());
        String crt = crt("bob.crt", BOB);
        String key = key("bob.key", BOB.keyPem());
        assertEquals(
                List.of(BOB.certificate()), found("sslcert", crt, "sslkey", key).chain());
    }

    @Test
    void theKeyMustBeThereAndBelongToTheCertificate() throws Exception {
        String crt = crt("postgresql.crt", ADA);
        assertFails("postgresql.key\" does not exist, expected the key of the certificate \"" + crt + "\"");
        key("postgresql.key", BOB.keyPem());
        assertFails("holds another key than that of the certificate");
        key("postgresql.key", new String(KeyDecoderTest.bytes("rsa-pkcs1.pem"), StandardCharsets.US_ASCII));
        assertFails("holds another key than that of the certificate");
        key("postgresql.key", "nothing");
        assertFails("postgresql.key\" has an unknown form, expected");
        key("postgresql.key", TestCertificate.pem("PRIVATE KEY", new byte[] {0x30, 5, 2}));
        assertFails("postgresql.key\" cannot be understood, expected a private key");
    }

    @Test
    void pairsAreToldApartForEveryKindOfKey() throws Exception {
        for (String kind : new String[] {"RSA", "EC", "Ed25519", "Ed448"}) {
            TestCertificate one = TestCertificate.named("one").keyOf(kind).selfSigned();
            TestCertificate two = TestCertificate.named("two").keyOf(kind).selfSigned();
            assertTrue(KeyPair.belongs(one.key(), one.certificate().getPublicKey()), kind);
            assertFalse(KeyPair.belongs(one.key(), two.certificate().getPublicKey()), kind);
        }
    }

    @Test
    void aPasswordIsAskedForAndNeverShown() throws Exception {
        crt("postgresql.crt", ADA);
        key("postgresql.key", new String(KeyDecoderTest.bytes("rsa-pbes2-aes-256-cbc.pem"), StandardCharsets.US_ASCII));
        assertFails("is encrypted and sslpassword is not given");
        assertFalse(assertFails("cannot be decrypted with sslpassword", "sslpassword", "wr0ng")
                .contains("wr0ng"));
        // The password opens it; it is another's key.
        assertFalse(assertFails("holds another key", "sslpassword", PASSWORD).contains(PASSWORD));
    }

    @Test
    void oneFileMayHoldBoth() throws Exception {
        String file = key("ada.p12", KeyDecoderTest.bytes("rsa.p12"));
        byte[] expected = KeyDecoder.decode(KeyDecoderTest.bytes("rsa-pkcs8.pem"), new KeyPassword(null))
                .getEncoded();
        for (String keyword : new String[] {"sslcert", "sslkey"}) {
            ClientCertificate found = found(keyword, file, "sslpassword", PASSWORD);
            assertArrayEquals(expected, found.key().getEncoded());
            assertEquals(
                    "CN=ada", found.chain().get(0).getSubjectX500Principal().toString());
            assertFails("is encrypted and sslpassword is not given", keyword, file);
            assertFails("cannot be decrypted with sslpassword", keyword, file, "sslpassword", "wrong");
        }
        ClientCertificate both = found("sslcert", file, "sslkey", file, "sslpassword", PASSWORD);
        assertArrayEquals(expected, both.key().getEncoded());
        found("sslkey", key("empty.p12", KeyDecoderTest.bytes("rsa-empty-password.p12")));
    }

    @Test
    void theKeyOfAPkcs12FileGoesWithACertificateOfItsOwnFile() throws Exception {
        String file = key("ada.p12", KeyDecoderTest.bytes("rsa.p12"));
        ClientCertificate both = found("sslkey", file, "sslpassword", PASSWORD);
        String crt = write("ada.crt", TestCertificate.pem(both.chain().get(0)).getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                both.chain(),
                found("sslcert", crt, "sslkey", file, "sslpassword", PASSWORD).chain());
        String other = crt("bob.crt", BOB);
        assertFails("holds another key", "sslcert", other, "sslkey", file, "sslpassword", PASSWORD);
    }

    @Test
    void aDamagedPkcs12FileIsSaidToBeOne() throws Exception {
        byte[] damaged = KeyDecoderTest.bytes("rsa.p12");
        java.util.Arrays.fill(damaged, 12, 60, (byte) 0);
        assertFails("expected PKCS#12", "sslkey", key("ada.p12", damaged), "sslpassword", PASSWORD);
    }

    @Test
    void aKeyThatOthersMayReadIsRefused() throws Exception {
        crt("postgresql.crt", ADA);
        key("postgresql.key", ADA.keyPem());
        permit("postgresql.key", "rw----r--");
        assertFails("can be read or written by its group or by others, expected permissions u=rw (0600)");
        permit("postgresql.key", "rw--w----");
        assertFails("can be read or written");
        permit("postgresql.key", "r--------");
        found();
        String p12 = key("ada.p12", KeyDecoderTest.bytes("rsa.p12"));
        permit("ada.p12", "rw-r--r--");
        assertFails("can be read or written", "sslcert", p12, "sslpassword", PASSWORD);
        assertFails("can be read or written", "sslkey", p12, "sslpassword", PASSWORD);
    }

    @Test
    void onlyRootMayShareAKeyWithItsGroup() {
        int user = 1000;
        assertTrue(KeyPermissions.isPrivate(0100600, user));
        assertTrue(KeyPermissions.isPrivate(0100400, user));
        assertFalse(KeyPermissions.isPrivate(0100640, user));
        assertFalse(KeyPermissions.isPrivate(0100604, user));
        assertTrue(KeyPermissions.isPrivate(0100640, 0));
        assertTrue(KeyPermissions.isPrivate(0100600, 0));
        assertFalse(KeyPermissions.isPrivate(0100660, 0));
        assertFalse(KeyPermissions.isPrivate(0100650, 0));
        assertFalse(KeyPermissions.isPrivate(0100644, 0));
        assertFalse(KeyPermissions.isPrivate(0100641, 0));
    }

    @Test
    void aKeyMustBeARegularFile() throws Exception {
        crt("postgresql.crt", ADA);
        Files.createDirectory(home.resolve("postgresql.key"));
        assertFails("is not a regular file, expected one");
    }

    private ClientCertificate found(String... settings) {
        return Objects.requireNonNull(find(settings));
    }

    private @Nullable ClientCertificate find(String... settings) {
        Config.Builder builder = Config.builder();
        for (int i = 0; i < settings.length; i += 2) {
            builder.set(settings[i], settings[i + 1]);
        }
        return ClientCertificate.find(builder.build(), home);
    }

    private String assertFails(String message, String... settings) {
        ConnectionFailureException failure = assertThrows(ConnectionFailureException.class, () -> find(settings));
        String text = String.valueOf(failure.getMessage());
        assertTrue(text.contains(message), text);
        return text;
    }

    private String crt(String name, TestCertificate certificate) throws Exception {
        return write(name, TestCertificate.pem(certificate.certificate()).getBytes(StandardCharsets.US_ASCII));
    }

    private String key(String name, String pem) throws Exception {
        return key(name, pem.getBytes(StandardCharsets.US_ASCII));
    }

    private String key(String name, byte[] content) throws Exception {
        String file = write(name, content);
        permit(name, "rw-------");
        return file;
    }

    private String write(String name, byte[] content) throws Exception {
        return Files.write(home.resolve(name), content).toString();
    }

    private void permit(String name, String permissions) throws Exception {
        Files.setPosixFilePermissions(home.resolve(name), PosixFilePermissions.fromString(permissions));
    }
}
