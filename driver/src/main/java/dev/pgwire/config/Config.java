package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.ConnectionString;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Resolution;
import dev.pgwire.internal.config.Secrets;
import dev.pgwire.internal.config.SessionSettings;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.internal.config.Surroundings;
import dev.pgwire.observe.StatementListener;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything a connection is made with. Immutable; made by {@link #parse}, {@link #builder} or {@link #toBuilder}.
 *
 * <p>What a connection string means to libpq it means here: the keywords, the defaults and what is refused are those of libpq
 * 18. What is not given is taken from the service that is named (a section of {@code ~/.pg_service.conf} or of the file that
 * {@code servicefile} names), then from the environment ({@code PGHOST} and so on), then from the defaults. The user is the
 * user of the operating system, the database has the name of the user, the host is the directory with the Unix socket of a local
 * server if there is one, else localhost. {@link #explain()} tells what came from where.
 *
 * <p>These keywords are accepted but have no effect: {@code client_encoding} (only UTF8 is spoken), {@code sslcompression}
 * (which no server does any more), {@code gsslib}, {@code scram_client_key} and {@code scram_server_key}.
 *
 * <p>Files and the environment are read once, by {@link #parse} or {@link Builder#build}; only the password file is read for each
 * connection. May be used by any thread.
 */
public final class Config extends KeywordValues {
    private final Surroundings around;
    private final Settings given;
    private final List<Host> hosts;
    private final Map<String, String> sessionSettings;
    private final ProgramObjects objects;

    private Config(Builder builder) {
        super(Resolution.resolve(builder.given, builder.around));
        around = builder.around;
        given = builder.given.copy();
        hosts = HostList.of(settings, around);
        Validation.check(settings);
        sessionSettings = SessionSettings.of(around);
        objects = builder.objects.copy();
    }

    /**
     * Reads a connection string: keyword/value ({@code host=localhost dbname=test}) or a URI
     * ({@code postgresql://user@localhost/test}, with or without {@code jdbc:} before it).
     *
     * @throws InterfaceException if it cannot be read, or a value cannot be; the message names the place or the keyword, and for
     *     an unknown keyword the nearest known one. It never repeats a value, which might be a password.
     */
    public static Config parse(String dsn) {
        return parse(dsn, Surroundings.ofThisProcess());
    }

    static Config parse(String dsn, Surroundings around) {
        return new Builder(ConnectionString.parse(dsn), around, new ProgramObjects()).build();
    }

    /** A builder in which nothing is set. */
    public static Builder builder() {
        return builder(Surroundings.ofThisProcess());
    }

    static Builder builder(Surroundings around) {
        return new Builder(new Settings(), around, new ProgramObjects());
    }

    /**
     * A builder with what was given for this configuration, and with its database: a copy with another user goes to the same
     * one. What was not given is looked for anew.
     */
    public Builder toBuilder() {
        Settings kept = given.copy();
        kept.put(Keyword.DBNAME, database(), settings.source(Keyword.DBNAME));
        return new Builder(kept, around, objects.copy());
    }

    /**
     * What every keyword is set to that has a value, in libpq's order, and where that comes from. Secrets are masked. Reads the
     * password file, to tell whether it has a password, but does not ask the {@link CredentialSource}.
     */
    public List<Setting> explain() {
        return Explanation.of(this, settings);
    }

    /**
     * The configuration as a keyword/value string that {@link #parse} reads back to the same values. <b>Passwords and other secrets
     * stand in it in the clear.</b> Defaults, the name of the service (not its values), and what no keyword names are left out.
     */
    public String toDsn() {
        return settings.toDsn(Secrets.SHOWN);
    }

    /** The servers to try, in the order of the connection string; never empty. */
    public List<Host> hosts() {
        return hosts;
    }

    /**
     * The password for a server: the given one, else that of the {@link CredentialSource}, else that of the password file.
     * Reads the file anew. To be called for every connection that is made.
     *
     * @return null if there is none
     */
    public @Nullable String password(Host host) {
        String password = password();
        CredentialSource credentials = objects.credentials;
        if (password == null && credentials != null) {
            password = credentials.password(host, user(), database());
        }
        return password != null ? password : FilePassword.of(this, around, host);
    }

    @Nullable
    Path passwordFile() {
        Path named = settings.path(Keyword.PASSFILE);
        return named == null ? around.passwordFile() : named;
    }

    /** Who is asked for the password at every connection, or null. */
    public @Nullable CredentialSource credentials() {
        return objects.credentials;
    }

    /** Who is asked for a bearer token, or null. */
    public @Nullable OauthTokenSource oauthTokens() {
        return objects.oauthTokens;
    }

    /**
     * Settings that only the environment gives, as they go into the startup message: {@code datestyle} (PGDATESTYLE), {@code
     * timezone} (PGTZ), {@code geqo} (PGGEQO).
     */
    public Map<String, String> sessionSettings() {
        return sessionSettings;
    }

    /** What the StartupMessage asks for besides, or null. */
    public @Nullable ProtocolProbe protocolProbe() {
        return objects.probe;
    }

    /** Whether the style of dates is left as the server has it, be it ISO or not: see {@link Builder#keepDateStyle}. */
    public boolean keepsDateStyle() {
        return objects.dateStyleKept;
    }

    /**
     * The directory where the files of TLS are looked for that are not named: {@code ~/.postgresql}, where the home is {@code
     * HOME} of the environment or else that of the system's user; on Windows {@code %APPDATA%\postgresql}. It need not exist.
     * Null if the user has no home; then only files that are named are read.
     */
    public @Nullable Path sslDirectory() {
        return around.tlsDirectory();
    }

    /** The codecs of the program, by the names of their types, in the order in which they were given. */
    public Map<String, Codec<?>> codecs() {
        return Collections.unmodifiableMap(objects.codecs);
    }

    /** The conversions of the program, by its classes. */
    public Map<Class<?>, Conversion<?, ?>> conversions() {
        return Collections.unmodifiableMap(objects.conversions);
    }

    /** Where every message of the session is written in libpq's trace format, or null for nowhere. */
    public @Nullable Appendable trace() {
        return objects.trace;
    }

    /** Who is told how connecting goes, or null. */
    public @Nullable ConnectObserver observer() {
        return objects.observer;
    }

    /** Who is told of statements, or null. */
    public @Nullable StatementListener statements() {
        return objects.statements;
    }

    /** The configuration as {@link #toDsn} has it, but with secrets masked. */
    @Override
    public String toString() {
        return settings.toDsn(Secrets.MASKED);
    }

    /** Collects the values of a {@link Config}. Not thread-safe. */
    public static final class Builder {
        private final Settings given;
        private final Surroundings around;
        private final ProgramObjects objects;

        private Builder(Settings given, Surroundings around, ProgramObjects objects) {
            this.given = given;
            this.around = around;
            this.objects = objects;
        }

        /**
         * Sets a keyword as a connection string does; an empty value takes back what was set.
         *
         * @throws InterfaceException if the keyword is unknown, or the value contains NUL
         */
        public Builder set(String keyword, String value) {
            Objects.requireNonNull(value, "value");
            boolean known = value.isEmpty() ? given.remove(keyword) : given.put(keyword, value, Settings.BUILDER);
            if (!known) {
                throw Keyword.unknown(
                        keyword, Settings.BUILDER, "(builder), expected one such as host, port, dbname or user");
            }
            return this;
        }

        private Builder with(Keyword keyword, String value) {
            return set(keyword.text(), Objects.requireNonNull(value, keyword.text()));
        }

        /** Sets the host name or address, or several with commas between them. */
        public Builder host(String host) {
            return with(Keyword.HOST, host);
        }

        /** Sets the TCP port of every host, 1 to 65535. */
        public Builder port(int port) {
            if (port < 1 || port > 65535) {
                throw new InterfaceException("invalid port number " + port + ", expected 1 to 65535");
            }
            return with(Keyword.PORT, Integer.toString(port));
        }

        /** Sets the role to log in as. */
        public Builder user(String user) {
            return with(Keyword.USER, user);
        }

        /** Sets the password. */
        public Builder password(String password) {
            return with(Keyword.PASSWORD, password);
        }

        /** Sets the source of the password, which is asked at every connection. */
        public Builder credentials(CredentialSource credentials) {
            objects.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /** Sets the source of bearer tokens, which is asked where a server wants OAuth. */
        public Builder oauthTokens(OauthTokenSource oauthTokens) {
            objects.oauthTokens = Objects.requireNonNull(oauthTokens, "oauthTokens");
            return this;
        }

        /** Sets the database. */
        public Builder database(String database) {
            return with(Keyword.DBNAME, database);
        }

        /** Sets the application name. */
        public Builder applicationName(String applicationName) {
            return with(Keyword.APPLICATION_NAME, applicationName);
        }

        /** Sets how long connecting to one address may take, rounded up to whole seconds; zero or less means no limit. */
        public Builder connectTimeout(Duration connectTimeout) {
            return with(Keyword.CONNECT_TIMEOUT, Seconds.text(connectTimeout));
        }

        /** Sets {@link Config#cancelGrace}, rounded up to whole seconds; {@link #build} refuses less than one. */
        public Builder cancelGrace(Duration cancelGrace) {
            return with(Keyword.CANCEL_GRACE, Seconds.text(cancelGrace));
        }

        /** Sets {@link Config#busyWait}, rounded up to whole microseconds; {@link #build} refuses more than 1 ms. */
        public Builder busyWait(Duration busyWait) {
            return with(Keyword.BUSY_WAIT, BusyWaits.text(busyWait));
        }

        /** Sets whether failures of asynchronous statements tell where they were asked for. */
        public Builder callerStack(CallerStack callerStack) {
            return with(Keyword.CALLER_STACK, callerStack.text());
        }

        /** Sets how it is found out where connections were made that the program forgets. */
        public Builder leakDetection(LeakDetection leakDetection) {
            return with(Keyword.LEAK_DETECTION, leakDetection.text());
        }

        /** Sets whether it is looked up what has become of a COMMIT whose connection was lost. */
        public Builder commitOutcome(CommitOutcome commitOutcome) {
            return with(Keyword.COMMIT_OUTCOME, commitOutcome.text());
        }

        /** Sets whether each statement commits by itself where a connection says nothing else. */
        public Builder autocommit(boolean autocommit) {
            return with(Keyword.AUTOCOMMIT, (autocommit ? Autocommit.ON : Autocommit.OFF).text());
        }

        /** Names a service, which a service file defines. */
        public Builder service(String service) {
            return with(Keyword.SERVICE, service);
        }

        /** Sets what a session must be like. */
        public Builder targetSessionAttrs(TargetSessionAttrs targetSessionAttrs) {
            return with(Keyword.TARGET_SESSION_ATTRS, targetSessionAttrs.text());
        }

        /** Sets the command-line options for the server process. */
        public Builder options(String options) {
            return with(Keyword.OPTIONS, options);
        }

        /** Sets how much of TLS is asked for. */
        public Builder sslMode(SslMode sslMode) {
            return with(Keyword.SSLMODE, sslMode.text());
        }

        /** Sets the file of trusted root certificates. */
        public Builder sslRootCert(Path sslRootCert) {
            return with(Keyword.SSLROOTCERT, sslRootCert.toString());
        }

        /** Sets when statements are prepared. */
        public Builder prepare(Prepare prepare) {
            return with(Keyword.PREPARE, prepare.text());
        }

        /** Sets where every message is written, in libpq's trace format: SQL and values in the clear, but no passwords. */
        public Builder trace(Appendable trace) {
            objects.trace = Objects.requireNonNull(trace, "trace");
            return this;
        }

        /**
         * Has the values of a type, and with it its arrays and ranges, read and written by a codec of the program.
         *
         * @param type its name in the catalog ("int4", not "integer"), in any schema, or after a schema ("public.geometry")
         * @param codec the codec, which replaces another one of the same name
         */
        public Builder codec(String type, Codec<?> codec) {
            objects.codecs.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(codec, "codec"));
            return this;
        }

        /** Has a class of the program converted, in place of another conversion of the same class. */
        public Builder conversion(Conversion<?, ?> conversion) {
            objects.conversions.put(conversion.javaType(), conversion);
            return this;
        }

        /** Asks for a version or options of the protocol that the server may not know; null for none. */
        public Builder protocolProbe(@Nullable ProtocolProbe probe) {
            objects.probe = probe;
            return this;
        }

        /** Sets the observer, which is told how connecting goes, at every connection; null for none. */
        public Builder observer(@Nullable ConnectObserver observer) {
            objects.observer = observer;
            return this;
        }

        /** Sets the listener to the statements of every connection; null for none. */
        public Builder statements(@Nullable StatementListener statements) {
            objects.statements = statements;
            return this;
        }

        /**
         * Leaves the style of dates as the server, the role, the database or {@code options} have it. Without this, a session
         * whose DateStyle is not ISO gets {@code SET DateStyle = 'ISO'} when it begins, since only ISO is read where dates
         * come as text; the order of day and month is never changed. For programs that show the server's text as it is ({@code
         * Row.getRaw}), as a console does.
         */
        public Builder keepDateStyle() {
            objects.dateStyleKept = true;
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws InterfaceException if a value cannot be, or a service is not defined
         */
        public Config build() {
            return new Config(this);
        }
    }
}
