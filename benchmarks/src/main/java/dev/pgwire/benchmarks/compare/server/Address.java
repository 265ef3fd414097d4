package dev.pgwire.benchmarks.compare.server;

import dev.pgwire.config.Config;
import org.jspecify.annotations.Nullable;

/** Where the server is, and as whom to connect: what every driver has its own words for. */
public record Address(
        String host, int port, String user, @Nullable String password, String database) {
    /** Reads a connection string. */
    public static Address parse(String dsn) {
        Config config = Config.parse(dsn);
        return new Address(
                config.hosts().get(0).name(),
                config.hosts().get(0).port(),
                config.user(),
                config.password(),
                config.database());
    }

    /** The same server, another database. */
    public Address database(String name) {
        return new Address(host, port, user, password, name);
    }

    /** As pgwire's configuration. */
    public Config config() {
        Config.Builder config =
                Config.builder().host(host).port(port).user(user).database(database);
        return (password == null ? config : config.password(password)).build();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "Address[" + user + " on port " + port + ", database " + database + "]";
    }
}
