package dev.pgwire.internal.exchange;

import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.Scram;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the server asks for until it lets us in (PostgreSQL manual, 55.2.1 Start-up). SCRAM costs thousands of
 * hashes: it is to be called on a thread that may take its time.
 */
public final class Authenticator {
    /** A hostile server could ask for billions. */
    private static final int MAX_ITERATIONS = 100_000;

    private final String user;
    private final @Nullable String password;
    private @Nullable Scram scram;
    private boolean serverProven = true;

    /** An authenticator for a role, with its password if there is one. */
    public Authenticator(String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    /**
     * The answer to a request.
     *
     * @return what to send, or null if the server only tells
     * @throws OperationalException if the server asks for what we do not have, or does not prove that it knows the password
     */
    public @Nullable FrontendMessage answer(Authentication request) {
        try {
            if (request instanceof Authentication.Request simple) {
                return simple(simple);
            } else if (request instanceof Authentication.Md5Password md5) {
                return new PasswordMessage(Md5.response(utf8(user), utf8(password("md5")), md5.salt()));
            } else if (request instanceof Authentication.Sasl sasl) {
                scram = Scram.client(
                        sasl.mechanisms(), password("scram-sha-256").toCharArray(), MAX_ITERATIONS);
                serverProven = false;
                return new SASLInitialResponse(scram.mechanism(), scram.clientFirst());
            } else if (request instanceof Authentication.SaslContinue challenge) {
                return new SASLResponse(started().clientFinal(challenge.data()));
            } else if (request instanceof Authentication.SaslFinal end) {
                started().verify(end.data());
                serverProven = true;
                return null;
            }
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server asks for GSSAPI authentication, expected trust, password, md5 or scram-sha-256",
                    null);
        } catch (AuthenticationFailure failure) {
            throw new OperationalException(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION, String.valueOf(failure.getMessage()), failure);
        }
    }

    private @Nullable FrontendMessage simple(Authentication.Request request) {
        return switch (request) {
            case OK -> {
                if (!serverProven) {
                    throw new AuthenticationFailure(
                            "the server ended SCRAM before it proved that it knows the password");
                }
                yield null;
            }
            case CLEARTEXT_PASSWORD -> new PasswordMessage(utf8(password("password")));
            case KERBEROS_V5, GSS, SSPI ->
                throw new NotSupportedException(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "the server asks for " + request
                                + " authentication, expected trust, password, md5 or scram-sha-256",
                        null);
        };
    }

    private Scram started() {
        Scram running = scram;
        if (running == null) {
            throw new ProtocolViolation("a SASL challenge came before SASL was begun");
        }
        return running;
    }

    private String password(String method) {
        if (password == null || password.isEmpty()) {
            throw new OperationalException(
                    SqlState.INVALID_PASSWORD,
                    "the server asks user \"" + user + "\" for a password (" + method
                            + "), and none was given, expected password=...",
                    null);
        }
        return password;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
