package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Keyword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    private static final String NUL = "a\0user\0admin";

    private final Config full = Config.builder(Around.of())
            .host("db example")
            .port(6543)
            .user("ada")
            .password("S3cr3t")
            .database("it's")
            .applicationName("app")
            .connectTimeout(Duration.ofSeconds(7))
            .options("-c search_path=app")
            .build();

    @Test
    void defaultsAreThoseOfLibpq() {
        Config config = Config.builder(Around.of()).build();
        assertEquals(List.of(new Host("localhost", null, 5432)), config.hosts());
        assertEquals("me", config.user());
        assertEquals("me", config.database());
        assertNull(config.password());
        assertNull(config.password(config.hosts().get(0)));
        assertNull(config.applicationName());
        assertNull(config.options());
        assertNull(config.replication());
        assertNull(config.requirePeer());
        assertEquals(Map.of(), config.sessionSettings());
        assertEquals(Duration.ZERO, config.connectTimeout());
        assertEquals(TargetSessionAttrs.ANY, config.targetSessionAttrs());
        assertEquals(LoadBalanceHosts.DISABLE, config.loadBalanceHosts());
        assertTrue(config.keepalives());
        assertEquals(0, config.keepalivesIdle());
        assertEquals(0, config.keepalivesInterval());
        assertEquals(0, config.keepalivesCount());
        assertEquals(0, config.tcpUserTimeout());
        assertEquals(SslMode.PREFER, config.sslMode());
        assertEquals(SslNegotiation.POSTGRES, config.sslNegotiation());
        assertEquals(SslCertMode.ALLOW, config.sslCertMode());
        assertNull(config.sslCert());
        assertNull(config.sslKey());
        assertNull(config.sslPassword());
        assertFalse(config.trustsSystem());
        assertNull(config.sslRootCert());
        assertNull(config.sslCrl());
        assertNull(config.sslCrlDir());
        assertTrue(config.sslSni());
        assertEquals(TlsVersion.TLS_1_2, config.sslMinProtocolVersion());
        assertNull(config.sslMaxProtocolVersion());
        assertNull(config.sslKeyLogFile());
        assertEquals(ChannelBinding.PREFER, config.channelBinding());
        assertEquals(EnumSet.allOf(AuthMethod.class), config.acceptedAuth());
        assertEquals(100_000, config.scramMaxIterations());
        assertEquals(Duration.ofSeconds(10), config.cancelGrace());
        assertEquals(Duration.ZERO, config.busyWait());
        assertEquals(CallerStack.ON, config.callerStack());
        assertEquals(LeakDetection.SAMPLED, config.leakDetection());
        assertEquals(CommitOutcome.OFF, config.commitOutcome());
        assertTrue(config.autocommit());
        assertEquals(GssEncMode.DISABLE, config.gssEncMode());
        assertEquals("postgres", config.krbServiceName());
        assertFalse(config.gssDelegation());
        assertNull(config.oauthIssuer());
        assertNull(config.oauthClientId());
        assertNull(config.oauthClientSecret());
        assertNull(config.oauthScope());
        assertEquals("3.0", config.minProtocolVersion());
        assertEquals("3.0", config.maxProtocolVersion());
        assertEquals(Prepare.ON_FIRST_USE, config.prepare());
    }

    @Test
    void everyKeywordReachesItsGetter() {
        Config config = Config.parse(
                "user=u password=p channel_binding=require connect_timeout=1 dbname=d host=h hostaddr=::1"
                        + " port=1 options=o application_name=a keepalives=0 keepalives_idle=1 keepalives_interval=2"
                        + " keepalives_count=3 tcp_user_timeout=4 sslmode=verify-ca sslnegotiation=direct sslcert=c sslkey=k"
                        + " sslcertmode=require sslpassword=sp sslrootcert=r sslcrl=l sslcrldir=ld sslsni=0 requirepeer=rp"
                        + " require_auth=md5 min_protocol_version=3.0 max_protocol_version=latest"
                        + " ssl_min_protocol_version=TLSv1 ssl_max_protocol_version=tlsv1.3 gssencmode=prefer krbsrvname=ks"
                        + " gssdelegation=1 replication=database target_session_attrs=prefer-standby"
                        + " load_balance_hosts=random oauth_issuer=oi oauth_client_id=oc oauth_client_secret=os"
                        + " oauth_scope=sc sslkeylogfile=lf prepare=never scram_max_iterations=4096 cancel_grace=3 busy_wait=50us"
                        + " caller_stack=off leak_detection=always commit_outcome=lookup autocommit=off"
                        + " client_encoding=LATIN1 sslcompression=1 gsslib=gl scram_client_key=x scram_server_key=y",
                Around.of());
        assertEquals(List.of(new Host("h", "::1", 1)), config.hosts());
        assertEquals(CallerStack.OFF, config.callerStack());
        assertEquals(LeakDetection.ALWAYS, config.leakDetection());
        assertEquals(CommitOutcome.LOOKUP, config.commitOutcome());
        assertFalse(config.autocommit());
        assertEquals("u", config.user());
        assertEquals("p", config.password());
        assertEquals("d", config.database());
        assertEquals("a", config.applicationName());
        assertEquals("o", config.options());
        assertEquals("database", config.replication());
        assertEquals("rp", config.requirePeer());
        assertEquals(Duration.ofSeconds(1), config.connectTimeout());
        assertEquals(TargetSessionAttrs.PREFER_STANDBY, config.targetSessionAttrs());
        assertEquals(LoadBalanceHosts.RANDOM, config.loadBalanceHosts());
        assertFalse(config.keepalives());
        assertEquals(1, config.keepalivesIdle());
        assertEquals(2, config.keepalivesInterval());
        assertEquals(3, config.keepalivesCount());
        assertEquals(4, config.tcpUserTimeout());
        assertEquals(SslMode.VERIFY_CA, config.sslMode());
        assertEquals(SslNegotiation.DIRECT, config.sslNegotiation());
        assertEquals(SslCertMode.REQUIRE, config.sslCertMode());
        assertEquals(Path.of("c"), config.sslCert());
        assertEquals(Path.of("k"), config.sslKey());
        assertEquals("sp", config.sslPassword());
        assertEquals(Path.of("r"), config.sslRootCert());
        assertEquals(Path.of("l"), config.sslCrl());
        assertEquals(Path.of("ld"), config.sslCrlDir());
        assertFalse(config.sslSni());
        assertEquals(TlsVersion.TLS_1_0, config.sslMinProtocolVersion());
        assertEquals(TlsVersion.TLS_1_3, config.sslMaxProtocolVersion());
        assertEquals(Path.of("lf"), config.sslKeyLogFile());
        assertEquals(ChannelBinding.REQUIRE, config.channelBinding());
        assertEquals(EnumSet.of(AuthMethod.MD5), config.acceptedAuth());
        assertEquals(4096, config.scramMaxIterations());
        assertEquals(Duration.ofSeconds(3), config.cancelGrace());
        assertEquals(Duration.ofNanos(50_000), config.busyWait());
        assertEquals(GssEncMode.PREFER, config.gssEncMode());
        assertEquals("ks", config.krbServiceName());
        assertTrue(config.gssDelegation());
        assertEquals("oi", config.oauthIssuer());
        assertEquals("oc", config.oauthClientId());
        assertEquals("os", config.oauthClientSecret());
        assertEquals("sc", config.oauthScope());
        assertEquals("3.0", config.minProtocolVersion());
        assertEquals("3.2", config.maxProtocolVersion());
        assertEquals(Prepare.NEVER, config.prepare());
    }

    @Test
    void theFallbackNameIsUsedWhenThereIsNoOther() {
        String fallback = "fallback_application_name=f ";
        assertEquals("f", Config.parse(fallback, Around.of()).applicationName());
        assertNull(Config.parse(fallback + "application_name=''", Around.of()).applicationName());
        assertNull(Config.parse(fallback, Around.of("PGAPPNAME", "")).applicationName());
        assertEquals(
                "a", Config.parse(fallback + "application_name=a", Around.of()).applicationName());
        assertEquals("e", Config.parse(fallback, Around.of("PGAPPNAME", "e")).applicationName());
    }

    @Test
    void toStringMasksSecretsAndCanBeReadBack() {
        assertEquals(
                "user=ada password=*** connect_timeout=7 dbname='it\\'s' host='db example' port=6543"
                        + " options='-c search_path=app' application_name=app",
                full.toString());
        Config again = Config.parse(full.toString(), Around.of());
        assertEquals(full.toString(), again.toString());
        assertEquals("***", again.password());
        assertFalse(Config.parse("user=u", Around.of()).toString().contains("password"));
    }

    @Test
    void noFormOfAConfigurationButTheDsnShowsASecret() {
        Config config = Config.parse(
                "password=S3cr3t sslpassword=S3cr3t scram_client_key=S3cr3t scram_server_key=S3cr3t"
                        + " oauth_client_secret=S3cr3t",
                Around.of());
        assertFalse(config.toString().contains("S3cr3t"), config.toString());
        assertFalse(config.explain().toString().contains("S3cr3t"));
        assertEquals(5, config.toDsn().split("S3cr3t", -1).length - 1);
    }

    @Test
    void theDsnIsReadBackToTheSameValuesInOtherSurroundings() {
        Config config = Config.parse(
                "password='a b\\\\\\'' dbname='' sslrootcert=system",
                Around.of("PGHOST", "a,b", "PGPORT", "", "PGDATABASE", "other", "PGAPPNAME", "x y"));
        Config again = Config.parse(config.toDsn(), Around.of("PGPORT", "1", "PGUSER", "somebody", "PGHOST", "c"));
        assertEquals(config.toDsn(), again.toDsn());
        assertEquals("a b\\'", again.password());
        assertEquals(config.hosts(), again.hosts());
        assertEquals("me", again.user());
        assertEquals("me", again.database());
        assertEquals("x y", again.applicationName());
        assertEquals(SslMode.VERIFY_FULL, again.sslMode());
    }

    @Test
    void toBuilderKeepsEverything() {
        StringBuilder trace = new StringBuilder();
        CredentialSource credentials = (host, user, database) -> "token";
        OauthTokenSource tokens = request -> "bearer";
        Config copy = full.toBuilder().trace(trace).credentials(credentials).oauthTokens(tokens).build().toBuilder()
                .build();
        assertEquals(full.toString(), copy.toString());
        assertEquals("S3cr3t", copy.password());
        assertSame(trace, copy.trace());
        assertSame(credentials, copy.credentials());
        assertSame(tokens, copy.oauthTokens());
        assertEquals(full.explain(), full.toBuilder().build().explain());
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItBuilt() {
        Config.Builder builder = full.toBuilder();
        Config first = builder.build();
        builder.host("other").password("other");
        assertEquals(full.toDsn(), first.toDsn());
        assertEquals("other", builder.build().hosts().get(0).name());
    }

    @Test
    void aCopyWithAnotherUserKeepsTheDatabase() {
        assertEquals("it's", full.toBuilder().user("bob").build().database());
        Config ada = Config.parse("user=ada", Around.of());
        assertEquals("ada", ada.toBuilder().user("bob").build().database());
    }

    @Test
    void theBuilderKnowsEveryKeywordAndAnEmptyValueTakesOneBack() {
        Config.Builder builder = Config.builder(Around.of("PGUSER", "env"));
        builder.set("user", "u").set("requiressl", "1").set("target_session_attrs", "primary");
        assertEquals("u", builder.build().user());
        assertEquals(SslMode.REQUIRE, builder.build().sslMode());
        builder.set("user", "").sslMode(SslMode.DISABLE).targetSessionAttrs(TargetSessionAttrs.STANDBY);
        assertEquals("env", builder.build().user());
        assertEquals(SslMode.DISABLE, builder.build().sslMode());
        assertEquals(TargetSessionAttrs.STANDBY, builder.build().targetSessionAttrs());
        builder.sslRootCert(Path.of("/r.pem")).prepare(Prepare.NEVER);
        assertEquals(Path.of("/r.pem"), builder.build().sslRootCert());
        assertEquals(Prepare.NEVER, builder.build().prepare());
        InterfaceException unknown = assertThrows(InterfaceException.class, () -> builder.set("usr", "x"));
        assertEquals("unknown keyword \"usr\" (builder), did you mean \"user\"?", unknown.getMessage());
        unknown = assertThrows(InterfaceException.class, () -> builder.set("horsebattery", ""));
        assertEquals(
                "unknown keyword (builder), expected one such as host, port, dbname or user", unknown.getMessage());
        builder.set("requiressl", "1").set("requiressl", "");
        assertEquals(SslMode.PREFER, builder.build().sslMode());
    }

    @Test
    void nulIsRefusedInEveryText() {
        List<Consumer<Config.Builder>> setters = List.of(
                builder -> builder.host(NUL),
                builder -> builder.user(NUL),
                builder -> builder.password(NUL),
                builder -> builder.database(NUL),
                builder -> builder.applicationName(NUL),
                builder -> builder.service(NUL),
                builder -> builder.options(NUL),
                builder -> builder.set("replication", NUL));
        for (Consumer<Config.Builder> setter : setters) {
            InterfaceException refused =
                    assertThrows(InterfaceException.class, () -> setter.accept(Config.builder(Around.of())));
            assertTrue(refused.getMessage().contains("contains NUL"), refused.getMessage());
            assertFalse(refused.getMessage().contains("admin"), refused.getMessage());
        }
        for (String dsn : List.of("user=" + NUL, "\0", "user\0=a", "postgresql://h/\0", "postgresql://\0:p@h")) {
            assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()), dsn);
        }
    }

    @Test
    void portsOutsideTheRangeAreRefused() {
        for (int port : new int[] {Integer.MIN_VALUE, -1, 0, 65536, Integer.MAX_VALUE}) {
            assertThrows(
                    InterfaceException.class, () -> Config.builder(Around.of()).port(port));
        }
        assertEquals(
                65535,
                Config.builder(Around.of()).port(65535).build().hosts().get(0).port());
        assertEquals(
                1, Config.builder(Around.of()).port(1).build().hosts().get(0).port());
    }

    @Test
    void aTimeoutIsInWholeSecondsAndWithoutLimitWhenItIsNotPositive() {
        assertEquals(
                Duration.ZERO, Config.parse("connect_timeout=-3", Around.of()).connectTimeout());
        assertEquals(
                Duration.ZERO, Config.parse("connect_timeout=0", Around.of()).connectTimeout());
        assertEquals(
                Duration.ofSeconds(3),
                Config.parse("connect_timeout=' 3 '", Around.of()).connectTimeout());
        assertEquals(Duration.ofSeconds(1), timeout(Duration.ofMillis(1)));
        assertEquals(Duration.ofSeconds(2), timeout(Duration.ofMillis(1001)));
        assertEquals(Duration.ZERO, timeout(Duration.ofSeconds(-5)));
        assertEquals(Duration.ofSeconds(Integer.MAX_VALUE), timeout(Duration.ofDays(1_000_000)));
    }

    @Test
    void theGraceIsInWholeSecondsAndAtLeastOne() {
        Config.Builder builder = Config.builder(Around.of());
        assertEquals(
                Duration.ofSeconds(1),
                builder.cancelGrace(Duration.ofMillis(1)).build().cancelGrace());
        assertEquals("cancel_grace=1", builder.build().toDsn().replaceAll(".*(cancel_grace=\\S+).*", "$1"));
        assertThrows(InterfaceException.class, () -> builder.cancelGrace(Duration.ZERO)
                .build());
    }

    @Test
    void theBusyWaitIsInMicrosecondsOrMillisecondsAndAtMostOneMillisecond() {
        for (String off : List.of("0", "0us", "0ms", "' 0 '", "-0us")) {
            assertEquals(
                    Duration.ZERO, Config.parse("busy_wait=" + off, Around.of()).busyWait(), off);
        }
        assertEquals(
                Duration.ofNanos(7_000),
                Config.parse("busy_wait='\t7 us '", Around.of()).busyWait());
        assertEquals(
                Duration.ofMillis(1), Config.parse("busy_wait=1ms", Around.of()).busyWait());
        assertEquals(
                Duration.ofMillis(1),
                Config.parse("busy_wait=1000us", Around.of()).busyWait());
    }

    @Test
    void theBuilderRoundsTheBusyWaitUpAndRefusesMoreThanOneMillisecond() {
        assertEquals("busy_wait=50us", busyWait(Duration.ofNanos(50_000)));
        assertEquals("busy_wait=1us", busyWait(Duration.ofNanos(1)));
        assertEquals("busy_wait=1000us", busyWait(Duration.ofMillis(1)));
        assertEquals("busy_wait=0", busyWait(Duration.ZERO));
        assertEquals("busy_wait=0", busyWait(Duration.ofSeconds(Long.MIN_VALUE)));
        for (Duration refused : List.of(Duration.ofNanos(1_000_001), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThrows(InterfaceException.class, () -> busyWait(refused));
        }
    }

    private static String busyWait(Duration given) {
        Config config = Config.builder(Around.of()).busyWait(given).build();
        Config again = Config.parse(config.toDsn(), Around.of());
        assertEquals(config.busyWait(), again.busyWait());
        return config.toDsn().replaceAll(".*(busy_wait=\\S+).*", "$1");
    }

    private static Duration timeout(Duration given) {
        return Config.builder(Around.of()).connectTimeout(given).build().connectTimeout();
    }

    @Test
    void noKeywordMakesAFileOrTakesAClassName(@TempDir Path directory) throws IOException {
        for (Keyword keyword : Keyword.values()) {
            for (String value : List.of(directory.resolve("made").toString(), "java.util.logging.FileHandler")) {
                try {
                    Config config = Config.builder(Around.in(directory))
                            .set(keyword.text(), value)
                            .build();
                    config.explain();
                    config.password(config.hosts().get(0));
                } catch (InterfaceException refused) {
                    assertFalse(refused.getMessage().isEmpty());
                }
            }
        }
        try (Stream<Path> made = Files.list(directory)) {
            assertEquals(List.of(), made.toList());
        }
        for (String ofOthers : List.of("socketFactory", "sslfactory", "loggerFile", "authenticationPluginClassName")) {
            assertThrows(
                    InterfaceException.class, () -> Config.parse("postgresql://h/d?" + ofOthers + "=x", Around.of()));
        }
    }
}
