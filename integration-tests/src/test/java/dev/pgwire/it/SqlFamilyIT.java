package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.SqlClient;
import dev.pgwire.SqlExecutor;
import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.testkit.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same calls mean the same, whoever gets them. */
class SqlFamilyIT {
    private static final String BY_NAME = "SELECT :id::int, :name::text, :id + 1";

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    enum Who {
        CONNECTION,
        TRANSACTION,
        CURSOR,
        PIPELINE;

        SqlExecutor of(Connection conn) {
            return switch (this) {
                case CONNECTION -> conn;
                case TRANSACTION -> conn.begin();
                case CURSOR -> conn.cursor();
                case PIPELINE -> conn.pipeline();
            };
        }
    }

    record User(int id, String name) {}

    private static String row(Cursor cursor) {
        return String.valueOf(cursor.fetchOne());
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void valuesAreGivenByNumberOrByName(Who who) {
        SqlExecutor sql = who.of(conn);
        assertEquals("(7,)", row(sql.execute("SELECT 7")));
        assertEquals("(1, 'a')", row(sql.execute("SELECT $1::int, $2::text", 1, "a")));
        assertEquals("(2, 'b', 3)", row(sql.execute(BY_NAME, Map.of("id", 2, "name", "b", "more", 0))));
        assertEquals("(4, 'd', 5)", row(sql.execute(BY_NAME, new User(4, "d"))));
        Map<String, Object> withNull = new HashMap<>();
        withNull.put("id", null);
        withNull.put("name", "n");
        assertEquals("(null, 'n', null)", row(sql.execute(BY_NAME, withNull)));
    }

    /** Without a cast, and without a warning: the tests are compiled with -Werror. */
    @ParameterizedTest
    @EnumSource(Who.class)
    void nullIsOneNull(Who who) {
        SqlExecutor sql = who.of(conn);
        assertEquals("(null,)", row(sql.execute("SELECT $1::int", null)));
        assertEquals("(null, 1, null)", row(sql.execute("SELECT $1::int, $2::int, $3::text", null, 1, null)));
        assertEquals("(null,)", row(sql.execute("SELECT $1::int", (Object) null)));
        Integer none = null;
        assertEquals("(null,)", row(sql.execute("SELECT $1::int", none)));
    }

    /** An array of values is what the dots stand for; what it has in it does not matter to the compiler. */
    @ParameterizedTest
    @EnumSource(Who.class)
    void anArrayIsTheValues(Who who) {
        SqlExecutor sql = who.of(conn);
        assertEquals("(1, 'a')", row(sql.execute("SELECT $1::int, $2::text", new Object[] {1, "a"})));
        assertEquals("(2, 'b', 3)", row(sql.execute(BY_NAME, new Object[] {Map.of("id", 2, "name", "b")})));
        assertEquals("(null, null)", row(sql.execute("SELECT $1::int, $2::int", new Void[2])));
    }

    @ParameterizedTest
    @EnumSource(Who.class)
    void aNameWithoutAValueIsRefused(Who who) {
        SqlExecutor sql = who.of(conn);
        String message = assertThrows(
                        InterfaceException.class, () -> sql.execute(BY_NAME, Map.of("id", 2, "nmae", "b")))
                .getMessage();
        assertTrue(message.contains(":name") && message.contains("nmae"), message);
        assertThrows(InterfaceException.class, () -> sql.execute("SELECT $1::int, :id::int", new User(1, "a")));
        assertEquals("(7,)", row(sql.execute("SELECT 7")));
    }

    private void manyOf(SqlClient client) {
        client.execute("CREATE TEMP TABLE many (id int, name text)");
        assertEquals(
                2,
                client.executeMany("INSERT INTO many VALUES ($1, $2)", List.of(List.of(1, "a"), List.of(2, "b")))
                        .rowCount());
        assertEquals(
                1,
                client.executeMany("INSERT INTO many VALUES (:id, :name)", List.of(new User(3, "c")))
                        .rowCount());
        assertEquals(
                2,
                client.insertMany(
                                "many", List.of("id", "name"), List.of(new User(4, "d"), Map.of("id", 5, "name", "e")))
                        .rowCount());
        try (Pipeline pipeline = client.pipeline()) {
            pipeline.execute("INSERT INTO many VALUES (:id, :name)", new User(6, "f"));
        }
        assertEquals(
                "[1, 2, 3, 4, 5, 6]",
                client.executeSimple("SELECT id FROM many ORDER BY id").fetchAll().stream()
                        .map(row -> row.getRaw(0))
                        .map(raw -> new String(raw, StandardCharsets.US_ASCII))
                        .collect(Collectors.toList())
                        .toString());
        int six = client.transactionReturning(
                tx -> tx.execute("SELECT count(*) FROM many").fetchOne().getInt(0));
        assertEquals(6, six);
        client.transaction(tx -> tx.execute("DROP TABLE many"));
    }

    @Test
    void aTransactionDoesWhatAConnectionDoes() {
        manyOf(conn);
        conn.transaction(this::manyOf);
    }

    @Test
    void aCursorInsertsManyOnItself() {
        conn.execute("CREATE TEMP TABLE own (id int)");
        Cursor cursor = conn.cursor();
        cursor.execute("SELECT 1");
        assertEquals(
                3,
                cursor.insertMany("own", List.of("id"), Arrays.asList(List.of(1), List.of(2), List.of(3)))
                        .rowCount());
        assertEquals("INSERT 0 3", cursor.statusMessage());
        cursor.close();
        assertThrows(InterfaceException.class, () -> cursor.insertMany("own", List.of("id"), List.of()));
    }

    record Numbered(int n) {}

    @Test
    void rowsComeAsRecordsHoweverTheyAreFetched() {
        Cursor cursor = conn.execute("SELECT n FROM generate_series(1, 10) n");
        assertEquals(new Numbered(1), cursor.fetchOne(Numbered.class));
        assertEquals(List.of(new Numbered(2), new Numbered(3)), cursor.fetchMany(2, Numbered.class));
        assertEquals(List.of(), cursor.fetchMany(0, Numbered.class));
        assertThrows(InterfaceException.class, () -> cursor.fetchMany(-1, Numbered.class));
        assertEquals(
                List.of(new Numbered(4), new Numbered(5)),
                cursor.stream(Numbered.class).limit(2).toList());
        assertEquals(List.of(new Numbered(6), new Numbered(7)), cursor.fetchMany(2, Numbered.class));
        assertEquals(3, cursor.fetchMany(100, Numbered.class).size());
        assertEquals(List.of(), cursor.fetchMany(100, Numbered.class));
        record Other(int other) {}
        Cursor again = conn.execute("SELECT 1 AS n");
        assertThrows(InterfaceException.class, () -> again.stream(Other.class));
    }

    @Test
    void aRecordIsTheValueOfNoParameterYet() {
        String message = assertThrows(DataException.class, () -> conn.execute("SELECT $1::int", new User(1, "a")))
                .getMessage();
        assertTrue(message.contains("parameter $1 (int4) cannot take"), message);
    }
}
