package dev.pgwire.laboratory.proxy;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
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
    private final ServerSocketChannel listener;
    private final Settings settings;
    private final Queue<Traffic> lines = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;
    private final AtomicInteger count = new AtomicInteger();

    Proxy(SocketAddress listen, Settings settings) throws IOException {
        this.settings = settings;
        boolean isUnix = listen instanceof UnixDomainSocketAddress;
        listener = ServerSocketChannel.open(isUnix ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET);
        try {
            listener.bind(listen);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
        thread("pgwire-proxy", this::accept);
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
        try {
            return listener.getLocalAddress();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The port that clients connect to.
     *
     * @throws IllegalStateException if it listens at a Unix socket
     */
    public int port() {
        if (address() instanceof InetSocketAddress inet) {
            return inet.getPort();
        }
        throw new IllegalStateException("a proxy at the Unix socket " + address() + " has no port");
    }

    /** The connections so far, also those that have ended, in their order. */
    public List<Line> lines() {
        return lines.stream().map(Traffic::line).toList();
    }

    /** What taps have thrown, what could not be read as a conversation, and why lines could not be opened. */
    public List<Throwable> failures() {
        return List.copyOf(settings.failures());
    }

    private void accept() throws IOException {
        while (listener.isOpen()) {
            SocketChannel client = listener.accept();
            int number = count.incrementAndGet();
            Traffic traffic = new Traffic(number, settings);
            lines.add(traffic);
            if (isClosed) {
                traffic.close(false);
            }
            if (client.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            }
            thread("pgwire-proxy-" + number, () -> traffic.run(client));
        }
    }

    /** Listens no longer, and cuts all lines. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
        lines.forEach(traffic -> traffic.close(false));
    }

    /** What a thread of the proxy does. */
    interface Work {
        void run() throws IOException;
    }

    static void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // An end was closed, by the proxy or by its owner: the line ends, and so does this.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
