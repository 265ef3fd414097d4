package dev.pgwire.internal.auth;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.config.OauthTokenSource;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.OauthBearer;
import dev.pgwire.protocol.auth.OauthRefusal;
import org.jspecify.annotations.Nullable;

/** Gets the bearer token when a server asks for one, and tells why it was not accepted. */
final class OauthAuthentication {
    private OauthAuthentication() {}

    /** The token is as good as a password: only a server that has shown who it is gets it, through an encrypted channel. */
    static OauthBearer client(Config config, Host host, ChannelSecurity channel) {
        if (!channel.encrypted() || !channel.verified()) {
            throw new AuthenticationFailure("the server asks for a bearer token over a channel that is not "
                    + (channel.encrypted() ? "verified" : "encrypted") + ", expected sslmode=verify-full");
        }
        OauthTokenSource source = config.oauthTokens();
        if (source == null) {
            throw new AuthenticationFailure("the server asks user \"" + config.user()
                    + "\" for a bearer token, and nobody gives one, expected Config.Builder.oauthTokens");
        }
        String token = source.token(new OauthTokenSource.Request(
                host,
                config.user(),
                config.oauthIssuer(),
                config.oauthClientId(),
                config.oauthClientSecret(),
                config.oauthScope()));
        if (token == null) {
            throw new AuthenticationFailure("the source of bearer tokens gave null, expected a token");
        }
        return new OauthBearer(token);
    }

    static PgException explained(PgException refused, OauthBearer bearer) {
        OauthRefusal reasons = bearer.refusal();
        if (reasons == null || !(refused instanceof DatabaseException server)) {
            return refused;
        }
        String message = "the server does not accept the bearer token"
                + said(": ", reasons.status())
                + ", expected a valid one"
                + said(" for the scope ", reasons.scope())
                + said(" of the issuer at ", reasons.openidConfiguration());
        return new OperationalException(server.sqlState(), message, refused);
    }

    private static String said(String what, @Nullable String text) {
        return text == null ? "" : what + "\"" + text + "\"";
    }
}
