package dev.pgwire.laboratory.proxy;

import dev.pgwire.laboratory.socket.Listener;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a server, and decodes what both send. A {@link Tap} decides on each message:
 *
 * <pre>{@code
 * Tap print = (frame, line) -> {
 *     System.out.println(line + " " + frame.side() + " " + frame.message());
 *     return Fate.pass();
 * };
 * try (Proxy proxy = Proxy.before("localhost", 5432).start(print)) {
 *     System.out.println("psql -h localhost -p " + proxy.port());
 *     System.in.read();
 * }
 * }</pre>
 *
 * <p>Two threads for each connection read, decide and write; what the receiver does not take is not read from the sender either.
 * A message is decided on when it is there as a whole, so one of a gigabyte is kept in memory. What is no conversation
 * of this protocol is passed on as it is, and so is what the two ends encrypt, unless the proxy {@linkplain ProxyBuilder#tlsToClient
 * speaks TLS itself}.
 */
public final class Proxy implements Closeable {
    private final Listener listener;
    private final Settings settings;
    private final Queue<Traffic> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean isClosed;

    Proxy(SocketAddress listen, Settings settings) throws IOException {
        this.settings = settings;
        listener = new Listener(listen, settings.failures());
        listener.start("pgwire-proxy", this::accepted);
    }

    /** A proxy before the server at this host and port. */
    public static ProxyBuilder before(String host, int port) {
        return new ProxyBuilder(new InetSocketAddress(host, port));
    }

    /** A proxy before the server at this address, which may be that of a Unix socket. */
    public static ProxyBuilder before(SocketAddress server) {
        return new ProxyBuilder(server);
    }

    /** Where it listens. */
    public SocketAddress address() {
        return listener.address();
    }

    /**
     * The port that clients connect to.
     *
     * @throws IllegalStateException if it listens at a Unix socket
     */
    public int port() {
        return listener.port();
    }

    /** The connections so far, also those that have ended, in their order. */
    public List<Line> lines() {
        return lines.stream().map(Traffic::line).toList();
    }

    /** What taps have thrown, what could not be read as a conversation, and why lines could not be opened: the first thousand. */
    public List<Throwable> failures() {
        return settings.failures().list();
    }

    private void accepted(SocketChannel client) {
        int number = count.incrementAndGet();
        Traffic traffic = new Traffic(number, settings);
        lines.add(traffic);
        if (isClosed) {
            traffic.close(false);
        }
        Listener.thread("pgwire-proxy-" + number, () -> traffic.run(client));
    }

    /** Listens no longer, and cuts all lines. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
        lines.forEach(traffic -> traffic.close(false));
    }
}
