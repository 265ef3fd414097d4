package dev.pgwire.internal.tls.key;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts a PEM block of the old kind: a {@code DEK-Info} line with cipher and IV (RFC 1421), and OpenSSL's own way from
 * the password to the key: MD5 over what came before, the password and the first eight bytes of the IV.
 */
final class EncryptedPem {
    private static final int SALT_BYTES = 8;

    private EncryptedPem() {}

    static byte[] decrypt(String dekInfo, byte[] encrypted, KeyPassword password) throws GeneralSecurityException {
        int comma = dekInfo.indexOf(',');
        String name = comma < 0 ? dekInfo : dekInfo.substring(0, comma).strip().toUpperCase(Locale.ROOT);
        byte[] iv;
        try {
            iv = HexFormat.of().parseHex(dekInfo.substring(comma + 1).strip());
        } catch (IllegalArgumentException notHexadecimal) {
            throw unknown(name);
        }
        int keyBytes = keyBytes(name);
        boolean aes = name.startsWith("AES");
        if (iv.length != (aes ? 16 : 8)) {
            throw unknown(name);
        }
        byte[] secret = password.bytes();
        byte[] key = key(secret, iv, keyBytes);
        try {
            Cipher cipher = Cipher.getInstance(aes ? "AES/CBC/PKCS5Padding" : "DESede/CBC/PKCS5Padding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, aes ? "AES" : "DESede"), new IvParameterSpec(iv));
            return cipher.doFinal(encrypted);
        } catch (BadPaddingException | IllegalBlockSizeException wrong) {
            throw KeyPassword.wrong(wrong);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] key(byte[] password, byte[] iv, int length) throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] key = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0; done < length; done += block.length) {
            md5.update(block);
            md5.update(password);
            md5.update(iv, 0, SALT_BYTES);
            block = md5.digest();
            System.arraycopy(block, 0, key, done, Math.min(block.length, length - done));
        }
        return key;
    }

    private static int keyBytes(String name) throws UnusableKeyException {
        return switch (name) {
            case "AES-128-CBC" -> 16;
            case "AES-192-CBC", "DES-EDE3-CBC" -> 24;
            case "AES-256-CBC" -> 32;
            default -> throw unknown(name);
        };
    }

    private static UnusableKeyException unknown(String name) {
        return new UnusableKeyException("is encrypted with " + name
                + ", expected AES-128-CBC, AES-192-CBC, AES-256-CBC or DES-EDE3-CBC and an IV in hexadecimal digits");
    }
}
