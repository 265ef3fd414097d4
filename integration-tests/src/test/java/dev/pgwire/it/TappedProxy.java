package dev.pgwire.it;

import dev.pgwire.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands before the server, behind a Unix socket: the kernel keeps little for that, so that what a client has been given is what it
 * has read, but for some hundred thousand bytes. Notes what clients ask for.
 */
final class TappedProxy implements AutoCloseable {
    /** What the proxy and the kernel may hold of what goes to one client; most of it is what Linux keeps for the server (tcp_wmem). */
    static final int HELD = 5 * 1024 * 1024;

    private static final int PORT = 5432;
    private static final int CANCEL_REQUEST = 80877102;

    private final Path directory;
    private final ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final Queue<SocketChannel> open = new ConcurrentLinkedQueue<>();
    private final StringBuilder tags = new StringBuilder();
    private long received;
    private int cancels;
    private boolean stalled;

    /** A proxy whose socket lies in a directory of its own. */
    TappedProxy(Path directory) throws IOException {
        this.directory = directory;
        listener.bind(UnixDomainSocketAddress.of(directory.resolve(".s.PGSQL." + PORT)));
        ProxyThread.start(() -> {
            while (listener.isOpen()) {
                SocketChannel client = listener.accept();
                SocketChannel server = connect();
                open.add(client);
                open.add(server);
                ProxyThread.start(() -> toServer(client, server));
                ProxyThread.start(() -> toClient(server, client));
            }
        });
    }

    /** Over a connection whose buffers do not grow either. */
    private static SocketChannel connect() throws IOException {
        SocketChannel server = SocketChannel.open(StandardProtocolFamily.INET);
        server.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
        server.connect(new InetSocketAddress(
                InetAddress.getByName("127.0.0.1"), TestServer.shared().port()));
        return server;
    }

    String dsn() {
        return TestServer.shared().dsn("host=" + directory + " port=" + PORT + " sslmode=disable");
    }

    /** Forgets what was seen. */
    synchronized void mark() {
        tags.setLength(0);
        received = 0;
        cancels = 0;
    }

    /** The tags of the messages that clients have sent since {@link #mark}: Q for a Query, d for CopyData. */
    synchronized String tags() {
        return tags.toString();
    }

    /** How many bytes clients were given. */
    synchronized long received() {
        return received;
    }

    /** How many cancel requests were made. */
    synchronized int cancels() {
        return cancels;
    }

    /** Lets nothing pass any more, in either direction. */
    synchronized void stall() {
        stalled = true;
    }

    /** Ends all connections without a word. */
    void cut() throws IOException {
        for (SocketChannel each : open) {
            each.close();
        }
    }

    private synchronized void pause() {
        while (stalled && listener.isOpen()) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void toServer(ByteChannel client, ByteChannel server) throws IOException {
        try (client;
                server) {
            Messages messages = new Messages();
            ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
            while (client.read(bytes) >= 0) {
                pause();
                bytes.flip();
                messages.take(bytes.duplicate());
                write(server, bytes);
            }
        }
    }

    private void toClient(ByteChannel server, ByteChannel client) throws IOException {
        try (client;
                server) {
            ByteBuffer bytes = ByteBuffer.allocate(16 * 1024);
            while (server.read(bytes) >= 0) {
                pause();
                bytes.flip();
                int length = bytes.remaining();
                write(client, bytes);
                synchronized (this) {
                    received += length;
                }
            }
        }
    }

    private static void write(ByteChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
        bytes.clear();
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            listener.close();
            notifyAll();
        }
        cut();
    }

    /** Takes apart what a client sends. */
    private final class Messages {
        private final ByteArrayOutputStream head = new ByteArrayOutputStream();
        private boolean opened;
        /** How many bytes of the message are still to come. */
        private int left;

        void take(ByteBuffer bytes) {
            while (bytes.hasRemaining()) {
                if (left > 0) {
                    int skipped = Math.min(left, bytes.remaining());
                    bytes.position(bytes.position() + skipped);
                    left -= skipped;
                    continue;
                }
                head.write(bytes.get());
                if (head.size() == (opened ? 5 : 8)) {
                    message(ByteBuffer.wrap(head.toByteArray()));
                    head.reset();
                }
            }
        }

        private void message(ByteBuffer begin) {
            synchronized (TappedProxy.this) {
                if (opened) {
                    tags.append((char) begin.get());
                    left = begin.getInt() - 4;
                } else {
                    opened = true;
                    left = begin.getInt() - 8;
                    cancels += begin.getInt() == CANCEL_REQUEST ? 1 : 0;
                }
            }
        }
    }
}
