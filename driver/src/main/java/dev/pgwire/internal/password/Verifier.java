package dev.pgwire.internal.password;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.ScramVerifier;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a server keeps of a password. */
public final class Verifier {
    /** The server's name of SCRAM. */
    public static final String SCRAM = "scram-sha-256";

    /** The server's name of md5. */
    public static final String MD5 = "md5";

    private Verifier() {}

    /**
     * The verifier of a password.
     *
     * @param encryption as the server's {@code password_encryption} names it
     * @throws InterfaceException if the password is none that can be encrypted, or the encryption is not known
     */
    public static String of(String password, String user, @Nullable String encryption) {
        check(password);
        if (SCRAM.equals(encryption)) {
            try {
                return ScramVerifier.of(password.toCharArray());
            } catch (AuthenticationFailure unusable) {
                throw new InterfaceException("the password cannot be prepared: " + unusable.getMessage());
            }
        }
        if (MD5.equals(encryption)) {
            try {
                return Md5.verifier(utf8(user), utf8(password));
            } catch (AuthenticationFailure notOffered) {
                throw new InterfaceException("md5 is not offered by this Java, expected another encryption");
            }
        }
        throw new InterfaceException(
                "the server's password_encryption is " + encryption + ", expected " + SCRAM + " or " + MD5);
    }

    /**
     * Checks that something can be a password.
     *
     * @throws InterfaceException which does not repeat it
     */
    public static void check(String password) {
        if (password.isEmpty()) {
            throw new InterfaceException("the password is empty, expected one of a character at least");
        }
        if (password.indexOf('\0') >= 0) {
            throw new InterfaceException("the password has a zero character, expected none");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            throw new InterfaceException("the password has half a character, expected whole ones");
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
