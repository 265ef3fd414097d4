package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.auth.ChannelSecurity;
import dev.pgwire.internal.tls.ClientEngine;
import dev.pgwire.internal.tls.ServerCheck;
import dev.pgwire.internal.tls.TlsPolicy;
import dev.pgwire.protocol.auth.EndPoint;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** What TLS is agreed on with, and what came of it. Not loaded as long as no connection asks for it. */
final class TlsUpgrade {
    private final TlsPolicy policy;
    private final ServerCheck serverCheck;
    private final SSLEngine engine;

    /**
     * Prepares TLS with a host.
     *
     * @throws PgException if a certificate or a key cannot be used
     */
    TlsUpgrade(Config config, Host host) {
        policy = new TlsPolicy(config);
        ClientEngine client = policy.client(host);
        serverCheck = client.serverCheck();
        engine = client.engine();
    }

    /** The client's side of it. */
    SSLEngine engine() {
        return engine;
    }

    /**
     * What is known of the channel when the handshake is over.
     *
     * @throws ConnectionFailureException if the other side agreed to something else than was asked for
     */
    ChannelSecurity security() {
        policy.check(engine);
        SSLSession session = engine.getSession();
        EndPoint endPoint = TlsPolicy.endPoint(session);
        return new ChannelSecurity(
                true,
                serverCheck == ServerCheck.CHAIN_AND_NAME,
                TlsPolicy.sentCertificate(session),
                endPoint.data(),
                endPoint.signatureAlgorithm());
    }

    /** Whether the server's certificate was checked against trusted ones. */
    boolean verifiesServer() {
        return serverCheck != ServerCheck.NONE;
    }

    /** What was agreed. */
    SSLSession session() {
        return engine.getSession();
    }
}
