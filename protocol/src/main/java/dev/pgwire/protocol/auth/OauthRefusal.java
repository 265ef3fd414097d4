package dev.pgwire.protocol.auth;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a server does not accept a bearer token (RFC 7628, 3.2.2 Server Response to Failed Authentication). The server wrote
 * the texts: they are cut and cleaned so that they can be shown.
 *
 * @param status such as {@code invalid_token} (RFC 6750, 3.1 Error Codes), or null
 * @param scope what a token must be good for, or null
 * @param openidConfiguration where the issuer describes itself, or null
 */
public record OauthRefusal(
        @Nullable String status,
        @Nullable String scope,
        @Nullable String openidConfiguration) {
    private static final int MAX_MESSAGE = 2_000;

    /**
     * Reads the server's JSON; what cannot be read is as good as not said.
     *
     * @throws AuthenticationFailure if it is longer than 2000 bytes
     */
    public static OauthRefusal read(byte[] json) {
        if (json.length > MAX_MESSAGE) {
            throw new AuthenticationFailure("an OAUTHBEARER message of " + json.length
                    + " bytes from the server, expected at most " + MAX_MESSAGE);
        }
        Map<String, String> members = JsonStrings.read(new String(json, StandardCharsets.UTF_8));
        return new OauthRefusal(
                shown(members.get("status")), shown(members.get("scope")), shown(members.get("openid-configuration")));
    }

    private static @Nullable String shown(@Nullable String text) {
        return text == null ? null : PeerText.shown(text);
    }
}
