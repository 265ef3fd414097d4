package dev.pgwire.internal.auth;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the channel that authentication runs through.
 *
 * @param encrypted whether it is encrypted
 * @param verified whether the server has shown a certificate that leads to a trusted root and is for the host
 * @param certificateSent whether the client has shown a certificate
 * @param endPoint what SCRAM is bound to (RFC 5929, tls-server-end-point); null if there is nothing
 * @param signatureAlgorithm that of the server's certificate, to be named where it gives nothing to bind to; null without one
 */
public record ChannelSecurity(
        boolean encrypted,
        boolean verified,
        boolean certificateSent,
        byte @Nullable [] endPoint,
        @Nullable String signatureAlgorithm) {
    /** A channel that is not encrypted: the network can read it. */
    public static final ChannelSecurity PLAIN = new ChannelSecurity(false, false, false, null, null);
}
