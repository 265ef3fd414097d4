package dev.pgwire.internal.auth;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.Md5;
import dev.pgwire.protocol.auth.OauthBearer;
import dev.pgwire.protocol.auth.SaslMechanism;
import dev.pgwire.protocol.auth.Scram;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.GSSResponse;
import dev.pgwire.protocol.frontend.PasswordMessage;
import dev.pgwire.protocol.frontend.SASLInitialResponse;
import dev.pgwire.protocol.frontend.SASLResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers what the server asks for until it lets us in (PostgreSQL manual, 54.2.1 Start-up). Every request is checked against
 * what the user demands before it is answered. SCRAM costs thousands of hashes, and a token may have to be fetched: it is to
 * be called on a thread that may take its time. For one connection, not thread-safe. It is to be closed when authentication
 * has ended, well or not.
 */
public final class Authenticator implements AutoCloseable {
    private final Config config;
    private final Host host;
    private final @Nullable String password;
    private final ChannelSecurity channel;
    private final AuthDemands demands;
    private AuthMethod used = AuthMethod.NONE;
    private @Nullable SaslMechanism sasl;
    private @Nullable GssAuthentication gss;

    /** An authenticator for one connection, with the password if there is one. */
    public Authenticator(Config config, Host host, @Nullable String password, ChannelSecurity channel) {
        this(config, host, password, channel, new AuthDemands(config, channel));
    }

    Authenticator(Config config, Host host, @Nullable String password, ChannelSecurity channel, AuthDemands demands) {
        this.config = config;
        this.host = host;
        this.password = password;
        this.channel = channel;
        this.demands = demands;
    }

    /**
     * The answer to a request.
     *
     * @return what to send, or null if the server only tells
     * @throws OperationalException if the server asks for what the user forbids or we do not have, or does not prove that it
     *     knows the password
     * @throws NotSupportedException if the server asks for a method that is not built
     * @throws ProtocolViolationException if the request cannot come here
     */
    public @Nullable FrontendMessage answer(Authentication request) {
        try {
            return answerTo(request);
        } catch (AuthenticationFailure failure) {
            // The cause would say the same again.
            throw new OperationalException(
                    SqlState.INVALID_AUTHORIZATION_SPECIFICATION,
                    String.valueOf(failure.getMessage()),
                    failure.getCause());
        } catch (ProtocolViolation violation) {
            throw new ProtocolViolationException(violation);
        }
    }

    /** How the server has authenticated us: the method that was begun, or none. */
    public AuthMethod used() {
        return used;
    }

    /** Whether authentication was bound to the TLS channel. */
    public boolean channelBound() {
        return sasl instanceof Scram scram && scram.isBound() && scram.isComplete();
    }

    /** A refusal of the server, with what it said about the reasons before, if it did. */
    public PgException explained(PgException refused) {
        return sasl instanceof OauthBearer bearer ? OauthAuthentication.explained(refused, bearer) : refused;
    }

    /** Forgets the tickets and keys of GSSAPI, if it was used. What was asked for stays known. */
    @Override
    public void close() {
        if (gss != null) {
            gss.close();
        }
    }

