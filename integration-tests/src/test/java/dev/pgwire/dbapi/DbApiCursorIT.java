package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.CopyTable;
import dev.pgwire.CopyWriter;
import dev.pgwire.Cursor;
import dev.pgwire.Postgres;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The DB-API 2.0 (PEP 249) and the extensions of psycopg2, for cursors. */
class DbApiCursorIT {
    private Connection conn;
    private Cursor cur;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute(
                "CREATE TEMP TABLE booze (id int GENERATED ALWAYS AS IDENTITY, name varchar(20), price numeric(5, 2))");
        cur = conn.cursor();
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private List<String> names() {
        return conn.execute("SELECT name FROM booze ORDER BY id").fetchAll(row -> row.getString(0));
    }

    private static String only(Cursor cursor) {
        return cursor.fetchSingle().toString();
    }

    /** None in psycopg2; the cursor itself here, as in psycopg, so that a fetch may follow. */
    @Test
    @Psycopg("cursor.execute")
    void executeReturnsTheCursor() {
        assertSame(cur, cur.execute("SELECT 1"));
        assertEquals("(2, 'x')", only(cur.execute("SELECT $1::int, $2::text", 2, "x")));
        assertEquals("(3, 3)", only(cur.execute("SELECT :n::int, :n::int", Map.of("n", 3))));
    }

    /** The count is that of all sets, where psycopg2 has the last one's. What each set returns can be read. */
    @Test
    @Psycopg("cursor.executemany")
    void executeManyRunsAStatementForEachSet() {
        String sql = "INSERT INTO booze (name) VALUES ($1)";
        cur.executeMany(sql, List.of(List.of("ale"), List.of("beer"), List.of("cider")));
        assertEquals(3, cur.rowCount());
        assertArrayEquals(new long[] {1, 1, 1}, cur.rowCounts());
        cur.executeMany(sql + " RETURNING id", List.of(List.of("gin"), List.of("rum")));
        assertEquals("(4,)", only(cur));
        assertTrue(cur.nextSet());
        assertEquals("(5,)", only(cur));
        assertEquals(List.of("ale", "beer", "cider", "gin", "rum"), names());
        cur.executeMany("UPDATE booze SET name = :new WHERE name = :old", List.of(Map.of("old", "ale", "new", "port")));
        assertEquals(1, cur.rowCount());
        assertEquals(0, cur.executeMany(sql, List.of()).rowCount());
    }

    /** Functions as in psycopg2, and procedures, by CALL. */
    @Test
    @Psycopg("cursor.callproc")
    void callProcCallsFunctionsAndProcedures() {
        conn.execute("CREATE FUNCTION pg_temp.add(a int, b int) RETURNS int LANGUAGE sql AS 'SELECT a + b'");
        conn.execute("CREATE PROCEDURE pg_temp.twice(INOUT n int) LANGUAGE plpgsql AS 'BEGIN n := 2 * n; END'");
        assertEquals("(3,)", only(cur.callProc("pg_temp.add", 1, 2)));
        assertEquals("(5,)", only(cur.callProc("pg_temp.add", Map.of("a", 2, "b", 3))));
        assertEquals("(8,)", only(cur.callProc("pg_temp.twice", 4)));
    }

    @Test
    @Psycopg("cursor.mogrify")
    void mogrifyGivesTheTextWithItsValues() {
        assertEquals("SELECT 'it''s', 7, NULL", cur.mogrify("SELECT $1, $2, $3", "it's", 7, null));
        assertEquals("('it''s',)", only(cur.executeMogrified("SELECT $1", "it's")));
    }

    @Test
    @Psycopg("cursor.fetchone")
    void fetchOneGivesTheNextRowAndThenNull() {
        cur.execute("VALUES (1), (2)");
        assertEquals("(1,)", cur.fetchOne().toString());
        assertEquals("(2,)", cur.fetchOne().toString());
        assertNull(cur.fetchOne());
        assertNull(cur.fetchOne());
    }

