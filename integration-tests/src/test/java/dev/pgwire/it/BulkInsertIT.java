package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.CheckViolationException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.UndefinedColumnException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Many rows into one table, whichever way they go. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BulkInsertIT {
    private static final int MANY = 20_000;
    private static final BulkInsert BULK = BulkInsert.into("bulk", "id", "name");

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TEMP TABLE bulk (id int PRIMARY KEY CHECK (id >= 0), name text, n serial)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private long count() {
        return conn.execute("SELECT count(*) FROM bulk").fetchAll().get(0).getLong(0);
    }

    private String text(String sql) {
        return conn.execute(sql).fetchAll().toString();
    }

    private static List<Object[]> rows(int count) {
        return rows(count, i -> new Object[] {i, "name " + i});
    }

    private static List<Object[]> rows(int count, IntFunction<Object[]> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    private void assertNothingStored() {
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(0, count());
        assertEquals(1, conn.insertMany(BULK, rows(1)).rowCount());
    }

    record Entry(int id, String name) {}

    record Shaped(String theName, int id, int more) {}

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void rowsAreArraysListsMapsOrRecords(BulkWay way) {
        Cursor cur = conn.insertMany(
                BULK.way(way),
                List.of(
                        new Object[] {1, "a"},
                        Arrays.asList(2, null),
                        Map.of("id", 3, "name", "c", "more", 1),
                        new Entry(4, "d")));
        assertEquals(4, cur.rowCount());
        assertEquals("[(1, 'a'), (2, null), (3, 'c'), (4, 'd')]", text("SELECT id, name FROM bulk ORDER BY n"));
    }

    @Test
    void aRecordThatCanBeReadCanBeWritten() {
        conn.execute("CREATE TEMP TABLE shaped (id int, the_name text)");
        conn.insertMany("shaped", List.of("id", "the_name"), List.of(new Shaped("a", 1, 0), new Shaped("b", 2, 0)));
        assertEquals("[(1, 'a'), (2, 'b')]", text("SELECT * FROM shaped ORDER BY 1"));
        String message = assertThrows(
                        InterfaceException.class,
                        () -> conn.insertMany("shaped", List.of("id", "the_name"), List.of(new Entry(1, "a"))))
                .getMessage();
        assertTrue(message.contains("Entry has no component for column \"the_name\""), message);
    }

    @Test
    void whatIsNoRowIsRefused() {
        for (Object row : new Object[] {"1, a", 1, List.of(1), List.of(1, "a", 2), Map.of("id", 1), new Object[0]}) {
            assertThrows(InterfaceException.class, () -> conn.insertMany(BULK, List.of(row)), row.toString());
        }
        String message = assertThrows(
                        InterfaceException.class, () -> conn.insertMany(BULK, Arrays.asList(List.of(1, "a"), null)))
                .getMessage();
        assertTrue(message.contains("row 1 is null"), message);
        assertNothingStored();
    }

    @ParameterizedTest
    @CsvSource({"1, INSERT", "99, INSERT", "100, INSERT", "4000, INSERT", "4001, COPY", "200000, COPY"})
    void theNumberOfRowsDecidesTheWay(int rows, String tag) {
        Cursor cur = conn.insertMany("bulk", List.of("id", "name"), rows(rows));
        assertEquals(rows, cur.rowCount());
        assertEquals(tag + (tag.equals("COPY") ? " " : " 0 ") + rows, cur.statusMessage());
        assertEquals(rows, count());
        assertEquals(
                "[(" + (rows - 1) + ", 'name " + (rows - 1) + "', " + rows + ")]",
                text("SELECT * FROM bulk ORDER BY id DESC LIMIT 1"));
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void noRowsDoNothing(BulkWay way) {
        Cursor cur = conn.insertMany(BULK.way(way), List.of());
        assertEquals(0, cur.rowCount());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        if (way != BulkWay.COPY) {
            assertEquals(
                    List.of(),
                    conn.insertMany(BULK.way(way).returning("id"), List.of()).fetchAll());
        }
        assertThrows(UndefinedTableException.class, () -> conn.insertMany("nowhere", List.of("id"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"AUTOMATIC, 10", "AUTOMATIC, 20000", "UNNEST, 1", "UNNEST, 20000", "PIPELINED, 20000"})
    void returningGivesOneResultInTheOrderOfTheRows(BulkWay way, int rows) {
        BulkInsert insert = BULK.returning("n, id, name").way(way);
        Cursor cur = conn.insertMany(insert, rows(rows, i -> new Object[] {rows - i, "name " + i}));
        assertEquals(rows, cur.rowCount());
        assertEquals("INSERT 0 " + rows, cur.statusMessage());
        int seen = 0;
        for (Row row : cur) {
            assertEquals(++seen, row.getInt(0));
            assertEquals(rows - seen + 1, row.getInt(1));
            assertEquals("name " + (seen - 1), row.getString(2));
        }
        assertEquals(rows, seen);
        assertFalse(cur.nextSet());
    }

    @ParameterizedTest
    @EnumSource(value = BulkWay.class, names = "COPY", mode = EnumSource.Mode.EXCLUDE)
    void aConflictDoesWhatIsAsked(BulkWay way) {
        conn.execute("INSERT INTO bulk SELECT g, 'old' FROM generate_series(0, 9998, 2) g");
        Cursor cur = conn.insertMany(
                BULK.onConflict("(id) DO NOTHING").returning("id").way(way), rows(10_000));
        assertEquals(5_000, cur.rowCount());
        assertEquals(1, cur.fetchAll().get(0).getInt(0));
        assertEquals(
                5_000,
                conn.insertMany(
                                BULK.onConflict("(id) DO UPDATE SET name = excluded.name || '!'")
                                        .way(way),
                                rows(10_000).subList(0, 5_000))
                        .rowCount());
        assertEquals(
                "[(5000, 2500, 2500)]",
                text("SELECT count(*) FILTER (WHERE name LIKE '%!'),"
                        + " count(*) FILTER (WHERE name = 'old'), count(*) FILTER (WHERE name LIKE 'name%' AND name NOT LIKE '%!')"
                        + " FROM bulk"));
    }

    /** In one statement that is an error, in one for each row it is not. */
    @Test
    void aRowThatComesTwiceIsUpdatedTwice() {
        BulkInsert insert = BULK.onConflict("(id) DO UPDATE SET name = bulk.name || excluded.name");
        assertEquals(
                1000,
                conn.insertMany(insert, rows(1000, i -> new Object[] {i / 2, "x"}))
                        .rowCount());
        assertEquals("[(500, 2, 2)]", text("SELECT count(*), min(length(name)), max(length(name)) FROM bulk"));
        assertEquals(
                1000,
                conn.insertMany(BULK.onConflict("DO NOTHING"), rows(2000, i -> new Object[] {500 + i / 2, "y"}))
                        .rowCount());
        assertThrows(
                DatabaseException.class,
                () -> conn.insertMany(insert.way(BulkWay.UNNEST), rows(1000, i -> new Object[] {i / 2, "x"})));
    }

    @ParameterizedTest
    @CsvSource({
        "AUTOMATIC, 0",
        "AUTOMATIC, 10000",
        "AUTOMATIC, 19999",
        "COPY, 0",
        "COPY, 10000",
        "COPY, 19999",
        "UNNEST, 0",
        "UNNEST, 10000",
        "UNNEST, 19999",
        "PIPELINED, 0",
        "PIPELINED, 10000",
        "PIPELINED, 19999"
    })
    void aFailureLeavesNothing(BulkWay way, int at) {
        BulkInsert insert = BULK.way(way);
        DataException value = assertThrows(
                DataException.class,
                () -> conn.insertMany(insert, rows(MANY, i -> new Object[] {i == at ? 5L << 40 : i, "name"})));
        assertTrue(value.getMessage().contains("row " + at + ", column \"id\" (int4)"), value.getMessage());
        assertThrows(
                InterfaceException.class,
                () -> conn.insertMany(insert, rows(MANY, i -> i == at ? new Object[] {1} : new Object[] {i, "name"})));
        for (Throwable failure : new Throwable[] {new IllegalStateException("mine"), new StackOverflowError("mine")}) {
            assertSame(
                    failure, assertThrows(failure.getClass(), () -> conn.insertMany(insert, failing(0, at, failure))));
        }
        assertThrows(
                UniqueViolationException.class,
                () -> conn.insertMany(insert, rows(MANY, i -> new Object[] {i == at ? (i + 1) % MANY : i, "name"})));
        assertThrows(
                CheckViolationException.class,
                () -> conn.insertMany(insert, rows(MANY, i -> new Object[] {i == at ? -1 : i, "name"})));
        assertNothingStored();
    }

    private static Iterable<Object[]> failing(int first, int at, Throwable failure) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public Object[] next() {
                if (next == at) {
                    if (failure instanceof Error error) {
                        throw error;
                    }
                    throw (RuntimeException) failure;
                }
                return new Object[] {first + next++, "name"};
            }
        };
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void inATransactionItIsTheTransactionThatKeepsOrUndoesIt(BulkWay way) {
        conn.transaction(tx -> conn.insertMany(BULK.way(way), rows(1000)));
        assertEquals(1000, count());
        conn.begin();
        conn.insertMany(BULK.way(way), rows(MANY, i -> new Object[] {1000 + i, "x"}));
        assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
        conn.rollback();
        assertEquals(1000, count());
        conn.begin();
        assertThrows(
                IllegalStateException.class,
                () -> conn.insertMany(BULK.way(way), failing(1000, MANY, new IllegalStateException("mine"))));
        assertEquals(TransactionStatus.FAILED, conn.transactionStatus());
        conn.rollback();
        assertEquals(1000, count());
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void withoutAutocommitATransactionBeginsWithIt(BulkWay way) {
        conn.insertMany(BULK.way(way), rows(500));
        conn.autocommit(false);
        for (int round = 0; round < 2; round++) {
            int first = 1000 * (round + 1);
            conn.insertMany(BULK.way(way), rows(500, i -> new Object[] {first + i, "x"}));
            assertEquals(TransactionStatus.IN_TRANSACTION, conn.transactionStatus());
            conn.rollback();
        }
        assertEquals(500, count());
        conn.rollback();
    }

    @Test
    void textForANumberGoesWhereverItComes() {
        for (int at : new int[] {0, 100, 4500, 5000, 9999}) {
            conn.execute("TRUNCATE bulk");
            Cursor cur = conn.insertMany(
                    BULK, rows(10_000, i -> new Object[] {i == at ? (Object) String.valueOf(i) : i, "x"}));
            assertEquals(10_000, cur.rowCount());
            assertEquals("[(10000, 49995000)]", text("SELECT count(*), sum(id) FROM bulk"));
        }
        conn.execute("TRUNCATE bulk");
        Cursor cur = conn.insertMany(BULK.returning("id"), rows(10_000, i ->
                new Object[] {i % 1000 == 999 ? (Object) String.valueOf(i) : i, "x"}));
        int expected = 0;
        for (Row row : cur) {
            assertEquals(expected++, row.getInt(0));
        }
        assertEquals(10_000, expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = BulkWay.class,
            names = {"COPY", "UNNEST"})
    void textForANumberIsRefusedByAWayThatIsForced(BulkWay way) {
        DataException wrong = assertThrows(
                DataException.class,
                () -> conn.insertMany(
                        BULK.way(way), rows(5000, i -> new Object[] {i == 4000 ? (Object) "4000" : i, "x"})));
        assertTrue(wrong.getMessage().contains("row 4000, column \"id\" (int4)"), wrong.getMessage());
        assertNothingStored();
    }

    @Test
    void textThatTheServerCannotReadLeavesNothing() {
        assertThrows(
                DataException.class,
                () -> conn.insertMany(BULK, rows(MANY, i -> new Object[] {i == 15_000 ? (Object) "many" : i, "x"})));
        assertNothingStored();
    }

    @Test
    void whatAForcedWayCannotDoIsRefused() {
        assertThrows(
                InterfaceException.class,
                () -> conn.insertMany(BULK.returning("id").way(BulkWay.COPY), rows(1)));
        assertThrows(
                InterfaceException.class,
                () -> conn.insertMany(BULK.onConflict("DO NOTHING").way(BulkWay.COPY), rows(1)));
        conn.execute("CREATE TEMP TABLE nets (id int, net aclitem)");
        for (BulkWay way : new BulkWay[] {BulkWay.COPY, BulkWay.UNNEST}) {
            String message = assertThrows(
                            InterfaceException.class,
                            () -> conn.insertMany(
                                    BulkInsert.into("nets", "id", "net").way(way), List.of()))
                    .getMessage();
            assertTrue(message.contains("\"net\" (aclitem)"), message);
        }
    }

    @Test
    void typesWithoutACodecAreWrittenAsText() {
        conn.execute("CREATE DOMAIN pg_temp.positive AS int CHECK (VALUE > 0)");
        conn.execute("CREATE TEMP TABLE odd (a pg_temp.positive, b int[], c inet, d interval, e text)");
        BulkInsert odd = BulkInsert.into("odd", "a", "b", "c", "d", "e");
        Cursor cur =
                conn.insertMany(odd, rows(1000, i -> new Object[] {"" + (i + 1), "{1,2,NULL}", "::1", "1 day", "x"}));
        assertEquals(1000, cur.rowCount());
        assertEquals(
                "[(1000, 500500)]", text("SELECT count(*), sum(a) FROM odd WHERE b = '{1,2,NULL}' AND d = '1 day'"));
        assertThrows(
                CheckViolationException.class,
                () -> conn.insertMany(odd, rows(1000, i -> new Object[] {"" + (i - 500), null, null, null, null})));
        assertEquals("[(1000,)]", text("SELECT count(*) FROM odd"));
    }

    @Test
    void lengthsAndScalesOfColumnsHoldInEveryWay() {
        for (BulkWay way : BulkWay.values()) {
            conn.execute(
                    "CREATE TEMP TABLE lengths (a varchar(3), b char(4), c numeric(6,2), d timestamptz(0), e \"char\")");
            BulkInsert insert =
                    BulkInsert.into("lengths", "a", "b", "c", "d", "e").way(way);
            Object[] row = {"abc", "x", new java.math.BigDecimal("1.237"), java.time.Instant.ofEpochMilli(1499), "z"};
            conn.insertMany(insert, rows(300, i -> row));
            assertEquals(
                    "[(300, 'abc', 'x   ', 1.24, 1)]",
                    text("SELECT count(*), a, b, c, extract(epoch FROM d)::int FROM lengths GROUP BY 2, 3, 4, 5"),
                    way.name());
            Object[] long4 = {"abcd", "x", null, null, null};
            assertThrows(DataException.class, () -> conn.insertMany(insert, rows(300, i -> i == 299 ? long4 : row)));
            assertEquals("[(300,)]", text("SELECT count(*) FROM lengths"));
            conn.execute("DROP TABLE lengths");
        }
    }

    @Test
    void namesAreNamesWhateverIsInThem() {
        conn.execute("CREATE SCHEMA \"Bulk.s\"");
        try {
            conn.execute(
                    "CREATE TABLE \"Bulk.s\".\"T\"\"; DROP TABLE bulk;--\" (\"select\" int, \"a\"\"b\\,{}\" text)");
            for (BulkWay way : BulkWay.values()) {
                BulkInsert insert = BulkInsert.into("\"Bulk.s\".\"T\"\"; DROP TABLE bulk;--\"", "select", "a\"b\\,{}")
                        .way(way);
                assertEquals(300, conn.insertMany(insert, rows(300)).rowCount(), way.name());
            }
            assertEquals(
                    "COPY 5000",
                    conn.insertMany("\"Bulk.s\".T\"; DROP TABLE bulk;--", List.of("select", "a\"b\\,{}"), rows(5000))
                            .statusMessage());
        } finally {
            conn.execute("DROP SCHEMA \"Bulk.s\" CASCADE");
        }
    }

    @Test
    void aNameCannotEscapeFromItsQuotes() {
        for (String name : new String[] {
            "bulk (id) SELECT 1; DROP TABLE bulk;--",
            "bulk\" (\"id\") SELECT 1; DROP TABLE bulk;--",
            "bulk; SELECT pg_sleep(5);--"
        }) {
            assertThrows(
                    UndefinedTableException.class, () -> conn.insertMany(name, List.of("id"), List.of(List.of(1))));
            assertThrows(
                    UndefinedColumnException.class, () -> conn.insertMany("bulk", List.of(name), List.of(List.of(1))));
        }
        assertThrows(DataException.class, () -> conn.insertMany("bulk\0", List.of("id"), List.of()));
        assertThrows(UndefinedTableException.class, () -> conn.insertMany("BULK", List.of("id"), List.of(List.of(1))));
        assertNothingStored();
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void anInterruptStopsIt(BulkWay way) throws Exception {
        conn.execute("CREATE FUNCTION pg_temp.slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.id = 300 THEN PERFORM pg_sleep(60); END IF; RETURN NEW; END'");
        conn.execute("CREATE TRIGGER slow BEFORE INSERT ON bulk FOR EACH ROW EXECUTE FUNCTION pg_temp.slow()");
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            assertThrows(QueryCanceledException.class, () -> conn.insertMany(BULK.way(way), rows(1_000_000)));
            return Thread.interrupted();
        });
        Thread thread = new Thread(task, "inserts");
        thread.start();
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            while (other.execute(
                                    "SELECT FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'",
                                    conn.processId())
                            .rowCount()
                    == 0) {
                Thread.sleep(5);
            }
        }
        thread.interrupt();
        assertTrue(task.get(), "the flag is restored");
        conn.execute("DROP TRIGGER slow ON bulk");
        assertNothingStored();
    }

    @ParameterizedTest
    @EnumSource(BulkWay.class)
    void theEndOfTheConnectionEndsIt(BulkWay way) {
        conn.execute(
                "CREATE FUNCTION pg_temp.die() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN IF NEW.id = 10000 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF; RETURN NEW; END'");
        conn.execute("CREATE TRIGGER die BEFORE INSERT ON bulk FOR EACH ROW EXECUTE FUNCTION pg_temp.die()");
        assertThrows(PgException.class, () -> conn.insertMany(BULK.way(way), rows(500_000)));
        assertTrue(conn.isClosed());
    }

    @Test
    void threadsThatShareTheConnectionTakeTurns() throws Exception {
        List<FutureTask<Long>> tasks = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int first = t * 100_000;
            tasks.add(new FutureTask<>(() -> {
                long rows = 0;
                for (int round = 0; round < 10; round++) {
                    int from = first + 1000 * round;
                    rows += conn.insertMany(BULK, rows(1000, i -> new Object[] {from + i, "x"}))
                            .rowCount();
                }
                return rows;
            }));
        }
        tasks.forEach(task -> new Thread(task, "inserts").start());
        for (FutureTask<Long> task : tasks) {
            assertEquals(10_000, task.get());
        }
        assertEquals(40_000, count());
    }

    @Test
    void noticesInTheMiddleDoNotStallTheSending() {
        conn.execute("CREATE FUNCTION pg_temp.talk() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE NOTICE ''%'', repeat(''x'', 2000); RETURN NEW; END'");
        conn.execute("CREATE TRIGGER talk BEFORE INSERT ON bulk FOR EACH ROW EXECUTE FUNCTION pg_temp.talk()");
        assertEquals("COPY " + MANY, conn.insertMany(BULK, rows(MANY)).statusMessage());
    }

    @Test
    void theIterableMayUseOneArrayForAllRows() {
        Object[] row = new Object[2];
        byte[] bytes = new byte[1];
        conn.execute("CREATE TEMP TABLE reused (id int, b bytea)");
        Iterable<Object[]> rows = () -> IntStream.range(0, 1000)
                .mapToObj(i -> {
                    row[0] = i;
                    bytes[0] = (byte) i;
                    row[1] = bytes;
                    return row;
                })
                .iterator();
        conn.insertMany("reused", List.of("id", "b"), rows);
        assertEquals("[(1000,)]", text("SELECT count(*) FROM reused WHERE get_byte(b, 0) = id % 256"));
    }

    @Test
    void anIterableThatUsesTheConnectionIsRefused() {
        for (int at : new int[] {0, MANY}) {
            Iterable<Object[]> rows = () -> IntStream.range(0, MANY + 1)
                    .mapToObj(i -> {
                        if (i == at) {
                            conn.execute("SELECT 1");
                        }
                        return new Object[] {i, "x"};
                    })
                    .iterator();
            assertThrows(IllegalStateException.class, () -> conn.insertMany(BULK, rows));
        }
        assertNothingStored();
    }

    @Test
    void largeValuesGoInEveryWay() {
        String large = "\u20ac".repeat(1_000_000);
        for (BulkWay way : BulkWay.values()) {
            conn.execute("TRUNCATE bulk");
            conn.insertMany(BULK.way(way), rows(20, i -> new Object[] {i, i % 3 == 0 ? large : "small"}));
            assertEquals("[(20, 7000065)]", text("SELECT count(*), sum(length(name)) FROM bulk"), way.name());
        }
    }
}
