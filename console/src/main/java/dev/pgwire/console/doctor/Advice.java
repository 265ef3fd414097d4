package dev.pgwire.console.doctor;

import dev.pgwire.config.Config;
import dev.pgwire.config.ConnectStep;
import dev.pgwire.config.ConnectStep.Stage;
import dev.pgwire.config.Setting;
import dev.pgwire.console.output.Visible;
import dev.pgwire.error.DatabaseException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which setting to change when a step of connecting failed. */
final class Advice {
    private final Config config;
    private final List<Setting> settings;

    Advice(Config config) {
        this.config = config;
        this.settings = config.explain();
    }

    String on(ConnectStep.Failed failed) {
        Throwable failure = failed.failure();
        if (failure instanceof DatabaseException refused && refused.diagnostic() != null) {
            return new ServerAdvice(this).on(refused);
        }
        String message = String.valueOf(failure.getMessage());
        if (message.contains("connect_timeout")) {
            return onTimeout(failed.stage());
        }
        if (failed.stage() == Stage.RESOLVE && message.contains("is unknown")) {
            return named("host")
                    + ": this machine finds no address for the name: look at its spelling, or give an address"
                    + " in hostaddr";
        }
        if (failed.stage() == Stage.CONNECT && failure.getCause() instanceof SocketException cause) {
            return onConnect(failed, cause);
        }
        if (failed.stage() == Stage.TLS) {
            return new TlsAdvice(this).on(failed);
        }
        if (message.contains("and none was given")) {
            return "password: set password in the connection string, PGPASSWORD, or a line for this host in the"
                    + " password file (" + value("passfile", "~/.pgpass") + ")";
        }
        return onAnythingElse(failure);
    }

    String onRole() {
        return named("target_session_attrs")
                + ": add a host with such a server to host, or ask for another kind (any takes" + " every server)";
    }

    /** The messages of the driver name what they were expecting: so does this. */
    String onAnythingElse(Throwable failure) {
        List<String> keywords = new ArrayList<>();
        String message = String.valueOf(failure.getMessage());
        for (Setting setting : settings) {
            if (isWord(setting.keyword(), message)) {
                keywords.add(named(setting.keyword()));
            }
        }
        for (String keyword : List.of("require_auth", "sslrootcert", "sslcert", "sslkey", "requirepeer", "hostaddr")) {
            if (isWord(keyword, message) && find(keyword) == null) {
                keywords.add(keyword);
            }
        }
        return keywords.isEmpty()
                ? named("host") + ", " + named("port") + ": is this a PostgreSQL server, and does its log say more?"
                : String.join(", ", keywords) + ": change it to what the server can do, or the server";
    }

    private String onTimeout(Stage stage) {
        return named("connect_timeout") + ": nothing came in this time: allow more if the server is slow"
                + (stage == Stage.CONNECT
                        ? "; look at host and port, and for a firewall that drops packets"
                        : "; something else than PostgreSQL may listen at this port");
    }

    private String onConnect(ConnectStep.Failed failed, SocketException cause) {
        String message = String.valueOf(cause.getMessage());
        if (failed.host().isUnixSocket()) {
            return named("host") + ", " + named("port")
                    + ": there is no server behind this socket: start it, or name the directory in its"
                    + " unix_socket_directories; host=localhost goes by TCP";
        }
        if (cause instanceof ConnectException && !message.contains("timed out")) {
            return named("host") + ", " + named("port")
                    + ": nobody listens there: start the server, look at its port, and whether its listen_addresses"
                    + " has this address";
        }
        return named("host")
                + ", hostaddr: the address cannot be reached from here: look at the network, and for a firewall;"
                + " connect_timeout ends the wait sooner";
    }

    Config config() {
        return config;
    }

    /** A keyword with its value, and where that comes from. */
    String named(String keyword) {
        Setting setting = find(keyword);
        return setting == null ? keyword : shown(setting);
    }

    /** Where the value of a keyword comes from. */
    String source(String keyword) {
        Setting setting = find(keyword);
        return setting == null ? "default" : Visible.of(setting.source());
    }

    /** The value of a keyword, or else something. */
    String value(String keyword, String unless) {
        Setting setting = find(keyword);
        return setting == null ? unless : Visible.of(setting.value());
    }

    static String shown(Setting setting) {
        return setting.keyword() + "=" + Visible.of(setting.value()) + " (" + Visible.of(setting.source()) + ")";
    }

    private @Nullable Setting find(String keyword) {
        for (Setting setting : settings) {
            if (setting.keyword().equals(keyword)) {
                return setting;
            }
        }
        return null;
    }

    private static boolean isWord(String word, String text) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            int end = at + word.length();
            if (isEdge(text, at - 1) && isEdge(text, end)) {
                // Only what looks like a setting: "user" and "password" are also words of English.
                return word.length() > 8 || word.startsWith("ssl") || text.startsWith("=", end);
            }
        }
        return false;
    }

    private static boolean isEdge(String text, int at) {
        return at < 0 || at >= text.length() || !(Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
    }
}
