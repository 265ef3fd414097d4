package dev.pgwire.config;

import dev.pgwire.error.InterfaceException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything a connection is made with. Immutable; made by {@link #parse}, {@link #builder} or {@link #toBuilder}.
 *
 * <p>What is not given takes the default of libpq: the user is the user of the operating system, the database has the
 * name of the user.
 */
public final class Config {
    private final Map<Keyword, String> values;
    private final List<Host> hosts;
    private final @Nullable CredentialSource credentials;
    private final @Nullable OauthTokenSource oauthTokens;
    private final @Nullable Appendable trace;

    private Config(Builder builder) {
        values = new EnumMap<>(Keyword.class);
        values.putAll(builder.values);
        values.putIfAbsent(Keyword.USER, System.getProperty("user.name", "postgres"));
        values.putIfAbsent(Keyword.DBNAME, user());
        for (Keyword keyword : Keyword.values()) {
            String unless = keyword.defaultValue();
            if (unless != null) {
                values.putIfAbsent(keyword, unless);
            }
        }
        hosts = readHosts();
        credentials = builder.credentials;
        oauthTokens = builder.oauthTokens;
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
        ConnectionString.parse(dsn).forEach(builder::set);
        return builder.build();
    }

    /** A builder in which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder with the values of this configuration. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        builder.credentials = credentials;
        builder.oauthTokens = oauthTokens;
        builder.trace = trace;
        return builder;
    }

    private List<Host> readHosts() {
        List<Host> found = new ArrayList<>();
        String names = values.getOrDefault(Keyword.HOST, "localhost");
        for (String name : names.split(",", -1)) {
            found.add(new Host(name.isEmpty() ? "localhost" : name, null, whole(Keyword.PORT, 5432)));
        }
        return List.copyOf(found);
    }

    /** The servers to try, in the order of the connection string; never empty. */
    public List<Host> hosts() {
        return hosts;
    }

    /** The role to log in as. */
    public String user() {
        return values.getOrDefault(Keyword.USER, "");
    }

    /** The password that was given, or null; a password file or a {@link #credentials} source may still have one. */
    public @Nullable String password() {
        return values.get(Keyword.PASSWORD);
    }

    /**
     * The password for a server: the given one, else that of the {@link CredentialSource}, else that of the password file.
     * Reads the file anew. To be called for every connection that is made.
     *
     * @return null if there is none
     */
    public @Nullable String password(Host host) {
        String given = password();
        return given == null && credentials != null ? credentials.password(host, user(), database()) : given;
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
        return values.getOrDefault(Keyword.DBNAME, "");
    }

    /** The application name that the server shows in {@code pg_stat_activity}, or null for the server's default. */
    public @Nullable String applicationName() {
        String name = values.get(Keyword.APPLICATION_NAME);
        return name != null ? name : values.get(Keyword.FALLBACK_APPLICATION_NAME);
    }

    /** Command-line options for the server process, such as {@code -c search_path=app}, or null. */
    public @Nullable String options() {
        return values.get(Keyword.OPTIONS);
    }

    /**
     * Settings that only the environment gives, as they go into the startup message: {@code datestyle} (PGDATESTYLE), {@code
     * timezone} (PGTZ), {@code geqo} (PGGEQO).
     */
    public Map<String, String> sessionSettings() {
        return Map.of();
    }

    /** {@code replication} as it goes into the startup message, or null. */
    public @Nullable String replication() {
        return values.get(Keyword.REPLICATION);
    }

    /** How long connecting to one address may take, authentication included; zero means no limit. */
    public Duration connectTimeout() {
        return Duration.ofSeconds(Math.max(0, whole(Keyword.CONNECT_TIMEOUT, 0)));
    }

    /** What a session must be like. */
    public TargetSessionAttrs targetSessionAttrs() {
        return oneOf(Keyword.TARGET_SESSION_ATTRS, TargetSessionAttrs.values(), TargetSessionAttrs::text);
    }

    /** In which order hosts and addresses are tried. */
    public LoadBalanceHosts loadBalanceHosts() {
        return oneOf(Keyword.LOAD_BALANCE_HOSTS, LoadBalanceHosts.values(), LoadBalanceHosts::text);
    }

    /** The user of the operating system that a server behind a Unix socket must run as, or null for any. */
    public @Nullable String requirePeer() {
        return values.get(Keyword.REQUIREPEER);
    }

    /** Whether TCP looks from time to time if the other side is still there. */
    public boolean keepalives() {
        return whole(Keyword.KEEPALIVES, 1) != 0;
    }

    /** Seconds without traffic until the first look; 0 for the system's default. */
    public int keepalivesIdle() {
        return Math.max(0, whole(Keyword.KEEPALIVES_IDLE, 0));
    }

    /** Seconds between looks; 0 for the system's default. */
    public int keepalivesInterval() {
        return Math.max(0, whole(Keyword.KEEPALIVES_INTERVAL, 0));
    }

    /** How many looks may go unanswered; 0 for the system's default. */
    public int keepalivesCount() {
        return Math.max(0, whole(Keyword.KEEPALIVES_COUNT, 0));
    }

    /** Milliseconds that sent data may stay unacknowledged; 0 for the system's default. */
    public int tcpUserTimeout() {
        return Math.max(0, whole(Keyword.TCP_USER_TIMEOUT, 0));
    }

    /** How much of TLS is asked for. */
    public SslMode sslMode() {
        return oneOf(Keyword.SSLMODE, SslMode.values(), SslMode::text);
    }

    /** How TLS is begun. */
    public SslNegotiation sslNegotiation() {
        return oneOf(Keyword.SSLNEGOTIATION, SslNegotiation.values(), SslNegotiation::text);
    }

    /** Whether a certificate of the client is sent. */
    public SslCertMode sslCertMode() {
        return oneOf(Keyword.SSLCERTMODE, SslCertMode.values(), SslCertMode::text);
    }

    /** The file of the client's certificate; null for {@code ~/.postgresql/postgresql.crt}, if that exists. */
    public @Nullable Path sslCert() {
        return path(Keyword.SSLCERT);
    }

    /** The file of the client's private key; null for {@code ~/.postgresql/postgresql.key}. */
    public @Nullable Path sslKey() {
        return path(Keyword.SSLKEY);
    }

    /** The password of the client's private key, or null. */
    public @Nullable String sslPassword() {
        return values.get(Keyword.SSLPASSWORD);
    }

    /** Whether the authorities that the JVM trusts are trusted ({@code sslrootcert=system}). */
    public boolean trustsSystem() {
        return "system".equals(values.get(Keyword.SSLROOTCERT));
    }

    /** The file of trusted root certificates; null for {@code ~/.postgresql/root.crt}, if that exists. */
    public @Nullable Path sslRootCert() {
        return trustsSystem() ? null : path(Keyword.SSLROOTCERT);
    }

    /** The file of revoked certificates; null for {@code ~/.postgresql/root.crl}, if that exists. */
    public @Nullable Path sslCrl() {
        return path(Keyword.SSLCRL);
    }

    /** The directory of revoked certificates, or null. */
    public @Nullable Path sslCrlDir() {
        return path(Keyword.SSLCRLDIR);
    }

    /** Whether TLS tells the server the name of the host. */
    public boolean sslSni() {
        return !"0".equals(values.get(Keyword.SSLSNI));
    }

    /** The lowest version of TLS, or null for no limit of ours. */
    public @Nullable TlsVersion sslMinProtocolVersion() {
        return optional(Keyword.SSL_MIN_PROTOCOL_VERSION, TlsVersion.values(), TlsVersion::text);
    }

    /** The highest version of TLS, or null for no limit of ours. */
    public @Nullable TlsVersion sslMaxProtocolVersion() {
        return optional(Keyword.SSL_MAX_PROTOCOL_VERSION, TlsVersion.values(), TlsVersion::text);
    }

    /** Where the secrets of TLS are written for those who debug it, or null. */
    public @Nullable Path sslKeyLogFile() {
        return path(Keyword.SSLKEYLOGFILE);
    }

    /** Whether SCRAM is bound to the TLS channel. */
    public ChannelBinding channelBinding() {
        return oneOf(Keyword.CHANNEL_BINDING, ChannelBinding.values(), ChannelBinding::text);
    }

    /** The methods of authentication that a server may ask for. */
    public Set<AuthMethod> acceptedAuth() {
        return EnumSet.allOf(AuthMethod.class);
    }

    /** How many SCRAM iterations a server may ask for. */
    public int scramMaxIterations() {
        return whole(Keyword.SCRAM_MAX_ITERATIONS, 100_000);
    }

    /** Whether the connection is encrypted by GSSAPI. */
    public GssEncMode gssEncMode() {
        return oneOf(Keyword.GSSENCMODE, GssEncMode.values(), GssEncMode::text);
    }

    /** The name of the server's Kerberos service. */
    public String krbServiceName() {
        return values.getOrDefault(Keyword.KRBSRVNAME, "postgres");
    }

    /** Whether the credentials of Kerberos are handed to the server. */
    public boolean gssDelegation() {
        return "1".equals(values.get(Keyword.GSSDELEGATION));
    }

    /** {@code oauth_issuer}, or null. */
    public @Nullable String oauthIssuer() {
        return values.get(Keyword.OAUTH_ISSUER);
    }

    /** {@code oauth_client_id}, or null. */
    public @Nullable String oauthClientId() {
        return values.get(Keyword.OAUTH_CLIENT_ID);
    }

    /** {@code oauth_client_secret}, or null. */
    public @Nullable String oauthClientSecret() {
        return values.get(Keyword.OAUTH_CLIENT_SECRET);
    }

    /** {@code oauth_scope}, or null. */
    public @Nullable String oauthScope() {
        return values.get(Keyword.OAUTH_SCOPE);
    }

    /** The oldest version of the protocol that is spoken: {@code 3.0} or {@code 3.2}. */
    public String minProtocolVersion() {
        return values.getOrDefault(Keyword.MIN_PROTOCOL_VERSION, "3.0");
    }

    /** The version of the protocol that is asked for: {@code 3.0} or {@code 3.2}. */
    public String maxProtocolVersion() {
        String version = values.getOrDefault(Keyword.MAX_PROTOCOL_VERSION, "3.0");
        return version.equals("latest") ? "3.2" : version;
    }

    /** When statements are prepared. */
    public Prepare prepare() {
        return oneOf(Keyword.PREPARE, Prepare.values(), Prepare::text);
    }

    /** Where every message of the session is written in libpq's trace format, or null for nowhere. */
    public @Nullable Appendable trace() {
        return trace;
    }

    private @Nullable Path path(Keyword keyword) {
        String value = values.get(keyword);
        return value == null ? null : Path.of(value);
    }

    private int whole(Keyword keyword, int unless) {
        String value = values.get(keyword);
        if (value == null) {
            return unless;
        }
        try {
            return Integer.parseInt(value.trim());
        } catch (NumberFormatException notANumber) {
            throw new InterfaceException("the value of " + keyword.text() + " is no number, expected a whole number");
        }
    }

    private <T> T oneOf(Keyword keyword, T[] known, Function<T, String> text) {
        return Objects.requireNonNull(optional(keyword, known, text), keyword.text());
    }

    private <T> @Nullable T optional(Keyword keyword, T[] known, Function<T, String> text) {
        String value = values.get(keyword);
        if (value == null) {
            return null;
        }
        for (T one : known) {
            if (text.apply(one).equals(value)) {
                return one;
            }
        }
        throw new InterfaceException("the value of " + keyword.text() + " is not known");
    }

    /** The configuration as keyword/value pairs, secrets masked. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((keyword, value) -> text.append(text.isEmpty() ? "" : " ")
                .append(keyword.text())
                .append('=')
                .append(keyword.isSecret() ? "***" : ConnectionString.quote(value)));
        return text.toString();
    }

    /** Collects the values of a {@link Config}. Not thread-safe. */
    public static final class Builder {
        private final Map<Keyword, String> values = new EnumMap<>(Keyword.class);
        private @Nullable CredentialSource credentials;
        private @Nullable OauthTokenSource oauthTokens;
        private @Nullable Appendable trace;

        private Builder() {}

        /**
         * Sets a keyword as a connection string does.
         *
         * @throws InterfaceException if the keyword is unknown
         */
        public Builder set(String keyword, String value) {
            Keyword known = Keyword.find(keyword);
            if (known == null) {
                throw new InterfaceException("unknown keyword \"" + keyword + "\", expected for instance \""
                        + Keyword.nearest(keyword) + "\"");
            }
            set(known, value);
            return this;
        }

        /** As in libpq, an empty value is as good as none. */
        private void set(Keyword keyword, String value) {
            if (value.isEmpty()) {
                values.remove(keyword);
            } else {
                values.put(keyword, text(keyword, value));
            }
        }

        private Builder with(Keyword keyword, String value) {
            set(keyword, value);
            return this;
        }

        /** Sets the host name or address, or several with commas between them. */
        public Builder host(String host) {
            return with(Keyword.HOST, host);
        }

        /** Sets the TCP port of every host, 1 to 65535. */
        public Builder port(int port) {
            if (port < 1 || port > 65535) {
                throw new InterfaceException("port is " + port + ", expected 1 to 65535");
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

        /** Sets how long connecting to one address may take, in whole seconds; zero or less means no limit. */
        public Builder connectTimeout(Duration connectTimeout) {
            return with(Keyword.CONNECT_TIMEOUT, Long.toString(Math.max(0, connectTimeout.toSeconds())));
        }

        /** Sets the command-line options for the server process. */
        public Builder options(String options) {
            return with(Keyword.OPTIONS, options);
        }

        /** Sets how much of TLS is asked for. */
        public Builder sslMode(SslMode sslMode) {
            return with(Keyword.SSLMODE, sslMode.text());
        }

        /** Sets when statements are prepared. */
        public Builder prepare(Prepare prepare) {
            return with(Keyword.PREPARE, prepare.text());
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
