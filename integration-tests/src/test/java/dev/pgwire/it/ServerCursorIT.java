package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.ScrollMode;
import dev.pgwire.ServerCursor;
import dev.pgwire.ServerCursorOptions;
import dev.pgwire.Transaction;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.row.ColumnBatch;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors of the server, as psycopg2 has them. */
class ServerCursorIT {
    private static final String NUMBERS = "SELECT g AS id, 'n' || g AS name FROM generate_series(1, $1::int) g";
    private static final ServerCursorOptions SCROLL = ServerCursorOptions.DEFAULT.scroll();

    private Connection conn;

    record Numbered(int id, String name) {}

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private static void refused(Executable call) {
        String message = assertThrows(InterfaceException.class, call).getMessage();
        assertTrue(message.contains("expected"), message);
    }

    private static List<Integer> ids(Iterable<Row> rows) {
        List<Integer> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getInt(0)));
        return ids;
    }

    private static List<Integer> upTo(int from, int to) {
        return IntStream.rangeClosed(from, to).boxed().toList();
    }

    private List<String> openCursors() {
        return conn.execute("SELECT name FROM pg_cursors WHERE name <> '' ORDER BY name")
                .fetchAll(row -> row.getString(0));
    }

    @Test
    void itFetchesWhatItIsAskedFor() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("numbers");
            assertEquals(cur, cur.execute(NUMBERS, 10));
            assertEquals(0, cur.rowNumber());
            assertEquals("(1, 'n1')", String.valueOf(cur.fetchOne()));
            assertEquals(List.of(2, 3, 4), ids(cur.fetchMany(3)));
            assertEquals(4, cur.rowNumber());
            assertEquals(List.of(), ids(cur.fetchMany(0)));
            assertEquals(new Numbered(5, "n5"), cur.fetchOne(Numbered.class));
            assertEquals(6, cur.fetchScalar(Integer.class));
            assertTrue(cur.next());
            assertEquals(7, cur.getInt("id"));
            assertEquals(List.of(8, 9, 10), ids(cur.fetchAll()));
            assertNull(cur.fetchOne());
            assertEquals(List.of(), ids(cur.fetchAll()));
            assertFalse(cur.next());
            assertEquals(10, cur.rowNumber());
            assertEquals(List.of("numbers"), openCursors());
            cur.close();
            assertEquals(List.of(), openCursors());
        });
    }

    @Test
    void itsRowsAreReadInAllWays() {
        try (Transaction tx = conn.begin();
                ServerCursor cur = tx.cursor("numbers", SCROLL.itersize(3))) {
            cur.execute(NUMBERS, 10);
            assertEquals(
                    List.of("id", "name"),
                    cur.description().stream().map(column -> column.name()).toList());
            assertEquals(upTo(1, 10), ids(cur));
            cur.scroll(0, ScrollMode.ABSOLUTE);
            assertEquals(upTo(1, 10), cur.stream().map(row -> row.getInt(0)).toList());
            cur.scroll(7, ScrollMode.ABSOLUTE);
            assertEquals(
                    List.of("n8", "n9", "n10"),
                    cur.stream(Numbered.class).map(Numbered::name).toList());
            cur.scroll(0, ScrollMode.ABSOLUTE);
            assertEquals(4, cur.fetchMany(4, Numbered.class).size());
            assertEquals(List.of(5, 6), cur.fetchMany(2, row -> row.getInt(0)));
            ColumnBatch batch = cur.fetchColumns(2);
            assertEquals(2, batch.size());
            assertEquals(8, batch.ints(0)[1]);
            assertEquals(List.of(9, 10), cur.fetchAll(row -> row.getInt(0)));
            cur.scroll(-2, ScrollMode.ABSOLUTE);
            assertEquals(10, cur.fetchSingle().getInt(0));
            assertTrue(cur.fetchOptional().isEmpty());
        }
    }

    /** Rows that were fetched ahead come first, whichever way they are asked for. */
    @Test
    void waysToReadAreMixed() {
        try (Transaction tx = conn.begin();
                ServerCursor cur = tx.cursor("c", ServerCursorOptions.DEFAULT.itersize(4))) {
            cur.execute(NUMBERS, 20);
            assertTrue(cur.next());
            assertEquals(1, cur.getInt(0));
            assertEquals(List.of(2, 3, 4, 5, 6), ids(cur.fetchMany(5)));
            assertTrue(cur.next());
            assertEquals(8, cur.fetchOne().getInt(0));
            assertTrue(cur.scroll(1, ScrollMode.RELATIVE));
            assertEquals(9, cur.rowNumber());
            assertTrue(cur.next());
            assertEquals(10, cur.getInt(0));
            assertEquals(10, cur.rowNumber());
            assertEquals(upTo(11, 20), ids(cur.fetchAll()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 2000})
    void aStepIsOfAnySize(int itersize) {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("c");
            cur.itersize(itersize);
            assertEquals(itersize, cur.itersize());
            cur.execute(NUMBERS, 7);
            assertEquals(upTo(1, 7), ids(cur));
            assertEquals(List.of(), ids(cur));
        });
    }

    @Test
    void otherStatementsRunBetweenItsSteps() {
        conn.execute("CREATE TEMP TABLE t AS SELECT g AS id, 0 AS seen FROM generate_series(1, 50) g");
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("t", ServerCursorOptions.DEFAULT.itersize(1));
            for (Row row : cur.execute("SELECT id FROM t FOR UPDATE")) {
                tx.execute("UPDATE t SET seen = id WHERE CURRENT OF t");
                assertEquals(
                        row.getInt(0),
                        tx.execute("SELECT count(*) FROM t WHERE seen > 0").fetchScalar(Integer.class));
            }
        });
        assertEquals(50, conn.execute("SELECT count(*) FROM t WHERE seen = id").fetchScalar(Integer.class));
    }

    @Test
    void twoAreReadByTurns() {
        conn.transaction(tx -> {
            ServerCursor one =
                    tx.cursor("one", ServerCursorOptions.DEFAULT.itersize(3)).execute(NUMBERS, 10);
            ServerCursor two =
                    tx.cursor("two", ServerCursorOptions.DEFAULT.itersize(4)).execute(NUMBERS, 10);
            for (int i = 1; i <= 10; i++) {
                assertTrue(one.next());
                assertTrue(two.next());
                assertEquals(i, one.getInt(0));
                assertEquals(i, two.getInt(0));
            }
            assertFalse(one.next());
            assertFalse(two.next());
        });
    }

    @Test
    void valuesAreGivenAsToAnyStatement() {
        record Limits(int low, int high) {}
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("c");
            String byName = "SELECT g FROM generate_series(:low::int, :high::int) g WHERE ':x' <> 'y'";
            assertEquals(
                    List.of(3, 4),
                    ids(cur.execute(byName, Map.of("low", 3, "high", 4)).fetchAll()));
            assertEquals(
                    List.of(5, 6), ids(cur.execute(byName, new Limits(5, 6)).fetchAll()));
            assertEquals(
                    1, cur.execute("SELECT $1::int IS NULL", null).fetchAll().size());
            assertEquals(List.of(7), ids(cur.execute("VALUES (7)").fetchAll()));
            for (int i = 1; i <= 3; i++) {
                assertEquals(upTo(1, i), ids(cur.execute(NUMBERS, i).fetchAll()));
            }
            assertEquals(List.of("c"), openCursors());
            assertEquals(
                    new BigDecimal("1.50"),
                    cur.execute("SELECT $1::numeric", new BigDecimal("1.50")).fetchScalar(BigDecimal.class));
            refused(() -> cur.execute(NUMBERS));
            refused(() -> cur.execute("SELECT 1; SELECT 2"));
        });
    }

    @Test
    void valuesComeInBinaryWhatIsLargeToo() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("c", ServerCursorOptions.DEFAULT.itersize(100));
            cur.execute(
                    "SELECT g, repeat('x', 3000), ARRAY[g, g + 1], (g, 'a')::record FROM generate_series(1, 1000) g");
            int count = 0;
            for (Row row : cur) {
                count++;
                assertEquals(count, row.getInt(0));
                assertEquals(3000, row.getString(1).length());
                assertEquals(List.of(count, count + 1), row.get(2));
            }
            assertEquals(1000, count);
            cur.scroll(0, ScrollMode.ABSOLUTE);
        });
    }

    @Test
    void aLargeFetchIsReadWhileOtherStatementsRun() {
        conn.transaction(tx -> {
            ServerCursor cur = tx.cursor("c");
            cur.execute("SELECT g, repeat('x', 1000) FROM generate_series(1, 5000) g");
            int count = 0;
            for (Row row : cur) {
                count++;
                assertEquals(count, row.getInt(0));
                if (count % 500 == 0) {
                    assertEquals(1, tx.execute("SELECT 1").fetchScalar(Integer.class));
                }
            }
            assertEquals(5000, count);
        });
    }

    @Test
    void itIsScrolled() {
        try (Transaction tx = conn.begin();
                ServerCursor cur = tx.cursor("c", SCROLL.itersize(4))) {
            cur.execute(NUMBERS, 10);
            assertTrue(cur.scroll(5, ScrollMode.ABSOLUTE));
            assertEquals(5, cur.rowNumber());
            assertEquals(6, cur.fetchOne().getInt(0));
            assertTrue(cur.scroll(-2, ScrollMode.RELATIVE));
            assertEquals(List.of(5, 6, 7), ids(cur.fetchMany(3)));
            // Fetched ahead: 8, 9, 10, and the end.
            assertTrue(cur.next());
            assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
            assertEquals(7, cur.rowNumber());
            assertEquals(List.of(8, 9, 10), ids(cur));
            assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
            assertEquals(List.of(10), ids(cur.fetchAll()));
            assertTrue(cur.scroll(0, ScrollMode.RELATIVE));
            assertEquals(10, cur.rowNumber());
            assertTrue(cur.scroll(-3, ScrollMode.ABSOLUTE));
            assertEquals(-1, cur.rowNumber());
            assertEquals(List.of(9, 10), ids(cur.fetchAll()));
        }
    }

    @Test
    void outOfItsRowsItStandsBeforeOrBehindThem() {
        try (Transaction tx = conn.begin();
                ServerCursor cur = tx.cursor("c", SCROLL)) {
            cur.execute(NUMBERS, 10);
            assertFalse(cur.scroll(11, ScrollMode.ABSOLUTE));
            assertNull(cur.fetchOne());
            assertFalse(cur.scroll(0, ScrollMode.RELATIVE));
            assertEquals(-1, cur.rowNumber());
            assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
            assertTrue(cur.scroll(-1, ScrollMode.RELATIVE));
            assertEquals(10, cur.fetchOne().getInt(0));
            assertFalse(cur.scroll(-100, ScrollMode.RELATIVE));
            assertEquals(0, cur.rowNumber());
            assertEquals(1, cur.fetchOne().getInt(0));
            assertFalse(cur.scroll(Integer.MIN_VALUE, ScrollMode.RELATIVE));
            assertFalse(cur.scroll(Integer.MAX_VALUE, ScrollMode.RELATIVE));
            assertFalse(cur.next());
            assertFalse(cur.scroll(-100, ScrollMode.ABSOLUTE));
            assertEquals(List.of(1, 2), ids(cur.fetchMany(2)));
        }
    }

    /** Place 0 is before the first row, and 4 behind the last one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void oneThatIsTakenOverIsScrolledFromWhereItStood(int place) {
        for (boolean isRead : new boolean[] {false, true}) {
            conn.transaction(tx -> {
                tx.execute("DECLARE c SCROLL CURSOR FOR VALUES (1), (2), (3)");
                tx.execute("MOVE ABSOLUTE " + place + " FROM c");
                ServerCursor cur = tx.cursor("c");
                int at = place;
                if (isRead) {
                    assertEquals(List.of(1, 2, 3).subList(Math.min(place, 3), 3), ids(cur.fetchAll()));
                    at = Math.max(place, 3);
                }
                cur.scroll(-1, ScrollMode.RELATIVE);
                assertEquals(List.of(1, 2, 3).subList(Math.max(0, at - 1), 3), ids(cur.fetchAll()));
                cur.close();
            });
        }
    }
}
