package dev.pgwire.internal.connect;

import dev.pgwire.config.Config;
import dev.pgwire.config.Host;
import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.ProtocolViolationException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.internal.auth.Authenticator;
import dev.pgwire.internal.auth.ChannelSecurity;
import dev.pgwire.internal.auth.StartupExchange;
import dev.pgwire.internal.cancel.UnconfirmedCancel;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.internal.exchange.SingleValueExchange;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.Done;
import dev.pgwire.internal.net.Handshake;
import dev.pgwire.internal.net.Link;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.Opening;
import dev.pgwire.protocol.frontend.Query;
import java.io.IOException;
import java.net.SocketAddress;
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
    private final SocketTransport kind;
    private final long deadline;
    private final Link link;
    private final Transport transport;
    private final CallerTurns turns;
    private ChannelSecurity security = ChannelSecurity.PLAIN;
    private final SessionEvents events;
    private final ConnectProgress progress;
    private @Nullable TlsUpgrade tls;
    private @Nullable Login login;

    private Attempt(
            Config config,
            Host host,
            SocketAddress address,
            SocketTransport kind,
            SessionEvents events,
            long deadline,
            ConnectProgress progress) {
        this.config = config;
        this.host = host;
        this.address = address;
        this.kind = kind;
        this.events = events;
        this.deadline = deadline;
        this.progress = progress;
        try {
            link = Link.open(config, kind, host.isUnixSocket(), events);
        } catch (IOException failure) {
            throw unreachable("no socket could be made for " + server() + ": " + failure.getMessage(), failure);
        }
        transport = link.transport();
        turns = link.turns();
    }

    /**
     * Connects to an address.
     *
     * @param deadline a value of {@link System#nanoTime}
     * @param progress is told of it
     * @throws CannotConnectException if no server answers there
     */
    static Attempt connect(
            Config config,
            Host host,
            SocketAddress address,
            SocketTransport kind,
            SessionEvents events,
            long deadline,
            ConnectProgress progress) {
        Attempt attempt = new Attempt(config, host, address, kind, events, deadline, progress);
        try {
            attempt.connect();
            progress.connected();
            return attempt;
        } catch (Throwable failed) {
            attempt.abort(failed);
            throw failed;
        }
    }

    private static CannotConnectException unreachable(String message, @Nullable Throwable cause) {
        return new CannotConnectException(CannotConnectException.Reason.NOT_REACHED, message, cause);
    }

    private void connect() {
        progress.connects(address);
        Done connecting = link.connect(address);
        await(connecting);
        Throwable cause = connecting.failure();
        if (cause != null) {
            throw unreachable(
                    "cannot connect to " + server() + ": " + cause.getMessage()
                            + ", expected a PostgreSQL server that listens there",
                    cause);
        }
        String peer = config.requirePeer();
        if (peer != null && host.isUnixSocket()) {
            PeerCheck.check(link.socket(), peer);
        }
    }

    /**
     * Asks the server for TLS.
     *
     * @return whether it agrees
     */
    boolean offersTls() {
        progress.tlsBegins();
        await(link.askForTls());
        return link.isTlsAgreed();
    }

    /**
     * Encrypts what follows.
     *
     * @throws CannotConnectException if the two sides do not come to terms
     */
    void startTls() {
        progress.tlsBegins();
        TlsUpgrade upgrade = new TlsUpgrade(config, host);
        Handshake handshake = link.encrypt(upgrade.engine());
        await(handshake);
        Throwable cause = handshake.failure();
        if (cause != null) {
            throw HandshakeFailure.of(server(), cause);
        }
        security = upgrade.security();
        tls = upgrade;
        progress.tlsAgreed(upgrade);
    }

    /**
     * Begins a session, up to the first ReadyForQuery.
     *
     * @param role what is looked for
     * @throws PgException if the server refuses, or is refused
     */
    Connector.Opened logIn(@Nullable String password, ServerRole role) {
        Login begun = new Login(this, config, progress);
        login = begun;
        StartupExchange session;
        try (Authenticator authenticator = new Authenticator(config, host, password, security)) {
            session = begun.startSession(authenticator, events);
        }
        if (!config.keepsDateStyle()) {
            DateStyle.makeIso(this, events);
        }
        if (!config.busyWait().isZero()) {
            turns.lookAwake(config.busyWait());
        }
        TlsUpgrade encrypted = tls;
        SessionFacts facts = new SessionFacts(
                host,
                address,
                session.version(),
                session.unrecognizedOptions(),
                begun.authentication(),
                encrypted == null ? null : encrypted.session().getProtocol(),
                encrypted == null ? null : encrypted.session().getCipherSuite(),
                kind.text(),
                role);
        return new Connector.Opened(turns, session.key(), facts);
    }

    /** Asks something that is answered with one value. */
    @Nullable
    String ask(String sql) {
        SingleValueExchange question = new SingleValueExchange();
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
        return question.value();
    }

    /** Connects to where a session is, to cancel what it does. */
    static Attempt toCancel(Config config, SessionFacts session, long deadline, CancelGuard guard) {
        Attempt attempt = new Attempt(
                config,
                session.host(),
                session.address(),
                SocketTransport.NIO,
                new SilentEvents(),
                deadline,
                ConnectProgress.SILENT);
        try {
            attempt.link.guardWaits(guard);
            attempt.connect();
            return attempt;
        } catch (RuntimeException failed) {
            attempt.abort(failed);
            throw failed;
        }
    }

    /**
     * Asks the server to cancel what a session does. Until it has closed the connection, the request may still hit what the
     * session does next.
     *
     * @throws UnconfirmedCancel if something else happens than that
     */
    void cancel(Opening.Cancel request, CancelGuard guard) {
        PgException before = transport.broken();
        if (before != null) {
            throw before;
        }
        guard.check();
        Wait end;
        try {
            guard.sends();
            transport.send(request);
            end = turns.await(() -> transport.broken() != null, deadline);
        } catch (CancelGuard.NotWanted left) {
            throw new UnconfirmedCancel(server(), "its end was not waited for", null);
        } catch (Throwable failure) {
            throw new UnconfirmedCancel(server(), String.valueOf(failure.getMessage()), failure);
        }
        PgException answer = transport.broken();
        if (end != Wait.READY || answer == null) {
            throw new UnconfirmedCancel(server(), "nothing came back in time", null);
        }
        if (!isCleanEnd(answer)) {
            throw new UnconfirmedCancel(server(), String.valueOf(answer.getMessage()), answer);
        }
    }

    /** Whether the server has closed the connection without a word. */
    private static boolean isCleanEnd(PgException end) {
        return end instanceof ConnectionFailureException closed
                && closed.getCause() == null
                && closed.diagnostic() == null;
    }

    /** Waits for an answer, as long as the deadline allows. */
    void await(BooleanSupplier goal) {
        switch (turns.await(goal, deadline)) {
            case READY -> {}
            case TIMED_OUT ->
                throw unreachable(
                        "no answer from " + server() + " in time, expected one within the connect_timeout", null);
            case INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the thread was interrupted while it connected to " + server() + ", expected one that is not");
            }
        }
    }

    /** A failure of this attempt. A connection that broke before it was made never was one. */
    RuntimeException unmade(RuntimeException failure) {
        if (failure instanceof ProtocolViolationException violation
                && violation.diagnostic() == null
                && !wasAsked()
                && !isLetIn()) {
            ServerErrors.hint(violation, "what listens at " + server() + " is probably no PostgreSQL server");
        }
        if (!(failure instanceof ConnectionFailureException broken)
                || broken instanceof CannotConnectException
                || broken.diagnostic() != null) {
            return failure;
        }
        return new CannotConnectException(
                CannotConnectException.Reason.OTHER,
                "no session was begun with " + server() + ": " + broken.getMessage()
                        + ", expected a PostgreSQL server that lets the session begin",
                broken.getCause());
    }

    /** The connection is made: its users enter it themselves. */
    void leave() {
        turns.exit();
    }

    /** Ends a session that was begun in vain with a goodbye, and any connection at once. */
    void giveUp(Throwable why) {
        try {
            if (why instanceof CannotConnectException unfit
                    && unfit.reason() == CannotConnectException.Reason.ROLE
                    && transport.broken() == null) {
                transport.send(Command.TERMINATE);
            }
        } finally {
            abort(why);
        }
    }

    /** Closes the connection. */
    void abort(Throwable why) {
        try {
            turns.abort(new ConnectionFailureException("the connection could not be set up", why));
        } finally {
            turns.exit();
        }
    }

    /** Whether the server said that it lets us in. */
    boolean isLetIn() {
        return login != null && login.isLetIn();
    }

    /** Whether the server has asked who we are. */
    boolean wasAsked() {
        return login != null && login.wasAsked();
    }

    Transport transport() {
        return transport;
    }

    /** What messages call the server. */
    String server() {
        return ServerName.of(host, address);
    }
}
