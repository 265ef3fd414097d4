package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.testkit.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which version of the protocol a real server and the driver agree on: 3.2 came with PostgreSQL 18. */
@Timeout(60)
class ProtocolVersionIT {
    private static final TestServer SERVER = TestServer.shared();
    private static final int SHORT_KEY = 4;
    private static final int LONG_KEY = 32;

    private static Config config(String versions, StringBuilder trace) {
        return Config.parse(SERVER.dsn(versions)).toBuilder().trace(trace).build();
    }

    /** The length of the key in BackendKeyData, from the length of its line in the trace: length word, process id, key. */
    private static int keyLength(CharSequence trace) {
        for (String line : trace.toString().split("\n")) {
            if (line.contains("\tBackendKeyData\t")) {
                return Integer.parseInt(line.split("\t")[2]) - 8;
            }
        }
        throw new AssertionError("no BackendKeyData in " + trace);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4",
        "max_protocol_version=3.0, 4",
        "min_protocol_version=3.0 max_protocol_version=3.0, 4",
        "max_protocol_version=3.2, 32",
        "max_protocol_version=latest, 32",
        "min_protocol_version=3.2 max_protocol_version=3.2, 32",
    })
    void theKeyTellsWhichVersionIsSpoken(String versions, int expected) {
        StringBuilder trace = new StringBuilder();
        boolean refusable = versions.contains("min_protocol_version=3.2");
        assumeTrue(SERVER.majorVersion() >= 18 || !refusable, "the server speaks 3.2, which PostgreSQL 18 brought");
        try (Connection connection = Postgres.connect(config(versions, trace))) {
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
        }
        assertEquals(SERVER.majorVersion() >= 18 ? expected : SHORT_KEY, keyLength(trace));
    }

    @Test
    void aServerThatSpeaksOnly30IsRefusedWhere32IsTheLeast() {
        assumeTrue(SERVER.majorVersion() < 18, "the server is older than PostgreSQL 18");
        NotSupportedException refused = assertThrows(
                NotSupportedException.class,
                () -> Postgres.connect(
                        config("min_protocol_version=3.2 max_protocol_version=3.2", new StringBuilder())));
        assertTrue(refused.getMessage().contains("3.0 at most, expected at least 3.2"), refused.getMessage());
    }

    /** Such a key is of use only if all of it goes back in the cancel request. */
    @Test
    void aLongKeyCancels() {
        StringBuilder trace = new StringBuilder();
        try (Connection connection = Postgres.connect(config("max_protocol_version=3.2", trace))) {
            Thread.currentThread().interrupt();
            assertThrows(QueryCanceledException.class, () -> connection.execute("SELECT pg_sleep(60)"));
            assertTrue(Thread.interrupted(), "the flag is set again");
            assertEquals(1, connection.execute("SELECT 1").fetchOne().getInt(0));
        }
        assertEquals(SERVER.majorVersion() >= 18 ? LONG_KEY : SHORT_KEY, keyLength(trace));
    }
}
