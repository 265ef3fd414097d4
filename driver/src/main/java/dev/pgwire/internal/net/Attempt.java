package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.Host;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.exchange.AnswerExchange;
import dev.pgwire.internal.exchange.Authenticator;
import dev.pgwire.internal.exchange.ChannelSecurity;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.exchange.StartupExchange;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.security.cert.CertificateException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the making: a socket, TLS if it is wanted, a session. The thread that makes it has entered its transport
 * from {@link #connect} until {@link #leave} or {@link #abort}.
 */
final class Attempt {
    private final Config config;
    private final Host host;
    private final SocketAddress address;
    private final long deadline;
    private final CallerEventLoop loop;
    private final Socket socket;
    private final Transport transport;
    private ChannelSecurity security = ChannelSecurity.PLAIN;
    private final SessionEvents events;
    private final @Nullable ConnectProgress progress;
    private @Nullable TlsUpgrade tls;

    private Attempt(
            Config config,
            Host host,
            SocketAddress address,
            SessionEvents events,
            long deadline,
            @Nullable ConnectProgress progress) {
        this.config = config;
        this.host = host;
        this.address = address;
        this.events = events;
        this.deadline = deadline;
        this.progress = progress;
        loop = newLoop();
        Conversation conversation = new Conversation(events);
        WireTrace trace = config.trace() == null ? null : new WireTrace(config.trace());
        ReceiveBuffer received = new ReceiveBuffer(loop.gathering());
        loop.enter();
        try {
            socket = Socket.open(loop, received, new FrameDecoder(conversation, trace), config, host.isUnixSocket());
        } catch (ChannelException failure) {
            loop.destroy();
            loop.exit();
            received.release();
            throw new ConnectionFailureException("no socket could be made", failure);
        }
        transport = new Transport(loop, socket, received, conversation, trace);
    }

    /**
     * Connects to an address.
     *
     * @param deadline a value of {@link System#nanoTime}
     * @param progress who is told of it; null for nobody
     * @throws Unreachable if nobody answers there
     */
    static Attempt connect(
            Config config,
            Host host,
            SocketAddress address,
            SessionEvents events,
            long deadline,
            @Nullable ConnectProgress progress) {
        Attempt attempt = new Attempt(config, host, address, events, deadline, progress);
        try {
            attempt.connect();
            if (progress != null) {
                progress.connected();
            }
            return attempt;
        } catch (RuntimeException failed) {
            attempt.abort(failed);
            if (progress != null) {
                progress.failed(failed);
            }
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

    private void connect() {
        if (progress != null) {
            progress.connects(address);
        }
        ChannelFuture connecting = socket.connect(address);
        await(new Done(connecting));
        if (!connecting.isSuccess()) {
            Throwable cause = connecting.cause();
            throw new Unreachable(
                    "cannot connect to " + server() + ": " + cause.getMessage()
                            + ", expected a PostgreSQL server that listens there",
                    cause);
        }
        String peer = config.requirePeer();
        if (peer != null && host.isUnixSocket()) {
            PeerCheck.check(socket.javaChannel(), peer);
        }
    }

    /**
     * Asks the server for TLS.
     *
     * @return whether it agrees
     */
    boolean offersTls() {
        if (progress != null) {
            progress.enters(ConnectStep.Stage.TLS);
        }
        EncryptionReply reply = new EncryptionReply();
        socket.pipeline().addFirst("encryption", reply);
        transport.send(Opening.Encryption.SSL_REQUEST);
        await(reply);
        boolean agreed = reply.isAgreed();
        socket.pipeline().remove(reply);
        return agreed;
    }

    /**
     * Encrypts what follows.
     *
     * @throws HandshakeFailure if the two sides do not come to terms
     */
    void startTls() {
        if (progress != null) {
            progress.enters(ConnectStep.Stage.TLS);
        }
        TlsUpgrade upgrade = new TlsUpgrade(config, host);
        Future<?> handshake = upgrade.begin(socket);
        await(new Done(handshake));
        if (!handshake.isSuccess()) {
            throw new HandshakeFailure(server(), handshake.cause());
        }
        security = upgrade.security();
        tls = upgrade;
        if (progress != null) {
            progress.tlsAgreed(upgrade);
        }
    }

    /**
     * Begins a session, up to the first ReadyForQuery.
     *
     * @throws PgException if the server refuses, or is refused
     */
    Connector.Opened logIn(@Nullable String password) {
        if (progress != null) {
            progress.enters(ConnectStep.Stage.AUTHENTICATION);
        }
        ProtocolVersion version = version(config.maxProtocolVersion());
        // Before anything is sent: it may find that the connection cannot be as the user wants it.
        Authenticator authenticator = new Authenticator(config, host, password, security);
        StartupExchange startup = new StartupExchange(version, version(config.minProtocolVersion()));
        transport.expect(startup);
        transport.send(new Opening.Startup(version, StartupParameters.of(config)));
        BooleanSupplier answered = new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return startup.hasChallenge() || startup.isDone() || startup.failure() != null;
            }
        };
        // Until every request was looked at: one that came together with ReadyForQuery has to be satisfied too.
        while (!startup.isDone() || startup.hasChallenge()) {
            await(answered);
            PgException refused = startup.failure();
            if (refused != null) {
                tellOfWhatCameBefore(startup, authenticator);
                throw authenticator.explained(refused);
            }
            Authentication challenge = startup.takeChallenge();
            FrontendMessage answer = challenge == null ? null : authenticator.answer(challenge);
            if (answer != null) {
                transport.send(answer);
            }
            if (challenge == Authentication.Request.OK && progress != null) {
                progress.authenticated(authenticator.used(), authenticator.channelBound());
            }
        }
        if (progress != null) {
            BackendKeyData key = startup.key();
            progress.sessionStarted(
                    startup.version().toString(),
                    events.parameter("server_version"),
                    key == null ? 0 : key.processId());
        }
        TlsUpgrade encrypted = tls;
        SessionFacts facts = new SessionFacts(
                host,
                address,
                startup.version(),
                authenticator.used(),
                encrypted == null ? null : encrypted.session().getProtocol(),
                encrypted == null ? null : encrypted.session().getCipherSuite(),
                "nio");
        return new Connector.Opened(transport, startup.key(), facts);
    }

    /** A server says in one breath that it lets us in and, say, that there is no such database. */
    private void tellOfWhatCameBefore(StartupExchange startup, Authenticator authenticator) {
        if (progress == null) {
            return;
        }
        Authentication last = null;
        try {
            while (startup.hasChallenge()) {
                last = startup.takeChallenge();
                if (last != null) {
                    authenticator.answer(last);
                }
            }
        } catch (RuntimeException unproven) {
            // It is the refusal that counts.
            return;
        }
        if (last == Authentication.Request.OK) {
            progress.authenticated(authenticator.used(), authenticator.channelBound());
        }
    }

    private static ProtocolVersion version(String text) {
        return text.equals("3.2") ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0;
    }

    /** Asks something that is answered with one value. */
    @Nullable
    String ask(String sql) {
        AnswerExchange question = new AnswerExchange();
        transport.expect(question);
        transport.send(new Query(sql));
        await(new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return question.isDone();
            }
        });
        PgException refused = question.failure();
        if (refused != null) {
            throw refused;
        }
        return question.answer();
    }

    /**
     * Asks the server to cancel what a session does. Until it has closed the connection, the request may still hit what the
     * session does next: an interrupt does not end the wait.
     */
    void cancel(Opening.Cancel request) {
        transport.send(request);
        BooleanSupplier read = () -> transport.broken() != null;
        boolean restore = false;
        CallerEventLoop.Wait end = transport.await(read, deadline);
        while (end == CallerEventLoop.Wait.INTERRUPTED) {
            restore = true;
            end = transport.await(read, deadline);
        }
        if (restore) {
            Thread.currentThread().interrupt();
        }
        if (end == CallerEventLoop.Wait.TIMED_OUT) {
            throw new Unreachable(
                    "no answer to a cancel request from " + server()
                            + " in time, expected that it closes the connection",
                    null);
        }
    }

    private void await(BooleanSupplier goal) {
        switch (transport.await(goal, deadline)) {
            case READY -> {}
            case TIMED_OUT ->
                throw new Unreachable(
                        "no answer from " + server() + " in time, expected one within the connect_timeout", null);
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw new QueryCanceledException(
                        SqlState.QUERY_CANCELED, "the thread was interrupted while it connected to " + server(), null);
            }
        }
    }

    /** Says goodbye to a server that is not the one that is looked for. */
    void leaveFor(PgException why) {
        transport.send(Command.TERMINATE);
        abort(why);
    }

    /** The connection is made: whoever uses it enters it himself. */
    void leave() {
        transport.exit();
    }

    /** Gives up. */
    void abort(Throwable why) {
        try {
            transport.abort(new ConnectionFailureException("the connection could not be set up", why));
        } finally {
            transport.exit();
        }
    }

    /** What messages call the server. */
    String server() {
        return ServerName.of(host, address);
    }

    /** Nobody answers at an address, or not in time: another one may. */
    static final class Unreachable extends ConnectionFailureException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** TLS was not agreed on. */
    static final class HandshakeFailure extends ConnectionFailureException {
        private static final long serialVersionUID = 1L;

        HandshakeFailure(String server, Throwable cause) {
            super("TLS could not be agreed on with " + server + ": " + reason(cause), cause);
        }

        /** What our own check of the certificate found, or whatever ended the handshake first. */
        private static String reason(Throwable failure) {
            Throwable deepest = failure;
            while (deepest.getClass() != CertificateException.class) {
                Throwable cause = deepest.getCause();
                if (cause == null || cause == deepest) {
                    return deepest.getMessage() + ", expected a server and a certificate as sslmode asks for";
                }
                deepest = cause;
            }
            return String.valueOf(deepest.getMessage());
        }
    }
}
