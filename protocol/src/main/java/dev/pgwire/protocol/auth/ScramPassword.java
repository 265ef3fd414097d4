package dev.pgwire.protocol.auth;

import com.ongres.scram.common.StringPreparation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password that the library can prepare. PostgreSQL takes one as it is when SASLprep fails or leaves nothing of it; the
 * library does so only in the first case.
 */
final class ScramPassword {
    /** HMAC fills a key up to this length with zeros. */
    private static final int HMAC_BLOCK = 64;

    private ScramPassword() {}

    /**
     * The password, or one that authenticates in the same way.
     *
     * @throws AuthenticationFailure if it is empty, or SASLprep leaves nothing of it and it is too long to be replaced
     */
    static char[] of(char[] password) {
        if (password.length == 0) {
            throw new AuthenticationFailure("the server asks for a password, but it is empty");
        }
        if (isAscii(password) || leavesSomething(password)) {
            return password;
        }
        if (new String(password).getBytes(StandardCharsets.UTF_8).length >= HMAC_BLOCK) {
            throw new AuthenticationFailure(
                    "SASLprep leaves nothing of the password, expected a character that can be seen");
        }
        // A zero at the end changes nothing for HMAC, and SASLprep prohibits it, so that the library leaves all as it
        // is.
        return Arrays.copyOf(password, password.length + 1);
    }

    private static boolean isAscii(char[] password) {
        for (char c : password) {
            if (c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean leavesSomething(char[] password) {
        try {
            return StringPreparation.POSTGRESQL_PREPARATION.normalize(password).length > 0;
        } catch (RuntimeException nothing) {
            // The library looks at the first of no characters.
            return false;
        }
    }
}
