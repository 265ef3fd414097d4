package dev.pgwire.internal.connect;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.config.ProtocolProbe;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.auth.Authenticator;
import dev.pgwire.internal.auth.StartupExchange;
import dev.pgwire.internal.exchange.SessionEvents;
import dev.pgwire.protocol.ProtocolVersion;
import dev.pgwire.protocol.backend.Authentication;
import dev.pgwire.protocol.backend.BackendKeyData;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.frontend.Opening;
import java.util.function.BooleanSupplier;

/** From the startup message to the first ReadyForQuery (PostgreSQL manual, 54.2.1 Start-up), on the thread that connects. */
final class Login {
    private final Attempt attempt;
    private final Config config;
    private final ConnectProgress progress;
    private final ProtocolVersion version;
    private final StartupExchange startup;
    private AuthMethod authentication = AuthMethod.NONE;
    private boolean asked;

    Login(Attempt attempt, Config config, ConnectProgress progress) {
        this.attempt = attempt;
        this.config = config;
        this.progress = progress;
        ProtocolProbe probe = config.protocolProbe();
        ProtocolVersion oldest = version(config.minProtocolVersion());
        if (probe == null) {
            this.version = version(config.maxProtocolVersion());
            this.startup = new StartupExchange(version, oldest);
        } else {
            this.version = new ProtocolVersion(3, probe.minorVersion());
            this.startup = new StartupExchange(version, oldest, probe.options().keySet());
        }
    }

    /** Whether the server said that it lets us in. */
    boolean isLetIn() {
        return startup.isLetIn();
    }

    /** Whether the server has asked for something. */
    boolean wasAsked() {
        return asked;
    }

    /** What the server asked for. */
    AuthMethod authentication() {
        return authentication;
    }

    /**
     * Starts the session: answers what the server asks for, until it is ready.
     *
     * @throws PgException if the server refuses, or is refused
     */
    StartupExchange startSession(Authenticator authenticator, SessionEvents events) {
        progress.authenticationBegins();
        attempt.transport().expect(startup);
        attempt.transport().send(new Opening.Startup(version, StartupParameters.of(config)));
        BooleanSupplier answered = new BooleanSupplier() {
            @Override
            public boolean getAsBoolean() {
                return startup.hasChallenge() || startup.isDone() || startup.failure() != null;
            }
        };
        // Until every request was looked at: one that came together with ReadyForQuery has to be satisfied too.
        while (!startup.isDone() || startup.hasChallenge()) {
            attempt.await(answered);
            PgException refused = startup.failure();
            if (refused != null) {
                checkWhatCameBefore(authenticator);
                throw authenticator.explained(refused);
            }
            Authentication challenge = startup.takeChallenge();
            asked |= challenge != null && challenge != Authentication.Request.OK;
            FrontendMessage answer = challenge == null ? null : authenticator.answer(challenge);
            if (answer != null) {
                attempt.transport().send(answer);
            }
            if (challenge == Authentication.Request.OK) {
                progress.authenticated(authenticator.used(), authenticator.channelBound());
            }
        }
        authentication = authenticator.used();
        BackendKeyData key = startup.key();
        progress.sessionStarted(
                startup.version().toString(), events.parameter("server_version"), key == null ? 0 : key.processId());
        return startup;
    }

    /**
     * A server says in one breath that it lets us in and, say, that there is no such database. Who it is comes first: the
     * words of a server that has not proved it are not passed on.
     */
    private void checkWhatCameBefore(Authenticator authenticator) {
        for (Authentication last = startup.takeChallenge(); last != null; last = startup.takeChallenge()) {
            if (last != Authentication.Request.OK && !(last instanceof Authentication.SaslFinal)) {
                // The server does not wait for an answer to that any more.
                return;
            }
            authenticator.answer(last);
            if (last == Authentication.Request.OK) {
                progress.authenticated(authenticator.used(), authenticator.channelBound());
            }
        }
    }

    private static ProtocolVersion version(String text) {
        return text.equals("3.2") ? ProtocolVersion.V3_2 : ProtocolVersion.V3_0;
    }
}
