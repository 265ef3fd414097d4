package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.SslMode;
import dev.pgwire.config.SslNegotiation;

/** How a connection is encrypted (PostgreSQL manual, 55.2.10 SSL Session Encryption). */
enum Encryption {
    NONE,
    /** TLS, which the server is asked for first. */
    TLS,
    /** TLS from the first byte on. */
    DIRECT_TLS;

    /**
     * What is tried at one address, one after the other: the next if the server reports an error or the handshake fails, as
     * libpq has it. A Unix socket is never encrypted.
     */
    static Encryption[] inOrder(Config config, boolean unixSocket) {
        SslMode mode = config.sslMode();
        if (unixSocket || mode == SslMode.DISABLE) {
            return new Encryption[] {NONE};
        }
        Encryption tls = withTls(config);
        if (mode == SslMode.ALLOW) {
            return new Encryption[] {NONE, tls};
        }
        return mode == SslMode.PREFER ? new Encryption[] {tls, NONE} : new Encryption[] {tls};
    }

    /** How TLS is begun where there is to be TLS. */
    static Encryption withTls(Config config) {
        return config.sslNegotiation() == SslNegotiation.DIRECT ? DIRECT_TLS : TLS;
    }
}
