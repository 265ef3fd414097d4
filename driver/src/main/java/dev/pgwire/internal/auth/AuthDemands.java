package dev.pgwire.internal.auth;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.ChannelBinding;
import dev.pgwire.config.Config;
import dev.pgwire.config.SslCertMode;
import dev.pgwire.protocol.auth.AuthenticationFailure;
import dev.pgwire.protocol.auth.PeerText;
import java.util.List;
import java.util.Set;

/**
 * What the user demands of authentication, {@code require_auth}, {@code channel_binding} and {@code sslcertmode=require},
 * against what the server asks for. It is asked before anything is answered: an answer to the wrong question may give the password away.
 */
final class AuthDemands {
    private static final String PLUS = "SCRAM-SHA-256-PLUS";

    private final Set<AuthMethod> accepted;
    private final ChannelBinding binding;
    private final SslCertMode certMode;
    private final ChannelSecurity channel;

    AuthDemands(Config config, ChannelSecurity channel) {
        this(config.acceptedAuth(), config.channelBinding(), config.sslCertMode(), channel);
    }

    AuthDemands(Set<AuthMethod> accepted, ChannelBinding binding, SslCertMode certMode, ChannelSecurity channel) {
        this.accepted = accepted;
        this.binding = binding;
        this.certMode = certMode;
        this.channel = channel;
    }

    /** Whether the server may ask for this. */
    boolean accepts(AuthMethod method) {
        return accepted.contains(method);
    }

    /** Checks a request that begins a method other than SASL. */
    void check(AuthMethod method) {
        if (!accepts(method)) {
            throw new AuthenticationFailure(asksFor(method) + ", expected " + expected());
        }
        if (binding == ChannelBinding.REQUIRE) {
            throw new AuthenticationFailure(asksFor(method) + ", expected " + PLUS + " (channel_binding=require)");
        }
    }

    /** Checks the mechanisms that the server offers. */
    void check(List<String> offered) {
        if (offered.contains(PLUS) && !channel.encrypted()) {
            // An attacker who took TLS away left the offer: the true server would notice too, so there is no point in
            // going on.
            throw new AuthenticationFailure(
                    "the server offers " + PLUS + " over a channel that is not encrypted, expected it only over TLS");
        }
        if (binding != ChannelBinding.REQUIRE) {
            return;
        }
        if (!channel.encrypted()) {
            throw new AuthenticationFailure(
                    "channel_binding=require, but the channel is not encrypted, expected sslmode=require or stronger");
        }
        if (!isBindable()) {
            String algorithm = channel.signatureAlgorithm();
            throw new AuthenticationFailure("channel_binding=require, but the server's certificate is signed with "
                    + (algorithm == null ? "an unknown algorithm" : algorithm)
                    + ", which has no hash to bind to, expected a signature with one, such as SHA256withRSA");
        }
        if (!offered.contains(PLUS)) {
            throw new AuthenticationFailure("the server offers the SASL mechanisms "
                    + PeerText.shown(offered.toString()) + ", expected " + PLUS + " (channel_binding=require)");
        }
    }

    /** The failure of an offer in which there is nothing that may be used. */
    AuthenticationFailure nothingIn(List<String> offered) {
        return new AuthenticationFailure("the server offers the SASL mechanisms " + PeerText.shown(offered.toString())
                + ", expected one for " + expected());
    }

    /**
     * Checks the way in which the server has let us in.
     *
     * @param used the method
     * @param bound whether it was bound to the channel
     */
    void checkEnd(AuthMethod used, boolean bound) {
        if (certMode == SslCertMode.REQUIRE && !channel.certificateSent()) {
            throw new AuthenticationFailure("the server lets us in without a certificate of the client"
                    + (channel.encrypted() ? "" : " over a channel that is not encrypted")
                    + ", expected it to ask for one (sslcertmode=require)");
        }
        if (used == AuthMethod.NONE && !accepts(used)) {
            throw new AuthenticationFailure("the server asks for no authentication, expected " + expected());
        }
        if (binding == ChannelBinding.REQUIRE && !bound) {
            throw new AuthenticationFailure("the server ended authentication without channel binding, expected " + PLUS
                    + " (channel_binding=require)");
        }
    }

    /** Whether SCRAM is to be bound if the server offers it. */
    boolean bindsChannel() {
        return binding != ChannelBinding.DISABLE && isBindable();
    }

    private boolean isBindable() {
        byte[] endPoint = channel.endPoint();
        return channel.encrypted() && endPoint != null && endPoint.length > 0;
    }

    private static String asksFor(AuthMethod method) {
        return "the server asks for " + method.text() + " authentication";
    }

    private String expected() {
        if (accepted.isEmpty()) {
            return "none, because require_auth excludes every method";
        }
        StringBuilder list = new StringBuilder();
        for (AuthMethod method : accepted) {
            list.append(list.isEmpty() ? "" : " or ").append(method.text());
        }
        return accepted.size() == AuthMethod.values().length ? list.toString() : list + " (require_auth)";
    }
}
