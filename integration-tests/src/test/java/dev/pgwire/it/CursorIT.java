package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cursor does with statements and their results. */
class CursorIT {
    private Connection conn;
    private Cursor cur;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        cur = conn.cursor();
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    @Test
    void everyMixtureOfFetchesGivesTheRowsInOrder() {
        Seed seed = Seed.take();
        Random random = seed.random();
        for (int round = 0; round < 60; round++) {
            int rows = random.nextInt(5) == 0 ? 20_000 + random.nextInt(20_000) : random.nextInt(60);
            int width = random.nextInt(200);
            cur.execute("SELECT g, repeat('x', $2) FROM generate_series(1, $1) g", rows, width);
            List<Integer> read = new ArrayList<>();
            boolean more = true;
            while (more) {
                int before = read.size();
                more = readSome(random, read);
                assertEquals(read.size(), cur.rowNumber(), seed + ", round " + round);
                assertTrue(more || read.size() >= before);
            }
            assertEquals(IntStream.rangeClosed(1, rows).boxed().toList(), read, seed + ", round " + round);
            assertNull(cur.fetchOne());
            assertFalse(cur.next());
            assertTrue(cur.fetchMany(7).isEmpty());
            assertTrue(cur.fetchAll().isEmpty());
            assertEquals(rows, cur.rowCount());
        }
    }

    /** Reads a few rows, or now and then all, in one of the ways there are; says whether there may be more. */
    private boolean readSome(Random random, List<Integer> read) {
        int wanted = random.nextInt(4) == 0 ? random.nextInt(3_000) : random.nextInt(5);
        switch (random.nextInt(30) == 0 ? 5 : random.nextInt(5)) {
            case 0 -> {
                Row row = cur.fetchOne();
                if (row != null) {
                    read.add(row.getInt(0));
                }
                return row != null;
            }
            case 1 -> {
                Rows rows = cur.fetchMany(wanted);
                rows.forEach(row -> read.add(row.getInt(0)));
                return rows.size() == wanted;
            }
            case 2 -> {
                for (int i = 0; i < wanted; i++) {
                    if (!cur.next()) {
                        return false;
                    }
                    read.add(cur.getInt(0));
                }
                return true;
            }
            case 3 -> {
                if (wanted == 0) {
                    return true;
                }
                int count = 0;
                for (Row row : cur) {
                    read.add(row.getInt(0));
                    if (++count == wanted) {
                        return true;
                    }
                }
                return false;
            }
            case 4 -> {
                Numbered one = cur.fetchOne(Numbered.class);
                if (one != null) {
                    read.add(one.g());
                }
                return one != null;
            }
            default -> {
                cur.fetchAll().forEach(row -> read.add(row.getInt(0)));
                return false;
            }
        }
    }

    private record Numbered(int g) {}

    @Test
    void rowsOfAllKindsMayBeKept() {
        cur.execute("SELECT g, 'row ' || g AS name FROM generate_series(1, 5000) g");
        Row one = cur.fetchOne();
        List<Row> two = cur.fetchMany(2);
        List<Row> looped = new ArrayList<>();
        for (Row row : cur) {
            looped.add(row);
            if (looped.size() == 3) {
                break;
            }
        }
        Rows rest = cur.fetchAll();
        cur.execute("SELECT -g, 'other' FROM generate_series(1, 5000) g").fetchAll();
        assertNotNull(one);
        assertEquals("(1, 'row 1')", one.toString());
        assertEquals("[(2, 'row 2'), (3, 'row 3')]", two.toString());
        assertEquals("[(4, 'row 4'), (5, 'row 5'), (6, 'row 6')]", looped.toString());
        assertEquals(4994, rest.size());
        assertEquals("row 5000", rest.get(4993).getString("name"));
        assertEquals("row 7", rest.get(0).getString("name"));
    }

    @Test
    void fetchManyReadsArraySizeRows() {
        cur.execute("SELECT * FROM generate_series(1, 10)");
        assertEquals(1, cur.fetchMany().size());
        cur.arraySize(6);
        assertEquals(6, cur.fetchMany().size());
        assertEquals(3, cur.fetchMany().size());
        assertEquals(0, cur.fetchMany().size());
        assertThrows(InterfaceException.class, () -> cur.arraySize(0));
        assertThrows(InterfaceException.class, () -> cur.fetchMany(-1));
        assertEquals(6, cur.arraySize());
    }

    @Test
    void aStreamReadsTheRowsThatAreLeft() {
        cur.execute("SELECT g FROM generate_series(1, 100000) g");
        assertTrue(cur.next());
        assertEquals(
                List.of(2, 3, 4),
                cur.stream().limit(3).map(row -> row.getInt(0)).collect(Collectors.toList()));
        assertEquals(
                99_996L,
                cur.stream().mapToInt(row -> row.getInt("g")).filter(g -> g > 4).count());
    }

