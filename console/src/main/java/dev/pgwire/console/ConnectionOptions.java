package dev.pgwire.console;

import dev.pgwire.console.shell.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say where to connect to, and as whom. */
final class ConnectionOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DSN",
            description = "\"host=... dbname=...\", \"postgresql://user@host/dbname\", or the name of a database")
    private @Nullable String dsn;

    @Parameters(index = "1", arity = "0..1", paramLabel = "USER", description = "the user, as -U")
    private @Nullable String userParameter;

    @Option(
            names = {"-d", "--dbname"},
            paramLabel = "DSN",
            description = "the same as the DSN without -d")
    private @Nullable String database;

    @Option(
            names = {"-h", "--host"},
            paramLabel = "HOST",
            description = "the server's name or address")
    private @Nullable String host;

    @Option(
            names = {"-p", "--port"},
            paramLabel = "PORT",
            description = "the server's port")
    private @Nullable String port;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "USER",
            description = "the user")
    private @Nullable String user;

    @Option(
            names = {"-W", "--password"},
            description = "ask for a password before connecting")
    private boolean asks;

    @Option(
            names = {"-w", "--no-password"},
            description = "never ask for a password")
    private boolean neverAsks;

    boolean isEmpty() {
        return dsn == null && database == null && host == null && port == null && user == null;
    }

    /** The port as it was given. */
    @Nullable
    String port() {
        return port;
    }

    Target target() {
        if (database == null) {
            return new Target(dsn, user != null ? user : userParameter, host, port);
        }
        // As with psql, what would be the database is the user then.
        return new Target(database, user != null ? user : dsn, host, port);
    }

    boolean asks() {
        return asks;
    }

    boolean neverAsks() {
        return neverAsks;
    }
}
