package dev.pgwire.internal.connect;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Host;
import dev.pgwire.config.TargetSessionAttrs;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How connecting goes, told to no observer: what {@link ObservedProgress} tells an observer. */
class ConnectProgress {
    static final ConnectProgress SILENT = new ConnectProgress();

    /** The role of the server that is looked for from now on. */
    void looksFor(TargetSessionAttrs role) {}

    /** A host is looked up. */
    void resolves(Host next) {}

    void resolved(List<SocketAddress> found) {}

    /** An address is connected to. */
    void connects(SocketAddress next) {}

    void connected() {}

    void tlsBegins() {}

    void tlsAgreed(TlsUpgrade tls) {}

    /** The server has no TLS, and the connection goes on without. */
    void tlsRefused() {}

    void authenticationBegins() {}

    void authenticated(AuthMethod method, boolean channelBound) {}

    void sessionStarted(String protocolVersion, @Nullable String serverVersion, int processId) {}

    void roleAccepted(TargetSessionAttrs wanted) {}

    /** What was begun last has failed. */
    void failed(Throwable failure) {}
}
