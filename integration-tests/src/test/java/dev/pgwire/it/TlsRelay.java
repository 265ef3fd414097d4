package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Proxy;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A man in the middle: speaks TLS with the client, by a certificate of his own, and TLS with the server, and reads it all. */
final class TlsRelay implements AutoCloseable {
    private final Proxy proxy;

    private TlsRelay(Proxy proxy) {
        this.proxy = proxy;
    }

    static TlsRelay before(int serverPort, X509Bundle own) {
        try {
            SSLContext toServer = SSLContext.getInstance("TLS");
            toServer.init(null, new TrustManager[] {new AnyServer()}, null);
            return new TlsRelay(Proxy.before("127.0.0.1", serverPort)
                    .tlsToClient(TestCertificates.context(own))
                    .tlsToServer(toServer)
                    .start());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return proxy.port();
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class AnyServer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
