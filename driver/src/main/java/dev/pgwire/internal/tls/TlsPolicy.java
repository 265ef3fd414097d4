package dev.pgwire.internal.tls;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.config.SslCertMode;
import dev.pgwire.config.SslMode;
import dev.pgwire.config.SslNegotiation;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.internal.tls.file.TlsFile;
import dev.pgwire.internal.tls.key.ClientCertificate;
import dev.pgwire.internal.tls.key.OfferedCertificate;
import dev.pgwire.internal.tls.trust.AnyServer;
import dev.pgwire.internal.tls.trust.RevocationLists;
import dev.pgwire.internal.tls.trust.ServerTrust;
import dev.pgwire.internal.tls.trust.TrustedRoots;
import dev.pgwire.protocol.auth.EndPoint;
import java.lang.System.Logger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration asks of TLS (PostgreSQL manual, 32.19). Makes an engine for each connection and, after its handshake,
 * judges what was agreed. Thread-safe.
 *
 * <p>The files are read for each engine anew, because they may be replaced at any time. Nothing is ever written:
 * {@code sslkeylogfile} has no effect, since the JDK does not give away the secrets of a session; a warning says so, once in
 * the life of a JVM.
 */
public final class TlsPolicy {
    private static final String PROTOCOL = "postgresql";

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final Config config;
    private final @Nullable Path home;

    /** The policy of a configuration; its default files lie in {@link Config#sslDirectory}. */
    public TlsPolicy(Config config) {
        this(config, config.sslDirectory());
    }

    /** The policy of a configuration; its default files lie in the given directory, which need not exist, or nowhere. */
    TlsPolicy(Config config, @Nullable Path home) {
        this.config = config;
        this.home = home;
        if (config.sslKeyLogFile() != null && !WARNED.getAndSet(true)) {
            System.getLogger("dev.pgwire")
                    .log(
                            Logger.Level.WARNING,
                            "sslkeylogfile has no effect: the JDK does not give away the secrets of a TLS session");
        }
    }

    /**
     * A new engine for the handshake with a server, in client mode. Whether the server is trusted, and for {@code verify-full}
     * whether its certificate is for the host, is decided during the handshake.
     *
     * @throws CannotConnectException if a file is missing or cannot be used, if there is no name to verify, or if no
     *     version of TLS is left to be offered
     */
    public ClientEngine client(Host host) {
        String name = null;
        if (config.sslMode() == SslMode.VERIFY_FULL) {
            name = host.name();
            if (name.isEmpty()) {
                throw TlsFile.failed(
                        "sslmode is verify-full and only hostaddr is given, expected host to name the server whose"
                                + " certificate is verified",
                        null);
            }
        }
        X509TrustManager chains = chains();
        TrustManager[] trust = {new ServerTrust(chains, name)};
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(), trust, null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(true);
            engine.setSSLParameters(parameters(context, host));
            return new ClientEngine(engine, check(chains, name));
        } catch (GeneralSecurityException unavailable) {
            throw TlsFile.failed("TLS is not available, expected a JVM with the provider of TLS", unavailable);
        }
    }

    private static ServerCheck check(X509TrustManager chains, @Nullable String name) {
        if (chains instanceof AnyServer) {
            return ServerCheck.NONE;
        }
        return name == null ? ServerCheck.CHAIN : ServerCheck.CHAIN_AND_NAME;
    }

    /**
     * Judges a finished handshake.
     *
     * @throws CannotConnectException if another protocol than PostgreSQL's was agreed on, or none where
     *     {@code sslnegotiation=direct} needs it; if {@code sslcertmode=require} and no certificate of the client was sent
     */
    public void check(SSLEngine engine) {
        String agreed = engine.getApplicationProtocol();
        if (agreed == null || agreed.isEmpty()) {
            if (config.sslNegotiation() == SslNegotiation.DIRECT) {
                throw TlsFile.failed(
                        "the server agreed on no protocol (ALPN) though sslnegotiation is direct, expected " + PROTOCOL,
                        null);
            }
        } else if (!agreed.equals(PROTOCOL)) {
            throw TlsFile.failed("the server agreed on another protocol (ALPN), expected " + PROTOCOL, null);
        }
        if (config.sslCertMode() == SslCertMode.REQUIRE && !sentCertificate(engine.getSession())) {
            throw TlsFile.failed(
                    "the server did not ask for a certificate of the client, or for none with such a key, expected it"
                            + " to because sslcertmode is require",
                    null);
        }
    }

    /** Whether the client has shown a certificate. To be asked after the handshake. */
    public static boolean sentCertificate(SSLSession session) {
        return session.getLocalCertificates() != null;
    }

    /** What SCRAM binds to on a connection, or why there is nothing. To be asked after the handshake. */
    public static EndPoint endPoint(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            if (chain.length > 0 && chain[0] instanceof X509Certificate server) {
                return EndPoint.of(server);
            }
        } catch (SSLPeerUnverifiedException noCertificate) {
            // As below: there is nothing to bind to.
        }
        return new EndPoint(null, "none");
    }

    private boolean mustVerify() {
        return config.sslMode().compareTo(SslMode.VERIFY_CA) >= 0;
    }

    private X509TrustManager chains() {
        if (config.trustsSystem()) {
            return systemRoots();
        }
        TlsFile file = TlsFile.find("root certificate file", config.sslRootCert(), home, "root.crt");
        if (file != null && !file.isUnseen()) {
            return new TrustedRoots(file, RevocationLists.find(config, home));
        }
        if (mustVerify()) {
            throw TlsFile.failed(
                    (file == null
                                    ? "this user has no home with a root certificate file"
                                    : "the root certificate file \"" + file.path() + "\" does not exist")
                            + " and sslmode is " + config.sslMode().text()
                            + ", expected the file, or sslrootcert=system for the roots that this JVM trusts, or a weaker"
                            + " sslmode that does not verify the server",
                    null);
        }
        return new AnyServer();
    }

    private static X509TrustManager systemRoots() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509TrustManager found) {
                    return found;
                }
            }
        } catch (GeneralSecurityException unavailable) {
            throw TlsFile.failed(
                    "the roots that this JVM trusts cannot be read, expected its trust store", unavailable);
        }
        throw TlsFile.failed("this JVM trusts no roots, expected a trust store of X.509 certificates", null);
    }

    private KeyManager[] keys() {
        ClientCertificate certificate = ClientCertificate.find(config, home);
        if (certificate != null) {
            return new KeyManager[] {new OfferedCertificate(certificate)};
        }
        if (config.sslCertMode() == SslCertMode.REQUIRE) {
            throw TlsFile.failed(
                    "sslcertmode is require and there is no certificate of the client, expected sslcert to name its file",
                    null);
        }
        return new KeyManager[0];
    }

    private SSLParameters parameters(SSLContext context, Host host) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(ProtocolVersions.between(
                config.sslMinProtocolVersion(), config.sslMaxProtocolVersion(), parameters.getProtocols()));
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        parameters.setServerNames(config.sslSni() ? ServerNames.of(host.name()) : List.<SNIServerName>of());
        return parameters;
    }
}
