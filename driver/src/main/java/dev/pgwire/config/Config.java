package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
public final class Config {
    private final Surroundings around;
    private final Settings given;
    private final Settings settings;
    private final List<Host> hosts;
    private final Map<String, String> sessionSettings;
    private final @Nullable CredentialSource credentials;
    private final @Nullable OauthTokenSource oauthTokens;
    private final @Nullable Appendable trace;
    private final @Nullable ConnectObserver observer;
    private final boolean dateStyleKept;

    private Config(Builder builder) {
        around = builder.around;
        given = builder.given.copy();
        settings = Resolution.resolve(given, around);
        hosts = HostList.of(settings, around);
        Validation.check(settings);
        sessionSettings = SessionSettings.of(around);
        credentials = builder.credentials;
        oauthTokens = builder.oauthTokens;
        trace = builder.trace;
        observer = builder.observer;
        dateStyleKept = builder.dateStyleKept;
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
        return new Builder(ConnectionString.parse(dsn), around).build();
    }

    /** A builder in which nothing is set. */
    public static Builder builder() {
        return builder(Surroundings.ofThisProcess());
    }

    static Builder builder(Surroundings around) {
        return new Builder(new Settings(), around);
    }

    /**
     * A builder with what was given for this configuration, and with its database: a copy with another user goes to the same
     * one. What was not given is looked for anew.
     */
    public Builder toBuilder() {
        Settings kept = given.copy();
        kept.put(Keyword.DBNAME, database(), settings.source(Keyword.DBNAME));
        Builder builder = new Builder(kept, around);
        builder.credentials = credentials;
        builder.oauthTokens = oauthTokens;
        builder.trace = trace;
        builder.observer = observer;
        builder.dateStyleKept = dateStyleKept;
        return builder;
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
     * stand in it in the clear.</b> Defaults and the name of the service are left out, the values of the service are not; {@link
     * #credentials}, {@link #oauthTokens}, {@link #trace}, {@link #observer} and {@link Builder#keepDateStyle} are no part of a
     * connection string.
     */
    public String toDsn() {
        return settings.toDsn(Secrets.SHOWN);
    }

    /** The servers to try, in the order of the connection string; never empty. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The role to log in as. */
    public String user() {
        return value(Keyword.USER, "");
    }

    /** The password that was given, or null; a password file or a {@link #credentials} source may still have one. */
    public @Nullable String password() {
        return settings.text(Keyword.PASSWORD);
    }

    /**
     * The password for a server: the given one, else that of the {@link CredentialSource}, else that of the password file.
     * Reads the file anew. To be called for every connection that is made.
     *
     * @return null if there is none
     */
    public @Nullable String password(Host host) {
        String password = password();
        if (password == null && credentials != null) {
            password = credentials.password(host, user(), database());
        }
        Path file = password == null ? passwordFile() : null;
        return file == null
                ? password
                : PasswordFile.password(file, host, database(), user(), around.socketDirectories());
    }

    @Nullable
    Path passwordFile() {
        Path named = settings.path(Keyword.PASSFILE);
        return named == null ? around.passwordFile() : named;
    }

    /** Who is asked for the password at every connection, or null. */
    public @Nullable CredentialSource credentials() {
        return credentials;
    }

    /** Who is asked for a bearer token, or null. */
    public @Nullable OauthTokenSource oauthTokens() {
        return oauthTokens;
    }

    /** The database to connect to. */
    public String database() {
        return value(Keyword.DBNAME, "");
    }

    /**
     * The application name that the server shows in {@code pg_stat_activity}, or null for the server's default. As in libpq,
     * one that is given but empty is none, and keeps the fallback from being used.
     */
    public @Nullable String applicationName() {
        boolean given = settings.has(Keyword.APPLICATION_NAME);
        return settings.text(given ? Keyword.APPLICATION_NAME : Keyword.FALLBACK_APPLICATION_NAME);
    }

    /** Command-line options for the server process, such as {@code -c search_path=app}, or null. */
    public @Nullable String options() {
        return settings.text(Keyword.OPTIONS);
    }

    /**
     * Settings that only the environment gives, as they go into the startup message: {@code datestyle} (PGDATESTYLE), {@code
     * timezone} (PGTZ), {@code geqo} (PGGEQO).
     */
    public Map<String, String> sessionSettings() {
        return sessionSettings;
    }

    /** Whether the style of dates is left as the server has it, be it ISO or not: see {@link Builder#keepDateStyle}. */
    public boolean keepsDateStyle() {
        return dateStyleKept;
    }

    /** {@code replication} as it goes into the startup message, or null. */
    public @Nullable String replication() {
        return settings.text(Keyword.REPLICATION);
    }

    /** How long connecting to one address may take, authentication included; zero means no limit. */
    public Duration connectTimeout() {
        return Duration.ofSeconds(Math.max(0, settings.whole(Keyword.CONNECT_TIMEOUT, 0)));
    }

    /** What a session must be like. */
    public TargetSessionAttrs targetSessionAttrs() {
        return settings.choice(Keyword.TARGET_SESSION_ATTRS, TargetSessionAttrs.values(), TargetSessionAttrs.ANY);
    }

    /** In which order hosts and addresses are tried. */
    public LoadBalanceHosts loadBalanceHosts() {
        return settings.choice(Keyword.LOAD_BALANCE_HOSTS, LoadBalanceHosts.values(), LoadBalanceHosts.DISABLE);
    }

    /** The user of the operating system that a server behind a Unix socket must run as, or null for any. */
    public @Nullable String requirePeer() {
        return settings.text(Keyword.REQUIREPEER);
    }

    /** Whether TCP looks from time to time if the other side is still there. */
    public boolean keepalives() {
        return settings.whole(Keyword.KEEPALIVES, 1) != 0;
    }

    /** Seconds without traffic until the first look; 0 for the system's default. */
    public int keepalivesIdle() {
        return Math.max(0, settings.whole(Keyword.KEEPALIVES_IDLE, 0));
    }

    /** Seconds between looks; 0 for the system's default. */
    public int keepalivesInterval() {
        return Math.max(0, settings.whole(Keyword.KEEPALIVES_INTERVAL, 0));
    }

    /** How many looks may go unanswered; 0 for the system's default. */
    public int keepalivesCount() {
        return Math.max(0, settings.whole(Keyword.KEEPALIVES_COUNT, 0));
    }

    /** Milliseconds that sent data may stay unacknowledged; 0 for the system's default. */
    public int tcpUserTimeout() {
        return Math.max(0, settings.whole(Keyword.TCP_USER_TIMEOUT, 0));
    }

    /** How much of TLS is asked for. */
    public SslMode sslMode() {
        return settings.choice(Keyword.SSLMODE, SslMode.values(), SslMode.PREFER);
    }

    /** How TLS is begun. */
    public SslNegotiation sslNegotiation() {
        return settings.choice(Keyword.SSLNEGOTIATION, SslNegotiation.values(), SslNegotiation.POSTGRES);
    }

    /** Whether a certificate of the client is sent. */
    public SslCertMode sslCertMode() {
        return settings.choice(Keyword.SSLCERTMODE, SslCertMode.values(), SslCertMode.ALLOW);
    }

    /**
     * The directory where the files of TLS are looked for that are not named: {@code ~/.postgresql}, where the home is {@code
     * HOME} of the environment or else that of the user of the operating system; on Windows {@code %APPDATA%\postgresql}. It need
     * not exist. Null if the user has no home; then only files that are named are read.
     */
    public @Nullable Path sslDirectory() {
        return around.tlsDirectory();
    }

    /** The file of the client's certificate; null for {@code ~/.postgresql/postgresql.crt}, if that exists. */
    public @Nullable Path sslCert() {
        return settings.path(Keyword.SSLCERT);
    }

    /** The file of the client's private key; null for {@code ~/.postgresql/postgresql.key}. */
    public @Nullable Path sslKey() {
        return settings.path(Keyword.SSLKEY);
    }

    /** The password of the client's private key, or null. */
    public @Nullable String sslPassword() {
        return settings.text(Keyword.SSLPASSWORD);
    }

    /** Whether the authorities that the JVM trusts are trusted ({@code sslrootcert=system}). */
    public boolean trustsSystem() {
        return "system".equals(settings.text(Keyword.SSLROOTCERT));
    }

    /** The file of trusted root certificates; null for {@code ~/.postgresql/root.crt}, if that exists. */
    public @Nullable Path sslRootCert() {
        return trustsSystem() ? null : settings.path(Keyword.SSLROOTCERT);
    }

    /** The file of revoked certificates; null for {@code ~/.postgresql/root.crl}, if that exists. */
    public @Nullable Path sslCrl() {
        return settings.path(Keyword.SSLCRL);
    }

    /** The directory of revoked certificates, or null. */
    public @Nullable Path sslCrlDir() {
        return settings.path(Keyword.SSLCRLDIR);
    }

    /** Whether TLS tells the server the name of the host. */
    public boolean sslSni() {
        return value(Keyword.SSLSNI, "").startsWith("1");
    }

    /** The lowest version of TLS, or null for no limit of ours. */
    public @Nullable TlsVersion sslMinProtocolVersion() {
        return TlsVersions.of(settings, Keyword.SSL_MIN_PROTOCOL_VERSION);
    }

    /** The highest version of TLS, or null for no limit of ours. */
    public @Nullable TlsVersion sslMaxProtocolVersion() {
        return TlsVersions.of(settings, Keyword.SSL_MAX_PROTOCOL_VERSION);
    }

    /** Where the secrets of TLS are written for those who debug it, or null. */
    public @Nullable Path sslKeyLogFile() {
        return settings.path(Keyword.SSLKEYLOGFILE);
    }

    /** Whether SCRAM is bound to the TLS channel. */
    public ChannelBinding channelBinding() {
        return settings.choice(Keyword.CHANNEL_BINDING, ChannelBinding.values(), ChannelBinding.PREFER);
    }

    /** The methods of authentication that a server may ask for. */
    public Set<AuthMethod> acceptedAuth() {
        return AuthPolicy.of(settings);
    }

    /** How many SCRAM iterations a server may ask for. */
    public int scramMaxIterations() {
        return settings.whole(Keyword.SCRAM_MAX_ITERATIONS, 100_000);
    }

    /**
     * How long a server may take to end a statement that it was asked to cancel, or a COMMIT or ROLLBACK whose deadline has
     * passed or whose thread was interrupted, before the connection is given up.
     */
    public Duration cancelGrace() {
        return Duration.ofSeconds(settings.whole(Keyword.CANCEL_GRACE, 10));
    }

    /** Whether the connection is encrypted by GSSAPI. */
    public GssEncMode gssEncMode() {
        return settings.choice(Keyword.GSSENCMODE, GssEncMode.values(), GssEncMode.DISABLE);
    }

    /** The name of the server's Kerberos service. */
    public String krbServiceName() {
        return value(Keyword.KRBSRVNAME, "postgres");
    }

    /** Whether the credentials of Kerberos are handed to the server. */
    public boolean gssDelegation() {
        return value(Keyword.GSSDELEGATION, "").startsWith("1");
    }

    /** {@code oauth_issuer}, or null. */
    public @Nullable String oauthIssuer() {
        return settings.text(Keyword.OAUTH_ISSUER);
    }

    /** {@code oauth_client_id}, or null. */
    public @Nullable String oauthClientId() {
        return settings.text(Keyword.OAUTH_CLIENT_ID);
    }

    /** {@code oauth_client_secret}, or null. */
    public @Nullable String oauthClientSecret() {
        return settings.text(Keyword.OAUTH_CLIENT_SECRET);
    }

    /** {@code oauth_scope}, or null. */
    public @Nullable String oauthScope() {
        return settings.text(Keyword.OAUTH_SCOPE);
    }

    /** The oldest version of the protocol that is spoken: {@code 3.0} or {@code 3.2}. */
    public String minProtocolVersion() {
        return WireVersions.min(settings);
    }

    /** The version of the protocol that is asked for: {@code 3.0} or {@code 3.2}. */
    public String maxProtocolVersion() {
        return WireVersions.max(settings);
    }

    /** When statements are prepared. */
    public Prepare prepare() {
        return settings.choice(Keyword.PREPARE, Prepare.values(), Prepare.ON_FIRST_USE);
    }

    /** Where every message of the session is written in libpq's trace format, or null for nowhere. */
    public @Nullable Appendable trace() {
        return trace;
    }

    /** Who is told how connecting goes, or null. */
    public @Nullable ConnectObserver observer() {
        return observer;
    }

    private String value(Keyword keyword, String unless) {
        String value = settings.text(keyword);
        return value == null ? unless : value;
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
        private @Nullable CredentialSource credentials;
        private @Nullable OauthTokenSource oauthTokens;
        private @Nullable Appendable trace;
        private @Nullable ConnectObserver observer;
        private boolean dateStyleKept;

        private Builder(Settings given, Surroundings around) {
            this.given = given;
            this.around = around;
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
            Objects.requireNonNull(value, keyword.text());
            return set(keyword.text(), value);
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

        /** Has somebody asked for the password at every connection. */
        public Builder credentials(CredentialSource credentials) {
            this.credentials = Objects.requireNonNull(credentials, "credentials");
            return this;
        }

        /** Has somebody asked for a bearer token where a server wants OAuth. */
        public Builder oauthTokens(OauthTokenSource oauthTokens) {
            this.oauthTokens = Objects.requireNonNull(oauthTokens, "oauthTokens");
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
            return with(Keyword.CONNECT_TIMEOUT, wholeSeconds(connectTimeout));
        }

        /** Sets {@link Config#cancelGrace}, rounded up to whole seconds; {@link #build} refuses less than one. */
        public Builder cancelGrace(Duration cancelGrace) {
            return with(Keyword.CANCEL_GRACE, wholeSeconds(cancelGrace));
        }

        private static String wholeSeconds(Duration time) {
            long seconds = time.getSeconds() + (time.getNano() > 0 ? 1 : 0);
            return Long.toString(Math.min(Integer.MAX_VALUE, Math.max(0, seconds)));
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

        /**
         * Writes every message of the session, in libpq's trace format, to a place of the caller's choice. Passwords
         * and the other data of authentication are left out of it; SQL and values stand in it in the clear.
         */
        public Builder trace(Appendable trace) {
            this.trace = Objects.requireNonNull(trace, "trace");
            return this;
        }

        /** Has somebody told how connecting goes, at every connection; null for nobody. */
        public Builder observer(@Nullable ConnectObserver observer) {
            this.observer = observer;
            return this;
        }

        /**
         * Leaves the style of dates as the server, the role, the database or {@code options} have it. Without this, a session
         * whose DateStyle is not ISO gets {@code SET DateStyle = 'ISO'} when it begins, since only ISO is read where dates
         * come as text; the order of day and month is never changed. For programs that show the server's text as it is ({@code
         * Row.getRaw}), as a console does. It is no part of a connection string.
         */
        public Builder keepDateStyle() {
            dateStyleKept = true;
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
