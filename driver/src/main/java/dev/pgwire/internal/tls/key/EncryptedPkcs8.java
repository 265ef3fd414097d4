package dev.pgwire.internal.tls.key;

import dev.pgwire.internal.tls.file.Der;
import dev.pgwire.internal.tls.file.DerReader;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts an EncryptedPrivateKeyInfo (RFC 5958). PBES2 (RFC 8018) is taken apart here, because the JDK knows too few of its
 * ciphers; the older schemes are left to the JDK.
 */
final class EncryptedPkcs8 {
    private static final String PBES2 = "1.2.840.113549.1.5.13";
    private static final String PBKDF2 = "1.2.840.113549.1.5.12";
    private static final String SCRYPT = "1.3.6.1.4.1.11591.4.11";
    private static final int MAX_ITERATIONS = 10_000_000;

    private EncryptedPkcs8() {}

    static byte[] decrypt(byte[] encoded, KeyPassword password) throws GeneralSecurityException {
        DerReader info = new DerReader(encoded).enter(Der.SEQUENCE);
        DerReader scheme = info.enter(Der.SEQUENCE);
        byte[] encrypted = info.content(Der.OCTET_STRING);
        try {
            return scheme.oid().equals(PBES2)
                    ? pbes2(scheme.enter(Der.SEQUENCE), encrypted, password)
                    : older(encoded, password);
        } catch (BadPaddingException | IllegalBlockSizeException wrong) {
            throw KeyPassword.wrong(wrong);
        }
    }

    private static byte[] pbes2(DerReader parameters, byte[] encrypted, KeyPassword password)
            throws GeneralSecurityException {
        DerReader derivation = parameters.enter(Der.SEQUENCE);
        DerReader encryption = parameters.enter(Der.SEQUENCE);
        String function = derivation.oid();
        boolean scrypt = function.equals(SCRYPT);
        if (!scrypt && !function.equals(PBKDF2)) {
            throw unknown("key derivation " + function, "PBKDF2 or scrypt");
        }
        DerReader how = derivation.enter(Der.SEQUENCE);
        String cipherId = encryption.oid();
        int keyBytes = keyBytes(cipherId);
        String cipherName = cipherId.startsWith("2.16") ? "AES" : "DESede";
        byte[] iv = encryption.content(Der.OCTET_STRING);
        byte[] key = scrypt ? scrypt(how, keyBytes, password) : pbkdf2(how, keyBytes, password);
        try {
            Cipher cipher = Cipher.getInstance(cipherName + "/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, cipherName), new IvParameterSpec(iv));
            return cipher.doFinal(encrypted);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] scrypt(DerReader scrypt, int keyBytes, KeyPassword password) throws GeneralSecurityException {
        byte[] salt = scrypt.content(Der.OCTET_STRING);
        int cost = scrypt.wholeNumber();
        int blockSize = scrypt.wholeNumber();
        int parallel = scrypt.wholeNumber();
        if (!Scrypt.isFeasible(cost, blockSize, parallel)) {
            throw unknown(
                    "scrypt parameters N=" + cost + ", r=" + blockSize + ", p=" + parallel,
                    "a power of two for N, and no more than 32 MiB");
        }
        byte[] utf8 = password.bytes();
        try {
            return Scrypt.derive(utf8, salt, cost, blockSize, parallel, keyBytes);
        } finally {
            Arrays.fill(utf8, (byte) 0);
        }
    }

    private static byte[] pbkdf2(DerReader pbkdf2, int keyBytes, KeyPassword password) throws GeneralSecurityException {
        byte[] salt = pbkdf2.content(Der.OCTET_STRING);
        int iterations = pbkdf2.wholeNumber();
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw unknown(iterations + " iterations", "1 to " + MAX_ITERATIONS);
        }
        if (pbkdf2.is(Der.INTEGER)) {
            // The length of the key, which the cipher says too.
            pbkdf2.element();
        }
        String mac = pbkdf2.hasMore() ? mac(pbkdf2.enter(Der.SEQUENCE).oid()) : "SHA1";
        char[] secret = password.chars();
        PBEKeySpec spec = new PBEKeySpec(secret, salt, iterations, 8 * keyBytes);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmac" + mac)
                    .generateSecret(spec)
                    .getEncoded();
        } finally {
            spec.clearPassword();
            Arrays.fill(secret, '\0');
        }
    }

    private static byte[] older(byte[] encoded, KeyPassword password) throws GeneralSecurityException {
        char[] secret = password.chars();
        PBEKeySpec spec = new PBEKeySpec(secret);
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encoded);
            Key key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec);
            Cipher cipher = Cipher.getInstance(info.getAlgName());
            cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } catch (IOException malformed) {
            throw new GeneralSecurityException(malformed);
        } finally {
            spec.clearPassword();
            Arrays.fill(secret, '\0');
        }
    }

    private static String mac(String id) throws UnusableKeyException {
        return switch (id) {
            case "1.2.840.113549.2.7" -> "SHA1";
            case "1.2.840.113549.2.8" -> "SHA224";
            case "1.2.840.113549.2.9" -> "SHA256";
            case "1.2.840.113549.2.10" -> "SHA384";
            case "1.2.840.113549.2.11" -> "SHA512";
            default -> throw unknown("pseudorandom function " + id, "HMAC with SHA-1 or SHA-2");
        };
    }

    private static int keyBytes(String id) throws UnusableKeyException {
        return switch (id) {
            case "2.16.840.1.101.3.4.1.2" -> 16;
            case "2.16.840.1.101.3.4.1.22", "1.2.840.113549.3.7" -> 24;
            case "2.16.840.1.101.3.4.1.42" -> 32;
            default -> throw unknown("cipher " + id, "AES or triple DES in CBC mode");
        };
    }

    private static UnusableKeyException unknown(String what, String expected) {
        return new UnusableKeyException("is encrypted with the " + what + ", expected " + expected);
    }
}