    @Test
    void anIteratorEndsWithNoSuchElement() {
        Iterator<Row> rows = cur.execute("SELECT 1").iterator();
        assertTrue(rows.hasNext());
        assertTrue(rows.hasNext());
        assertEquals(1, rows.next().getInt(0));
        assertFalse(rows.hasNext());
        assertThrows(NoSuchElementException.class, rows::next);
    }

    @Test
    void gettersNeedARow() {
        cur.execute("SELECT 1");
        assertThrows(InterfaceException.class, () -> cur.getInt(0));
        assertTrue(cur.next());
        assertEquals(1, cur.getInt(0));
        assertFalse(cur.next());
        assertThrows(InterfaceException.class, () -> cur.getInt(0));
    }

    @Test
    void descriptionShowsNamesAndTypes() {
        assertNull(cur.description());
        cur.execute("CREATE TEMP TABLE described (id int8 PRIMARY KEY, price numeric(7,2))");
        assertNull(cur.description());
        cur.execute("SELECT id, price, 'x'::varchar(5) AS v, now() AS \"when\" FROM described");
        List<Column> columns = cur.description();
        assertNotNull(columns);
        assertEquals(
                List.of("id", "price", "v", "when"),
                columns.stream().map(Column::name).toList());
        assertEquals(
                List.of("int8", "numeric", "varchar", "timestamptz"),
                columns.stream().map(Column::typeName).toList());
        assertEquals(1, columns.get(0).attribute());
        assertEquals(2, columns.get(1).attribute());
        assertEquals(0, columns.get(2).attribute());
        assertEquals(8, columns.get(0).typeLength());
        assertEquals((7 << 16 | 2) + 4, columns.get(1).typeModifier());
        assertEquals(
                conn.execute("SELECT 'described'::regclass::oid::int8")
                        .fetchAll()
                        .get(0)
                        .getLong(0),
                columns.get(0).tableOid());
        assertEquals(columns, cur.fetchAll().columns());
    }

    @Test
    void rowCountAndStatusMessageAreTheServersTag() {
        assertEquals(-1, cur.rowCount());
        assertNull(cur.statusMessage());
        assertTag("CREATE TABLE", -1, "CREATE TEMP TABLE tagged (id int)");
        assertTag("INSERT 0 3", 3, "INSERT INTO tagged VALUES (1), (2), (3)");
        assertTag("UPDATE 2", 2, "UPDATE tagged SET id = id + 10 WHERE id > 1");
        assertTag("SELECT 3", 3, "SELECT * FROM tagged");
        assertTag("SELECT 0", 0, "SELECT * FROM tagged WHERE id < 0");
        assertTag("DELETE 3", 3, "DELETE FROM tagged");
        assertTag("DELETE 0", 0, "DELETE FROM tagged");
        assertTag("INSERT 0 2", 2, "INSERT INTO tagged VALUES (7), (8) RETURNING id");
        assertTag("SELECT 2", 2, "CREATE TEMP TABLE tagged_too AS SELECT * FROM tagged");
        assertTag("SHOW", -1, "SHOW server_version_num");
        assertTag("DO", -1, "DO 'BEGIN END'");
        assertTag("SET", -1, "SET lock_timeout = 0");
        assertTag("DROP TABLE", -1, "DROP TABLE tagged_too");
    }

    private void assertTag(String tag, long rowCount, String sql) {
        cur.execute(sql);
        assertEquals(tag, cur.statusMessage(), sql);
        assertEquals(rowCount, cur.rowCount(), sql);
    }

    @Test
    void anEmptyStatementHasNeitherTagNorRows() {
        for (String sql : List.of("", "   ", ";", "-- nothing", "/* nothing */ ;")) {
            cur.execute(sql);
            assertEquals(-1, cur.rowCount(), sql);
            assertNull(cur.statusMessage(), sql);
            assertNull(cur.description(), sql);
            assertThrows(InterfaceException.class, cur::fetchOne, sql);
            cur.executeSimple(sql);
            assertNull(cur.statusMessage(), sql);
        }
        assertEquals(1, cur.execute("SELECT 1").fetchAll().get(0).getInt(0));
    }

    @Test
    void rowCountOfALargeResultIsKnownBeforeItIsRead() {
        cur.execute("SELECT g, repeat('x', 50) FROM generate_series(1, 100000) g");
        assertTrue(cur.next());
        assertEquals(100_000, cur.rowCount());
        assertEquals("SELECT 100000", cur.statusMessage());
        assertEquals(99_999, cur.fetchAll().size());
    }

