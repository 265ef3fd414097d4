package dev.pgwire.config;

import org.jspecify.annotations.Nullable;

/** Gives the bearer token for a server that asks for OAuth. Called only where {@code sslmode=verify-full} has verified it. */
@FunctionalInterface
public interface OauthTokenSource {
    /**
     * What is known when a token is asked for.
     *
     * @param host the server
     * @param user the role
     * @param issuer the issuer that was configured ({@code oauth_issuer}), or null
     * @param clientId {@code oauth_client_id}, or null
     * @param clientSecret {@code oauth_client_secret}, or null
     * @param scope {@code oauth_scope}, else the one that the server named, or null
     */
    record Request(
            Host host,
            String user,
            @Nullable String issuer,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable String scope) {
        /** Without the secret. */
        @Override
        public String toString() {
            return "Request[host=" + host + ", user=" + user + ", issuer=" + issuer + ", scope=" + scope + "]";
        }
    }

    /** The bearer token; called on the thread that connects, which may take its time. */
    String token(Request request);
}
