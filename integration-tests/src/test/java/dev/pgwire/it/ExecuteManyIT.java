package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.TransactionStatus;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One statement for many sets of values. */
class ExecuteManyIT {
    private static final String INSERT = "INSERT INTO many VALUES ($1, $2)";

    private Connection conn;
    private Cursor cur;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        cur = conn.cursor();
        cur.execute("CREATE TEMP TABLE many (id int PRIMARY KEY, name text)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private String rows() {
        return conn.execute("SELECT * FROM many ORDER BY id").fetchAll().toString();
    }

    private long count() {
        return conn.execute("SELECT count(*) FROM many").fetchAll().get(0).getLong(0);
    }

    record Entry(int id, String name) {}

    @Test
    void setsAreArraysOrLists() {
        cur.executeMany(INSERT, List.of(new Object[] {1, "a"}, Arrays.asList(2, null), List.of(3, "c")));
        assertEquals(3, cur.rowCount());
        assertEquals("INSERT 0 1", cur.statusMessage());
        assertEquals("[(1, 'a'), (2, null), (3, 'c')]", rows());
    }

    @Test
    void setsAreMapsOrRecords() {
        String sql = "INSERT INTO many (name, id) VALUES (:name || :name, :id)";
        cur.executeMany(sql, List.of(new Entry(1, "a"), Map.of("id", 2, "name", "b")));
        cur.executeMany(sql, List.of(Map.of("id", 3, "name", "c"), new Entry(4, "d")));
        assertEquals(2, cur.rowCount());
        assertEquals("[(1, 'aa'), (2, 'bb'), (3, 'cc'), (4, 'dd')]", rows());
    }

    @Test
    void returningGivesOneResultForEachSet() {
        cur.executeMany(INSERT + " RETURNING id * 10", List.of(List.of(1, "a"), List.of(2, "b"), List.of(3, "c")));
        assertEquals("[(10,)]", cur.fetchAll().toString());
        assertEquals(1, cur.rowCount());
        assertTrue(cur.nextSet());
        assertEquals("(20,)", String.valueOf(cur.fetchOne()));
        assertTrue(cur.nextSet());
        assertEquals("[(30,)]", cur.fetchAll().toString());
        assertFalse(cur.nextSet());
        assertThrows(InterfaceException.class, cur::fetchOne);
    }

    @Test
    void selectsMayBeRunManyTimesToo() {
        cur.executeMany(
                "SELECT g FROM generate_series(1, $1::int) g",
                IntStream.range(0, 500).mapToObj(List::of).toList());
        for (int i = 0; i < 500; i++) {
            assertEquals(i, cur.fetchAll().size());
            assertEquals(i < 499, cur.nextSet());
        }
    }

    @Test
    void noSetsDoNothing() {
        cur.executeMany(INSERT, List.of());
        assertEquals(0, cur.rowCount());
        assertEquals("[]", rows());
        cur.executeMany(INSERT + " RETURNING id", List.of());
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertFalse(cur.nextSet());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void aSetThatIsNullIsRefused() {
        String message = assertThrows(
                        InterfaceException.class, () -> cur.executeMany(INSERT, Collections.singletonList(null)))
                .getMessage();
        assertTrue(String.valueOf(message).contains("set 0"), message);
        assertThrows(InterfaceException.class, () -> cur.executeMany(INSERT, Arrays.asList(List.of(1, "a"), null)));
        assertEquals("[]", rows());
    }

    @Test
    void setsOfDifferentKindsAreRefused() {
        assertThrows(
                InterfaceException.class,
                () -> cur.executeMany(INSERT, List.of(List.of(1, "a"), Map.of("id", 2, "name", "b"))));
        assertThrows(InterfaceException.class, () -> cur.executeMany(INSERT, List.of("1, a")));
        assertThrows(InterfaceException.class, () -> cur.executeMany(INSERT, List.of(List.of(1))));
        assertEquals("[]", rows());
    }

    @Test
    void fiftyThousandSetsAreInsertedInOneGo() {
        cur.executeMany(
                INSERT,
                IntStream.range(0, 50_000)
                        .mapToObj(i -> List.of(i, "name " + i))
                        .toList());
        assertEquals(50_000, cur.rowCount());
        assertEquals(50_000, count());
    }

    @Test
    void aBadValueInALateSetLeavesNothing() {
        DataException wrong =
                assertThrows(DataException.class, () -> cur.executeMany(INSERT, setsWithBadValue(50_000)));
        assertTrue(String.valueOf(wrong.getMessage()).contains("$1"), wrong.getMessage());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
        assertEquals(0, count());
        cur.executeMany(INSERT, List.of(List.of(1, "a")));
        assertEquals(1, count());
    }

    @Test
    void aBadValueInTheFirstSetLeavesNothing() {
        assertThrows(DataException.class, () -> cur.executeMany(INSERT, setsWithBadValue(0)));
        assertEquals(0, count());
    }

    /** The transaction is the caller's: what the sets before did is undone when it is. */
    @Test
    void aBadValueInsideATransactionIsUndoneWithIt() {
        conn.begin();
        assertThrows(DataException.class, () -> cur.executeMany(INSERT, setsWithBadValue(10_000)));
        assertTrue(conn.inTransaction());
        conn.rollback();
        assertEquals(0, count());
    }

    private static List<List<Object>> setsWithBadValue(int at) {
        List<List<Object>> sets = new ArrayList<>();
        for (int i = 0; i < at + 10; i++) {
            sets.add(List.of(i == at ? 5_000_000_000L : i, "name " + i));
        }
        return sets;
    }

    @Test
    void anErrorOfTheServerInALateSetLeavesNothing() {
        List<List<Object>> sets = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            sets.add(List.of(i == 10_000 ? 3 : i, "name"));
        }
        assertThrows(UniqueViolationException.class, () -> cur.executeMany(INSERT, sets));
        assertEquals(0, count());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void anIterableThatFailsLeavesNothing() {
        Iterable<List<Object>> sets = () -> IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> {
                    if (i == 10_000) {
                        throw new IllegalStateException("no more");
                    }
                    return List.<Object>of(i, "name " + i);
                })
                .iterator();
        assertThrows(IllegalStateException.class, () -> cur.executeMany(INSERT, sets));
        assertEquals(0, count());
        assertEquals(TransactionStatus.IDLE, conn.transactionStatus());
    }

