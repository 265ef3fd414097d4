package dev.pgwire.protocol.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The answer to AuthenticationMD5Password (PostgreSQL manual, 54.2.1 Start-up). md5 is broken and deprecated; it is here
 * because old servers still ask for it.
 */
public final class Md5 {
    private Md5() {}

    /**
     * {@code "md5" + md5(md5(password + user) + salt)}, in hexadecimal digits.
     *
     * @return 35 ASCII characters, without a zero byte at the end
     * @throws AuthenticationFailure if this Java has no md5, as in FIPS mode
     */
    public static byte[] response(byte[] user, byte[] password, byte[] salt) {
        byte[] stored = hex(password, user);
        byte[] digits = hex(stored, salt);
        byte[] response = new byte[3 + digits.length];
        response[0] = 'm';
        response[1] = 'd';
        response[2] = '5';
        System.arraycopy(digits, 0, response, 3, digits.length);
        return response;
    }

    /**
     * What a server keeps of a password: {@code "md5" + md5(password + user)}, in hexadecimal digits.
     *
     * @throws AuthenticationFailure if this Java has no md5, as in FIPS mode
     */
    public static String verifier(byte[] user, byte[] password) {
        return "md5" + new String(hex(password, user), StandardCharsets.US_ASCII);
    }

    private static byte[] hex(byte[] first, byte[] second) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            md5.update(first);
            md5.update(second);
            return HexFormat.of().formatHex(md5.digest()).getBytes(StandardCharsets.US_ASCII);
        } catch (NoSuchAlgorithmException e) {
            throw new AuthenticationFailure("the server asks for md5, which this Java does not offer");
        }
    }
}
