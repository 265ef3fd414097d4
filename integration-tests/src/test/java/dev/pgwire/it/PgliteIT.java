package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InvalidTextRepresentationException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that lends all its clients one session, and never forgets what they have prepared. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgliteIT {
    private static Pglite server;

    @BeforeAll
    static void start() throws Exception {
        String missing = Pglite.missing();
        assumeTrue(missing.isEmpty(), missing);
        server = Pglite.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    private static Connection connect() {
        return Postgres.connect(server.dsn(""));
    }

    private static Object one(Connection conn, String sql, Object... values) {
        return conn.execute(sql, values).fetchOne().get(0);
    }

    @Test
    void itTellsWhatItIs() {
        try (Connection conn = connect()) {
            assertTrue(one(conn, "SELECT version()").toString().contains("PGlite"));
            assertEquals("UTF8", conn.parameter("client_encoding"));
            assertEquals(conn.parameter("server_version"), conn.serverVersion());
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        }
    }

    @Test
    void parametersComeBackAsWhatTheyWere() {
        LocalDateTime at = LocalDateTime.of(2024, 2, 29, 1, 2, 3, 456_789_000);
        UUID uuid = new UUID(1, 2);
        try (Connection conn = connect()) {
            for (int round = 0; round < 2; round++) {
                Row row = conn.execute(
                                "SELECT $1::int4, $2::int8, $3::text, $4::numeric, $5::float8, $6::bool, $7::date,"
                                        + " $8::timestamp, $9::uuid, $10::bytea, $11::int4",
                                round,
                                1L << 40,
                                "häß",
                                new BigDecimal("1.50"),
                                0.1,
                                true,
                                LocalDate.EPOCH,
                                at,
                                uuid,
                                new byte[] {0, -1},
                                null)
                        .fetchOne();
                assertEquals(round, row.get(0));
                assertEquals(1L << 40, row.get(1));
                assertEquals("häß", row.get(2));
                assertEquals(new BigDecimal("1.50"), row.get(3));
                assertEquals(0.1, row.get(4));
                assertEquals(true, row.get(5));
                assertEquals(LocalDate.EPOCH, row.get(6));
                assertEquals(at, row.get(7));
                assertEquals(uuid, row.get(8));
                assertArrayEquals(new byte[] {0, -1}, row.getBytes(9));
                assertTrue(row.isNull(10));
            }
        }
    }

    @Test
    void manySetsArePutIntoATableAndAsked() {
        try (Connection conn = connect()) {
            conn.execute("CREATE TABLE pglite_many (id int4 PRIMARY KEY, note text)");
            List<List<Object>> sets = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sets.add(List.of(i, "note " + i));
            }
            Cursor cur = conn.cursor().executeMany("INSERT INTO pglite_many VALUES ($1, $2)", sets);
            assertEquals(1_000, cur.rowCounts().length);
            Cursor notes = conn.cursor()
                    .executeMany("SELECT note FROM pglite_many WHERE id = $1", List.of(List.of(7), List.of(8)));
            assertEquals("note 7", notes.fetchOne().getString(0));
            assertTrue(notes.nextSet());
            assertEquals("note 8", notes.fetchOne().getString(0));
            conn.execute("DROP TABLE pglite_many");
        }
    }

    /** COPY FROM STDIN ends it, whoever sends it: its server has no way to read on in the middle of a message. */
    @Test
    void rowsAreInsertedInTheWaysThatAreNoCopy() {
        try (Connection conn = connect()) {
            conn.execute("CREATE TABLE pglite_rows (id int4, note text)");
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                rows.add(List.of(i, "note " + i));
            }
            BulkInsert insert = BulkInsert.into("pglite_rows", "id", "note");
            assertEquals(
                    3_000, conn.insertMany(insert.way(BulkWay.UNNEST), rows).rowCount());
            assertEquals(
                    3_000, conn.insertMany(insert.way(BulkWay.PIPELINED), rows).rowCount());
            assertEquals(3_000L, one(conn, "SELECT count(DISTINCT (id, note)) FROM pglite_rows"));
            conn.execute("DROP TABLE pglite_rows");
        }
    }

    @Test
    void aPipelineIsAnsweredInOrder() {
        try (Connection conn = connect()) {
            for (int round = 0; round < 2; round++) {
                try (Pipeline pipeline = conn.pipeline()) {
                    Cursor first = pipeline.execute("SELECT $1::int4 + 100", round);
                    Cursor second = pipeline.execute("SELECT $1::text || '!'", "x");
                    Cursor third = pipeline.execute("SELECT $1::int4 + 100", round + 1);
                    pipeline.sync();
                    assertEquals(round + 100, first.fetchOne().getInt(0));
                    assertEquals("x!", second.fetchOne().getString(0));
                    assertEquals(round + 101, third.fetchOne().getInt(0));
                }
            }
        }
    }

    @Test
    void anErrorHasItsClassAndTheConnectionGoesOn() {
        try (Connection conn = connect()) {
            assertThrows(UndefinedTableException.class, () -> conn.execute("SELECT * FROM nowhere WHERE id = $1", 1));
            assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / ($1::int4 - $1::int4)", 1));
            assertThrows(InvalidTextRepresentationException.class, () -> conn.execute("SELECT $1::int4 * 3", "x"));
            Pipeline pipeline = conn.pipeline();
            Cursor before = pipeline.execute("SELECT $1::int4 * 4", 1);
            pipeline.execute("SELECT * FROM nowhere");
            UndefinedTableException failure = assertThrows(UndefinedTableException.class, pipeline::sync);
            assertTrue(failure.getMessage().contains("statement 2 of the pipeline"), failure::getMessage);
            pipeline.close();
            assertEquals(4, before.fetchOne().getInt(0));
            assertEquals(5, one(conn, "SELECT $1::int4 * 5", 1));
        }
    }

    @Test
    void transactionsAreKeptOrUndone() {
        try (Connection conn = connect()) {
            conn.execute("CREATE TABLE pglite_tx (id int4)");
            conn.transaction(tx -> {
                tx.execute("INSERT INTO pglite_tx VALUES ($1)", 1);
                assertThrows(
                        DivisionByZeroException.class,
                        () -> tx.transaction(inner -> {
                            inner.execute("INSERT INTO pglite_tx VALUES ($1)", 2);
                            inner.execute("SELECT 1 / 0");
                        }));
                assertTrue(conn.inTransaction());
            });
            conn.begin();
            conn.execute("INSERT INTO pglite_tx VALUES ($1)", 3);
            conn.rollback();
            assertFalse(conn.inTransaction());
            assertEquals(
                    "[(1,)]",
                    conn.execute("SELECT id FROM pglite_tx").fetchAll().toString());
            conn.execute("DROP TABLE pglite_tx");
        }
    }

    @Test
    void aLargeResultIsReadWhileItComes() {
        try (Connection conn = connect()) {
            int rows = 0;
            for (Row row : conn.execute("SELECT i, repeat('x', 100) FROM generate_series(1, $1) AS i", 20_000)) {
                rows += row.getString(1).length() / 100;
            }
            assertEquals(20_000, rows);
        }
    }

    @Test
    void withoutPreparedStatementsItWorksToo() {
        try (Connection conn = Postgres.connect(server.dsn("prepare=never"))) {
            assertEquals(8, one(conn, "SELECT $1::int4 + 7", 1));
            Cursor cur = conn.cursor().executeMany("SELECT $1::int4 + 7", List.of(List.of(1), List.of(2)));
            assertEquals(8, cur.fetchOne().getInt(0));
            assertTrue(cur.nextSet());
            assertEquals(9, cur.fetchOne().getInt(0));
        }
    }

    /** The names of the first one's statements are still taken. */
    @Test
    void clientsThatPrepareTheSameTextsOneAfterTheOtherDoNotMeet() {
        for (int client = 0; client < 3; client++) {
            try (Connection conn = connect()) {
                assertEquals(client + 20, one(conn, "SELECT $1::int4 + 20", client));
                assertEquals("client " + client, one(conn, "SELECT 'client ' || $1::text", "" + client));
            }
        }
    }

    @Test
    void clientsAtTheSameTimeGetTheirOwnAnswers() {
        Random random = Seed.take().random();
        try (Connection conn = connect();
                Connection other = connect()) {
            for (int i = 0; i < 200; i++) {
                int client = random.nextInt(2);
                Question question = Question.random(random, client, i);
                assertEquals(
                        "", question.wrong((client == 0 ? conn : other).execute(question.sql(), question.values())));
            }
        }
    }
}
