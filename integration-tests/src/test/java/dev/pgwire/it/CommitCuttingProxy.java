package dev.pgwire.it;

import dev.pgwire.laboratory.proxy.Fate;
import dev.pgwire.laboratory.proxy.Line;
import dev.pgwire.laboratory.proxy.Proxy;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Parse;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands before a server, and cuts a connection when the client commits. */
final class CommitCuttingProxy implements AutoCloseable {
    /** When it cuts. */
    enum Cut {
        /** The server never sees the COMMIT. */
        BEFORE,
        /** The server has it, and the client never sees an answer. */
        BEHIND,
        /** The answer is on its way. */
        ANSWERED
    }

    private final Proxy proxy;
    private final Set<Line> committing = ConcurrentHashMap.newKeySet();
    private volatile Cut cut = Cut.BEFORE;

    private CommitCuttingProxy(int serverPort) {
        proxy = Proxy.before("127.0.0.1", serverPort).start(this::decide);
    }

    static CommitCuttingProxy before(int serverPort) {
        return new CommitCuttingProxy(serverPort);
    }

    int port() {
        return proxy.port();
    }

    void cuts(Cut when) {
        cut = when;
    }

    private Fate decide(Frame frame, Line line) {
        if (frame.side() == Side.BACKEND) {
            return committing.contains(line) ? Fate.cutAt(0) : Fate.pass();
        }
        if (frame.tag() == Query.TAG && frame.message().equals(new Query("COMMIT"))
                || frame.tag() == Parse.TAG && ((Parse) frame.message()).sql().equals("COMMIT")) {
            if (cut == Cut.BEFORE) {
                return Fate.cutAt(0);
            }
            committing.add(line);
        }
        boolean ends = frame.tag() == Query.TAG || frame.message() == Command.SYNC;
        return ends && committing.contains(line) && cut == Cut.BEHIND ? Fate.cutAt(frame.size()) : Fate.pass();
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
