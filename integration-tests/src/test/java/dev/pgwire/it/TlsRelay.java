package dev.pgwire.it;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A man in the middle: speaks TLS with the client, by a certificate of his own, and TLS with the server, and reads it all. */
final class TlsRelay implements AutoCloseable {
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};

    private final ServerSocket listener;
    private final int serverPort;
    private final SSLContext toClient;
    private final SSLContext toServer;

    private TlsRelay(int serverPort, X509Bundle own) throws IOException, GeneralSecurityException {
        this.serverPort = serverPort;
        toClient = TestCertificates.context(own);
        toServer = SSLContext.getInstance("TLS");
        toServer.init(null, new TrustManager[] {new AnyServer()}, null);
        listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    static TlsRelay before(int serverPort, X509Bundle own) {
        try {
            TlsRelay relay = new TlsRelay(serverPort, own);
            ProxyThread.start(() -> {
                while (true) {
                    Socket client = relay.listener.accept();
                    ProxyThread.start(() -> relay.forward(client));
                }
            });
            return relay;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    private void forward(Socket client) throws IOException {
        try (client;
                Socket server = new Socket("127.0.0.1", serverPort)) {
            client.getInputStream().readNBytes(SSL_REQUEST.length);
            client.getOutputStream().write('S');
            server.getOutputStream().write(SSL_REQUEST);
            server.getInputStream().read();
            SSLSocket near = over(client, toClient);
            near.setUseClientMode(false);
            SSLSocket far = over(server, toServer);
            ProxyThread.start(() -> copy(far, near));
            copy(near, far);
        }
    }

    private static SSLSocket over(Socket socket, SSLContext context) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
    }

    /** Until one of the two ends, and with it the other. */
    private static void copy(Socket from, Socket to) throws IOException {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
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
