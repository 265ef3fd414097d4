package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.error.AdminShutdownException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.ForeignKeyViolationException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.PipelineAbortedException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Different statements in one round trip. */
class PipelineIT {
    private static final String INSERT = "INSERT INTO piped VALUES ($1, $2)";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE piped (id int PRIMARY KEY, name text)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private long count() {
        return one("SELECT count(*) FROM piped");
    }

    private long one(String sql) {
        return conn.execute(sql).fetchAll().get(0).getLong(0);
    }

    record Entry(int id, String name) {}

    @Test
    void differentStatementsAreAnsweredInOrder() {
        try (Pipeline pipeline = conn.pipeline()) {
            Cursor inserted = pipeline.execute(INSERT + " RETURNING id", 1, "Ada");
            Cursor named = pipeline.execute("INSERT INTO piped VALUES (:id, :name)", Map.of("id", 2, "name", "Grace"));
            Cursor record = pipeline.execute("INSERT INTO piped VALUES (:id, :name)", new Entry(3, "Edsger"));
            Cursor count = pipeline.execute("SELECT count(*) FROM piped");
            Cursor setting = pipeline.execute("SHOW server_encoding");
            Cursor empty = pipeline.execute("");
            pipeline.sync();
            assertEquals("(3,)", String.valueOf(count.fetchOne()));
            assertEquals("(1,)", String.valueOf(inserted.fetchOne()));
            assertNull(inserted.fetchOne());
            assertEquals(1, named.rowCount());
            assertEquals("INSERT 0 1", record.statusMessage());
            assertEquals("[('UTF8',)]", setting.fetchAll().toString());
            assertNull(empty.statusMessage());
            assertFalse(count.nextSet());
        }
        assertEquals(3, count());
    }

    /** Known and new statements, utilities, large and empty results, read at once or much later, synced now and then. */
    @Test
    void tenThousandStatementsOfAllKindsAreAnsweredInOrder() {
        Random random = Seed.take().random();
        List<Runnable> checks = new ArrayList<>();
        int inserted = 0;
        try (Pipeline pipeline = conn.pipeline()) {
            for (int i = 0; i < 10_000; i++) {
                int number = i;
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> {
                        Cursor cursor = pipeline.execute("SELECT $1::int, $2::text", number, "name " + number);
                        checks.add(() -> {
                            assertTrue(cursor.next());
                            assertEquals(number, cursor.getInt(0));
                            assertEquals("name " + number, cursor.getString(1));
                            assertFalse(cursor.next());
                        });
                    }
                    case 3, 4 -> {
                        Cursor cursor = pipeline.execute(INSERT + " RETURNING id", number, "x".repeat(number % 700));
                        inserted++;
                        checks.add(() -> assertEquals(
                                "[(" + number + ",)]", cursor.fetchAll().toString()));
                    }
                    case 5 -> {
                        Cursor cursor = pipeline.execute("SET pgwire.n = '" + number + "'");
                        Cursor shown = pipeline.execute("SHOW pgwire.n");
                        checks.add(() -> assertEquals("SET", cursor.statusMessage()));
                        checks.add(() -> assertEquals(
                                "[('" + number + "',)]", shown.fetchAll().toString()));
                    }
                    case 6 -> {
                        int rows = random.nextInt(20) == 0 ? 3_000 : random.nextInt(4);
                        Cursor cursor = pipeline.execute("SELECT generate_series(1, $1::int)", rows);
                        checks.add(() -> assertEquals(rows, cursor.fetchAll().size()));
                    }
                    case 7 -> {
                        // A text of its own, prepared here, and one of 300, of which some were forgotten meanwhile.
                        Cursor cursor = pipeline.execute("SELECT $1::int AS n" + random.nextInt(300), number);
                        checks.add(() ->
                                assertEquals(number, cursor.fetchAll().get(0).getInt(0)));
                    }
                    default -> pipeline.execute("SELECT repeat('y', 100)").close();
                }
                if (random.nextInt(500) == 0) {
                    pipeline.sync();
                } else if (random.nextInt(500) == 0) {
                    assertEquals(inserted, count());
                } else if (random.nextInt(300) == 0) {
                    checks.forEach(Runnable::run);
                    checks.clear();
                }
            }
        }
        checks.forEach(Runnable::run);
        assertEquals(inserted, count());
        assertTrue(one("SELECT count(*) FROM pg_prepared_statements") <= 256 + 50, "statements are closed");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 5", "2, 5", "4, 5"})
    void theStatementThatFailsIsNamedAndThoseBehindItAreAborted(int failing, int statements) {
        for (int run = 0; run < 2; run++) {
            Pipeline pipeline = conn.pipeline();
            List<Cursor> cursors = new ArrayList<>();
            for (int i = 0; i < statements; i++) {
                cursors.add(pipeline.execute(INSERT + " RETURNING 10 / $1", i == failing ? 0 : i + 1, "name"));
            }
            DivisionByZeroException failure = assertThrows(DivisionByZeroException.class, pipeline::sync);
            assertEquals("statement " + (failing + 1) + " of the pipeline", failure.place());
            for (int i = 0; i < statements; i++) {
                Cursor cursor = cursors.get(i);
                if (i < failing) {
                    assertEquals(10 / (i + 1), cursor.fetchAll().get(0).getInt(0));
                } else if (i == failing) {
                    assertSame(failure, assertThrows(PgException.class, cursor::fetchOne));
                } else {
                    assertSame(
                            failure,
                            assertThrows(PipelineAbortedException.class, cursor::fetchOne)
                                    .getCause());
                }
            }
            assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
            pipeline.execute("SELECT 1");
            pipeline.close();
            assertEquals(0, count());
        }
    }