    @Test
    @Psycopg({"cursor.fetchmany", "cursor.arraysize"})
    void fetchManyGivesAsManyAsArraySizeSays() {
        cur.execute("SELECT generate_series(1, 10)");
        assertEquals(1, cur.arraySize());
        assertEquals("[(1,)]", cur.fetchMany().toString());
        cur.arraySize(3);
        assertEquals("[(2,), (3,), (4,)]", cur.fetchMany().toString());
        assertEquals(5, cur.fetchMany(5).size());
        assertEquals("[(10,)]", cur.fetchMany(5).toString());
        assertEquals(List.of(), cur.fetchMany(5));
    }

    @Test
    @Psycopg("cursor.fetchall")
    void fetchAllGivesTheRowsThatAreLeft() {
        cur.execute("VALUES (1), (2), (3)").fetchOne();
        assertEquals("[(2,), (3,)]", cur.fetchAll().toString());
        assertEquals(List.of(), cur.fetchAll());
    }

    @Test
    @Psycopg("cursor.__iter__")
    void aCursorIsIterated() {
        List<Integer> read = new ArrayList<>();
        for (Row row : cur.execute("SELECT generate_series(1, 4)")) {
            read.add(row.getInt(0));
        }
        assertEquals(List.of(1, 2, 3, 4), read);
        assertEquals(
                6,
                cur.execute("VALUES (1), (2), (3)").stream()
                        .mapToInt(row -> row.getInt(0))
                        .sum());
    }

    @Test
    @Psycopg({
        "cursor.description",
        "Column.name",
        "Column.type_code",
        "Column.internal_size",
        "Column.table_oid",
        "Column.table_column"
    })
    void theDescriptionHasTheColumnsOfTheResult() {
        assertNull(cur.description());
        cur.execute("SELECT id, name AS drink, price * 2 AS double FROM booze");
        List<Column> columns = cur.description();
        assertEquals(
                List.of("id", "drink", "double"),
                columns.stream().map(Column::name).toList());
        assertEquals(
                List.of(23L, 1043L, 1700L),
                columns.stream().map(Column::typeOid).toList());
        assertEquals(
                List.of("int4", "varchar", "numeric"),
                columns.stream().map(Column::typeName).toList());
        assertEquals(4, columns.get(0).typeLength());
        assertTrue(columns.get(1).typeLength() < 0);
        long table = conn.execute("SELECT 'booze'::regclass::oid").fetchOne().getLong(0);
        assertEquals(table, columns.get(1).tableOid());
        assertEquals(2, columns.get(1).attribute());
        assertEquals(0, columns.get(2).tableOid());
        cur.execute("INSERT INTO booze (name) VALUES ('ale')");
        assertNull(cur.description());
    }

    /** None in psycopg2 where a type has no limit, and -1 here. */
    @Test
    @Psycopg({"Column.display_size", "Column.precision", "Column.scale"})
    void aColumnTellsTheLimitsOfItsType() {
        List<Column> columns =
                cur.execute("SELECT id, name, price, name || 'x' FROM booze").description();
        assertEquals(
                List.of(11, 20),
                columns.stream().limit(2).map(Column::displaySize).toList());
        assertEquals(5, columns.get(2).precision());
        assertEquals(2, columns.get(2).scale());
        assertEquals(-1, columns.get(3).displaySize());
        assertEquals(-1, columns.get(3).precision());
    }

    @Test
    @Psycopg({"psycopg2.STRING", "psycopg2.BINARY", "psycopg2.NUMBER", "psycopg2.DATETIME", "psycopg2.ROWID"})
    void aColumnTellsTheKindOfItsType() {
        cur.execute("SELECT 'a'::text, '\\x00'::bytea, 1.5::numeric, current_date, 1::oid");
        assertEquals(
                List.of(
                        Column.Category.STRING,
                        Column.Category.BINARY,
                        Column.Category.NUMBER,
                        Column.Category.DATETIME,
                        Column.Category.ROWID),
                cur.description().stream().map(Column::category).toList());
    }

