package dev.pgwire.it;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and counts what a client tries: connections, and requests for TLS in the clear. */
final class CountingProxy implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    private final ServerSocket listener;
    private final int serverPort;
    private final AtomicInteger connects = new AtomicInteger();
    private final AtomicInteger tlsRequests = new AtomicInteger();
    private final AtomicInteger cancelRequests = new AtomicInteger();

    private CountingProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    }

    static CountingProxy before(int serverPort) {
        try {
            CountingProxy proxy = new CountingProxy(serverPort);
            ProxyThread.start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections since the last {@link #reset}. */
    int connects() {
        return connects.get();
    }

    /** SSLRequests in the clear. */
    int tlsRequests() {
        return tlsRequests.get();
    }

    /** CancelRequests in the clear. */
    int cancelRequests() {
        return cancelRequests.get();
    }

    void reset() {
        connects.set(0);
        tlsRequests.set(0);
        cancelRequests.set(0);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            connects.incrementAndGet();
            ProxyThread.start(() -> forward(client));
        }
    }

    private void forward(Socket client) throws IOException {
        try (client;
                Socket server = new Socket("127.0.0.1", serverPort)) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = server.getOutputStream();
            byte[] opening = in.readNBytes(8);
            int code = opening.length < 8
                    ? 0
                    : (opening[4] & 0xff) << 24
                            | (opening[5] & 0xff) << 16
                            | (opening[6] & 0xff) << 8
                            | (opening[7] & 0xff);
            if (code == SSL_REQUEST) {
                tlsRequests.incrementAndGet();
            } else if (code == CANCEL_REQUEST) {
                cancelRequests.incrementAndGet();
            }
            out.write(opening);
            ProxyThread.start(() -> copy(server, client));
            copy(client, server);
        }
    }

    /** Until one of the two ends, of which the other is told. */
    private static void copy(Socket from, Socket to) throws IOException {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } finally {
            to.shutdownOutput();
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
}
