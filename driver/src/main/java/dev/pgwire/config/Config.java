package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything a connection is made with. Immutable; made by {@link #parse}, {@link #builder} or {@link #toBuilder}.
 *
 * <p>What is not given takes the default of libpq: the user is the user of the operating system, the database has the
 * name of the user. The host is {@code localhost} and the port 5432.
 */
public final class Config {
    private final String host;
    private final int port;
    private final String user;
    private final @Nullable String password;
    private final String database;
    private final @Nullable String applicationName;
    private final Duration connectTimeout;
    private final @Nullable String options;
    private final @Nullable Appendable trace;

    private Config(Builder builder) {
        host = builder.host;
        port = builder.port;
        user = builder.user != null ? builder.user : System.getProperty("user.name", "postgres");
        password = builder.password;
        database = builder.database != null ? builder.database : user;
        applicationName = builder.applicationName;
        connectTimeout = builder.connectTimeout;
        options = builder.options;
        trace = builder.trace;
    }

    /**
     * Reads a connection string: keyword/value ({@code host=localhost dbname=test}) or a URI
     * ({@code postgresql://user@localhost/test}).
     *
     * @throws InterfaceException if it cannot be read; the message names the place and, for an unknown keyword, the
     *     nearest known one. It never repeats a value, which might be a password.
     */
    public static Config parse(String dsn) {
        Builder builder = builder();
        for (Map.Entry<Keyword, String> setting : ConnectionString.parse(dsn).entrySet()) {
            builder.set(setting.getKey(), setting.getValue());
        }
        return builder.build();
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with the values of this configuration. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.host = host;
        builder.port = port;
        builder.user = user;
        builder.password = password;
        builder.database = database;
        builder.applicationName = applicationName;
        builder.connectTimeout = connectTimeout;
        builder.options = options;
        builder.trace = trace;
        return builder;
    }

    /** The host name or address. */
    public String host() {
        return host;
    }

    /** The TCP port. */
    public int port() {
        return port;
    }

    /** The role to log in as. */
    public String user() {
        return user;
    }

    /** The password, or null when none was given. */
    public @Nullable String password() {
        return password;
    }

    /** The database to connect to. */
    public String database() {
        return database;
    }

    /** The application name that the server shows in {@code pg_stat_activity}, or null for the server's default. */
    public @Nullable String applicationName() {
        return applicationName;
    }

    /** How long connecting to one address may take, authentication included; zero means no limit. */
    public Duration connectTimeout() {
        return connectTimeout;
    }

    /** Command-line options for the server process, such as {@code -c search_path=app}, or null. */
    public @Nullable String options() {
        return options;
    }

    /** Where every message of the session is written in libpq's trace format, or null for nowhere. */
    public @Nullable Appendable trace() {
        return trace;
    }

    /** The configuration as keyword/value pairs, the password masked. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append("host=").append(ConnectionString.quote(host));
        text.append(" port=").append(port);
        text.append(" user=").append(ConnectionString.quote(user));
        if (password != null) {
            text.append(" password=***");
        }
        text.append(" dbname=").append(ConnectionString.quote(database));
        if (applicationName != null) {
            text.append(" application_name=").append(ConnectionString.quote(applicationName));
        }
        if (!connectTimeout.isZero()) {
            text.append(" connect_timeout=").append(connectTimeout.toSeconds());
        }
        if (options != null) {
            text.append(" options=").append(ConnectionString.quote(options));
        }
        return text.toString();
    }

    /** Collects the values of a {@link Config}. Not thread-safe. */
    public static final class Builder {
        private String host = "localhost";
        private int port = 5432;
        private @Nullable String user;
        private @Nullable String password;
        private @Nullable String database;
        private @Nullable String applicationName;
        private Duration connectTimeout = Duration.ZERO;
        private @Nullable String options;
        private @Nullable Appendable trace;

        private Builder() {}

        /** Sets the host name or address. */
        public Builder host(String host) {
            this.host = text(Keyword.HOST, host);
            return this;
        }

        /** Sets the TCP port, 1 to 65535. */
        public Builder port(int port) {
            if (port < 1 || port > 65535) {
                throw new InterfaceException("port is " + port + ", expected 1 to 65535");
            }
            this.port = port;
            return this;
        }

        /** Sets the role to log in as. */
        public Builder user(String user) {
            this.user = text(Keyword.USER, user);
            return this;
        }

        /** Sets the password. */
        public Builder password(String password) {
            this.password = text(Keyword.PASSWORD, password);
            return this;
        }

        /** Sets the database. */
        public Builder database(String database) {
            this.database = text(Keyword.DBNAME, database);
            return this;
        }

        /** Sets the application name. */
        public Builder applicationName(String applicationName) {
            this.applicationName = text(Keyword.APPLICATION_NAME, applicationName);
            return this;
        }

        /** Sets how long connecting to one address may take; zero or less means no limit. */
        public Builder connectTimeout(Duration connectTimeout) {
            Objects.requireNonNull(connectTimeout, "connectTimeout");
            this.connectTimeout = connectTimeout.isNegative() ? Duration.ZERO : connectTimeout;
            return this;
        }

        /** Sets the command-line options for the server process. */
        public Builder options(String options) {
            this.options = text(Keyword.OPTIONS, options);
            return this;
        }

        /**
         * Writes every message of the session, in libpq's trace format, to a place of the caller's choice. Passwords
         * and values stand in it in the clear.
         */
        public Builder trace(Appendable trace) {
            this.trace = Objects.requireNonNull(trace, "trace");
            return this;
        }

        /** Makes the configuration. */
        public Config build() {
            return new Config(this);
        }

        /** Sets a value that came from a connection string. As in libpq, an empty value is as good as none. */
        private void set(Keyword keyword, String value) {
            if (value.isEmpty()) {
                return;
            }
            switch (keyword) {
                case HOST -> host(value);
                case PORT -> port(number(keyword, value));
                case USER -> user(value);
                case PASSWORD -> password(value);
                case DBNAME -> database(value);
                case APPLICATION_NAME -> applicationName(value);
                case CONNECT_TIMEOUT -> connectTimeout(Duration.ofSeconds(number(keyword, value)));
                case OPTIONS -> options(value);
            }
        }

        private static int number(Keyword keyword, String value) {
            try {
                return Integer.parseInt(value.trim());
            } catch (NumberFormatException notANumber) {
                throw new InterfaceException(
                        "the value of " + keyword.text() + " is no number, expected a whole number");
            }
        }

        /** A NUL would end the value inside the startup message and smuggle in another parameter behind it. */
        private static String text(Keyword keyword, String value) {
            Objects.requireNonNull(value, keyword.text());
            if (value.indexOf('\0') >= 0) {
                throw new InterfaceException(
                        "the value of " + keyword.text() + " contains NUL (U+0000), expected text without it");
            }
            return value;
        }
    }
}