    /** The text as the program gave it, since values are not put into it. */
    @Test
    @Psycopg({"cursor.query", "behaviour 13"})
    void theQueryIsTheTextThatWasRunLast() {
        assertNull(cur.query());
        cur.execute("SELECT $1::int", 1);
        assertEquals("SELECT $1::int", cur.query());
        assertThrows(PgException.class, () -> cur.execute("SELEKT"));
        assertEquals("SELEKT", cur.query());
    }

    /** Tables have no oids since PostgreSQL 12; RETURNING tells what was made. */
    @Test
    @Psycopg("cursor.lastrowid")
    void theLastRowIdIsZero() {
        assertEquals(0, cur.lastRowId());
        assertEquals(
                0,
                cur.execute("INSERT INTO booze (name) VALUES ('ale') RETURNING id")
                        .lastRowId());
    }

    @Test
    @Psycopg("cursor.rowcount")
    void theRowCountIsThatOfTheStatement() {
        assertEquals(-1, cur.rowCount());
        assertEquals(
                2,
                cur.execute("INSERT INTO booze (name) VALUES ('ale'), ('beer')").rowCount());
        assertEquals(
                1,
                cur.execute("UPDATE booze SET name = 'port' WHERE name = 'ale'").rowCount());
        assertEquals(0, cur.execute("DELETE FROM booze WHERE false").rowCount());
        assertEquals(-1, cur.execute("CREATE TEMP TABLE other (n int)").rowCount());
    }

    @Test
    @Psycopg("cursor.rownumber")
    void theRowNumberCountsTheRowsThatWereRead() {
        cur.execute("SELECT generate_series(1, 10)");
        assertEquals(0, cur.rowNumber());
        cur.fetchOne();
        assertEquals(1, cur.rowNumber());
        cur.fetchMany(4);
        assertEquals(5, cur.rowNumber());
        cur.fetchAll();
        assertEquals(10, cur.rowNumber());
    }

    /** psycopg2 does not support nextset, and keeps the last result; here the first comes first, as in psycopg. */
    @Test
    @Psycopg("cursor.nextset")
    void nextSetGoesOnToTheNextResult() {
        cur.execute("SELECT 1; INSERT INTO booze (name) VALUES ('ale'); SELECT 3");
        assertEquals("(1,)", only(cur));
        assertTrue(cur.nextSet());
        assertEquals(1, cur.rowCount());
        assertTrue(cur.nextSet());
        assertEquals("(3,)", only(cur));
        assertFalse(cur.nextSet());
    }

    @Test
    @Psycopg({"cursor.close", "cursor.closed"})
    void aClosedCursorRefusesWhatIsAskedOfIt() {
        cur.execute("SELECT 1");
        assertFalse(cur.isClosed());
        cur.close();
        assertTrue(cur.isClosed());
        assertThrows(InterfaceException.class, () -> cur.execute("SELECT 1"));
        assertThrows(InterfaceException.class, cur::fetchOne);
        cur.close();
        assertEquals("(1,)", only(conn.execute("SELECT 1")));
    }

    @Test
    @Psycopg("cursor.connection")
    void aCursorKnowsItsConnection() {
        assertSame(conn, cur.connection());
    }

    @Test
    @Psycopg({"cursor.statusmessage", "behaviour 13"})
    void theStatusMessageIsTheTagOfTheServer() {
        assertNull(cur.statusMessage());
        assertEquals("SELECT 2", cur.execute("VALUES (1), (2)").statusMessage());
        assertEquals(
                "INSERT 0 1",
                cur.execute("INSERT INTO booze (name) VALUES ('ale')").statusMessage());
        assertEquals("SET", cur.execute("SET work_mem = '1MB'").statusMessage());
        assertEquals(
                "CREATE TABLE", cur.execute("CREATE TEMP TABLE other (n int)").statusMessage());
    }