    private @Nullable FrontendMessage answerTo(Authentication request) {
        if (request == Authentication.Request.OK) {
            end();
            return null;
        } else if (request instanceof Authentication.Sasl offer) {
            return saslInitialResponse(offer.mechanisms());
        } else if (request instanceof Authentication.SaslContinue challenge) {
            return new SASLResponse(sasl().clientFinal(challenge.data()));
        } else if (request instanceof Authentication.SaslFinal last) {
            sasl().verify(last.data());
            return null;
        } else if (request instanceof Authentication.Md5Password md5) {
            use(AuthMethod.MD5);
            return new PasswordMessage(Md5.response(utf8(config.user()), utf8(password(AuthMethod.MD5)), md5.salt()));
        } else if (request == Authentication.Request.CLEARTEXT_PASSWORD) {
            use(AuthMethod.PASSWORD);
            return new PasswordMessage(utf8(password(AuthMethod.PASSWORD)));
        } else if (request == Authentication.Request.GSS) {
            use(AuthMethod.GSS);
            return gssResponse(newGss().first());
        } else if (request instanceof Authentication.GssContinue token) {
            return gssResponse(gss().next(token.data()));
        } else if (request == Authentication.Request.SSPI) {
            use(AuthMethod.SSPI);
        }
        throw new NotSupportedException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "the server asks for " + request
                        + " authentication, expected trust, password, md5, scram-sha-256, gss or oauth",
                null);
    }

    private void use(AuthMethod method) {
        demands.check(method);
        // PAM may want the password more than once. Else a second question is an attempt to get a weaker answer.
        if (used != AuthMethod.NONE && (used != method || method != AuthMethod.PASSWORD)) {
            throw new ProtocolViolation("the server asks for " + method.text() + " authentication after it asked for "
                    + used.text() + ", expected one method");
        }
        used = method;
    }

    private FrontendMessage saslInitialResponse(List<String> offered) {
        demands.check(offered);
        if (used != AuthMethod.NONE) {
            throw new ProtocolViolation("the server asks for SASL authentication after it asked for " + used.text()
                    + ", expected one method");
        }
        SaslMechanism mechanism;
        if (demands.accepts(AuthMethod.SCRAM_SHA_256)
                && (offered.contains(Scram.MECHANISM) || offered.contains(Scram.MECHANISM_PLUS))) {
            used = AuthMethod.SCRAM_SHA_256;
            mechanism = Scram.client(
                    offered,
                    password(used).toCharArray(),
                    config.scramMaxIterations(),
                    demands.bindsChannel() ? channel.endPoint() : null);
        } else if (demands.accepts(AuthMethod.OAUTH) && offered.contains(OauthBearer.MECHANISM)) {
            used = AuthMethod.OAUTH;
            mechanism = OauthAuthentication.client(config, host, channel);
        } else {
            throw demands.nothingIn(offered);
        }
        sasl = mechanism;
        return new SASLInitialResponse(mechanism.mechanism(), mechanism.clientFirst());
    }

    private GssAuthentication newGss() {
        try {
            GssAuthentication begun = GssAuthentication.of(config, host);
            gss = begun;
            return begun;
        } catch (NoClassDefFoundError missing) {
            throw new NotSupportedException(
                    SqlState.FEATURE_NOT_SUPPORTED,
                    "the server asks for gss authentication, which this Java cannot do, expected one with the module"
                            + " java.security.jgss",
                    missing);
        }
    }

    private void end() {
        if (sasl != null && !sasl.isComplete()) {
            throw new AuthenticationFailure(
                    used == AuthMethod.OAUTH
                            ? "the server lets us in after it refused the bearer token"
                            : "the server ended SCRAM before it proved that it knows the password");
        }
        if (gss != null && !gss.isComplete()) {
            throw new AuthenticationFailure("the server ended GSSAPI before it proved that it is the one we asked for");
        }
        demands.checkEnd(used, channelBound());
    }

    private SaslMechanism sasl() {
        SaslMechanism running = sasl;
        if (running == null) {
            throw new ProtocolViolation("a SASL challenge came before SASL was begun");
        }
        return running;
    }

    private GssAuthentication gss() {
        GssAuthentication running = gss;
        if (running == null) {
            throw new ProtocolViolation("a GSSAPI token came before GSSAPI was begun");
        }
        return running;
    }

    private static @Nullable FrontendMessage gssResponse(byte @Nullable [] token) {
        return token == null ? null : new GSSResponse(token);
    }

    private String password(AuthMethod method) {
        if (password == null || password.isEmpty()) {
            throw new InvalidPasswordException(
                    SqlState.INVALID_PASSWORD,
                    "the server asks user \"" + config.user() + "\" for a password (" + method.text()
                            + "), and none was given, expected password=...",
                    null);
        }
        return password;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