    @Test
    void aResultOfNoColumnsHasRows() {
        cur.execute("SELECT FROM generate_series(1, 3)");
        assertEquals(List.of(), cur.description());
        assertEquals(3, cur.fetchAll().size());
        assertEquals(3, cur.rowCount());
    }

    @Test
    void nextSetGoesThroughTheStatementsOfAString() {
        cur.execute("SELECT 1 AS a; CREATE TEMP TABLE sets (id int); INSERT INTO sets VALUES (1), (2);"
                + " SELECT id FROM sets ORDER BY id; SELECT 'last;' AS z;");
        assertEquals("[(1,)]", cur.fetchAll().toString());
        assertTrue(cur.nextSet());
        assertEquals("CREATE TABLE", cur.statusMessage());
        assertNull(cur.description());
        assertThrows(InterfaceException.class, cur::fetchAll);
        assertTrue(cur.nextSet());
        assertEquals(2, cur.rowCount());
        assertTrue(cur.nextSet());
        assertTrue(cur.next());
        assertEquals(1, cur.getInt("id"));
        assertTrue(cur.nextSet(), "the rest of a set is forgotten");
        assertEquals(0, cur.rowNumber());
        assertEquals("('last;',)", String.valueOf(cur.fetchOne()));
        assertFalse(cur.nextSet());
        assertFalse(cur.nextSet());
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertNull(cur.description());
        assertEquals(-1, cur.rowCount());
    }

    @Test
    void nextSetSkipsALargeResult() {
        cur.execute("SELECT repeat('x', 1000) FROM generate_series(1, 20000); SELECT 'small';"
                + " SELECT repeat('y', 1000) FROM generate_series(1, 20000)");
        assertTrue(cur.next());
        assertTrue(cur.nextSet());
        assertEquals("[('small',)]", cur.fetchAll().toString());
        assertTrue(cur.nextSet());
        assertEquals(20_000, cur.fetchAll().size());
        assertFalse(cur.nextSet());
    }

    @Test
    void anErrorInALaterStatementOfAStringSurfaces() {
        assertThrows(DivisionByZeroException.class, () -> cur.execute("SELECT 1; SELECT 1/0; SELECT 2"));
        cur.execute("SELECT repeat('x', 1000) FROM generate_series(1, 20000); SELECT 1/0");
        assertEquals(20_000, countRows());
        assertThrows(DivisionByZeroException.class, cur::nextSet);
        assertEquals(1, cur.execute("SELECT 1").fetchAll().size());
    }

    @Test
    void anErrorInALaterStatementOfASimpleQueryWaitsForItsTurn() {
        cur.executeSimple("SELECT 1; CREATE TEMP TABLE turns (a int); SELECT 1/0; SELECT 2");
        assertEquals(1, cur.fetchAll().size());
        assertTrue(cur.nextSet());
        assertEquals("CREATE TABLE", cur.statusMessage());
        assertThrows(DivisionByZeroException.class, cur::nextSet);
        assertThrows(DivisionByZeroException.class, () -> cur.executeSimple("SELECT 1/0; SELECT 2"));
        assertEquals(1, cur.executeSimple("SELECT 1").fetchAll().size());
    }

    /** Where the error is thrown is not told: at the end of the rows, or by the call that wants the next set. */
    private int countRows() {
        int count = 0;
        Iterator<Row> rows = cur.iterator();
        while (count < 20_000 && rows.hasNext()) {
            rows.next();
            count++;
        }
        return count;
    }

    @Test
    void fetchingWithoutAResultIsRefused() {
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertThrows(InterfaceException.class, cur::next);
        cur.execute("CREATE TEMP TABLE nothing (id int)");
        InterfaceException refused = assertThrows(InterfaceException.class, cur::fetchAll);
        assertTrue(String.valueOf(refused.getMessage()).contains("CREATE TABLE"), refused.getMessage());
        cur.execute("INSERT INTO nothing VALUES ($1)", 1);
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertThrows(InterfaceException.class, () -> cur.fetchMany(2));
        assertThrows(InterfaceException.class, cur::next);
        assertThrows(InterfaceException.class, cur::iterator);
        assertThrows(InterfaceException.class, () -> cur.fetchAll(Numbered.class));
        assertEquals(
                1,
                conn.execute("SELECT count(*) FROM nothing").fetchAll().get(0).getInt(0));
    }

    @Test
    void aFailedStatementLeavesNoResultBehind() {
        cur.execute("SELECT 1");
        assertThrows(DivisionByZeroException.class, () -> cur.execute("SELECT 1/0"));
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertNull(cur.description());
    }

