package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Stands before the server, behind a Unix socket: the kernel keeps little for that, so that what a client has been given is what it
 * has read, but for some hundred thousand bytes. Notes what clients ask for.
 */
final class TappedProxy implements AutoCloseable {
    /** What the proxy and the kernel may hold of what goes to one client; most of it is what Linux keeps for the server (tcp_wmem). */
    static final int HELD = 5 * 1024 * 1024;

    private static final int PORT = 5432;

    private final Path directory;
    private final Proxy proxy;
    private final StringBuilder tags = new StringBuilder();
    private long before;
    private int cancels;
    private boolean stalled;

    /** A proxy whose socket lies in a directory of its own. */
    TappedProxy(Path directory) {
        this.directory = directory;
        // A receive buffer that does not grow either.
        proxy = Proxy.before("127.0.0.1", TestServer.shared().port())
                .listen(directory, PORT)
                .bufferSize(16 * 1024)
                .serverReceiveBuffer(64 * 1024)
                .start(this::note);
    }

    private synchronized Fate note(Frame frame, Line line) {
        if (stalled) {
            stall(line);
        }
        if (frame.side() == Side.FRONTEND && frame.tag() != 0) {
            tags.append((char) frame.tag());
        } else if (frame.side() == Side.FRONTEND && frame.message() instanceof Opening.Cancel) {
            cancels++;
        }
        return Fate.pass();
    }

    String dsn() {
        return TestServer.shared().dsn("host=" + directory + " port=" + PORT + " sslmode=disable");
    }

    /** Forgets what was seen. */
    synchronized void mark() {
        tags.setLength(0);
        before += received();
        cancels = 0;
    }

    /** The tags of the messages that clients have sent since {@link #mark}: Q for a Query, d for CopyData. */
    synchronized String tags() {
        return tags.toString();
    }

    /** How many bytes clients were given. */
    synchronized long received() {
        return proxy.lines().stream().mapToLong(line -> line.sent(Side.BACKEND)).sum() - before;
    }

    /** How many cancel requests were made. */
    synchronized int cancels() {
        return cancels;
    }

    /** Lets nothing pass any more, in either direction. */
    synchronized void stall() {
        stalled = true;
        proxy.lines().forEach(TappedProxy::stall);
    }

    private static void stall(Line line) {
        line.stall(Side.FRONTEND);
        line.stall(Side.BACKEND);
    }

    /** Ends all connections without a word. */
    void cut() {
        proxy.lines().forEach(Line::cut);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
    }
}
