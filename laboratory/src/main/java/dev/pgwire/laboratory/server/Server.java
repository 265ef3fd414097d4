package dev.pgwire.laboratory.server;

import dev.pgwire.laboratory.socket.End;
import dev.pgwire.laboratory.socket.Failures;
import dev.pgwire.laboratory.socket.Listener;
import dev.pgwire.protocol.frontend.Opening;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that speaks the protocol and answers what a program says, so that an application can be tested against time-outs,
 * resets and odd errors without PostgreSQL:
 *
 * <pre>{@code
 * try (Server server = Server.on("SELECT name FROM users WHERE id = $1::int4",
 *                 values -> Reply.rows("name text").row("user " + values.getInt(0)))
 *         .on("INSERT INTO users VALUES ($1::int4, $2)", values -> Reply.error("23505", "there is one already"))
 *         .start()) {
 *     System.out.println("psql -h localhost -p " + server.port());
 * }
 * }</pre>
 *
 * <p>It has start-up, encryption, authentication, the simple and the extended protocol with portals, COPY both ways, cancel
 * requests, notices and parameters. It knows no SQL: transactions and settings change the state of the session, all else is
 * what the program answers. Each session has a thread.
 */
public final class Server implements Closeable {
    private static final int FIRST_PROCESS_ID = 1001;

    private final Listener listener;
    private final ServerSettings settings;
    private final Map<Integer, ServerSession> sessions = new ConcurrentHashMap<>();
    private final Set<End> ends = ConcurrentHashMap.newKeySet();
    private final Failures failures = new Failures();
    private final AtomicInteger processIds = new AtomicInteger(FIRST_PROCESS_ID);
    private final byte[] secret = new byte[32];
    private volatile boolean isClosed;

    Server(SocketAddress listen, ServerSettings settings) throws IOException {
        this.settings = settings;
        new SecureRandom().nextBytes(secret);
        listener = new Listener(listen, failures);
        listener.start(
                "pgwire-server", client -> Listener.thread("pgwire-server-session", () -> serve(End.clear(client))));
    }

    /** A server with an answer to this statement; see {@link ServerBuilder#on(String, Handler)}. */
    public static ServerBuilder on(String sql, Handler handler) {
        return builder().on(sql, handler);
    }

    /** A server that has no answer yet. */
    public static ServerBuilder builder() {
        return new ServerBuilder();
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

    /** Those that are there now, in no order. */
    public List<ServerSession> sessions() {
        return List.copyOf(sessions.values());
    }

    /** What ended sessions by surprise: a client that has gone in the middle of something, a TLS handshake that failed: the first thousand. */
    public List<Throwable> failures() {
        return failures.list();
    }

    int nextProcessId() {
        return processIds.getAndIncrement();
    }

    /** From what it makes the salts of users that it does not know. */
    byte[] secret() {
        return secret.clone();
    }

    void left(ServerSession session) {
        sessions.remove(session.processId());
    }

    void entered(ServerSession session) {
        sessions.put(session.processId(), session);
    }

    void cancel(Opening.Cancel request) {
        ServerSession session = sessions.get(request.processId());
        if (session != null) {
            session.cancel(request.secretKey());
        }
    }

    private void serve(End end) {
        Wiring wiring = new Wiring(end);
        ends.add(end);
        ServerSession session = null;
        try {
            if (isClosed) {
                return;
            }
            session = new Entrance(this, settings, wiring).enter();
            if (session != null) {
                new SessionLoop(settings.book(), session, wiring).run();
            }
        } catch (Throwable e) {
            if (!isClosed && !(e instanceof Answering.OddEnd)) {
                failures.add(e);
            }
        } finally {
            if (session != null) {
                left(session);
            }
            ends.remove(end);
            close(wiring.end());
            close(end);
        }
    }

    private static void close(End end) {
        try {
            end.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    /** Listens no longer, cancels what is being answered, and closes all sessions. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        listener.close();
        // First, so that no session is stuck in a write.
        ends.forEach(Server::close);
        sessions.values().forEach(session -> session.cancel(session.key()));
    }
}
