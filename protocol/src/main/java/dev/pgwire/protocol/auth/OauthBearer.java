package dev.pgwire.protocol.auth;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One OAUTHBEARER authentication (RFC 7628; PostgreSQL manual, 54.3.2 OAUTHBEARER Authentication): the client shows a
 * bearer token, and the server is satisfied, or says in JSON why it is not.
 *
 * <pre>
 * client first  n,,^Aauth=Bearer TOKEN^A^A
 * server        {"status":"invalid_token","scope":"...","openid-configuration":"..."}, only if it refuses
 * client final  ^A
 * </pre>
 */
public final class OauthBearer implements SaslMechanism {
    /** The name of the mechanism. */
    public static final String MECHANISM = "OAUTHBEARER";

    private static final char SEPARATOR = '\u0001';

    private final String token;
    private boolean shown;
    private @Nullable OauthRefusal refusal;

    /**
     * Begins an authentication.
     *
     * @param token characters of the alphabet that RFC 6750 calls b64token, at least one
     * @throws AuthenticationFailure if it is not made of these; the text does not contain it
     */
    public OauthBearer(String token) {
        int length = token.length();
        while (length > 0 && token.charAt(length - 1) == '=') {
            length--;
        }
        if (length == 0) {
            throw new AuthenticationFailure("the bearer token is empty, expected one as in RFC 6750");
        }
        for (int i = 0; i < length; i++) {
            if (!isTokenCharacter(token.charAt(i))) {
                // Neither the character nor more of the token: it is a secret.
                throw new AuthenticationFailure("the bearer token has a character that none may have, at index " + i
                        + ", expected letters, digits, and -._~+/ with = only at the end (RFC 6750)");
            }
        }
        this.token = token;
    }

    private static boolean isTokenCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~+/".indexOf(c) >= 0;
    }

    @Override
    public String mechanism() {
        return MECHANISM;
    }

    @Override
    public byte[] clientFirst() {
        shown = true;
        return ("n,," + SEPARATOR + "auth=Bearer " + token + SEPARATOR + SEPARATOR).getBytes(StandardCharsets.US_ASCII);
    }

    /** Takes the server's reasons for a refusal. The answer says nothing: the server waits for it before its ErrorResponse. */
    @Override
    public byte[] clientFinal(byte[] challenge) {
        if (!shown || refusal != null) {
            throw new AuthenticationFailure("the server refuses a bearer token that it was not shown");
        }
        refusal = OauthRefusal.read(challenge);
        return new byte[] {SEPARATOR};
    }

    @Override
    public void verify(byte[] serverFinal) {
        throw new AuthenticationFailure("the server ends OAUTHBEARER with AuthenticationSASLFinal, expected none");
    }

    @Override
    public boolean isComplete() {
        return shown && refusal == null;
    }

    /** Why the server does not accept the token, or null if it said nothing. */
    public @Nullable OauthRefusal refusal() {
        return refusal;
    }
}
