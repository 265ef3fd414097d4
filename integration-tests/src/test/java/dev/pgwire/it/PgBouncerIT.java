package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.row.Row;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pooler that gives each transaction another server process, and knows nothing of prepared statements. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PgBouncerIT {
    private static final int CLIENTS = 8;
    private static final int QUERIES = 2_000;

    private static PgBouncer bouncer;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(PgBouncer.isInstalled(), "PgBouncer is not installed here: apt-get install pgbouncer");
        bouncer = PgBouncer.start(TestServer.shared(), 2);
    }

    @AfterAll
    static void stop() throws Exception {
        if (bouncer != null) {
            bouncer.close();
        }
    }

    private static Connection connect() {
        return Postgres.connect(bouncer.dsn("prepare=never"));
    }

    /** Parameters of the startup that it does not know would be refused: none are ignored here. */
    @Test
    void itTakesTheStartupAsItIs() {
        for (String extra : List.of("", "prepare=never", "application_name=pgwire")) {
            try (Connection conn = Postgres.connect(bouncer.dsn(extra))) {
                assertEquals(
                        1, conn.cursor().executeSimple("SELECT 1").fetchOne().getInt(0));
            }
        }
    }

    @Test
    void theAdminConsoleSaysHowItIsSpokenTo() {
        try (Connection admin = Postgres.connect(bouncer.dsn("dbname=pgbouncer"))) {
            DatabaseException refused = assertThrows(DatabaseException.class, () -> admin.execute("SHOW POOLS"));
            assertEquals("08P01", refused.sqlState());
            assertTrue(refused.getMessage().contains("executeSimple"), refused.getMessage());
        }
        try (Connection admin = Postgres.connect(bouncer.dsn("dbname=pgbouncer"))) {
            assertFalse(admin.cursor().executeSimple("SHOW VERSION").fetchAll().isEmpty());
        }
    }

    @Test
    void clientsThatShareTwoServerProcessesNeverMeet() throws Exception {
        Seed seed = Seed.take();
        try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("DROP TABLE IF EXISTS pgbouncer_it");
            conn.execute("CREATE TABLE pgbouncer_it (client int, note text, day date)");
        }
        ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int token = i;
                clients.add(() -> new Client(token, seed.random(token)).run());
            }
            int inserted = 0;
            for (Future<Integer> result : pool.invokeAll(clients)) {
                inserted += result.get();
            }
            try (Connection conn = Postgres.connect(TestServer.shared().dsn())) {
                assertEquals(
                        inserted,
                        conn.execute("SELECT count(*) FROM pgbouncer_it")
                                .fetchOne()
                                .getInt(0));
                conn.execute("DROP TABLE pgbouncer_it");
            }
            try (Connection conn = connect()) {
                assertEquals(
                        0,
                        conn.execute("SELECT count(*) FROM pg_prepared_statements")
                                .fetchOne()
                                .getInt(0));
            }
        } finally {
            pool.shutdownNow();
        }
    }

    /** Runs random statements; all that it reads must carry its own token. */
    private static final class Client {
        private static final String INSERT = "INSERT INTO pgbouncer_it VALUES ($1, $2, $3)";

        private final int token;
        private final Random random;
        private final TreeMap<String, Integer> done = new TreeMap<>();
        private int inserted;

        Client(int token, Random random) {
            this.token = token;
            this.random = random;
        }

        int run() {
            try (Connection conn = connect()) {
                for (int i = 0; i < QUERIES; i++) {
                    one(conn, token * 1_000_000 + i);
                }
            }
            return inserted;
        }

        private void one(Connection conn, int number) {
            switch (random.nextInt(10)) {
                case 0 -> check(number, conn.execute("SELECT $1::int4", number));
                case 1 -> check(number, conn.execute("SELECT $1::int8, repeat('x', $2)", number, random.nextInt(3000)));
                case 2 -> {
                    Cursor cur = conn.execute(
                            "SELECT $1::int4, i, repeat('y', 100) FROM generate_series(1, $2) AS i", number, 2000);
                    int rows = 0;
                    for (Row row : cur) {
                        assertEquals(number, row.getInt(0));
                        rows++;
                    }
                    assertEquals(2000, rows);
                }
                case 3 -> {
                    conn.execute(INSERT, token, "one", LocalDate.EPOCH);
                    inserted++;
                }
                case 4 -> {
                    List<List<Object>> sets = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        sets.add(List.of(number + i));
                    }
                    Cursor cur = conn.cursor().executeMany("SELECT $1::int4", sets);
                    for (int i = 0; i < 5; i++) {
                        assertEquals(number + i, cur.fetchOne().getInt(0));
                        assertEquals(i < 4, cur.nextSet());
                    }
                }
                case 5 -> {
                    Cursor cur = conn.cursor()
                            .executeMany(
                                    INSERT,
                                    List.of(
                                            List.of(token, "two", LocalDate.EPOCH),
                                            List.of(token, "three", "2024-02-29")));
                    assertArrayEquals(new long[] {1, 1}, cur.rowCounts());
                    inserted += 2;
                }
                case 6 ->
                    conn.transaction(tx -> {
                        int process = process(tx.execute("SELECT $1::int4, pg_backend_pid()", number), number);
                        tx.execute(INSERT, token, null, null);
                        assertEquals(process, process(tx.execute("SELECT $1::int4, pg_backend_pid()", number), number));
                        inserted++;
                    });
                case 7 -> {
                    try (Pipeline pipeline = conn.pipeline()) {
                        Cursor first = pipeline.execute("SELECT $1::int4", number);
                        pipeline.execute(INSERT, token, "piped", LocalDate.EPOCH);
                        Cursor last = pipeline.execute("SELECT $1::int4 + 1", number);
                        pipeline.sync();
                        check(number, first);
                        check(number + 1, last);
                        inserted++;
                    }
                }
                case 8 ->
                    assertThrows(
                            DivisionByZeroException.class,
                            () -> conn.execute("SELECT 1 / ($1::int4 - $1::int4)", number));
                default -> {
                    List<List<Object>> rows = new ArrayList<>();
                    int count = random.nextInt(4) == 0 ? 300 : 3;
                    for (int i = 0; i < count; i++) {
                        rows.add(List.of(token, "row " + i, LocalDate.EPOCH));
                    }
                    assertEquals(
                            count,
                            conn.insertMany("pgbouncer_it", List.of("client", "note", "day"), rows)
                                    .rowCount());
                    inserted += count;
                }
            }
        }

        private static int process(Cursor cursor, int number) {
            Row row = cursor.fetchOne();
            assertEquals(number, row.getInt(0));
            return row.getInt(1);
        }

        private static void check(int number, Cursor cursor) {
            Row row = cursor.fetchOne();
            assertEquals(number, row.getInt(0));
            assertNull(cursor.fetchOne());
        }
    }

    @Test
    void aCancelFindsTheServerProcessOfTheMoment() {
        try (Connection conn = connect()) {
            for (int round = 0; round < 10; round++) {
                conn.deadline(Duration.ofMillis(200));
                assertThrows(QueryCanceledException.class, () -> conn.execute("SELECT pg_sleep($1)", 30));
                conn.deadline(null);
                assertEquals(
                        round, conn.execute("SELECT $1::int", round).fetchOne().getInt(0));
            }
            assertTrue(conn.processId() != 0);
        }
    }
}