    @Test
    void aClosedCursorRefusesEverything() {
        cur.execute("SELECT 1");
        cur.close();
        cur.close();
        assertTrue(cur.isClosed());
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1"));
        assertThrows(InterfaceException.class, cur::fetchOne);
        assertThrows(InterfaceException.class, cur::nextSet);
        assertThrows(InterfaceException.class, () -> cur.executeMany("SELECT 1", List.of()));
        assertEquals(1, conn.execute("SELECT 1").fetchAll().size());
    }

    @Test
    void aClosedConnectionRefusesEverything() {
        Cursor open = conn.execute("SELECT 1");
        conn.close();
        conn.close();
        assertTrue(conn.isClosed());
        assertThrows(InterfaceException.class, conn::cursor);
        assertThrows(PgException.class, () -> open.execute("SELECT 1"));
        assertThrows(PgException.class, () -> conn.begin());
        assertThrows(PgException.class, () -> conn.commit());
        open.close();
    }

    record Person(long id, String fullName, Integer age) {}

    record WithPrimitive(int age) {}

    record Missing(int id, String nickname) {}

    @Test
    void rowsBecomeRecords() {
        cur.execute("SELECT * FROM (VALUES (1::int8, 'Ada', 36), (2, 'Bob', NULL)) p (id, full_name, age)");
        assertEquals(List.of(new Person(1, "Ada", 36), new Person(2, "Bob", null)), cur.fetchAll(Person.class));
        assertEquals(List.of(), cur.fetchAll(Person.class));
        assertNull(cur.fetchOne(Person.class));
        cur.execute("SELECT 30 AS age, 'x' AS more, 'Eve' AS \"fullName\", 5 AS id");
        assertEquals(new Person(5, "Eve", 30), cur.fetchOne(Person.class));
    }

    @Test
    void whatARecordCannotTakeIsSaid() {
        cur.execute("SELECT NULL::int AS age");
        assertThrows(InterfaceException.class, () -> cur.fetchAll(WithPrimitive.class));
        cur.execute("SELECT 1 AS id");
        String message = assertThrows(InterfaceException.class, () -> cur.fetchAll(Missing.class))
                .getMessage();
        assertTrue(String.valueOf(message).contains("nickname"), message);
        cur.execute("SELECT 1 AS age, 2 AS age");
        assertThrows(InterfaceException.class, () -> cur.fetchAll(WithPrimitive.class));
    }

    @Test
    void namesComeFromMapsAndRecords() {
        record Wanted(int low, int high) {}
        String sql = "SELECT g FROM generate_series(1, 20) g WHERE g BETWEEN :low AND :high AND g <> :low"
                + " AND ':high' <> $tag$:low$tag$ /* :none */ -- :none\n AND g::int = g AND :low < :high ORDER BY g";
        assertEquals(
                "[(4,), (5,)]",
                cur.execute(sql, Map.of("low", 3, "high", 5)).fetchAll().toString());
        assertEquals("[(9,)]", cur.execute(sql, new Wanted(8, 9)).fetchAll().toString());
        assertEquals(
                "[(2,)]",
                conn.execute(sql, Map.of("low", 1, "high", 2, "unused", "x"))
                        .fetchAll()
                        .toString());
        String message = assertThrows(InterfaceException.class, () -> cur.execute(sql, Map.of("low", 3, "hihg", 5)))
                .getMessage();
        assertTrue(String.valueOf(message).contains(":high"), message);
    }

    @Test
    void numberedParametersMayRepeatAndBeNull() {
        assertEquals(
                "(3, 3, 5)",
                String.valueOf(
                        cur.execute("SELECT $1::int, $1::int, $2::int", 3, 5).fetchOne()));
        assertEquals(
                "(null,)",
                String.valueOf(cur.execute("SELECT $1::int", (Object) null).fetchOne()));
        assertEquals(
                "(null,)",
                String.valueOf(cur.execute("SELECT $1::int", (Object[]) null).fetchOne()));
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT $1::int"));
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT $1::int", 1, 2));
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1", 1));
        assertEquals("(1,)", String.valueOf(cur.execute("SELECT $1::int", 1).fetchOne()));
    }

    @Test
    void asManyParametersAsTheProtocolCountsWork() {
        int most = 65_535;
        String sql = IntStream.rangeClosed(1, most)
                .mapToObj(i -> "$" + i + "::int")
                .collect(Collectors.joining(",", "SELECT sum(v), count(*) FROM unnest(ARRAY[", "]) v"));
        Object[] values = IntStream.rangeClosed(1, most).boxed().toArray();
        Row row = cur.execute(sql, values).fetchAll().get(0);
        assertEquals((long) most * (most + 1) / 2, row.getLong(0));
        assertEquals(most, row.getLong(1));
    }

