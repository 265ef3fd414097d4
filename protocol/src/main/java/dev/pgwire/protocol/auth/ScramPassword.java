package dev.pgwire.protocol.auth;

import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password in a form that the library hashes as the server has hashed it. The library prepares what it is given in an order of its
 * own, see {@link SaslPrep}.
 */
final class ScramPassword {
    /** HMAC fills a key up to this length with zeros. */
    private static final int HMAC_BLOCK = 64;

    private ScramPassword() {}

    /**
     * The password, or one that authenticates in the same way.
     *
     * @throws AuthenticationFailure if it is empty, or the library would prepare it differently and it is too long to be replaced
     */
    static char[] of(char[] password) {
        if (password.length == 0) {
            throw new AuthenticationFailure("the server asks for a password, but it is empty");
        }
        if (isAscii(password)) {
            return password;
        }
        char[] prepared = SaslPrep.prepared(new String(password)).toCharArray();
        if (isLeftAlone(prepared)) {
            return prepared;
        }
        if (new String(prepared).getBytes(StandardCharsets.UTF_8).length >= HMAC_BLOCK) {
            throw new AuthenticationFailure(
                    "the password has characters that PostgreSQL takes as they are, and more than " + (HMAC_BLOCK - 1)
                            + " bytes; expected a shorter one, or letters that SASLprep knows");
        }
        // A zero at the end changes nothing for HMAC, and SASLprep prohibits it, so that the library leaves all as it
        // is.
        return Arrays.copyOf(prepared, prepared.length + 1);
    }

    private static boolean isAscii(char[] password) {
        for (char c : password) {
            if (c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLeftAlone(char[] prepared) {
        try {
            return new String(prepared)
                    .equals(new String(StringPreparation.POSTGRESQL_PREPARATION.normalize(prepared)));
        } catch (RuntimeException nothing) {
            // The library looks at the first of no characters.
            return false;
        }
    }
}
