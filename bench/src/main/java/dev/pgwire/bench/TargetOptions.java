package dev.pgwire.bench;

import dev.pgwire.bench.run.Mode;
import dev.pgwire.config.CallerStack;
import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Where the server is. The console has these options too, for itself: it takes what they say otherwise, and a class of both would have as many
 * lines to hand the values on.
 */
final class TargetOptions {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DSN",
            description = "\"host=... dbname=...\", \"postgresql://user@host/dbname\", or the name of a database")
    private @Nullable String dsn;

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

    /** The configuration of the connections. */
    Config config() {
        return config(database != null ? database : dsn == null ? "" : dsn);
    }

    /** The same for another server: what the other options say goes for it too, unless it says it itself. Scripts say themselves where transactions begin. */
    Config config(String target) {
        boolean isName =
                target.indexOf('=') < 0 && !target.startsWith("postgresql://") && !target.startsWith("postgres://");
        Config given = Config.parse(isName ? "" : target);
        Config.Builder builder = given.toBuilder();
        set(builder, given, "host", host);
        set(builder, given, "port", port);
        set(builder, given, "user", user);
        set(builder, given, "dbname", isName && !target.isEmpty() ? target : null);
        return builder.autocommit(true).build();
    }

    private static void set(Config.Builder builder, Config given, String keyword, @Nullable String value) {
        boolean isSaid = given.explain().stream()
                .anyMatch(setting ->
                        setting.keyword().equals(keyword) && setting.source().equals("connection string"));
        if (value != null && !isSaid) {
            builder.set(keyword, value);
        }
    }

    /** As the clients of a run want it. */
    static Config forClients(Config config, Mode mode) {
        return config.toBuilder()
                .autocommit(true)
                .callerStack(CallerStack.OFF)
                .prepare(mode == Mode.PREPARED ? Prepare.ON_FIRST_USE : Prepare.NEVER)
                .build();
    }
}
