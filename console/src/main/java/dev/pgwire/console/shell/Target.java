package dev.pgwire.console.shell;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Setting;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InvalidPasswordException;
import dev.pgwire.error.PgException;
import org.jspecify.annotations.Nullable;

/**
 * Where to connect to, as {@code \c} and the command line say it; null for what they do not say.
 *
 * @param database its name, or a connection string
 */
public record Target(
        @Nullable String database,
        @Nullable String user,
        @Nullable String host,
        @Nullable String port) {

    /** Whether a text is more than the name of a database. */
    public static boolean isConnectionString(String text) {
        return text.startsWith("postgresql://") || text.startsWith("postgres://") || text.indexOf('=') >= 0;
    }

    /** With the defaults for what is not said. */
    public Config config(@Nullable Appendable trace) {
        String dsn = dsn();
        Config.Builder builder = Config.parse(dsn == null ? "" : dsn).toBuilder();
        if (trace != null) {
            builder.trace(trace);
        }
        return with(builder, dsn == null ? database : null);
    }

    /** With the values of another configuration for what is not said. */
    public Config basedOn(Config old) {
        String dsn = dsn();
        Config.Builder builder = old.toBuilder();
        if (dsn != null) {
            for (Setting setting : Config.parse(dsn).explain()) {
                if (setting.source().equals("connection string")) {
                    builder.set(setting.keyword(), setting.value());
                }
            }
            return with(builder, null);
        }
        return with(builder, database);
    }

    private @Nullable String dsn() {
        return database != null && isConnectionString(database) ? database : null;
    }

    private Config with(Config.Builder builder, @Nullable String name) {
        set(builder, "host", host);
        set(builder, "port", port);
        set(builder, "user", user);
        set(builder, "dbname", name);
        // What the server writes is shown as it is: its style of dates is the user's, as with psql.
        Config config = builder.keepDateStyle().build();
        // The console has a variable for that.
        return config.autocommit()
                ? config
                : config.toBuilder().autocommit(true).build();
    }

    private static void set(Config.Builder builder, String keyword, @Nullable String value) {
        if (value != null) {
            builder.set(keyword, value);
        }
    }

    /** Connects, and asks for a password if the server wants one that is not known. */
    public Connection connect(Config config, ScriptInput input) {
        try {
            return Postgres.connect(config);
        } catch (InvalidPasswordException e) {
            if (e.diagnostic() != null) {
                // There was one, and the server does not take it.
                throw e;
            }
            String password = input.secret("Password for user " + config.user() + ": ");
            if (password == null) {
                throw e;
            }
            return Postgres.connect(config.toBuilder().password(password).build());
        }
    }

    /** What is said of a failure. */
    public static String failure(PgException e) {
        return e instanceof DatabaseException error && error.diagnostic() != null
                ? error.report()
                : String.valueOf(e.getMessage());
    }
}
