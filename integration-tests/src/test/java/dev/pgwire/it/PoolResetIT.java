package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Isolation;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.TransactionMode;
import dev.pgwire.config.Config;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.pool.Pool;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.SessionReset;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Conversion;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a borrower leaves behind is cleared away before the next one comes, and that costs no more round trips than it must. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PoolResetIT {
    /** What waits for an answer of the server: in the trace as the frontend's. */
    private static final Pattern ROUND_TRIP = Pattern.compile("F\t\\d+\t(Sync|Query)\\b");

    private static final String STREAMED = "SELECT g, repeat('x', 1000) FROM generate_series(1, 300) g";
    private static final String ENDLESS = "SELECT g, repeat('x', 1000) FROM generate_series(1, 10000000) g";
    private static final String SLOW = "SELECT g, repeat('x', 70000), pg_sleep(0.05) FROM generate_series(1, 1000) g";

    /** What a listener has heard that a borrower has left behind. */
    private static final List<String> HEARD = new CopyOnWriteArrayList<>();

    private final StringBuffer trace = new StringBuffer();
    private Pool pool;

    @AfterEach
    void close() {
        pool.close();
    }

    private void pool(SessionReset reset) {
        pool = Postgres.pool(builder().sessionReset(reset).build());
    }

    private PoolConfig.Builder builder() {
        Config traced =
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build();
        return PoolConfig.builder(traced).maxSize(1);
    }

    private int roundTrips() {
        return (int) ROUND_TRIP.matcher(trace).results().count();
    }

    /**
     * A state in which a connection is given back.
     *
     * @param roundTrips what the give-back costs; -1 if the connection is closed
     */
    record Dirty(String name, int roundTrips, Consumer<Connection> action) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Dirty> dirtyStates() {
        return Stream.of(
                new Dirty("nothing was done", 0, conn -> {}),
                new Dirty("statements were run", 0, conn -> {
                    conn.execute("SELECT 1");
                    conn.execute("SELECT $1::int", 1);
                    conn.execute("INSERT INTO pool_reset VALUES ($1)", 1);
                    conn.executeMany("DELETE FROM pool_reset WHERE id = $1", List.of(List.of(1), List.of(2)));
                    conn.executeSimple("TABLE pool_reset");
                }),
                new Dirty("a transaction has ended", 0, conn -> {
                    conn.transaction(tx -> {
                        tx.execute("SET LOCAL statement_timeout = '1h'");
                        tx.execute("SELECT set_config('app.tenant', $1, true)", "a");
                        tx.execute("SELECT pg_advisory_xact_lock(1)");
                    });
                }),
                new Dirty(
                        "a statement has failed",
                        0,
                        conn -> assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1 / 0"))),
                new Dirty("a BEGIN is due", 0, Connection::begin),
                new Dirty("a transaction is in progress", 1, conn -> {
                    Transaction tx = conn.begin();
                    tx.execute("INSERT INTO pool_reset VALUES (1)");
                }),
                new Dirty("a transaction has failed", 1, conn -> {
                    Transaction tx = conn.begin();
                    assertThrows(DivisionByZeroException.class, () -> tx.execute("SELECT 1 / 0"));
                }),
                new Dirty("a transaction was begun by a statement", 1, conn -> conn.execute("BEGIN")),
                new Dirty("autocommit is off", 0, conn -> {
                    conn.isolation(Isolation.SERIALIZABLE);
                    conn.autocommit(false);
                }),
                new Dirty("autocommit is off and something was done", 1, conn -> {
                    conn.autocommit(false);
                    conn.execute("INSERT INTO pool_reset VALUES (1)");
                }),
                new Dirty("there are a deadline, a mode and a listener", 0, conn -> {
                    conn.deadline(Duration.ofMinutes(1));
                    conn.transactionMode(TransactionMode.DEFAULT.with(Isolation.SERIALIZABLE));
                    conn.onNotice(notice -> HEARD.add(notice.message()));
                    conn.deadline(Duration.ofMillis(1));
                }),
                new Dirty(
                        "a result is unread", 0, conn -> conn.execute(STREAMED).next()),
                new Dirty(
                        "a slow result is unread", 0, conn -> conn.execute(SLOW).next()),
                new Dirty("much of a result is unread", -1, conn -> conn.execute(ENDLESS)
                        .next()),
                new Dirty("a result is unread in a transaction", 1, conn -> conn.begin()
                        .execute(STREAMED)
                        .next()),
                new Dirty("a statement is queued in a pipeline", 0, conn -> conn.pipeline()
                        .execute("INSERT INTO pool_reset VALUES (1)")),
                new Dirty("a statement in a pipeline was described and not run", 1, conn -> conn.pipeline()
                        .execute("INSERT INTO pool_reset VALUES ($1)", 1)),
                new Dirty("a setting was changed", 1, conn -> conn.execute("SET TimeZone = 'Asia/Tokyo'")),
                new Dirty(
                        "a setting was changed by a function",
                        1,
                        conn -> conn.execute("SELECT set_config('statement_timeout', $1, false)", "1h")),
                new Dirty("a setting was changed in a transaction in progress", 2, conn -> conn.begin()
                        .execute("SET statement_timeout = '1h'")),
                new Dirty(
                        "several statements were one string",
                        1,
                        conn -> conn.execute("SELECT 1; SET statement_timeout = '1h'; SELECT 2")),
                new Dirty("a channel is listened to", 1, conn -> conn.execute("LISTEN news")),
                new Dirty("there is a temporary table", 1, conn -> conn.execute("CREATE TEMP TABLE mine (id int)")),
                new Dirty(
                        "there is a temporary table of a query",
                        1,
                        conn -> conn.execute("SELECT 1 AS id INTO TEMP mine")),
                new Dirty(
                        "there is a cursor of SQL",
                        1,
                        conn -> conn.execute("DECLARE held CURSOR WITH HOLD FOR SELECT 1")),
                new Dirty("there is a lock", 1, conn -> conn.execute("SELECT pg_advisory_lock(4711)")),
                new Dirty("the role is another one", 1, conn -> conn.execute("SET ROLE pg_monitor")),
                new Dirty("the user is another one", 1, conn -> conn.execute("SET SESSION AUTHORIZATION pg_monitor")),
                new Dirty(
                        "transactions have another mode",
                        1,
                        conn -> conn.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE,"
                                + " READ ONLY")),
                new Dirty("dates have another style", 1, conn -> conn.execute("SET DateStyle = 'German'")),
                new Dirty("a statement is prepared", 1, conn -> conn.execute("PREPARE mine AS SELECT 1")),
                new Dirty(
                        "a statement is prepared among others",
                        1,
                        conn -> conn.execute("SELECT 1; PREPARE mine AS SELECT 1")),
                new Dirty(
                        "a statement is prepared by a block of code",
                        1,
                        conn -> conn.execute("DO " + "'BEGIN EXECUTE ''PREPARE mine AS SELECT 1''; END'")),
                new Dirty(
                        "the class of a value is converted",
                        -1,
                        conn -> conn.conversion(Conversion.of(Tag.class, String.class, Tag::new, Tag::text))));
    }

    record Tag(String text) {}

    @ParameterizedTest
    @MethodSource("dirtyStates")
    void theNextBorrowerFindsTheConnectionAsGoodAsNew(Dirty dirty) {
        pool(SessionReset.CHANGED);
        try (Connection setup = Postgres.connect(TestServer.shared().dsn())) {
            setup.execute("CREATE TABLE IF NOT EXISTS pool_reset (id int)");
            setup.execute("TRUNCATE pool_reset");
        }
        Connection borrowed = pool.connection();
        int process = borrowed.processId();
        String zone = borrowed.parameter("TimeZone");
        dirty.action().accept(borrowed);
        int before = roundTrips();
        borrowed.close();
        if (dirty.roundTrips() >= 0) {
            assertEquals(dirty.roundTrips(), roundTrips() - before, "round trips of the give-back");
        }
        try (Connection next = pool.connection()) {
            if (dirty.roundTrips() >= 0) {
                assertEquals(dirty.roundTrips(), roundTrips() - before, "round trips before the next borrower asks");
                assertEquals(process, next.processId());
            } else {
                assertNotEquals(process, next.processId());
            }
            assertTrue(next.autocommit());
            assertEquals(TransactionMode.DEFAULT, next.transactionMode());
            assertNull(next.deadline());
            assertFalse(next.inTransaction());
            assertEquals(TransactionStatus.IDLE, next.transactionStatus());
            assertEquals(List.of(), next.notices());
            next.execute("DO 'BEGIN RAISE NOTICE ''two''; END'");
            assertEquals(1, next.notices().size());
            assertEquals(List.of(), HEARD, "heard by a listener of the borrower before");
            assertEquals(zone, ask(next, "SHOW TimeZone"));
            assertEquals("0", ask(next, "SHOW statement_timeout"));
            assertEquals("read committed", ask(next, "SHOW transaction_isolation"));
            assertEquals("off", ask(next, "SHOW transaction_read_only"));
            assertEquals("ISO, MDY", ask(next, "SHOW DateStyle"));
            assertEquals("none", ask(next, "SHOW role"));
            assertEquals(next.config().user(), ask(next, "SELECT session_user::text"));
            assertEquals(0L, ask(next, "SELECT count(*) FROM pg_prepared_statements WHERE from_sql"));
            assertNull(ask(next, "SELECT to_regclass('mine')::text"));
            assertEquals("", ask(next, "SELECT coalesce(current_setting('app.tenant', true), '')"));
            assertEquals(0L, ask(next, "SELECT count(*) FROM pool_reset"));
            assertEquals(0L, ask(next, "SELECT count(*) FROM pg_cursors WHERE name = 'held'"));
            assertEquals(0L, ask(next, "SELECT count(*) FROM pg_listening_channels()"));
            assertEquals(
                    0L,
                    ask(next, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"));
        }
    }

    private static Object ask(Connection conn, String sql) {
        return conn.execute(sql).fetchOne().get(0);
    }

    @Test
    void aStyleOfDatesThatAResetBringsBackIsSeenToBeforeTheNextStatement() {
        pool = Postgres.pool(PoolConfig.builder(TestServer.shared().dsn("options='-c DateStyle=German'"))
                .maxSize(1)
                .build());
        pool.withConnection(conn -> {
            conn.execute("SET TimeZone = 'Asia/Tokyo'");
        });
        pool.withConnection(conn -> {
            assertEquals(
                    LocalDate.of(2024, 1, 31),
                    conn.executeSimple("SELECT DATE '2024-01-31'").fetchScalar(LocalDate.class));
        });
        assertEquals(1, pool.stats().resets());
    }

    @Test
    void preparedStatementsAreThereForTheNextBorrower() {
        pool(SessionReset.CHANGED);
        for (int i = 0; i < 3; i++) {
            try (Connection conn = pool.connection()) {
                conn.execute("SELECT $1::int + 1", i);
            }
        }
        int before = trace.length();
        try (Connection conn = pool.connection()) {
            conn.execute("SELECT $1::int + 1", 9);
        }
        String last = trace.substring(before);
        assertFalse(last.contains("Parse"), last);
        assertEquals(0, pool.stats().resets());
    }

    @Test
    void withoutResetTheSettingsStayAsTheyWereLeft() {
        pool(SessionReset.NEVER);
        pool.withConnection(conn -> {
            conn.execute("SET statement_timeout = '1h'");
        });
        assertEquals("1h", pool.withConnectionReturning(conn -> ask(conn, "SHOW statement_timeout")));
    }

    @Test
    void settingsAloneCanBeReset() {
        pool(SessionReset.SETTINGS);
        pool.withConnection(conn -> {
            conn.execute("SET statement_timeout = '1h'");
            conn.execute("CREATE TEMP TABLE mine (id int)");
        });
        assertEquals("0", pool.withConnectionReturning(conn -> ask(conn, "SHOW statement_timeout")));
        assertEquals("mine", pool.withConnectionReturning(conn -> ask(conn, "SELECT to_regclass('mine')::text")));
        assertEquals(1, pool.stats().resets());
    }

    @Test
    void aSessionCanBeResetEachTime() {
        pool(SessionReset.ALWAYS);
        Connection borrowed = pool.connection();
        int before = roundTrips();
        borrowed.close();
        assertEquals(1, roundTrips() - before);
    }

    @Test
    void whatIsConfiguredStandsAfterAResetAgain() {
        pool = Postgres.pool(builder()
                .configure(conn -> conn.execute("SET statement_timeout = '7min'"))
                .build());
        pool.withConnection(conn -> {
            assertEquals("7min", ask(conn, "SHOW statement_timeout"));
        });
        assertEquals(0, pool.stats().resets(), "what is configured is no trace of a borrower");
        pool.withConnection(conn -> {
            conn.execute("SET statement_timeout = '1h'");
        });
        assertEquals("7min", pool.withConnectionReturning(conn -> ask(conn, "SHOW statement_timeout")));
        assertEquals(1, pool.stats().resets());
    }

    @Test
    void aCursorSaysThatItsRowsWereGivenUp() {
        pool(SessionReset.CHANGED);
        Connection borrowed = pool.connection();
        Cursor cur = borrowed.execute(STREAMED);
        assertTrue(cur.next());
        Cursor small = borrowed.execute("SELECT 42");
        Cursor open = borrowed.execute(STREAMED);
        assertTrue(open.next());
        Pipeline pipeline = borrowed.pipeline();
        borrowed.close();
        String message = assertThrows(InterfaceException.class, open::fetchAll).getMessage();
        assertTrue(message.contains("given back to its pool while rows of this result were unread"), message);
        assertEquals(42, small.fetchOne().get(0), "what has arrived can be read");
        assertThrows(InterfaceException.class, () -> small.execute("SELECT 1"));
        assertThrows(PgException.class, () -> pipeline.execute("SELECT 1"));
        open.close();
        pipeline.close();
    }

    @Test
    void whatIsDoneOnResetIsDoneForEachBorrower() {
        int[] times = {0};
        pool = Postgres.pool(builder().onReset(conn -> times[0]++).build());
        pool.withConnection(conn -> {});
        pool.withConnection(conn -> {});
        assertEquals(2, times[0]);
    }
}
