package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server and counts what a client tries: connections, and requests for TLS in the clear. */
final class CountingProxy implements AutoCloseable {
    private final Proxy proxy;
    private final AtomicInteger tlsRequests = new AtomicInteger();
    private final AtomicInteger cancelRequests = new AtomicInteger();
    private volatile int before;

    private CountingProxy(int serverPort) {
        proxy = Proxy.before("127.0.0.1", serverPort).start(this::count);
    }

    static CountingProxy before(int serverPort) {
        return new CountingProxy(serverPort);
    }

    private Fate count(Frame frame, Line line) {
        if (frame.side() == Side.FRONTEND && frame.tag() == 0) {
            if (frame.message() == Opening.Encryption.SSL_REQUEST) {
                tlsRequests.incrementAndGet();
            } else if (frame.message() instanceof Opening.Cancel) {
                cancelRequests.incrementAndGet();
            }
        }
        return Fate.pass();
    }

    int port() {
        return proxy.port();
    }

    /** Connections since the last {@link #reset}. */
    int connects() {
        return proxy.lines().size() - before;
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
        before = proxy.lines().size();
        tlsRequests.set(0);
        cancelRequests.set(0);
    }

    @Override
    public void close() {
        try {
            proxy.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
