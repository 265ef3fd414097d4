package dev.pgwire;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.config.Config;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.internal.server.ServerVersion;
import dev.pgwire.internal.session.SessionInfo;
import dev.pgwire.protocol.TransactionStatus;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is, as the protocol told it: nothing was asked for. Made by {@link Connection#info}.
 *
 * @param host the host that was asked for: a name, an address, or the directory of a Unix socket
 * @param address the numeric address that was connected to; null for a Unix socket
 * @param port the TCP port, or the number in the name of the Unix socket
 * @param user the role that logged in
 * @param database the database
 * @param serverVersion the server's version as it tells it, such as {@code 18.6 (Debian 18.6-1)}; empty if it did not
 * @param serverVersionNumber the same as a number: 180006, or 90624 for 9.6.24; 0 if the server did not tell
 * @param protocolVersion the version of the protocol, 30000 for 3.0 and 30002 for 3.2
 * @param unrecognizedOptions the options of the protocol that a {@link dev.pgwire.config.ProtocolProbe} has asked for and that the server
 *     does not know; cannot be changed
 * @param authentication what the server asked for
 * @param tlsVersion such as {@code TLSv1.3}; null without TLS
 * @param cipher the cipher suite of TLS; null without
 * @param transport what carries the bytes: {@code nio}, or {@code epoll} for a connection on an event loop, if its
 *     configuration asks for that
 * @param processId the process id of the server process; 0 if the server did not tell
 * @param transactionStatus the transaction's state as the server told it last
 * @param parameters the run-time parameters that the server reports, by name; cannot be changed
 */
public record ConnectionInfo(
        String host,
        @Nullable String address,
        int port,
        String user,
        String database,
        String serverVersion,
        int serverVersionNumber,
        int protocolVersion,
        List<String> unrecognizedOptions,
        AuthMethod authentication,
        @Nullable String tlsVersion,
        @Nullable String cipher,
        String transport,
        int processId,
        TransactionStatus transactionStatus,
        Map<String, String> parameters) {

    static ConnectionInfo of(Config config, SessionInfo facts, ServerState server, int processId) {
        String version = server.parameter("server_version");
        return new ConnectionInfo(
                facts.host(),
                facts.address(),
                facts.port(),
                config.user(),
                config.database(),
                version == null ? "" : version,
                version == null ? 0 : ServerVersion.number(version),
                facts.protocolVersion(),
                facts.unrecognizedOptions(),
                facts.authentication(),
                facts.tlsVersion(),
                facts.cipher(),
                facts.transport(),
                processId,
                server.transactionStatus(),
                Collections.unmodifiableMap(server.parameters()));
    }

    /** Whether the connection is encrypted. */
    public boolean isEncrypted() {
        return tlsVersion != null;
    }
}
