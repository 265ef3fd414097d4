package dev.pgwire.it;

import dev.pgwire.config.Config;
import dev.pgwire.internal.loop.SharedLoop;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.SessionSource;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A shared event loop, and the sessions that live on it. */
final class LoopLane implements AutoCloseable {
    private final SharedLoop loop = new SharedLoop("lane");
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final List<LoopSession> sessions = new ArrayList<>();

    /** A session with the server that all tests share. */
    LoopSession open(String extra) {
        return open(Config.parse(TestServer.shared().dsn(extra)));
    }

    LoopSession open(Config config) {
        LoopSession session = SessionSource.of(config).openLent(loop, blocking, null);
        sessions.add(session);
        return session;
    }

    /** Ends the loop under its sessions. */
    void endLoop() {
        loop.close();
    }

    @Override
    public void close() {
        sessions.forEach(LoopSession::close);
        loop.close();
        blocking.shutdownNow();
    }
}
