package dev.pgwire.internal.session;

import dev.pgwire.config.AuthMethod;
import dev.pgwire.internal.connect.ServerRole;
import dev.pgwire.internal.connect.SessionFacts;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a session came about, in the words of libpq. */
public final class SessionInfo {
    private final SessionFacts facts;

    SessionInfo(SessionFacts facts) {
        this.facts = facts;
    }

    SessionFacts facts() {
        return facts;
    }

    /** The host as it was asked for: a name, an address, or the directory of a Unix socket. */
    public String host() {
        return facts.host().shownName();
    }

    /** The numeric address of the server; null for a Unix socket. */
    public @Nullable String address() {
        return facts.address() instanceof InetSocketAddress inet && inet.getAddress() != null
                ? inet.getAddress().getHostAddress()
                : null;
    }

    /** The TCP port, or the number in the name of the Unix socket. */
    public int port() {
        return facts.host().port();
    }

    /** Which server process it is of, in so few words that a message can name it. */
    public String shown(int processId) {
        return "process " + Integer.toUnsignedString(processId) + " of " + server();
    }

    /** Host and port, as messages call the server. */
    public String server() {
        return host() + ":" + port();
    }

    /** What was looked for when the server was found. */
    public ServerRole role() {
        return facts.role();
    }

    /** The version of the protocol: 30000 for 3.0, 30002 for 3.2. */
    public int protocolVersion() {
        return 10_000 * facts.version().major() + facts.version().minor();
    }

    /** The options of the protocol that were asked for and that the server does not know. */
    public List<String> unrecognizedOptions() {
        return facts.unrecognizedOptions();
    }

    /** What the server asked for. */
    public AuthMethod authentication() {
        return facts.authentication();
    }

    /** The version of TLS; null without. */
    public @Nullable String tlsVersion() {
        return facts.tlsVersion();
    }

    /** The cipher suite of TLS; null without. */
    public @Nullable String cipher() {
        return facts.cipher();
    }

    /** What carries the bytes. */
    public String transport() {
        return facts.transport();
    }
}
