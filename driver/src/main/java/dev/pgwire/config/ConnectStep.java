package dev.pgwire.config;

import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step on the way to a session. The steps of one address come in the order of {@link Stage}; after a {@link Failed} or a {@link
 * RoleRefused} the next address, another encryption or the next host begins anew.
 */
public sealed interface ConnectStep {
    /** The host of the connection string that it is about. */
    Host host();

    /** How long it took, from the end of the step before. */
    Duration took();

    /** What is done on the way to a session. */
    enum Stage {
        /** The addresses of a host are looked up. */
        RESOLVE,
        /** A socket is connected. */
        CONNECT,
        /** Encryption is agreed on. */
        TLS,
        /** Each side shows who it is. */
        AUTHENTICATION,
        /** The server makes a process for the session: the database is opened, settings are taken. */
        SESSION,
        /** The session is compared with {@code target_session_attrs}. */
        ROLE
    }

    /**
     * The addresses of a host were found.
     *
     * @param addresses in the order in which they are tried; never empty
     */
    record Resolved(Host host, List<SocketAddress> addresses, Duration took) implements ConnectStep {}

    /** A server listens at an address. */
    record Connected(Host host, SocketAddress address, Duration took) implements ConnectStep {}

    /**
     * The connection is encrypted from here on.
     *
     * @param version the version of TLS as the JDK names it, such as {@code TLSv1.3}
     * @param cipher the cipher suite
     * @param certificates the chain that the server showed, its own first
     * @param verified whether the chain leads to a trusted root; with {@code sslmode=verify-full} also whether the name is right
     */
    record TlsAgreed(
            Host host,
            SocketAddress address,
            String version,
            String cipher,
            List<X509Certificate> certificates,
            boolean verified,
            Duration took)
            implements ConnectStep {}

    /** The server has no TLS, and the connection goes on without. */
    record TlsRefused(Host host, SocketAddress address, Duration took) implements ConnectStep {}

    /**
     * The server lets us in.
     *
     * @param method what it asked for
     * @param channelBound whether that was bound to the TLS channel
     */
    record Authenticated(Host host, SocketAddress address, AuthMethod method, boolean channelBound, Duration took)
            implements ConnectStep {}

    /**
     * The server waits for statements.
     *
     * @param protocolVersion the version of the protocol that both speak: {@code 3.0} or {@code 3.2}
     * @param serverVersion the server's own version as it tells it; null if it does not
     * @param processId the process id of the server process; 0 if the server does not tell
     */
    record SessionStarted(
            Host host,
            SocketAddress address,
            String protocolVersion,
            @Nullable String serverVersion,
            int processId,
            Duration took)
            implements ConnectStep {}

    /** The session is as {@code target_session_attrs} wants it: the connection is made. */
    record RoleAccepted(Host host, SocketAddress address, TargetSessionAttrs wanted, Duration took)
            implements ConnectStep {}

    /**
     * The server is well, but its session is not as {@code target_session_attrs} wants it.
     *
     * @param wanted what is looked for
     * @param refusal says what it is instead
     */
    record RoleRefused(
            Host host, SocketAddress address, TargetSessionAttrs wanted, RuntimeException refusal, Duration took)
            implements ConnectStep {}

    /**
     * A step failed. Whether that ends connecting depends on the failure and on what is left to be tried.
     *
     * @param stage which one it was
     * @param address what was being connected to; null while the host is looked up
     * @param certificates the chain that the server showed, if it is what was refused; else empty
     */
    record Failed(
            Stage stage,
            Host host,
            @Nullable SocketAddress address,
            RuntimeException failure,
            List<X509Certificate> certificates,
            Duration took)
            implements ConnectStep {}
}
