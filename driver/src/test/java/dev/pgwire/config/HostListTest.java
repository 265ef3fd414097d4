package dev.pgwire.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.config.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostListTest {
    /** The second column is name/address:port of each host. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=a                                 | a/-:5432",
                "host=a,b                               | a/-:5432 b/-:5432",
                "host=a,b port=1                        | a/-:1 b/-:1",
                "host=a,b port=1,2                      | a/-:1 b/-:2",
                "host=a,b port=,2                       | a/-:5432 b/-:2",
                "host=a,b port=,                        | a/-:5432 b/-:5432",
                "host=a,,c                              | a/-:5432 localhost/-:5432 c/-:5432",
                "host=,                                 | localhost/-:5432 localhost/-:5432",
                "port=1                                 | localhost/-:1",
                "port=' 1 '                             | localhost/-:1",
                "port=+1                                | localhost/-:1",
                "port=65535                             | localhost/-:65535",
                "hostaddr=127.0.0.1                     | /127.0.0.1:5432",
                "hostaddr=::1,fe80::1%eth0 port=1,2     | /::1:1 /fe80::1%eth0:2",
                "host=a hostaddr=10.0.0.1               | a/10.0.0.1:5432",
                "host=a,b hostaddr=10.0.0.1,            | a/10.0.0.1:5432 b/-:5432",
                "host=,b hostaddr=10.0.0.1,             | /10.0.0.1:5432 b/-:5432",
                "host=, hostaddr=,                      | localhost/-:5432 localhost/-:5432",
                "host=/tmp                              | /tmp/-:5432",
                "host=@abstract                         | @abstract/-:5432",
                "postgresql://h1,h2:5433                | h1/-:5432 h2/-:5433",
                "postgresql://h1:1,,[::1]:3             | h1/-:1 localhost/-:5432 ::1/-:3",
            })
    void listsArePutSideBySide(String dsn, String expected) {
        StringBuilder shown = new StringBuilder();
        for (Host host : Config.parse(dsn, Around.of()).hosts()) {
            shown.append(shown.isEmpty() ? "" : " ")
                    .append(host.name())
                    .append('/')
                    .append(host.address() == null ? "-" : host.address())
                    .append(':')
                    .append(host.port());
        }
        assertEquals(expected, shown.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "host=a,b hostaddr=10.0.0.1            | could not match 2 host names to 1 hostaddr values",
                "host=a hostaddr=10.0.0.1,10.0.0.2     | could not match 1 host names to 2 hostaddr values",
                "host=a,b port=1,2,3                   | could not match 3 port numbers to 2 hosts",
                "host=a,b,c port=1,2                   | could not match 2 port numbers to 3 hosts",
                "port=1,2                              | could not match 2 port numbers to 1 hosts",
                "postgresql://a,b/?port=1,2,3          | could not match 3 port numbers to 2 hosts",
                "port=0                                | invalid port number",
                "port=-1                               | invalid port number",
                "port=65536                            | invalid port number",
                "host=a,b port=1,65536                 | invalid port number",
                "port=99999999999                      | invalid integer value for port",
                "port=5432x                            | invalid integer value for port",
                "port='5 4'                            | invalid integer value for port",
                "port=0x10                             | invalid integer value for port",
                "port=' '                              | invalid integer value for port",
                "port=+                                | invalid integer value for port",
                "port=--1                              | invalid integer value for port",
                "hostaddr=localhost                    | invalid hostaddr value",
                "hostaddr=999.1.1.1                    | invalid hostaddr value",
                "hostaddr=1.2.3                        | invalid hostaddr value",
                "hostaddr=1.2.3.4.5                    | invalid hostaddr value",
                "hostaddr=1.2.3.                       | invalid hostaddr value",
                "hostaddr=1..2.3                       | invalid hostaddr value",
                "hostaddr=010.0.0.1                    | invalid hostaddr value",
                "hostaddr=0x7f.0.0.1                   | invalid hostaddr value",
                "hostaddr=2130706433                   | invalid hostaddr value",
                "hostaddr=.                            | invalid hostaddr value",
                "hostaddr='1.2.3.4 '                   | invalid hostaddr value",
                "hostaddr=::g                          | invalid hostaddr value",
                "hostaddr=1:2:3                        | invalid hostaddr value",
                "hostaddr=[::1]                        | invalid hostaddr value",
                "hostaddr=::ffff:999.1.1.1             | invalid hostaddr value",
                "hostaddr=::1%                         | invalid hostaddr value",
                "hostaddr=a.example:1                  | invalid hostaddr value",
                "hostaddr=%eth0:                       | invalid hostaddr value",
                "hostaddr=127.0.0.1,example.org        | invalid hostaddr value",
            })
    void whatDoesNotMatchIsRefused(String dsn, String message) {
        String refusal = assertThrows(InterfaceException.class, () -> Config.parse(dsn, Around.of()))
                .getMessage();
        assertTrue(refusal.contains(message), refusal);
        assertTrue(refusal.contains(", expected "), refusal);
    }

    @Test
    void theDefaultHostIsTheSocketOfALocalServerIfThereIsOne(@TempDir Path home) throws IOException {
        Surroundings around = Around.in(home);
        Path run = Files.createDirectory(home.resolve("run"));
        Path tmp = Files.createDirectory(home.resolve("tmp"));
        assertEquals("localhost", Config.parse("", around).hosts().get(0).name());
        Files.createFile(tmp.resolve(".s.PGSQL.5432"));
        Host found = Config.parse("", around).hosts().get(0);
        assertEquals(new Host(tmp.toString(), null, 5432), found);
        assertTrue(found.isUnixSocket());
        assertEquals(
                "localhost", Config.parse("port=5433", around).hosts().get(0).name());
        Files.createFile(run.resolve(".s.PGSQL.5432"));
        Files.createFile(run.resolve(".s.PGSQL.5433"));
        assertEquals(run.toString(), Config.parse("", around).hosts().get(0).name());
        assertEquals(
                run.toString(), Config.parse("host=a,", around).hosts().get(1).name());
        assertEquals(
                run.toString(),
                Config.parse("postgresql://:5433", around).hosts().get(0).name());
        assertFalse(Config.parse("host=localhost", around).hosts().get(0).isUnixSocket());
        assertFalse(Config.parse("hostaddr=::1", around).hosts().get(0).isUnixSocket());
    }
}
