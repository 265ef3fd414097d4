package dev.pgwire.internal.session;

import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.config.SocketTransport;
import dev.pgwire.internal.connect.Connector;
import dev.pgwire.internal.connect.ServerRole;
import dev.pgwire.internal.loop.SharedLoop;
import dev.pgwire.internal.registry.DatabaseTypes;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.transaction.OutcomeLookup;
import dev.pgwire.row.Row;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Opens sessions, each on a server that is what is wanted. */
public final class SessionSource {
    /** A session that reads stays on the primary for so long: a standby may be back then. */
    private static final Duration ON_PRIMARY = Duration.ofSeconds(30);

    private final Config config;
    private final ServerRole role;
    private final @Nullable Duration askAfter;

    private SessionSource(Config config, ServerRole role, @Nullable Duration askAfter) {
        this.config = config;
        this.role = role;
        this.askAfter = askAfter;
    }

    /** Sessions on servers of the role that a configuration asks for. */
    public static SessionSource of(Config config) {
        return new SessionSource(config, ServerRole.of(config.targetSessionAttrs()), null);
    }

    /**
     * Sessions that only read.
     *
     * @param maxLag how far behind its primary a server may be; null for any distance
     * @param askAfter after what time a server is asked again, although its session is in use
     */
    public static SessionSource reading(Config config, @Nullable Duration maxLag, Duration askAfter) {
        return new SessionSource(config, ServerRole.reading(config.targetSessionAttrs(), maxLag), askAfter);
    }

    /**
     * Checks that there is what carries the bytes of sessions on event loops.
     *
     * @throws dev.pgwire.error.InterfaceException if not
     */
    public void requireTransport() {
        SharedLoop.require(config.transport());
    }

    /** What carries the bytes of those that live on event loops. */
    public SocketTransport transport() {
        return config.transport();
    }

    /** Whether servers are to be asked again while their sessions are in use. */
    public boolean asksAgain() {
        return askAfter != null;
    }

    /** How old the last answer of a server may be; as old as it likes if servers are not asked again. */
    public long validNanos() {
        return askAfter == null ? Long.MAX_VALUE : askAfter.toNanos();
    }

    /**
     * How old a session may become.
     *
     * @param others the same of sessions that are where they should be; zero for any age
     */
    public static Duration lifetime(SessionInfo session, Duration others) {
        boolean shorter = session.role().isSecondBest() && (others.isZero() || others.compareTo(ON_PRIMARY) > 0);
        return shorter ? ON_PRIMARY : others;
    }

    /** Connects, which blocks the calling thread. */
    public Session open() {
        Connector connector = new Connector(config, role);
        ServerState server = new ServerState();
        return Session.of(config, connector, connector.open(server), server);
    }

    /**
     * Connects a session for callers that do not know of each other: what becomes of a statement of one of them does not touch those of
     * others. A caller whose deadline has passed is told at once, and the server is asked to cancel only while no other statement is behind.
     *
     * @param blocking runs what has to block: the cancel requests
     * @param prepares uses the session before it moves to the loop; null for nothing
     */
    public LoopSession openShared(SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares) {
        return open(loop, blocking, prepares, true);
    }

    /** The same for one caller at a time. */
    public LoopSession openLent(SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares) {
        return open(loop, blocking, prepares, false);
    }

    /** Blocks the calling thread until it is connected. */
    private LoopSession open(SharedLoop loop, Executor blocking, @Nullable Consumer<Session> prepares, boolean shared) {
        Connector connector = Connector.forLoop(config, role);
        ServerState server = new ServerState();
        Connector.Opened opened = connector.open(server);
        DatabaseTypes types = prepares == null
                ? SessionDispatch.types(config, opened, server)
                : prepare(connector, opened, server, prepares);
        return new LoopSession(config, connector, opened, server, types, loop, blocking, shared);
    }

    /** Returns the types, with the codecs that were registered. */
    private DatabaseTypes prepare(
            Connector connector, Connector.Opened opened, ServerState server, Consumer<Session> prepares) {
        Session session = Session.of(config, connector, opened, server);
        try {
            prepares.accept(session);
            session.care().clear();
            if (config.prepare() != Prepare.NEVER) {
                // The names of its statements are given once more.
                session.query("DEALLOCATE ALL", null);
            }
            return session.types();
        } catch (Throwable failed) {
            session.close();
            throw failed;
        }
    }

    /** Connects a session that is asked what has become of a transaction of another one. */
    public static OutcomeLookup.Server asking(Config config) {
        Session session = Session.open(config);
        return new OutcomeLookup.Server() {
            @Override
            public @Nullable String ask(String question, Duration within) {
                Row row = session.query(question, within).take();
                return row == null ? null : row.getString(0);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
