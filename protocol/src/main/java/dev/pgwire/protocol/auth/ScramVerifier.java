package dev.pgwire.protocol.auth;

import com.ongres.scram.common.ScramFunctions;
import com.ongres.scram.common.ScramMechanism;
import com.ongres.scram.common.StringPreparation;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * What a server keeps of a password for SCRAM-SHA-256: it checks a password and does not tell it (RFC 5803; PostgreSQL manual, 51.8
 * pg_authid).
 */
public final class ScramVerifier {
    /** PostgreSQL's own. */
    private static final int ITERATIONS = 4096;

    private static final int SALT_BYTES = 16;

    private ScramVerifier() {}

    /**
     * The verifier of a password, with a random salt and as many iterations as the server takes by default.
     *
     * @throws AuthenticationFailure if the password is empty, or cannot be prepared as the server would
     */
    public static String of(char[] password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return of(password, salt, ITERATIONS);
    }

    /**
     * The same with a given salt.
     *
     * @return {@code SCRAM-SHA-256$iterations:salt$StoredKey:ServerKey}, the last three in base64
     */
    public static String of(char[] password, byte[] salt, int iterations) {
        char[] prepared = ScramPassword.of(password);
        byte[] salted = ScramFunctions.saltedPassword(
                ScramMechanism.SCRAM_SHA_256, StringPreparation.POSTGRESQL_PREPARATION, prepared, salt, iterations);
        byte[] clientKey = ScramFunctions.clientKey(ScramMechanism.SCRAM_SHA_256, salted);
        byte[] storedKey = ScramFunctions.storedKey(ScramMechanism.SCRAM_SHA_256, clientKey);
        byte[] serverKey = ScramFunctions.serverKey(ScramMechanism.SCRAM_SHA_256, salted);
        Arrays.fill(salted, (byte) 0);
        Arrays.fill(clientKey, (byte) 0);
        Base64.Encoder base64 = Base64.getEncoder();
        return "SCRAM-SHA-256$" + iterations + ":" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(storedKey) + ":" + base64.encodeToString(serverKey);
    }
}
