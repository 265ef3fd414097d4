package dev.pgwire.internal.connect;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Host;
import dev.pgwire.protocol.ProtocolVersion;
import java.net.SocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session came about.
 *
 * @param host the host it was asked for
 * @param address what was connected to
 * @param version the version of the protocol that both sides speak
 * @param unrecognizedOptions the options of the protocol that were asked for and that the server does not know
 * @param authentication what the server asked for
 * @param tlsVersion as the JDK names it ({@code TLSv1.3}); null without TLS
 * @param cipher the suite of TLS; null without
 * @param transport what carries the bytes: {@code nio} or {@code epoll}
 * @param role what was looked for when the server was found
 */
public record SessionFacts(
        Host host,
        SocketAddress address,
        ProtocolVersion version,
        List<String> unrecognizedOptions,
        AuthMethod authentication,
        @Nullable String tlsVersion,
        @Nullable String cipher,
        String transport,
        ServerRole role) {}
