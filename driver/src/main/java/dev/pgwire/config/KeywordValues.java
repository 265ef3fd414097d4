package dev.pgwire.config;

import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Settings;
import dev.pgwire.internal.config.WireVersions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the keywords of a {@link Config} are set to, each in the type of its own. */
abstract sealed class KeywordValues permits Config {
    final Settings settings;

    KeywordValues(Settings settings) {
        this.settings = settings;
    }

    /** The role to log in as. */
    public String user() {
        return value(Keyword.USER, "");
    }

    /** The password that was given, or null; a password file or a {@link Config#credentials} source may still have one. */
    public @Nullable String password() {
        return settings.text(Keyword.PASSWORD);
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
        return Choices.of(settings, Keyword.TARGET_SESSION_ATTRS, TargetSessionAttrs.values(), TargetSessionAttrs.ANY);
    }

    /** In which order hosts and addresses are tried. */
    public LoadBalanceHosts loadBalanceHosts() {
        return Choices.of(settings, Keyword.LOAD_BALANCE_HOSTS, LoadBalanceHosts.values(), LoadBalanceHosts.DISABLE);
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
        return Choices.of(settings, Keyword.SSLMODE, SslMode.values(), SslMode.PREFER);
    }

    /** How TLS is begun. */
    public SslNegotiation sslNegotiation() {
        return Choices.of(settings, Keyword.SSLNEGOTIATION, SslNegotiation.values(), SslNegotiation.POSTGRES);
    }

    /** Whether a certificate of the client is sent. */
    public SslCertMode sslCertMode() {
        return Choices.of(settings, Keyword.SSLCERTMODE, SslCertMode.values(), SslCertMode.ALLOW);
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
        return Choices.of(settings, Keyword.CHANNEL_BINDING, ChannelBinding.values(), ChannelBinding.PREFER);
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

    /**
     * How long a wait for the server looks at the socket again and again before the thread sleeps, at most 1 ms; zero, the
     * default, means not at all. It costs the processor of the calling thread while the server works.
     */
    public Duration busyWait() {
        return settings.isGiven(Keyword.BUSY_WAIT) ? BusyWaits.of(settings) : Duration.ZERO;
    }

    /** Whether the failure of a statement that was not waited for tells where it was asked for. */
    public CallerStack callerStack() {
        return Choices.of(settings, Keyword.CALLER_STACK, CallerStack.values(), CallerStack.ON);
    }

    /** How it is found out where connections were made that the program forgets. */
    public LeakDetection leakDetection() {
        return Choices.of(settings, Keyword.LEAK_DETECTION, LeakDetection.values(), LeakDetection.SAMPLED);
    }

    /** What becomes of a COMMIT whose connection is lost before the server has answered. */
    public CommitOutcome commitOutcome() {
        return Choices.of(settings, Keyword.COMMIT_OUTCOME, CommitOutcome.values(), CommitOutcome.OFF);
    }

    /** Whether each statement outside a transaction block commits by itself, in a connection that says nothing else. */
    public boolean autocommit() {
        return Choices.of(settings, Keyword.AUTOCOMMIT, Autocommit.values(), Autocommit.ON) == Autocommit.ON;
    }

    /** What carries the bytes of a connection that lives on an event loop. */
    public SocketTransport transport() {
        return Choices.of(settings, Keyword.TRANSPORT, SocketTransport.values(), SocketTransport.NIO);
    }

    /** Whether the connection is encrypted by GSSAPI. */
    public GssEncMode gssEncMode() {
        return Choices.of(settings, Keyword.GSSENCMODE, GssEncMode.values(), GssEncMode.DISABLE);
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
        return Choices.of(settings, Keyword.PREPARE, Prepare.values(), Prepare.ON_FIRST_USE);
    }

    private String value(Keyword keyword, String unless) {
        String value = settings.text(keyword);
        return value == null ? unless : value;
    }
}
