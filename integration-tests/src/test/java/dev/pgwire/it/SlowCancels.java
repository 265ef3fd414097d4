package dev.pgwire.it;

import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A network before a server that passes the first connection on at once, and holds up what comes over the others, the cancel
 * requests: most of them, for a random time.
 */
final class SlowCancels implements AutoCloseable {
    private static final int LONGEST_NANOS = 2_000_000;

    private final TestServer server;
    private final Random random;
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();

    SlowCancels(TestServer server, Random random) throws IOException {
        this.server = server;
        this.random = random;
        ProxyThread.start(this::accept);
    }

    String dsn() {
        return server.dsn("host=127.0.0.1 port=" + socket.getLocalPort());
    }

    /** How many cancel requests have got as far as here. */
    int cancels() {
        return Math.max(0, connections.get() - 1);
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = socket.accept();
            int nanos =
                    connections.getAndIncrement() == 0 || random.nextInt(4) == 0 ? 0 : random.nextInt(LONGEST_NANOS);
            Socket target = new Socket(server.host(), server.port());
            client.setTcpNoDelay(true);
            target.setTcpNoDelay(true);
            ProxyThread.start(() -> pump(client, target, nanos));
            ProxyThread.start(() -> pump(target, client, nanos));
        }
    }

    private static void pump(Socket from, Socket to, int nanos) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                LockSupport.parkNanos(nanos);
                out.write(bytes, 0, read);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
