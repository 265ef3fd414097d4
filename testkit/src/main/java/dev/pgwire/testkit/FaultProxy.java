package dev.pgwire.testkit;

import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.protocol.dialogue.Side;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Stands before a server and does to connections what networks do: cuts them at a byte, stalls them, takes writes apart. What it does
 * concerns the newest connection. {@link Proxy} can do more: it knows the messages.
 */
public final class FaultProxy implements Closeable {
    private final Proxy proxy;

    private FaultProxy(Proxy proxy) {
        this.proxy = proxy;
    }

    /** A proxy before the server at this host and port; it listens at a port of the loopback address. */
    public static FaultProxy before(String host, int port) {
        return new FaultProxy(Proxy.before(host, port).start());
    }

    /** A proxy before this server. */
    public static FaultProxy before(TestServer server) {
        return before("127.0.0.1", server.port());
    }

    /** The port that clients connect to. */
    public int port() {
        return proxy.port();
    }

    /** Cuts the connection when this number of bytes more of this side has gone on, as a process does that ends. */
    public void cutAfter(Side side, long bytes) {
        newest().cutAfter(side, bytes);
    }

    /** Resets the connection when this number of bytes more of this side has gone on, as a machine does that has forgotten it. */
    public void resetAfter(Side side, long bytes) {
        newest().resetAfter(side, bytes);
    }

    /** Lets nothing of this side pass, as a network does that has fallen silent, until {@link #resume}. */
    public void stall(Side side) {
        newest().stall(side);
    }

    /** Ends what {@link #stall} began. */
    public void resume(Side side) {
        newest().resume(side);
    }

    /** Sends on what this side sends in pieces of at most this number of bytes. */
    public void split(Side side, int bytes) {
        newest().split(side, bytes);
    }

    private Line newest() {
        List<Line> lines = proxy.lines();
        if (lines.isEmpty()) {
            throw new IllegalStateException("no connection through this proxy yet, expected one that can have a fault");
        }
        return lines.get(lines.size() - 1);
    }

    /** Listens no longer, and cuts all connections. */
    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
