package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.config.Config;
import dev.pgwire.config.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is, and as whom to connect: what every driver has its own words for.
 *
 * @param host a name, a number, or the directory of a Unix socket
 * @param sslMode {@code DISABLE} or {@code REQUIRE}: what is compared is never left to what the server offers
 */
public record Address(
        String host, int port, String user, @Nullable String password, String database, SslMode sslMode) {
    /** Reads a connection string; the address is one in the clear. */
    public static Address parse(String dsn) {
        Config config = Config.parse(dsn);
        return new Address(
                config.hosts().get(0).name(),
                config.hosts().get(0).port(),
                config.user(),
                config.password(),
                config.database(),
                SslMode.DISABLE);
    }

    /** The same server, another database. */
    public Address database(String name) {
        return new Address(host, port, user, password, name, sslMode);
    }

    /** The same database, another role. */
    public Address role(String name, @Nullable String secret) {
        return new Address(host, port, name, secret, database, sslMode);
    }

    /** The same, by TLS with a certificate that nothing verifies. */
    public Address overTls() {
        return new Address(host, port, user, password, database, SslMode.REQUIRE);
    }

    /** The same, by the Unix socket in a directory. */
    public Address throughSocketIn(String directory) {
        return new Address(directory, port, user, password, database, SslMode.DISABLE);
    }

    /** Whether the connection is to be encrypted. */
    public boolean isTls() {
        return sslMode == SslMode.REQUIRE;
    }

    /** Whether it is that of a Unix socket. */
    public boolean isUnixSocket() {
        return host.startsWith("/");
    }

    /** As pgwire's configuration. */
    public Config config() {
        return configuration().build();
    }

    /** As pgwire's configuration, to which more can be said. */
    public Config.Builder configuration() {
        Config.Builder config = Config.builder()
                .host(host)
                .port(port)
                .user(user)
                .database(database)
                .sslMode(sslMode);
        return password == null ? config : config.password(password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Address[" + user + " on port " + port + ", database " + database + ", sslmode " + sslMode.text() + "]";
    }
}
