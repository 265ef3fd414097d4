package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that a connection does, through TLS: much at once, in small pieces, and to a bitter end. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TlsTrafficIT {
    private static final int LARGE = 10 * 1024 * 1024;
    private static final int ROWS = 100_000;

    @TempDir
    private static Path files;

    private static TlsServer server;

    @BeforeAll
    static void start() {
        server = TlsServer.start(files);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Connection connect(String version) {
        Connection conn = Postgres.connect(
                server.dsn("ssl_min_protocol_version=" + version + " ssl_max_protocol_version=" + version));
        assertEquals(version, conn.info().tlsVersion());
        return conn;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void largeValuesGoBothWays(String version) {
        byte[] value = new byte[LARGE];
        Seed.take().random().nextBytes(value);
        try (Connection conn = connect(version)) {
            for (int round = 0; round < 3; round++) {
                Row row = conn.execute("SELECT $1::bytea, md5($1::bytea)", (Object) value)
                        .fetchOne();
                assertArrayEquals(value, row.getBytes(0));
                assertEquals(
                        round + 1,
                        conn.execute("SELECT $1::int", round + 1).fetchOne().getInt(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHundredThousandRowsArriveInOrder(String version) {
        String sql = "SELECT i, md5(i::text) FROM generate_series(1, $1::int) i";
        try (Connection conn = connect(version)) {
            List<Row> all = conn.execute(sql, ROWS).fetchAll();
            assertEquals(ROWS, all.size());
            int expected = 0;
            try (Cursor cur = conn.execute(sql, ROWS)) {
                while (cur.next()) {
                    assertEquals(++expected, cur.getInt(0));
                    assertEquals(all.get(expected - 1).getString(1), cur.getString(1));
                }
            }
            assertEquals(ROWS, expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aResultMayBeLeftHalfRead(String version) {
        try (Connection conn = connect(version)) {
            for (int round = 0; round < 3; round++) {
                try (Cursor cur = conn.execute("SELECT i, repeat('x', 1000) FROM generate_series(1, 50000) i")) {
                    for (int read = 1; read <= 25_000; read++) {
                        assertTrue(cur.next());
                        assertEquals(read, cur.getInt(0));
                    }
                }
                assertEquals(
                        round, conn.execute("SELECT $1::int", round).fetchOne().getInt(0));
            }
            // And the connection closes with rows on their way.
            assertTrue(conn.execute("SELECT i, repeat('x', 1000) FROM generate_series(1, 1000000) i")
                    .next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aBatchOfTwoThousandLargeSets(String version) {
        try (Connection conn = connect(version);
                Cursor cur = conn.cursor()) {
            cur.execute("CREATE TEMP TABLE t (i int, v text)");
            List<List<Object>> sets = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                sets.add(List.of(i, String.valueOf((char) ('a' + i % 26)).repeat(10_000)));
            }
            cur.executeMany("INSERT INTO t VALUES ($1, $2)", sets);
            assertEquals(2_000, cur.rowCount());
            Row row = cur.execute("SELECT count(*), sum(length(v)), min(i), max(i) FROM t")
                    .fetchOne();
            assertEquals(List.of(2_000L, 20_000_000L), List.of(row.getLong(0), row.getLong(1)));
            assertEquals(List.of(0, 1_999), List.of(row.getInt(2), row.getInt(3)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aHundredThousandRowsAreCopiedIn(String version) {
        try (Connection conn = connect(version)) {
            conn.execute("CREATE TEMP TABLE t (i int, v text)");
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(List.of(i, "row " + i));
            }
            assertEquals(ROWS, conn.insertMany("t", List.of("i", "v"), rows).rowCount());
            Row row = conn.execute(
                            "SELECT count(*), sum(i::bigint)::bigint, count(*) FILTER (WHERE v = 'row ' || i) FROM t")
                    .fetchOne();
            assertEquals(ROWS, row.getLong(0));
            assertEquals(ROWS * (ROWS - 1L) / 2, row.getLong(1));
            assertEquals(ROWS, row.getLong(2));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aPipelineOfManyStatements(String version) {
        try (Connection conn = connect(version)) {
            List<Cursor> answers = new ArrayList<>();
            try (Pipeline pipeline = conn.pipeline()) {
                for (int i = 0; i < 2_000; i++) {
                    answers.add(pipeline.execute("SELECT $1::int, repeat('y', 500)", i));
                }
            }
            for (int i = 0; i < answers.size(); i++) {
                Row row = answers.get(i).fetchOne();
                assertEquals(i, row.getInt(0));
                assertEquals(500, row.getString(1).length());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anErrorLeavesTheConnectionInOrder(String version) {
        try (Connection conn = connect(version)) {
            for (int round = 0; round < 20; round++) {
                assertThrows(DivisionByZeroException.class, () -> conn.execute(
                                "SELECT 1 / (i - 500) FROM generate_series(1, 1000) i")
                        .fetchAll());
                assertEquals(
                        round, conn.execute("SELECT $1::int", round).fetchOne().getInt(0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whatTheServerSaidLastIsTheReason(String version) {
        try (Connection conn = connect(version);
                Connection admin = server.admin()) {
            int pid = conn.processId();
            assertTrue(admin.execute("SELECT pg_terminate_backend($1, 30000)", pid)
                    .fetchOne()
                    .getBoolean(0));
            AdminShutdownException gone = assertThrows(
                    AdminShutdownException.class, () -> conn.execute("SELECT 1").fetchAll());
            assertEquals("57P01", gone.sqlState());
            assertTrue(conn.isClosed());
            assertThrows(PgException.class, () -> conn.execute("SELECT 1"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void whoeverWaitsForAnAnswerIsToldThatTheServerEndsIt(String version) {
        try (Connection conn = connect(version)) {
            // The statement's own process, so that its end comes in place of its answer.
            AdminShutdownException gone = assertThrows(AdminShutdownException.class, () -> conn.execute(
                            "SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)")
                    .fetchAll());
            assertEquals("57P01", gone.sqlState());
            assertFalse(gone.getMessage().isEmpty());
            assertTrue(conn.isClosed());
        }
    }
}
