package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.testkit.InstalledPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primary with a standby that follows it, of the distribution's PostgreSQL: which of them a session ends up on. */
@Timeout(180)
class FailoverIT {
    private InstalledPostgres primary;
    private InstalledPostgres standby;
    private int dead;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(InstalledPostgres.isInstalled(), "not run: no PostgreSQL server is installed");
        primary = InstalledPostgres.builder().start();
        standby = InstalledPostgres.builder().standbyOf(primary).start();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            dead = socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() {
        if (standby != null) {
            standby.close();
        }
        if (primary != null) {
            primary.close();
        }
    }

    @Test
    void eachKindOfSessionIsFoundAndAfterAFailoverTheNewPrimary() {
        assertReaches(primary, "read-write", dead, standby.port(), primary.port());
        assertReaches(standby, "any", dead, standby.port(), primary.port());
        assertReaches(standby, "read-only", dead, primary.port(), standby.port());
        assertReaches(primary, "primary", dead, standby.port(), primary.port());
        assertReaches(standby, "standby", dead, primary.port(), standby.port());
        assertReaches(standby, "prefer-standby", dead, primary.port(), standby.port());
        assertReaches(primary, "prefer-standby", dead, primary.port());
        PgException failure = assertThrows(
                ConnectionFailureException.class, () -> Postgres.connect(dsn("standby", dead, primary.port())));
        assertTrue(failure.getMessage().contains("not in hot standby mode"), failure.getMessage());

        try (Connection connection = Postgres.connect(primary.dsn())) {
            connection.execute("ALTER SYSTEM SET default_transaction_read_only = on");
            connection.execute("SELECT pg_reload_conf()");
        }
        awaitReadOnly();
        assertReaches(primary, "read-only", dead, primary.port(), standby.port());
        assertReaches(primary, "primary", dead, standby.port(), primary.port());
        assertThrows(
                ConnectionFailureException.class,
                () -> Postgres.connect(dsn("read-write", dead, standby.port(), primary.port())));

        primary.stop();
        standby.promote();
        assertReaches(standby, "read-write", dead, standby.port(), primary.port());
        assertReaches(standby, "primary", primary.port(), standby.port());
        try (Connection connection = Postgres.connect(dsn("read-write", primary.port(), standby.port()))) {
            connection.execute("CREATE TABLE written (id int)");
        }
    }

    /** The settings are read by the postmaster a moment after it was asked. */
    private void awaitReadOnly() {
        String setting = "off";
        for (int i = 0; i < 500 && setting.equals("off"); i++) {
            try (Connection connection = Postgres.connect(primary.dsn())) {
                setting = String.valueOf(connection
                        .execute("SHOW default_transaction_read_only")
                        .fetchOne()
                        .get(0));
            }
        }
        assertEquals("on", setting);
    }

    private static void assertReaches(InstalledPostgres expected, String wanted, int... ports) {
        try (Connection connection = Postgres.connect(dsn(wanted, ports))) {
            Object port = connection
                    .execute("SELECT current_setting('port')::int")
                    .fetchOne()
                    .get(0);
            assertEquals(expected.port(), port, wanted);
        }
    }

    private static String dsn(String wanted, int... ports) {
        String hosts = String.join(",", Collections.nCopies(ports.length, "127.0.0.1"));
        String numbers = IntStream.of(ports).mapToObj(Integer::toString).collect(Collectors.joining(","));
        return "host=" + hosts + " port=" + numbers + " user=postgres dbname=postgres target_session_attrs=" + wanted;
    }
}