    /** They do nothing in psycopg2, and what does nothing is left out here; the server describes parameters and columns. */
    @Test
    @Psycopg({"cursor.setinputsizes", "cursor.setoutputsize"})
    void theServerKnowsTheSizes() {
        String large = "x".repeat(1_000_000);
        assertEquals(large, cur.execute("SELECT $1::text", large).fetchOne().getString(0));
    }

    /** The moment, at UTC; the program says in which zone it wants it. */
    @Test
    @Psycopg("cursor.tzinfo_factory")
    void aTimeWithAZoneIsAtUtc() {
        conn.execute("SET TimeZone = 'Europe/Rome'");
        OffsetDateTime moment =
                cur.execute("SELECT timestamptz '2024-07-01 12:00'").fetchOne().getOffsetDateTime(0);
        assertEquals("2024-07-01T10:00Z", moment.toString());
        ZoneId zone = ZoneId.of(conn.parameter("TimeZone"));
        assertEquals(
                "2024-07-01T12:00+02:00[Europe/Rome]",
                moment.atZoneSameInstant(zone).toString());
    }

    /** A COPY is given whole, in the format that it says. */
    @Test
    @Psycopg("cursor.copy_expert")
    void dataIsCopiedBothWays() throws IOException {
        assertEquals(2, conn.copyIn("COPY booze (name) FROM STDIN (FORMAT csv)", new StringReader("ale\n\"be,er\"\n")));
        assertEquals(List.of("ale", "be,er"), names());
        StringWriter out = new StringWriter();
        assertEquals(2, conn.copyOut("COPY booze (name) TO STDOUT (FORMAT csv)", out));
        assertEquals("ale\n\"be,er\"\n", out.toString());
    }

    /** copy_from(file, table, sep, null, columns) writes the statement; so does a CopyTable, and rows need no file. */
    @Test
    @Psycopg("cursor.copy_from")
    void rowsAreCopiedIn() throws IOException {
        CopyTable table = CopyTable.of("booze", "name", "price").delimiter('|').nullText("-");
        assertEquals(1, conn.copyIn(table.fromStdin(), new StringReader("ale|-\n")));
        assertEquals(List.of("ale"), names());
        conn.execute("DELETE FROM booze");
        try (CopyWriter writer = conn.copyIn(table.fromStdin())) {
            writer.row("ale\t\\N", new BigDecimal("1.50"));
            writer.row(null, null);
        }
        assertEquals(
                "[('ale\t\\N', 1.50), (null, null)]",
                conn.execute("SELECT name, price FROM booze ORDER BY id")
                        .fetchAll()
                        .toString());
    }

    @Test
    @Psycopg("cursor.copy_to")
    void rowsAreCopiedOut() throws IOException {
        conn.execute("INSERT INTO booze (name) VALUES ('ale'), (NULL)");
        StringWriter out = new StringWriter();
        conn.copyOut(CopyTable.of("booze", "name").nullText("none").toStdout(), out);
        assertEquals("ale\nnone\n", out.toString());
        assertEquals(
                "[('ale',), (null,)]",
                conn.copyOut("COPY booze (name) TO STDOUT").fetchAll().toString());
    }

    @Test
    @Psycopg("cursor.cast")
    void aTextIsReadAsTheValueOfAType() {
        assertEquals(new BigDecimal("1.50"), conn.cast(1700, "1.50"));
        assertEquals(List.of(1, 2), conn.cast(1007, "{1,2}"));
        assertNull(conn.cast(23, null));
    }

    /** psycopg's {@code stream}: every iteration here; memory holds one page of the result. */
    @Test
    @Psycopg("psycopg cursor.stream")
    void aLongResultIsReadAsItIsConsumed() {
        cur.execute("SELECT g FROM generate_series(1, 1000000) g");
        assertEquals("(1,)", cur.fetchOne().toString());
        assertEquals(1, cur.rowNumber());
        cur.close();
        assertEquals("(1,)", only(conn.execute("SELECT 1")));
    }
}
