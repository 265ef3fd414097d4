package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyWriter;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and blocks by which a COPY could store something else than was meant. */
@Timeout(60)
class CopyPitfallsIT {
    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE copied (id int, name text)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    /** The server compares with the marker before it reads escapes, so a value must not look like it with its escapes. */
    @ParameterizedTest
    @ValueSource(strings = {"\\N", "\\\\N", "\\011", "\\\\", "x", "\\x41", "a\\011b", "\\\\\\\\"})
    void aValueIsNeverTakenForNull(String marker) {
        List<String> values = List.of("\\N", "\\\\N", "\t", "\\", "x", "A", "a\tb", "\\\\", "\\011", marker);
        conn.copyIn("COPY copied FROM STDIN (NULL " + conn.literal(marker) + ")", writer -> {
            for (int i = 0; i < values.size(); i++) {
                writer.row(i, values.get(i));
            }
            writer.row(values.size(), null);
        });
        assertEquals(
                values,
                conn.execute("SELECT name FROM copied WHERE name IS NOT NULL ORDER BY id").fetchAll().stream()
                        .map(row -> row.getString(0))
                        .toList());
        assertEquals(
                values.size(),
                conn.execute("SELECT id FROM copied WHERE name IS NULL")
                        .fetchSingle()
                        .getInt(0));
    }

    /** Since PostgreSQL 16. */
    @ParameterizedTest
    @ValueSource(
            strings = {"(DEFAULT 'x')", "(FORMAT csv, DEFAULT 'x')", "(DEFAULT '\\011')", "(FORMAT csv, DEFAULT '7')"})
    void aValueIsNeverTakenForTheDefault(String options) {
        assumeTrue(conn.info().serverVersionNumber() >= 160000, "not run: the server has no option DEFAULT");
        conn.execute("CREATE TEMP TABLE defaults (id int DEFAULT 8, name text DEFAULT 'y')");
        List<String> values = List.of("x", "\\x78", "\t", "\\011", "7", "");
        conn.copyIn("COPY defaults FROM STDIN " + options, writer -> {
            for (String value : values) {
                writer.row(7, value);
            }
        });
        assertEquals(
                values,
                conn.execute("SELECT name FROM defaults WHERE id = 7").fetchAll().stream()
                        .map(row -> row.getString(0))
                        .toList());
    }

    /** A writer that cannot say to the server that it has failed leaves nothing open. */
    @Test
    void aWriterThatIsUsedWhereItMayNotWaitIsAbandonedByWhatComesNext() throws Exception {
        AsyncConnection other = Postgres.connectAsync(TestServer.shared().dsn()).get(60, TimeUnit.SECONDS);
        CopyWriter writer = conn.copyIn("COPY copied FROM STDIN");
        writer.row(1, "a");
        CompletableFuture<Long> finished;
        // Answered only when what is done with the answer is known: so that is done by the event loop.
        try (Connection holder = Postgres.connect(TestServer.shared().dsn())) {
            holder.execute("SELECT pg_advisory_lock(4711)");
            finished = other.execute("SELECT pg_advisory_lock(4711)").thenApply(answer -> writer.finish());
        }
        Throwable why = assertThrows(ExecutionException.class, () -> finished.get(60, TimeUnit.SECONDS))
                .getCause();
        assertTrue(why instanceof IllegalStateException, String.valueOf(why));
        assertTrue(writer.isClosed());
        assertEquals(0, conn.execute("TABLE copied").fetchAll().size());
        other.close().get(60, TimeUnit.SECONDS);
    }

    @Test
    void aBlockThatHidesTheFailureOfItsCopyIsToldOfIt() {
        InterfaceException told = assertThrows(
                InterfaceException.class,
                () -> conn.copyIn("COPY copied FROM STDIN", writer -> {
                    writer.row(1, "a");
                    assertThrows(DataException.class, () -> writer.row(2, new Object()));
                }));
        assertTrue(told.getMessage().contains("nothing was stored"), told.getMessage());
        assertThrows(
                InterfaceException.class,
                () -> conn.copyIn("COPY copied FROM STDIN", writer -> {
                    writer.row(1, "a");
                    writer.abandon();
                }));
        assertEquals(0, conn.execute("TABLE copied").fetchAll().size());
    }

    /** A marker that cannot be written is refused before the server waits for data. */
    @Test
    void whatIsRefusedBeforeTheFirstRowLeavesTheConnectionUsable() {
        conn.execute("CREATE TEMP TABLE accents (\"\u00e9\" text)");
        assertThrows(DataException.class, () -> conn.copyIn("COPY accents FROM STDIN (HEADER, NULL '\u00e9')"));
        assertEquals(1, conn.execute("SELECT 1").fetchSingle().getInt(0));
    }
}
