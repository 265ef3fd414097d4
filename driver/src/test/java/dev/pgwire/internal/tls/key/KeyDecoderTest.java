package dev.pgwire.internal.tls.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.tls.TestCertificate;
import dev.pgwire.internal.tls.file.Der;
import dev.pgwire.internal.tls.file.DerReader;
import dev.pgwire.testing.Seed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class KeyDecoderTest {
    private static final String PASSWORD = "S3cr3t-key";
    private static final KeyPassword NONE = new KeyPassword(null);
    private static final KeyPassword RIGHT = new KeyPassword(PASSWORD);

    @ParameterizedTest
    @ValueSource(strings = {"rsa-pkcs8.der", "rsa-pkcs1.pem", "rsa-pkcs1.der"})
    void anRsaKeyIsReadInEveryForm(String file) throws Exception {
        assertArrayEquals(
                key("rsa-pkcs8.pem", NONE).getEncoded(), key(file, NONE).getEncoded());
        assertEquals("RSA", key(file, NONE).getAlgorithm());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rsa-pbes2-aes-128-cbc.pem",
                "rsa-pbes2-aes-192-cbc.pem",
                "rsa-pbes2-aes-256-cbc.pem",
                "rsa-pbes2-des3.pem",
                "rsa-pbes2-SHA1.pem",
                "rsa-pbes2-SHA224.pem",
                "rsa-pbes2-SHA384.pem",
                "rsa-pbes2-SHA512.pem",
                "rsa-pbes2.der",
                "rsa-pbe-sha1-3des.pem",
                "rsa-traditional-aes-128-cbc.pem",
                "rsa-traditional-aes-192-cbc.pem",
                "rsa-traditional-aes-256-cbc.pem",
                "rsa-traditional-des3.pem",
                "ec-traditional.pem",
            })
    void anEncryptedKeyNeedsItsPassword(String file) throws Exception {
        String clear = file.startsWith("rsa") ? "rsa-pkcs8.pem" : "ec-pkcs8.pem";
        assertSame(key(clear, NONE), key(file, RIGHT));
        assertFails("is encrypted and sslpassword is not given, expected", bytes(file), NONE);
        for (int i = 0; i < 20; i++) {
            String wrong = "wrong-" + i;
            String message = assertFails("cannot be decrypted with sslpassword", bytes(file), new KeyPassword(wrong));
            assertFalse(message.contains(wrong));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec-sec1.pem", "ec-sec1-with-parameters.pem", "ec-sec1.der"})
    void anEllipticKeyIsReadInEveryForm(String file) throws Exception {
        assertSame(key("ec-pkcs8.pem", NONE), key(file, NONE));
    }

    @Test
    void theCurveMayStandInABlockBeforeTheKey() throws Exception {
        DerReader full = new DerReader(bytes("ec-sec1.der")).enter(Der.SEQUENCE);
        byte[] bare = Der.of(Der.SEQUENCE, full.element(), full.element());
        byte[] curve = full.content(Der.CONTEXT_0);
        String key = TestCertificate.pem("EC PRIVATE KEY", bare);
        String both = TestCertificate.pem("EC PARAMETERS", curve) + key;
        assertSame(key("ec-pkcs8.pem", NONE), KeyDecoder.decode(both.getBytes(StandardCharsets.US_ASCII), NONE));
        assertFails("names no elliptic curve, expected", key.getBytes(StandardCharsets.US_ASCII), NONE);
    }

    @Test
    void anEdwardsKeyIsRead() throws Exception {
        assertEquals("EdDSA", key("ed25519.pem", NONE).getAlgorithm());
    }

    /** Made by {@code openssl pkcs8 -topk8 -scrypt}. */
    @Test
    void aKeyThatIsEncryptedWithScryptIsRead() throws Exception {
        assertSame(key("rsa-pkcs8.pem", NONE), key("rsa-scrypt.pem", RIGHT));
        assertFails("cannot be decrypted with sslpassword", bytes("rsa-scrypt.pem"), new KeyPassword("wrong"));
    }

    @Test
    void aPasswordThatIsNotNeededDoesNoHarm() throws Exception {
        assertSame(key("rsa-pkcs8.pem", NONE), key("rsa-pkcs8.pem", RIGHT));
    }

    @Test
    void whatCannotBeReadIsSaid() throws Exception {
        assertFails("has an unknown form, expected PKCS#8", "no key at all".getBytes(StandardCharsets.US_ASCII), NONE);
        assertFails("has an unknown form", new byte[0], NONE);
        assertFails(
                "has an unknown form",
                TestCertificate.pem("CERTIFICATE", new byte[4]).getBytes(StandardCharsets.US_ASCII),
                NONE);
        String text = new String(bytes("rsa-traditional-des3.pem"), StandardCharsets.US_ASCII);
        assertFails(
                "is encrypted with DES-CBC, expected AES-128-CBC",
                text.replace("DES-EDE3-CBC", "DES-CBC").getBytes(StandardCharsets.US_ASCII),
                RIGHT);
        byte[] unknown = Der.of(
                Der.SEQUENCE,
                Der.of(Der.INTEGER, new byte[1]),
                Der.of(Der.SEQUENCE, Der.oid(0x2a, 3, 4)),
                Der.of(Der.OCTET_STRING));
        assertFails("is of the algorithm 1.2.3.4, expected one that this JVM knows", unknown, NONE);
    }

    @Test
    void damagedKeysFailAsKeys() throws Exception {
        Seed seed = Seed.take();
        Random random = seed.random();
        String[] files = {"rsa-pkcs1.der", "rsa-pkcs8.der", "ec-sec1.der", "ec-sec1.pem", "rsa-traditional-des3.pem"};
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = bytes(files[i % files.length]);
            for (int n = random.nextInt(3); n >= 0; n--) {
                damaged[random.nextInt(Math.min(damaged.length, 120))] = (byte) random.nextInt(256);
            }
            try {
                KeyDecoder.decode(damaged, RIGHT);
            } catch (GeneralSecurityException expected) {
                assertFalse(String.valueOf(expected.getMessage()).contains(PASSWORD));
            } catch (RuntimeException other) {
                throw new AssertionError(seed + ", round " + i, other);
            }
        }
    }

    /** Not by their encoding, which may hold the public half or not. */
    private static void assertSame(PrivateKey expected, PrivateKey actual) {
        if (expected instanceof ECPrivateKey one && actual instanceof ECPrivateKey other) {
            assertEquals(one.getS(), other.getS());
            assertEquals(one.getParams().getOrder(), other.getParams().getOrder());
        } else {
            assertArrayEquals(expected.getEncoded(), actual.getEncoded());
        }
    }

    private static String assertFails(String message, byte[] file, KeyPassword password) {
        GeneralSecurityException failure =
                assertThrows(GeneralSecurityException.class, () -> KeyDecoder.decode(file, password));
        String text = String.valueOf(failure.getMessage());
        assertTrue(text.contains(message), text);
        return text;
    }

    private static PrivateKey key(String file, KeyPassword password) throws Exception {
        return KeyDecoder.decode(bytes(file), password);
    }

    public static byte[] bytes(String file) throws IOException {
        try (InputStream in = KeyDecoderTest.class.getResourceAsStream("/tls/" + file)) {
            return in.readAllBytes();
        }
    }
}
