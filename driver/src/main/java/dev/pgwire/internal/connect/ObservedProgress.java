package dev.pgwire.internal.connect;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.ConnectObserver;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.ConnectStep.Stage;
import dev.pgwire.config.Host;
import dev.pgwire.config.TargetSessionAttrs;
import dev.pgwire.error.CannotConnectException;
import dev.pgwire.internal.tls.trust.RefusedServerException;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tells an observer how connecting goes, and how long each step took. Not loaded as long as there is no observer. */
final class ObservedProgress extends ConnectProgress {
    private final ConnectObserver observer;
    private Stage stage = Stage.RESOLVE;
    private Host host;
    private TargetSessionAttrs wanted = TargetSessionAttrs.ANY;
    private @Nullable SocketAddress address;
    private long since = System.nanoTime();

    /** A method, so that its callers need not load this class. */
    static ConnectProgress telling(ConnectObserver observer, Host first) {
        return new ObservedProgress(observer, first);
    }

    private ObservedProgress(ConnectObserver observer, Host first) {
        this.observer = observer;
        this.host = first;
    }

    @Override
    void looksFor(TargetSessionAttrs role) {
        wanted = role;
    }

    @Override
    void resolves(Host next) {
        host = next;
        address = null;
        enters(Stage.RESOLVE);
        since = System.nanoTime();
    }

    @Override
    void resolved(List<SocketAddress> found) {
        tell(new ConnectStep.Resolved(host, List.copyOf(found), took()));
    }

    @Override
    void connects(SocketAddress next) {
        address = next;
        enters(Stage.CONNECT);
        since = System.nanoTime();
    }

    @Override
    void tlsBegins() {
        enters(Stage.TLS);
    }

    @Override
    void authenticationBegins() {
        enters(Stage.AUTHENTICATION);
    }

    /** What comes now is part of this stage. */
    private void enters(Stage next) {
        stage = next;
    }

    @Override
    void connected() {
        tell(new ConnectStep.Connected(host, address(), took()));
    }

    @Override
    void tlsAgreed(TlsUpgrade tls) {
        SSLSession session = tls.session();
        tell(new ConnectStep.TlsAgreed(
                host,
                address(),
                session.getProtocol(),
                session.getCipherSuite(),
                certificates(session),
                tls.verifiesServer(),
                took()));
    }

    @Override
    void tlsRefused() {
        tell(new ConnectStep.TlsRefused(host, address(), took()));
    }

    @Override
    void authenticated(AuthMethod method, boolean channelBound) {
        tell(new ConnectStep.Authenticated(host, address(), method, channelBound, took()));
        enters(Stage.SESSION);
    }

    @Override
    void sessionStarted(String protocolVersion, @Nullable String serverVersion, int processId) {
        tell(new ConnectStep.SessionStarted(host, address(), protocolVersion, serverVersion, processId, took()));
        enters(Stage.ROLE);
    }

    @Override
    void roleAccepted(TargetSessionAttrs wanted) {
        tell(new ConnectStep.RoleAccepted(host, address(), wanted, took()));
    }

    @Override
    void failed(Throwable failure) {
        if (failure instanceof CannotConnectException unfit && unfit.reason() == CannotConnectException.Reason.ROLE) {
            tell(new ConnectStep.RoleRefused(host, address(), wanted, unfit, took()));
        } else if (failure instanceof RuntimeException told) {
            tell(new ConnectStep.Failed(stage, host, address, told, refused(told), took()));
        }
    }

    private SocketAddress address() {
        SocketAddress current = address;
        if (current == null) {
            throw new IllegalStateException("no address is connected to, expected one");
        }
        return current;
    }

    private Duration took() {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private void tell(ConnectStep step) {
        try {
            observer.onStep(step);
        } catch (RuntimeException | AssertionError failure) {
            System.getLogger("dev.pgwire").log(System.Logger.Level.WARNING, "a connect observer failed", failure);
        }
        since = System.nanoTime();
    }

    private static List<X509Certificate> certificates(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate known) {
                    chain.add(known);
                }
            }
        } catch (SSLPeerUnverifiedException anonymous) {
            // Then there is none to show.
        }
        return List.copyOf(chain);
    }

    private static List<X509Certificate> refused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedServerException refused) {
                return refused.certificates();
            }
        }
        return List.of();
    }
}
