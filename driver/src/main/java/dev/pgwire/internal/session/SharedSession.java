package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.loop.SharedLoop;
import dev.pgwire.internal.server.ServerState;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens the sessions on event loops that a pool has. */
public final class SharedSession {
    private SharedSession() {}

    /**
     * Connects a session for callers that do not know of each other: what becomes of a statement of one of them does not touch those of
     * others. A caller whose deadline has passed is told at once, and the server is asked to cancel only while no other statement is behind.
     *
     * @param blocking runs what has to block: the cancel requests
     * @param prepares uses the session before it moves to the loop; null for nothing
     */
    public static LoopSession open(
            Config config, SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares) {
        return open(config, loop, blocking, prepares, true);
    }

    /** The same for one caller at a time, as {@link LoopSession#open} does. */
    public static LoopSession openLent(
            Config config, SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares) {
        return open(config, loop, blocking, prepares, false);
    }

    /** Blocks the calling thread until it is connected. */
    private static LoopSession open(
            Config config, SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares, boolean shared) {
        Connector connector = Connector.forLoop(config);
        ServerState server = new ServerState();
        Connector.Opened opened = connector.open(server);
        if (prepares != null) {
            prepare(config, connector, opened, server, prepares);
        }
        return new LoopSession(config, connector, opened, server, loop, blocking, shared);
    }

    private static void prepare(
            Config config,
            Connector connector,
            Connector.Opened opened,
            ServerState server,
            Consumer<Session> prepares) {
        Session session = Session.of(config, connector, opened, server);
        try {
            prepares.accept(session);
            session.care().clear();
            if (config.prepare() != Prepare.NEVER) {
                // The names of its statements are given once more.
                session.query("DEALLOCATE ALL", null);
            }
        } catch (Throwable failed) {
            session.close();
            throw failed;
        }
    }
}
