package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.InstalledPostgres;
import java.io.File;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The distribution's server behind a Unix socket. */
@Timeout(120)
class UnixSocketIT {
    private static InstalledPostgres server;

    @BeforeAll
    static void start() {
        assumeTrue(InstalledPostgres.isInstalled(), "not run: no PostgreSQL server is installed");
        server = InstalledPostgres.builder().start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String dsn() {
        return "host=" + server.socketDirectory() + " port=" + server.port() + " user=postgres";
    }

    @Test
    void theServerSeesNoAddress() {
        try (Connection connection = Postgres.connect(dsn())) {
            assertEquals(
                    null,
                    connection
                            .execute("SELECT inet_client_addr()::text")
                            .fetchOne()
                            .get(0));
        }
    }

    @Test
    void aUriNamesTheDirectoryInItsParameters() {
        try (Connection connection = Postgres.connect("postgresql:///postgres?host=" + server.socketDirectory()
                + "&port=" + server.port() + "&user=postgres")) {
            assertEquals(1, connection.execute("SELECT 1").fetchOne().get(0));
        }
    }

    @Test
    void largeResultsAndParametersPass() {
        try (Connection connection = Postgres.connect(dsn());
                Cursor cursor = connection.cursor()) {
            String text = "x".repeat(10_000_000);
            assertEquals(
                    text, cursor.execute("SELECT $1::text", text).fetchOne().getString(0));
            long sum = 0;
            for (Row row : cursor.execute("SELECT n, repeat('y', 100) FROM generate_series(1, 100000) n")) {
                sum += row.getInt(0);
            }
            assertEquals(100_000L * 100_001 / 2, sum);
        }
    }

    /** Even the strictest mode: as in libpq, who can reach the socket is on the same machine. */
    @Test
    void tlsIsNotAskedFor() {
        Postgres.connect(dsn() + " sslmode=require").close();
    }

    @Test
    void whoRunsTheServerIsChecked() throws Exception {
        String owner = Files.getOwner(server.socketDirectory()).getName();
        Postgres.connect(dsn() + " requirepeer=" + owner).close();
        PgException refused =
                assertThrows(PgException.class, () -> Postgres.connect(dsn() + " requirepeer=somebody_else"));
        assertTrue(refused.getMessage().contains("\"" + owner + "\""), refused.getMessage());
    }

    @Test
    void aSocketThatIsNotThereIsNamed() {
        PgException failure =
                assertThrows(PgException.class, () -> Postgres.connect("host=/nowhere port=1 user=postgres"));
        assertTrue(failure.getMessage().contains("/nowhere/.s.PGSQL.1"), failure.getMessage());
    }

    @Test
    void connectionsLeaveNoDescriptorBehind() {
        assumeTrue(new File("/proc/self/fd").isDirectory(), "not run: the system does not show open files");
        Postgres.connect(dsn()).close();
        int before = openFiles();
        for (int i = 0; i < 1_000; i++) {
            Postgres.connect(dsn()).close();
        }
        assertTrue(openFiles() <= before + 5, before + " files were open, now " + openFiles());
    }

    private static int openFiles() {
        return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
    }
}
