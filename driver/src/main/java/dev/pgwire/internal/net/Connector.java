package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.Authenticator;
import dev.pgwire.internal.exchange.ChannelSecurity;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.exchange.StartupExchange;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Opens a connection and takes it through the start-up, until the server is ready for the first query. */
public final class Connector {
    private static final Duration MOST_FOR_CANCEL = Duration.ofSeconds(10);

    private final Config config;

    /** A connector for the host of a configuration. */
    public Connector(Config config) {
        this.config = config;
    }

    /**
     * What an opened connection is.
     *
     * @param key the key for cancelling; null if the server gave none
     */
    public record Opened(Transport transport, @Nullable BackendKeyData key) {}

    /**
     * Connects to the first address of the host that answers.
     *
     * @throws OperationalException if none does, or the server refuses
     */
    public Opened open(SessionEvents events) {
        PgException last = null;
        for (InetAddress address : addresses()) {
            try {
                return open(new InetSocketAddress(address, config.hosts().get(0).port()), events);
            } catch (ConnectionFailureException unreachable) {
                if (last != null) {
                    unreachable.addSuppressed(last);
                }
                last = unreachable;
            }
        }
        throw last != null
                ? last
                : new ConnectionFailureException(
                        "host \"" + config.hosts().get(0).name() + "\" has no address", null);
    }

    /** Asks the server of an open connection to cancel what the session with this key is doing; waits until it has read that. */
    public void cancel(InetSocketAddress server, BackendKeyData key) {
        long deadline = Math.min(deadline(), System.nanoTime() + MOST_FOR_CANCEL.toNanos());
        Transport transport = connect(server, new SilentEvents(), deadline);
        try {
            transport.send(new Opening.Cancel(key.processId(), key.secretKey()));
            wait(transport, () -> transport.broken() != null, deadline, server);
        } finally {
            transport.abort(new ConnectionFailureException("the cancel request was sent", null));
            transport.exit();
        }
    }

    private InetAddress[] addresses() {
        try {
            return InetAddress.getAllByName(config.hosts().get(0).name());
        } catch (UnknownHostException unknown) {
            throw new ConnectionFailureException(
                    "host \"" + config.hosts().get(0).name() + "\" is unknown, expected a host name or address",
                    unknown);
        }
    }

    private Opened open(InetSocketAddress server, SessionEvents events) {
        long deadline = deadline();
        Transport transport = connect(server, events, deadline);
        try {
            ProtocolVersion version = version(config.maxProtocolVersion());
            Host host = config.hosts().get(0);
            // Before anything is sent: it may find that the connection cannot be as the user wants it.
            Authenticator authenticator = new Authenticator(config, host, config.password(host), ChannelSecurity.PLAIN);
            StartupExchange startup = new StartupExchange(version, version(config.minProtocolVersion()));
            transport.expect(startup);
            transport.send(new Opening.Startup(version, parameters()));
            BooleanSupplier answered = new BooleanSupplier() {
                @Override
                public boolean getAsBoolean() {
                    return startup.hasChallenge() || startup.isDone() || startup.failure() != null;
                }
            };
            // Until every request was looked at: one that came together with ReadyForQuery has to be satisfied too.
            while (!startup.isDone() || startup.hasChallenge()) {
                wait(transport, answered, deadline, server);
                PgException refused = startup.failure();
                if (refused != null) {
                    throw authenticator.explained(refused);
                }
                Authentication challenge = startup.takeChallenge();
                FrontendMessage answer = challenge == null ? null : authenticator.answer(challenge);
                if (answer != null) {
                    transport.send(answer);
                }
            }
            return new Opened(transport, startup.key());
        } catch (RuntimeException failed) {
            transport.abort(new ConnectionFailureException("the connection could not be set up", failed));
            throw failed;
        } finally {
            transport.exit();
        }
    }

    /** Opens the socket. The current thread has entered the transport when this returns. */
    private Transport connect(InetSocketAddress server, SessionEvents events, long deadline) {
        CallerEventLoop loop = newLoop();
        Conversation conversation = new Conversation(events);
        WireTrace trace = config.trace() == null ? null : new WireTrace(config.trace());
        ReceiveBuffer received = new ReceiveBuffer(loop.gathering());
        loop.enter();
        Socket socket;
        try {
            socket = Socket.open(loop, received, new FrameDecoder(conversation, trace));
        } catch (ChannelException failure) {
            loop.destroy();
            loop.exit();
            received.release();
            throw new ConnectionFailureException("no socket could be made", failure);
        }
        Transport transport = new Transport(loop, socket, received, conversation, trace);
        try {
            ChannelFuture connecting = socket.connect(server);
            wait(transport, new Done(connecting), deadline, server);
            if (!connecting.isSuccess()) {
                Throwable cause = connecting.cause();
                throw new ConnectionFailureException(
                        "cannot connect to " + describe(server) + ": " + cause.getMessage()
                                + ", expected a PostgreSQL server that listens there",
                        cause);
            }
            return transport;
        } catch (RuntimeException failed) {
            transport.abort(new ConnectionFailureException("the connection could not be opened", failed));
            transport.exit();
            throw failed;
        }
    }

    private static CallerEventLoop newLoop() {
        try {
            return new CallerEventLoop(NioIoHandler.newFactory());
        } catch (ChannelException failure) {
            throw new ConnectionFailureException("no selector could be opened", failure);
        }
    }

    private void wait(Transport transport, BooleanSupplier goal, long deadline, InetSocketAddress server) {
        switch (transport.await(goal, deadline)) {
            case READY -> {}
            case TIMED_OUT ->
                throw new ConnectionFailureException(
                        "no answer from " + describe(server) + " in time, expected one within the connect_timeout",
                        null);
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw new QueryCanceledException(
                        SqlState.QUERY_CANCELED,
                        "the thread was interrupted while it connected to " + describe(server),
                        null);
            }
        }
    }

    private static ProtocolVersion version(String text) {
        return text.equals("3.2") ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0;
    }

    private long deadline() {
        return config.connectTimeout().isZero()
                ? Long.MAX_VALUE
                : System.nanoTime() + config.connectTimeout().toNanos();
    }

    private String describe(InetSocketAddress server) {
        return "\"" + config.hosts().get(0).name() + "\" ("
                + server.getAddress().getHostAddress() + "), port " + server.getPort();
    }

    /** Names that poolers know to keep apart (application_name, client_encoding, DateStyle), and what the user asked for. */
    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", config.user());
        parameters.put("database", config.database());
        parameters.put("client_encoding", "UTF8");
        parameters.put("DateStyle", "ISO");
        if (config.applicationName() != null) {
            parameters.put("application_name", config.applicationName());
        }
        if (config.options() != null) {
            parameters.put("options", config.options());
        }
        return parameters;
    }
}
