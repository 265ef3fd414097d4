package dev.pgwire.internal.tls.key;

import dev.pgwire.internal.tls.file.Der;
import dev.pgwire.internal.tls.file.DerReader;
import dev.pgwire.internal.tls.file.PemBlock;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a private key of any form that OpenSSL writes: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017) or SEC1 (RFC 5915), in PEM or
 * DER, encrypted or not. All become PKCS#8, which is what the JDK reads.
 */
final class KeyDecoder {
    private static final byte[] VERSION_0 = Der.of(Der.INTEGER, new byte[1]);
    /** rsaEncryption, 1.2.840.113549.1.1.1, with its NULL. */
    private static final byte[] RSA =
            Der.of(Der.SEQUENCE, Der.oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1), Der.of(Der.NULL));
    /** id-ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC_PUBLIC_KEY = Der.oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1);

    private KeyDecoder() {}

    static PrivateKey decode(byte[] file, KeyPassword password) throws GeneralSecurityException {
        byte[] curve = new byte[0];
        List<PemBlock> blocks = PemBlock.read(file);
        for (PemBlock block : blocks) {
            if (block.label().equals("EC PARAMETERS")) {
                curve = block.content();
            } else if (block.label().endsWith("PRIVATE KEY")) {
                return decode(block, curve, password);
            }
        }
        if (blocks.isEmpty() && new DerReader(file).is(Der.SEQUENCE)) {
            return decodeDer(file, curve, password);
        }
        throw unknown();
    }

    private static PrivateKey decode(PemBlock block, byte[] curve, KeyPassword password)
            throws GeneralSecurityException {
        String dekInfo = block.dekInfo();
        if (dekInfo == null) {
            return decodeDer(block.content(), curve, password);
        }
        byte[] clear = EncryptedPem.decrypt(dekInfo, block.content(), password);
        return decrypted(clear, curve, password);
    }

    /** The form is told from the first elements; the label of a PEM block would only say it again. */
    private static PrivateKey decodeDer(byte[] der, byte[] curve, KeyPassword password)
            throws GeneralSecurityException {
        DerReader key = new DerReader(der).enter(Der.SEQUENCE);
        if (key.is(Der.SEQUENCE)) {
            return decrypted(EncryptedPkcs8.decrypt(der, password), curve, password);
        }
        key.element();
        return switch (key.tag()) {
            case Der.SEQUENCE -> pkcs8(der);
            case Der.INTEGER -> pkcs8(Der.of(Der.SEQUENCE, VERSION_0, RSA, Der.of(Der.OCTET_STRING, der)));
            case Der.OCTET_STRING ->
                pkcs8(Der.of(
                        Der.SEQUENCE,
                        VERSION_0,
                        Der.of(Der.SEQUENCE, EC_PUBLIC_KEY, curve(key, curve)),
                        Der.of(Der.OCTET_STRING, der)));
            default -> throw unknown();
        };
    }

    /** One wrong password in 256 leaves a valid padding and garbage before it. */
    private static PrivateKey decrypted(byte[] clear, byte[] curve, KeyPassword password)
            throws GeneralSecurityException {
        try {
            return decodeDer(clear, curve, password);
        } catch (UnusableKeyException knownForm) {
            throw knownForm;
        } catch (GeneralSecurityException garbage) {
            throw KeyPassword.wrong(garbage);
        } finally {
            Arrays.fill(clear, (byte) 0);
        }
    }

    /** The curve stands in the key, or in a block of its own before it. */
    private static byte[] curve(DerReader key, byte[] before) throws GeneralSecurityException {
        key.element();
        byte[] curve = key.is(Der.CONTEXT_0) ? key.content(Der.CONTEXT_0) : before;
        if (curve.length == 0) {
            throw new UnusableKeyException("names no elliptic curve, expected a key with its parameters");
        }
        return curve;
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        DerReader info = new DerReader(der).enter(Der.SEQUENCE);
        info.element();
        String algorithm = info.enter(Der.SEQUENCE).oid();
        try {
            return KeyFactory.getInstance(name(algorithm)).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (NoSuchAlgorithmException unknown) {
            throw new UnusableKeyException(
                    "is of the algorithm " + algorithm + ", expected one that this JVM knows", unknown);
        }
    }

    /** The JDK's name of an algorithm. Those of other providers are found by their identifiers. */
    private static String name(String algorithm) {
        return switch (algorithm) {
            case "1.2.840.113549.1.1.1" -> "RSA";
            case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
            case "1.2.840.10045.2.1" -> "EC";
            case "1.3.101.112", "1.3.101.113" -> "EdDSA";
            default -> algorithm;
        };
    }

    private static UnusableKeyException unknown() {
        return new UnusableKeyException(
                "has an unknown form, expected PKCS#8, PKCS#1 or SEC1 in PEM or DER, or PKCS#12");
    }
}