    @Test
    void everySetHasACount() {
        assertArrayEquals(new long[0], conn.cursor().rowCounts());
        cur.executeMany(INSERT, List.of(List.of(1, "a"), List.of(2, "b"), List.of(3, "c")));
        assertArrayEquals(new long[] {1, 1, 1}, cur.rowCounts());
        cur.executeMany("DELETE FROM many WHERE id < $1", List.of(List.of(1), List.of(3), List.of(4)));
        assertArrayEquals(new long[] {0, 2, 1}, cur.rowCounts());
        assertEquals(3, cur.rowCount());
        cur.executeMany(INSERT, List.of());
        assertArrayEquals(new long[0], cur.rowCounts());
        cur.executeMany("SELECT generate_series(1, $1::int)", List.of(List.of(2), List.of(0), List.of(70_000)));
        assertArrayEquals(new long[] {2, 0, 70_000}, cur.rowCounts());
        assertEquals(2, cur.fetchAll().size());
        cur.execute("SELECT 1");
        assertArrayEquals(new long[] {1}, cur.rowCounts());
    }

    @Test
    void theSetThatTheServerRefusesIsNamed() {
        UniqueViolationException refused = assertThrows(
                UniqueViolationException.class,
                () -> cur.executeMany(INSERT, List.of(List.of(1, "a"), List.of(2, "b"), List.of(1, "c"))));
        assertEquals("set 2 of executeMany", refused.place());
        assertEquals("many_pkey", refused.constraint());
        assertNull(assertThrows(DataException.class, () -> cur.execute("SELECT 1 / 0"))
                .place());
    }

    /** Rows that are kept while others of the same page are walked must not change. */
    @Test
    void aRowOfAnyResultMayBeKept() {
        List<Row> kept = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        cur.executeMany(
                "SELECT $1::int, repeat('x', $1::int % 300)",
                IntStream.range(0, 5_000).mapToObj(List::of).toList());
        int set = 0;
        do {
            if (set % 7 == 0) {
                kept.add(cur.fetchOne());
                expected.add("(" + set + ", '" + "x".repeat(set % 300) + "')");
            } else if (set % 7 < 5) {
                assertTrue(cur.next());
                assertEquals(set, cur.getInt(0));
            }
            set++;
        } while (cur.nextSet());
        assertEquals(5_000, set);
        assertEquals(expected, kept.stream().map(Row::toString).toList());
    }

    @Test
    void returningManyRowsDoesNotStallTheSending() {
        cur.executeMany(
                "SELECT repeat('x', $1::int)",
                IntStream.range(0, 20_000).mapToObj(i -> List.of(1000)).toList());
        int results = 1;
        while (cur.nextSet()) {
            results++;
        }
        assertEquals(20_000, results);
    }
}