    @Test
    void aBadValueIsThrownAtTheCallAndTheRestGoesOn() {
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute(INSERT, 1, "a");
            assertThrows(DataException.class, () -> pipeline.execute(INSERT, 5_000_000_000L, "b"));
            assertThrows(InterfaceException.class, () -> pipeline.execute(INSERT, 2));
            assertThrows(InterfaceException.class, () -> pipeline.execute("SELECT 1; SELECT 2"));
            pipeline.execute(INSERT, 3, "c");
        }
        assertEquals(2, count());
    }

    @Test
    void aTableMayBeMadeAndFilledInOnePipeline() {
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute("CREATE TEMP TABLE made (id int)");
            pipeline.execute("INSERT INTO made VALUES ($1)", 1);
            pipeline.execute("ALTER TABLE made ALTER id TYPE text");
            pipeline.execute("INSERT INTO made VALUES ($1)", "two");
            Cursor rows = pipeline.execute("SELECT id FROM made ORDER BY id");
            pipeline.execute("DROP TABLE made");
            assertEquals("[('1',), ('two',)]", rows.fetchAll().toString());
            Cursor gone = pipeline.execute("SELECT id FROM made ORDER BY id");
            assertThrows(UndefinedTableException.class, gone::fetchAll);
        }
    }

    @Test
    void whatCannotRunInATransactionBlockIsTheServersToRefuse() {
        Pipeline pipeline = conn.pipeline();
        pipeline.execute("SELECT 1");
        pipeline.execute("VACUUM piped");
        assertEquals(
                "25001", assertThrows(DatabaseException.class, pipeline::close).sqlState());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inATransactionThePipelineIsPartOfIt(boolean begun) {
        if (begun) {
            conn.begin();
        } else {
            conn.autocommit(false);
        }
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute(INSERT, 1, "a");
            pipeline.sync();
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
            pipeline.execute(INSERT, 2, "b");
            pipeline.sync();
            conn.rollback();
            if (begun) {
                conn.begin();
            }
            pipeline.execute(INSERT, 3, "c");
            conn.commit();
            assertEquals(1, count());
            conn.commit();
            if (begun) {
                conn.begin();
            }
            pipeline.execute(INSERT, 4, "d");
            pipeline.execute(INSERT, 3, "c");
            assertThrows(InFailedTransactionException.class, conn::commit);
            assertThrows(UniqueViolationException.class, pipeline::sync);
        }
        assertEquals(1, count());
    }

    @Test
    void aTransactionBlockWithAPipelineCommitsOrRollsBack() {
        conn.transaction(tx -> {
            Pipeline pipeline = conn.pipeline();
            pipeline.execute(INSERT, 1, "a");
        });
        assertEquals(1, count());
        assertThrows(
                UniqueViolationException.class,
                () -> conn.transaction(tx -> {
                    try (Pipeline pipeline = conn.pipeline()) {
                        pipeline.execute(INSERT, 2, "b");
                        pipeline.execute(INSERT, 1, "a");
                    }
                }));
        assertEquals(1, count());
    }

    @Test
    void theFailureOfADeferredConstraintIsThrownBySync() {
        conn.execute("CREATE TEMP TABLE child (id int REFERENCES piped DEFERRABLE INITIALLY DEFERRED)");
        Pipeline pipeline = conn.pipeline();
        Cursor inserted = pipeline.execute("INSERT INTO child VALUES ($1)", 1);
        assertEquals(1, inserted.rowCount());
        assertThrows(ForeignKeyViolationException.class, pipeline::sync);
        pipeline.close();
        assertEquals(0, one("SELECT count(*) FROM child"));
    }

    @Test
    void otherCursorsAndOpenResultsKeepTheirOrder() {
        Cursor open = conn.execute("SELECT generate_series(1, 100000)");
        assertTrue(open.next());
        Pipeline pipeline = conn.pipeline();
        pipeline.execute(INSERT, 1, "a");
        assertEquals(1, count());
        pipeline.execute(INSERT, 2, "b");
        conn.cursor().executeMany(INSERT, List.of(List.of(3, "c"), List.of(4, "d")));
        Cursor four = pipeline.execute("SELECT count(*) FROM piped");
        assertTrue(conn.inTransaction() || count() == 4);
        assertEquals("(4,)", String.valueOf(four.fetchOne()));
        pipeline.close();
        assertEquals(99_999, open.fetchAll().size());
    }

    @Test
    void anInterruptCancelsTheStatementThatRuns() throws Exception {
        PgException[] thrown = new PgException[1];
        boolean[] flag = new boolean[1];
        Pipeline pipeline = conn.pipeline();
        Thread thread = new Thread(() -> {
            pipeline.execute(INSERT, 1, "a");
            pipeline.execute("SELECT pg_sleep(60)");
            pipeline.execute(INSERT, 2, "b");
            thrown[0] = assertThrows(PgException.class, pipeline::sync);
            flag[0] = Thread.currentThread().isInterrupted();
        });
        thread.start();
        awaitSleep();
        thread.interrupt();
        thread.join();
        assertInstanceOf(QueryCanceledException.class, thrown[0]);
        assertTrue(flag[0]);
        assertEquals(0, count());
    }

    private void awaitSleep() throws InterruptedException {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            while (other.execute(
                            "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
                            conn.processId())
                    .fetchAll()
                    .isEmpty()) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void everyCursorOfALostPipelineHasTheSameCause() {
        Pipeline pipeline = conn.pipeline();
        List<Cursor> cursors = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            cursors.add(pipeline.execute("SELECT pg_terminate_backend(pg_backend_pid())"));
        }
        PgException lost = assertThrows(AdminShutdownException.class, pipeline::sync);
        assertSame(lost, assertThrows(PgException.class, () -> cursors.get(0).fetchOne()));
        assertThrows(PgException.class, () -> cursors.get(2).fetchOne());
        assertTrue(conn.isClosed());
        pipeline.close();
    }

    @Test
    void aStatementThatHasBecomeStaleIsOneErrorAndThenHeals() {
        String sql = "SELECT * FROM piped WHERE $1::int IS NOT NULL";
        conn.execute("CREATE FUNCTION pg_temp.widen() RETURNS void LANGUAGE sql AS 'ALTER TABLE piped ADD more int'");
        for (int i = 0; i < 3; i++) {
            assertEquals(2, conn.execute(sql, i).description().size());
        }
        conn.execute("SELECT pg_temp.widen()");
        Pipeline pipeline = conn.pipeline();
        Cursor stale = pipeline.execute(sql, 1);
        assertEquals(
                "0A000",
                assertThrows(DatabaseException.class, stale::description).sqlState());
        assertEquals(3, pipeline.execute(sql, 1).description().size());
        pipeline.close();
    }

    /** It is parsed each time, and read as its portal is described. */
    @Test
    void aStatementThatTheServerDoesNotKeepIsNeverStale() {
        String sql = "SELECT * FROM piped";
        conn.execute("CREATE FUNCTION pg_temp.widen() RETURNS void LANGUAGE sql AS 'ALTER TABLE piped ADD more int'");
        assertEquals(2, conn.execute(sql).description().size());
        conn.execute("SELECT pg_temp.widen()");
        try (Pipeline pipeline = conn.pipeline()) {
            Cursor first = pipeline.execute(sql);
            Cursor second = pipeline.execute(sql);
            assertEquals(3, first.description().size());
            assertEquals(3, second.description().size());
        }
    }
}
