package dev.pgwire;

import dev.pgwire.internal.session.Session;
import dev.pgwire.protocol.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the server has told a {@link Connection} about itself and the session, without being asked. */
abstract sealed class ConnectionFacts permits ConnectionTransactions {
    ConnectionFacts() {}

    /** Its session, if the connection is still the borrower's. */
    abstract Session session();

    /** The last notices of the server, at most 50 and at most 1 MiB of them, the oldest first. */
    public List<Diagnostic> notices() {
        return session().server().notices();
    }

    /**
     * Sets the listener to notices; null for none. It is called in the middle of a statement, on the thread that runs
     * it, and must not use this connection but for {@link #cancel}.
     */
    public void onNotice(@Nullable Consumer<Diagnostic> listener) {
        session().server().onNotice(listener);
    }

    /** The run-time parameters that the server reports, by name, as they are now. */
    public Map<String, String> parameters() {
        return session().server().parameters();
    }

    /** A run-time parameter that the server reports, such as {@code TimeZone}; null if it does not report it. */
    public @Nullable String parameter(String name) {
        return session().server().parameter(name);
    }

    /** The server's version as it tells it, such as {@code 18.6}. */
    public String serverVersion() {
        String version = parameter("server_version");
        return version == null ? "unknown" : version;
    }

    /** The process id of the server process; 0 if the server did not tell. */
    public int processId() {
        return session().processId();
    }
}
