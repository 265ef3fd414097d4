package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Keyword;
import dev.pgwire.internal.config.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResolutionTest {
    @TempDir
    Path home;

    /** Written out once more, from the manual, so that a slip in the enum is one. */
    @ParameterizedTest
    @CsvSource({
        "service, PGSERVICE",
        "servicefile, PGSERVICEFILE",
        "user, PGUSER",
        "password, PGPASSWORD",
        "passfile, PGPASSFILE",
        "channel_binding, PGCHANNELBINDING",
        "connect_timeout, PGCONNECT_TIMEOUT",
        "dbname, PGDATABASE",
        "host, PGHOST",
        "hostaddr, PGHOSTADDR",
        "port, PGPORT",
        "client_encoding, PGCLIENTENCODING",
        "options, PGOPTIONS",
        "application_name, PGAPPNAME",
        "sslmode, PGSSLMODE",
        "sslnegotiation, PGSSLNEGOTIATION",
        "sslcompression, PGSSLCOMPRESSION",
        "sslcert, PGSSLCERT",
        "sslkey, PGSSLKEY",
        "sslcertmode, PGSSLCERTMODE",
        "sslrootcert, PGSSLROOTCERT",
        "sslcrl, PGSSLCRL",
        "sslcrldir, PGSSLCRLDIR",
        "sslsni, PGSSLSNI",
        "requirepeer, PGREQUIREPEER",
        "require_auth, PGREQUIREAUTH",
        "min_protocol_version, PGMINPROTOCOLVERSION",
        "max_protocol_version, PGMAXPROTOCOLVERSION",
        "ssl_min_protocol_version, PGSSLMINPROTOCOLVERSION",
        "ssl_max_protocol_version, PGSSLMAXPROTOCOLVERSION",
        "gssencmode, PGGSSENCMODE",
        "krbsrvname, PGKRBSRVNAME",
        "gsslib, PGGSSLIB",
        "gssdelegation, PGGSSDELEGATION",
        "target_session_attrs, PGTARGETSESSIONATTRS",
        "load_balance_hosts, PGLOADBALANCEHOSTS",
    })
    void everyMappedVariableIsRead(String keyword, String variable) throws IOException {
        Keyword known = Keyword.find(keyword);
        String value = valueOf(known);
        Files.writeString(home.resolve("file"), "[file]\n");
        Surroundings around = known == Keyword.SERVICE
                ? Around.in(
                        home,
                        "PGSERVICE",
                        value,
                        "PGSERVICEFILE",
                        home.resolve("file").toString())
                : Around.in(home, variable, value);
        Setting setting = explained(Config.parse("", around), keyword);
        assertEquals("environment " + variable, setting.source());
        assertEquals(known.isSecret() ? "***" : value, setting.value());
    }

    @ParameterizedTest
    @EnumSource(Keyword.class)
    void everyKeywordCanBeGivenInBothGrammarsAndByTheBuilder(Keyword keyword) throws IOException {
        String value = valueOf(keyword);
        Files.writeString(home.resolve("file"), "[file]\n");
        Surroundings around =
                Around.in(home, "PGSERVICEFILE", home.resolve("file").toString());
        Setting expected = new Setting(keyword.text(), keyword.isSecret() ? "***" : value, "connection string");
        assertEquals(expected, explained(Config.parse(keyword.text() + " = '" + value + "'", around), keyword.text()));
        assertEquals(
                expected,
                explained(Config.parse("postgresql://?" + keyword.text() + "=" + value, around), keyword.text()));
        assertEquals(
                new Setting(keyword.text(), expected.value(), "builder"),
                explained(Config.builder(around).set(keyword.text(), value).build(), keyword.text()));
    }

    private String valueOf(Keyword keyword) {
        return switch (keyword) {
            case SERVICE -> "file";
            case SERVICEFILE -> home.resolve("file").toString();
            case CHANNEL_BINDING, SSLCERTMODE -> "require";
            case CONNECT_TIMEOUT, KEEPALIVES, KEEPALIVES_IDLE, KEEPALIVES_INTERVAL, KEEPALIVES_COUNT -> "7";
            case TCP_USER_TIMEOUT, SCRAM_MAX_ITERATIONS, CANCEL_GRACE, PORT -> "7";
            case HOSTADDR -> "::7";
            case SSLMODE -> "verify-ca";
            case SSLNEGOTIATION -> "postgres";
            case REQUIRE_AUTH -> "md5";
            case MIN_PROTOCOL_VERSION, MAX_PROTOCOL_VERSION -> "3.2";
            case SSL_MIN_PROTOCOL_VERSION, SSL_MAX_PROTOCOL_VERSION -> "TLSv1.3";
            case GSSENCMODE -> "prefer";
            case TARGET_SESSION_ATTRS -> "standby";
            case LOAD_BALANCE_HOSTS -> "random";
            case PREPARE -> "never";
            case BUSY_WAIT -> "7us";
            case AUTOCOMMIT, CALLER_STACK, LEAK_DETECTION -> "off";
            case COMMIT_OUTCOME -> "lookup";
            case TRANSPORT -> "epoll";
            default -> "v7";
        };
    }

    private static Setting explained(Config config, String keyword) {
        List<Setting> found = config.explain().stream()
                .filter(setting -> setting.keyword().equals(keyword))
                .toList();
        assertEquals(1, found.size(), config.explain().toString());
        return found.get(0);
    }

    @Test
    void givenBeatsTheServiceWhichBeatsTheEnvironmentWhichBeatsTheDefault() throws IOException {
        Files.writeString(home.resolve(".pg_service.conf"), "[s]\nuser=file\nhost=file\n");
        Surroundings around = Around.in(home, "PGUSER", "env", "PGHOST", "env", "PGPORT", "99", "PGSERVICE", "s");
        Config config = Config.parse("user=given", around);
        assertEquals("given", config.user());
        assertEquals("given", config.database());
        assertEquals(List.of(new Host("file", null, 99)), config.hosts());
        assertEquals(
                List.of(
                        "service=s environment PGSERVICE",
                        "user=given connection string",
                        "passfile=" + home.resolve(".pgpass") + " default",
                        "channel_binding=prefer default",
                        "dbname=given same as user",
                        "host=file service file " + home.resolve(".pg_service.conf"),
                        "port=99 environment PGPORT",
                        "keepalives=1 default",
                        "sslmode=prefer default",
                        "sslnegotiation=postgres default",
                        "sslcompression=0 default",
                        "sslcertmode=allow default",
                        "sslsni=1 default",
                        "ssl_min_protocol_version=TLSv1.2 default",
                        "gssencmode=disable default",
                        "krbsrvname=postgres default",
                        "gssdelegation=0 default",
                        "target_session_attrs=any default",
                        "load_balance_hosts=disable default",
                        "prepare=on-first-use default",
                        "scram_max_iterations=100000 default",
                        "cancel_grace=10 default",
                        "busy_wait=0 default",
                        "caller_stack=on default",
                        "leak_detection=sampled default",
                        "commit_outcome=off default",
                        "autocommit=on default",
                        "transport=nio default"),
                config.explain().stream()
                        .map(setting -> setting.keyword() + "=" + setting.value() + " " + setting.source())
                        .toList());
    }

    @Test
    void anEmptyValueHidesTheEnvironmentAndThenCountsAsNone() {
        Surroundings around = Around.of(
                "PGHOST",
                "env",
                "PGPORT",
                "99",
                "PGUSER",
                "env",
                "PGPASSWORD",
                "env",
                "PGDATABASE",
                "env",
                "PGAPPNAME",
                "env",
                "PGOPTIONS",
                "env",
                "PGREQUIREAUTH",
                "none");
        Config config = Config.parse(
                "host='' port='' user='' password='' dbname='' application_name='' options='' require_auth=''", around);
        assertEquals(List.of(new Host("localhost", null, 5432)), config.hosts());
        assertEquals("me", config.user());
        assertEquals("me", config.database());
        assertEquals(null, config.password());
        assertEquals(null, config.applicationName());
        assertEquals(null, config.options());
        assertEquals(AuthMethod.values().length, config.acceptedAuth().size());
        assertEquals("env", Config.parse("postgresql://:@/?", around).user());
        assertEquals("env", Config.parse("postgresql:///", around).database());
    }

    @Test
    void requireSslOfOldMakesTlsRequiredUnlessTheModeIsSaid() {
        assertEquals(
                SslMode.REQUIRE,
                Config.parse("", Around.of("PGREQUIRESSL", "1")).sslMode());
        assertEquals(
                SslMode.PREFER, Config.parse("", Around.of("PGREQUIRESSL", "0")).sslMode());
        assertEquals(
                SslMode.PREFER, Config.parse("", Around.of("PGREQUIRESSL", "")).sslMode());
        assertEquals(
                SslMode.ALLOW,
                Config.parse("", Around.of("PGREQUIRESSL", "1", "PGSSLMODE", "allow"))
                        .sslMode());
        assertEquals(
                SslMode.DISABLE,
                Config.parse("sslmode=disable", Around.of("PGREQUIRESSL", "1")).sslMode());
    }

    @Test
    void trustInTheSystemMakesTheNameChecked() {
        Config config = Config.parse("sslrootcert=system", Around.of());
        assertEquals(SslMode.VERIFY_FULL, config.sslMode());
        assertTrue(config.trustsSystem());
        assertEquals(null, config.sslRootCert());
        assertEquals(
                SslMode.VERIFY_FULL,
                Config.parse("", Around.of("PGSSLROOTCERT", "system")).sslMode());
    }

    @Test
    void settingsOfTheSessionComeFromTheEnvironment() {
        assertEquals(
                Map.of("datestyle", "ISO", "timezone", "UTC", "geqo", "off"),
                Config.parse("", Around.of("PGDATESTYLE", "ISO", "PGTZ", "UTC", "PGGEQO", "off"))
                        .sessionSettings());
        assertEquals(
                Map.of(),
                Config.parse("", Around.of("PGDATESTYLE", "Default", "PGTZ", "default"))
                        .sessionSettings());
    }

    @Test
    void aUserWithoutANameHasToSayOne() {
        Surroundings nameless = new Surroundings(Map.of(), null, null, null, home, null, List.of());
        assertTrue(assertThrows(InterfaceException.class, () -> Config.parse("", nameless))
                .getMessage()
                .contains("expected user="));
        Config config = Config.parse("user=u", nameless);
        assertEquals("u", config.user());
        assertEquals(null, config.password(config.hosts().get(0)));
        assertEquals(null, config.sslDirectory());
    }

    @Test
    void theHomeIsThatOfTheEnvironmentElseThatOfTheUserAndNeverRelative() {
        Path ada = Path.of("/home/ada");
        assertEquals(ada, Surroundings.home(Map.of("HOME", "/home/ada"), "/root"));
        for (String none : new String[] {"", "home", ".", "?"}) {
            assertEquals(ada, Surroundings.home(Map.of("HOME", none), "/home/ada"), none);
            assertEquals(null, Surroundings.home(Map.of("HOME", none), "?"), none);
            assertEquals(null, Surroundings.home(Map.of(), none), none);
        }
        assertEquals(
                home.resolve(".postgresql"),
                Config.parse("user=u", Around.in(home)).sslDirectory());
    }

    @Test
    void theSurroundingsOfThisProcessCanBeRead() {
        Surroundings around = Surroundings.ofThisProcess();
        assertEquals(System.getenv(), around.environment());
        assertEquals(".pg_service.conf", String.valueOf(around.serviceFile().getFileName()));
    }
}
