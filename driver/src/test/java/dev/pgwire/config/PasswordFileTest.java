package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
    @TempDir
    Path home;

    private Path write(String name, String permissions, String text) throws IOException {
        Path file = Files.writeString(home.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private String password(String dsn, String... environment) {
        Config config = Config.parse(dsn, Around.in(home, environment));
        return config.password(config.hosts().get(0));
    }

    /** The file has one line; the connection is to h:1, database d, user u. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "h:1:d:u:secret             | secret",
                "*:*:*:*:secret             | secret",
                "h:*:*:u:secret             | secret",
                "h:1:d:u:sec\\:ret\\\\x     | sec:ret\\x",
                "h:1:d:u:sec:ret            | sec",
                "h:1:d:u:secret\\           | secret\\",
                "h:1:d:u:*                  | *",
                "\\h:1:d:u:secret           | secret",
                "h:1:d:u:                   | -",
                "h:1:d:u                    | -",
                "H:1:d:u:secret             | -",
                "hh:1:d:u:secret            | -",
                "h:2:d:u:secret             | -",
                "h:1:e:u:secret             | -",
                "h:1:d:v:secret             | -",
                "h*:1:d:u:secret            | -",
                "#h:1:d:u:secret            | -",
                "' h:1:d:u:secret'          | -",
                "h :1:d:u:secret            | -",
                "\\                         | -",
            })
    void aLineMatchesFieldByField(String line, String expected) throws IOException {
        write(".pgpass", "rw-------", line + "\r\n");
        assertEquals(expected, password("host=h port=1 dbname=d user=u"));
    }

    @Test
    void theFirstLineThatMatchesCounts() throws IOException {
        write(".pgpass", "rw-------", "# comment\n\na:*:*:*:one\n*:*:*:*:two\n*:*:*:*:three");
        assertEquals("one", password("host=a"));
        assertEquals("two", password("host=b"));
    }

    @Test
    void aHostIsMatchedByItsNameElseByItsAddress() throws IOException {
        write(".pgpass", "rw-------", "a:*:*:*:name\n10.0.0.1:*:*:*:address\nfe80\\:\\:1:*:*:*:six\n");
        assertEquals("name", password("host=a hostaddr=10.0.0.1"));
        assertEquals("address", password("hostaddr=10.0.0.1"));
        assertEquals("address", password("host=10.0.0.1"));
        assertEquals("six", password("postgresql://[fe80::1]"));
    }

    @Test
    void theSocketOfALocalServerIsLocalhost() throws IOException {
        write(".pgpass", "rw-------", "localhost:*:*:*:local\n" + home + ":*:*:*:elsewhere\n");
        Path run = Files.createDirectory(home.resolve("run"));
        assertEquals("local", password(""));
        assertEquals("local", password("host=localhost"));
        Files.createFile(run.resolve(".s.PGSQL.5432"));
        assertEquals("local", password(""));
        assertEquals("local", password("host=" + run));
        assertEquals("local", password("host=" + home.resolve("tmp")));
        assertEquals("elsewhere", password("host=" + home));
    }

    @Test
    void namesWithColonsAndBackslashesAreEscaped() throws IOException {
        write(".pgpass", "rw-------", "h:5432:a\\:b\\\\c:u:secret\n");
        assertEquals("secret", password("host=h dbname='a:b\\\\c' user=u"));
    }

    @Test
    void theFileIsReadAnewForEachConnection() throws IOException {
        write(".pgpass", "rw-------", "*:*:*:*:one");
        Config config = Config.parse("host=h", Around.in(home));
        assertNull(config.password());
        assertEquals("one", config.password(config.hosts().get(0)));
        write(".pgpass", "rw-------", "*:*:*:*:two");
        assertEquals("two", config.password(config.hosts().get(0)));
        Files.delete(home.resolve(".pgpass"));
        assertNull(config.password(config.hosts().get(0)));
    }

    @Test
    void eachHostHasItsOwnPassword() throws IOException {
        write(".pgpass", "rw-------", "a:1:*:*:one\nb:2:*:*:two\n");
        Config config = Config.parse("host=a,b,c port=1,2,3", Around.in(home));
        assertEquals("one", config.password(config.hosts().get(0)));
        assertEquals("two", config.password(config.hosts().get(1)));
        assertNull(config.password(config.hosts().get(2)));
    }

    @Test
    void whatIsGivenBeatsTheSourceOfCredentialsWhichBeatsTheFile() throws IOException {
        write(".pgpass", "rw-------", "*:*:*:*:file");
        Config file = Config.parse("host=h user=u dbname=d", Around.in(home));
        Config source = file.toBuilder()
                .credentials((host, user, database) -> host.name() + user + database)
                .build();
        Config none =
                file.toBuilder().credentials((host, user, database) -> null).build();
        Config given = source.toBuilder().password("given").build();
        Host host = file.hosts().get(0);
        assertEquals("file", file.password(host));
        assertEquals("hud", source.password(host));
        assertEquals("file", none.password(host));
        assertEquals("given", given.password(host));
        assertEquals("env", password("host=h", "PGPASSWORD", "env"));
        assertEquals("file", password("host=h password=''", "PGPASSWORD", "env"));
        assertEquals(new Setting("password", "***", "password file " + home.resolve(".pgpass")), explained(file));
        assertEquals(new Setting("password", "***", "credential source"), explained(source));
        assertEquals(new Setting("password", "***", "builder"), explained(given));
    }

    private static Setting explained(Config config) {
        return config.explain().stream()
                .filter(setting -> setting.keyword().equals("password"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anotherFileIsReadWhereOneIsNamed() throws IOException {
        write(".pgpass", "rw-------", "*:*:*:*:home");
        Path named = write("named", "rw-------", "*:*:*:*:named");
        Path variable = write("variable", "r--------", "*:*:*:*:variable");
        assertEquals("home", password(""));
        assertEquals("home", password("passfile=''", "PGPASSFILE", variable.toString()));
        assertEquals("variable", password("", "PGPASSFILE", variable.toString()));
        assertEquals("named", password("passfile=" + named, "PGPASSFILE", variable.toString()));
        assertNull(password("passfile=" + home.resolve("missing")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw---x---", "rw----r--", "rw-----w-", "rw------x"})
    void aFileThatOthersMayTouchIsIgnoredWithAWarning(String permissions) throws IOException {
        Path file = write(".pgpass", permissions, "*:*:*:*:S3cr3t");
        List<String> warnings = warningsOf(() -> assertNull(password("")));
        assertEquals(1, warnings.size());
        assertTrue(
                warnings.get(0).contains("\"" + file + "\" is ignored: it has group or world access"), warnings.get(0));
    }

    @Test
    void whatIsNoPlainFileIsIgnoredWithAWarning() {
        List<String> warnings = warningsOf(() -> assertNull(password("passfile=" + home)));
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains("it is not a plain file"), warnings.get(0));
    }

    @Test
    void aFileThatIsNotThereIsNoReasonToWarn() {
        assertEquals(List.of(), warningsOf(() -> assertNull(password(""))));
    }

    private static List<String> warningsOf(Runnable action) {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                warnings.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.pgwire.config");
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
        try {
            action.run();
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
        }
        return warnings;
    }
}