    @Test
    void oneParameterMoreIsAClearError() {
        int tooMany = 65_536;
        String sql = IntStream.rangeClosed(1, tooMany)
                .mapToObj(i -> "$" + i + "::int")
                .collect(Collectors.joining(",", "SELECT sum(v) FROM unnest(ARRAY[", "]) v"));
        Object[] values = IntStream.rangeClosed(1, tooMany).boxed().toArray();
        PgException refused = assertThrows(PgException.class, () -> cur.execute(sql, values));
        assertTrue(String.valueOf(refused.getMessage()).contains("65535"), refused.getMessage());
        assertEquals(1, cur.execute("SELECT 1").fetchAll().size());
    }

    @Test
    void aTableOfSixteenHundredColumnsIsReadAndWritten() {
        int columns = 1600;
        cur.execute(IntStream.range(0, columns)
                .mapToObj(i -> "c" + i + " int")
                .collect(Collectors.joining(", ", "CREATE TEMP TABLE wide (", ")")));
        String sql = IntStream.rangeClosed(1, columns)
                .mapToObj(i -> "$" + i)
                .collect(Collectors.joining(",", "INSERT INTO wide VALUES (", ")"));
        Object[] values = IntStream.range(0, columns).boxed().toArray();
        values[77] = null;
        cur.execute(sql, values);
        Row row = cur.execute("SELECT * FROM wide").fetchAll().get(0);
        assertArrayEquals(values, row.toArray());
        assertEquals(1599, row.getInt("c1599"));
        assertTrue(row.isNull("c77"));
        assertEquals(columns, row.toMap().size());
    }

    @Test
    void aResultOfAsManyEntriesAsTheServerAllowsIsRead() {
        int entries = 1664;
        Row row = cur.execute("SELECT "
                        + IntStream.range(0, entries).mapToObj(String::valueOf).collect(Collectors.joining(",")))
                .fetchAll()
                .get(0);
        assertEquals(entries, row.size());
        assertArrayEquals(IntStream.range(0, entries).boxed().toArray(), row.toArray());
    }

    @Test
    void sixtyFourMegabytesOfByteaArriveAsTheyLeft() {
        byte[] bytes = new byte[64 << 20];
        new Random(64).nextBytes(bytes);
        cur.execute("SELECT $1::bytea, octet_length($1::bytea), md5($1::bytea)", bytes);
        assertTrue(cur.next());
        assertTrue(Arrays.equals(bytes, cur.getBytes(0)), "the bytes are not the same");
        assertEquals(bytes.length, cur.getInt(1));
        assertFalse(cur.next());
    }

    @Test
    void sixtyFourMegabytesOfTextArriveAsTheyLeft() {
        String text = "0123456789abcdeé".repeat((64 << 20) / 17);
        Row row = cur.execute("SELECT $1::text, length($1::text)", text)
                .fetchAll()
                .get(0);
        assertTrue(text.equals(row.getString(0)), "the text is not the same");
        assertEquals(text.length(), row.getInt(1));
    }

    @Test
    void aFailureThatNobodyWasToldOfIsThrownWhenTheCursorIsClosed() {
        Cursor simple = conn.cursor();
        simple.executeSimple("SELECT 1; SELECT 1/0");
        assertEquals(1, simple.fetchOne().getInt(0));
        assertThrows(DivisionByZeroException.class, simple::close);

        Cursor large = conn.cursor();
        large.execute("SELECT 1/(g - 50000) FROM generate_series(1, 100000) g");
        assertTrue(large.next());
        assertEquals(2, conn.execute("SELECT 2").fetchOne().getInt(0));
        assertThrows(DivisionByZeroException.class, large::close);

        Cursor told = conn.cursor();
        told.executeSimple("SELECT 1; SELECT 1/0");
        assertThrows(DivisionByZeroException.class, told::nextSet);
        told.close();
    }

    @Test
    void anIterationEndsWithTheStatementThatItIsOver() {
        Cursor cur = conn.execute("SELECT g FROM generate_series(1, 3) g");
        Iterator<Row> rows = cur.iterator();
        assertEquals(1, rows.next().getInt(0));
        cur.execute("SELECT 'other'");
        InterfaceException refused = assertThrows(InterfaceException.class, rows::hasNext);
        assertTrue(refused.getMessage().contains("another statement"), refused.getMessage());
        assertEquals("other", cur.fetchOne().getString(0));
    }
}
