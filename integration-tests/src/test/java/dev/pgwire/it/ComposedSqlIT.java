package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.sql.Composable;
import dev.pgwire.sql.Composed;
import dev.pgwire.sql.Identifier;
import dev.pgwire.sql.Literal;
import dev.pgwire.sql.Placeholder;
import dev.pgwire.sql.Sql;
import dev.pgwire.testing.Seed;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Conversion;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is quoted comes back from the server as it was, whichever way the session reads strings. */
class ComposedSqlIT {
    private static final int STRINGS = 100_000;
    /** How many of them one statement has; the server takes 1,664 columns. */
    private static final int TOGETHER = 1_000;

    /** What means something to the server, or to the driver. */
    private static final String[] PIECES = {
        "'",
        "''",
        "\\",
        "\\'",
        "\\\\",
        "\"",
        "\"\"",
        "$1",
        "$$",
        ":a",
        "::",
        "{}",
        "--",
        "/*",
        "*/",
        ";",
        "\n",
        "\r\n",
        "\t",
        " ",
        "E'",
        "U&'",
        "a",
        "B",
        "1",
        "%s",
        "?",
        "\u0001",
        "\u007f",
        "\u00e9",
        "\u2003",
        "\uffff",
        "\ud83d\ude00"
    };

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TIME ZONE 'UTC'");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private void read(String setting) {
        conn.execute("SET standard_conforming_strings = " + setting);
        assertEquals(setting, conn.parameter("standard_conforming_strings"));
    }

    private static List<String> strings(Random random, int most) {
        List<String> strings = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(most); length > 0; length--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            strings.add(text.toString());
        }
        return strings;
    }

    private static void inBatches(Seed seed, String setting, int most, Function<List<String>, List<String>> roundTrip) {
        Random random = seed.random(setting.length());
        for (int done = 0; done < Seed.draws(STRINGS); done += TOGETHER) {
            List<String> strings = strings(random, most);
            assertEquals(strings, roundTrip.apply(strings));
        }
    }

    private List<String> column(String sql) {
        return conn.execute(sql).fetchAll().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aStringIsALiteral(String setting) {
        read(setting);
        inBatches(
                Seed.take(setting),
                setting,
                9,
                strings -> column(Sql.of("VALUES ({})")
                        .format(Sql.of("), (")
                                .join(strings.stream().map(Literal::of).toList()))
                        .asString(conn)));
        assertEquals(List.of(), conn.notices());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aStringIsAValueOfAMogrifiedStatement(String setting) {
        read(setting);
        String byNumber =
                IntStream.rangeClosed(1, TOGETHER).mapToObj(i -> "($" + i + ")").collect(Collectors.joining(", "));
        inBatches(
                Seed.take(setting),
                setting,
                9,
                strings -> column(conn.mogrify("VALUES " + byNumber + " /* $7, '$8 */", strings.toArray())));
        assertEquals(List.of(), conn.notices());
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void aStringIsAnIdentifier(String setting) {
        read(setting);
        inBatches(Seed.take(setting), setting, 9, strings -> {
            List<Composable> columns = new ArrayList<>();
            for (String name : strings) {
                columns.add(
                        name.isEmpty()
                                ? Sql.of("1 AS \"\u00a0\"")
                                : Sql.of("1 AS {}").format(Identifier.of(name)));
            }
            return conn.execute(Sql.of("SELECT {}").format(Sql.of(", ").join(columns))).description().stream()
                    .map(Column::name)
                    .map(name -> name.equals("\u00a0") ? "" : name)
                    .toList();
        });
    }

    /** A name of as many bytes as the server takes is not cut off, and one byte more is not sent. */
    @Test
    void theLongestNameIsWhole() {
        for (String longest :
                List.of("x".repeat(63), "\u00e9".repeat(31) + "x", "\ud83d\ude00".repeat(15) + "\u20ac")) {
            assertEquals(63, longest.getBytes(StandardCharsets.UTF_8).length);
            conn.execute(Sql.of("CREATE TEMP TABLE {} ()").format(Identifier.of("pg_temp", longest)));
            assertEquals(
                    1L,
                    conn.execute("SELECT count(*) FROM pg_class WHERE relname = $1", longest)
                            .fetchOne()
                            .getLong(0));
            assertThrows(InterfaceException.class, () -> Identifier.of(longest + "x"));
        }
        assertEquals(List.of(), conn.notices());
    }

    /** A table's name for insertMany is read as SQL reads it, those of columns are the catalog's. */
    @Test
    void rowsGoIntoTablesAndColumnsOfAnyName() {
        Random random = Seed.take().random();
        for (String name : strings(random, 9).subList(0, Seed.draws(200))) {
            Identifier table = Identifier.of("pg_temp", "t" + name);
            Identifier column = Identifier.of("c" + name);
            conn.execute(Sql.of("CREATE TABLE {} ({} text)").format(table, column));
            conn.insertMany(table.asString(), column.parts(), List.of(List.of(name)));
            assertEquals(
                    List.of(name),
                    column(Sql.of("SELECT {} FROM {}").format(column, table).asString()));
            conn.execute(Sql.of("DROP TABLE {}").format(table));
        }
    }

    /** Each value of the table of values, written in the place of its parameter: the server's text is the judge. */
    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void everyValueThatATypeHasIsWritten(String setting) {
        read(setting);
        Map<String, String> refused = new TreeMap<>();
        int written = 0;
        for (TypeValue value : TypeValue.all()) {
            try {
                String mogrified =
                        conn.mogrify("SELECT " + TypeValue.text(value.type(), "$1::" + value.type()), value.value());
                String actual = conn.execute(mogrified).fetchOne().getString(0);
                read("on");
                String expected = conn.execute("SELECT " + TypeValue.text(value.type(), value.sql()))
                        .fetchOne()
                        .getString(0);
                assertEquals(expected, actual, mogrified);
                written++;
            } catch (DatabaseException wrong) {
                refused.put(value.type(), wrong.getMessage());
            }
            read(setting);
        }
        // A List is an array, and the server reads another text for these two types of its catalogs.
        assertEquals(Set.of("int2vector", "oidvector"), refused.keySet(), refused::toString);
        int all = written;
        assertTrue(all > 200, () -> all + " values were written");
    }

    @Test
    void statementsThatTakeNoParametersAreGivenValues() {
        conn.begin();
        conn.executeMogrified(
                "CREATE TEMP TABLE t (day date DEFAULT $1, note text DEFAULT $2, n int8 DEFAULT $3, d float8 CHECK (d > $4))",
                LocalDate.of(2024, 2, 29),
                "it's \\ $1",
                -5L,
                -0.5);
        conn.execute("INSERT INTO t DEFAULT VALUES");
        Row row = conn.execute("SELECT * FROM t").fetchOne();
        assertEquals("('2024-02-29', 'it''s \\ $1', -5, null)", row.toString());
        conn.executeMogrified("COMMENT ON TABLE t IS :comment", Map.of("comment", "a\\'b"));
        assertEquals(
                "a\\'b",
                conn.execute("SELECT obj_description('t'::regclass)").fetchOne().getString(0));
        conn.executeMogrified("SET LOCAL search_path = $1, $2", "a b", "public");
        assertEquals(
                "\"a b\", public", conn.execute("SHOW search_path").fetchOne().getString(0));
        conn.executeMogrified("SET LOCAL work_mem = $1", 4096);
        conn.executeMogrified("NOTIFY channel, $1", "it's");
        conn.execute(
                Sql.of("CREATE ROLE {} PASSWORD {}").format(Identifier.of("composed it"), Literal.of("se'c\\ret")));
        conn.executeMogrified("ALTER ROLE \"composed it\" PASSWORD $1 CONNECTION LIMIT $2", "s", -1);
        conn.executeMogrified("CREATE TEMP SEQUENCE s MINVALUE $1", -7);
        conn.rollback();
    }

    @Test
    void composedStatementsRunWhereverOthersDo() throws Exception {
        Composed query = Sql.of("SELECT {one} + {value} AS {name}")
                .format(Map.of("one", Literal.of(1), "value", Placeholder.of("x"), "name", Identifier.of("a \"b\"")));
        assertEquals(
                "a \"b\"",
                conn.execute(query, Map.of("x", 2)).description().get(0).name());
        assertEquals(3, conn.cursor().execute(query, Map.of("x", 2)).fetchOne().getInt(0));
        conn.transaction(tx -> {
            assertEquals(3, tx.execute(query, Map.of("x", 2)).fetchOne().getInt(0));
            assertEquals(4, tx.executeMogrified("SELECT $1 + 3", 1).fetchOne().getInt(0));
        });
        try (Pipeline pipeline = conn.pipeline()) {
            assertEquals(3, pipeline.execute(query, Map.of("x", 2)).fetchOne().getInt(0));
            assertEquals("SELECT 'a'", pipeline.mogrify("SELECT $1", "a"));
        }
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        assertEquals(3, async.execute(query, Map.of("x", 2)).get().scalar(Integer.class));
        assertEquals(4, async.executeMogrified("SELECT $1 + 3", 1).get().scalar(Integer.class));
        assertEquals("E'\\\\'", async.pipeline().literal("\\"));
        async.close().get();
        assertThrows(
                Exception.class, () -> async.executeMogrified("SELECT $1", 1).get());
    }

    @Test
    void aTypeOfTheSameNameHidesNoCast() {
        conn.execute("CREATE DOMAIN pg_temp.uuid AS text");
        conn.execute("CREATE DOMAIN pg_temp.float8 AS text");
        for (Object value : List.of(new UUID(0, 1), Double.NaN)) {
            assertEquals(
                    "pg_catalog",
                    conn.executeMogrified(
                                    "SELECT typnamespace::regnamespace::text FROM pg_type WHERE oid = pg_typeof($1)",
                                    value)
                            .fetchOne()
                            .getString(0));
        }
    }

    /** What a constant is before a cast or a subscript is what the parameter is. */
    @Test
    void aConstantMeansWhatTheParameterMeans() {
        conn.execute("SET lc_monetary = 'C'");
        for (String sql : List.of(
                "SELECT $1::int2 /* a */ :: text",
                "SELECT CAST($1 AS xid)::text",
                "SELECT $1 -- a\n ::xid::text",
                "SELECT $1::money::text")) {
            String expected =
                    conn.execute(sql, sql.contains("xid") ? 7 : -7).fetchOne().getString(0);
            assertEquals(
                    expected,
                    conn.executeMogrified(sql, sql.contains("xid") ? 7 : -7)
                            .fetchOne()
                            .getString(0));
        }
        assertEquals(
                "00000101",
                conn.executeMogrified("SELECT $1::bit(8)::text", 5).fetchOne().getString(0));
        assertEquals(
                2,
                conn.executeMogrified("SELECT ($1::int[])[2]", List.of(1, 2))
                        .fetchOne()
                        .getInt(0));
        assertThrows(PgException.class, () -> conn.executeMogrified("SELECT $1[0]", LocalDate.of(2024, 2, 29)));
    }

    @Test
    void whatCannotBeWrittenFailsTheFuture() throws Exception {
        AsyncConnection async = Postgres.connectAsync(TestServer.shared().dsn()).get();
        assertTrue(async.executeMogrified("SELECT $1", new Object()).isCompletedExceptionally());
        assertTrue(async.executeMogrified("SELECT $1").isCompletedExceptionally());
        assertTrue(async.execute(Literal.of(new Object())).isCompletedExceptionally());
        async.close().get();
        assertThrows(InterfaceException.class, () -> async.literal(1));
        assertThrows(InterfaceException.class, () -> async.mogrify("SELECT 1"));
        assertTrue(async.executeMogrified("SELECT $1", 1).isCompletedExceptionally());
    }

    private record Unwritten(int value) {}

    /** The type need not have been learnt for that. */
    @Test
    void aClassWithACodecOfTheProgramIsRefusedFromTheStart() {
        conn.codec("unwritten", Codec.of(Unwritten.class, in -> new Unwritten(0), (value, out) -> {}));
        conn.codec("also unwritten", Codec.of(DayOfWeek.class, in -> DayOfWeek.MONDAY, (value, out) -> {}));
        assertThrows(DataException.class, () -> conn.literal(new Unwritten(1)));
        assertThrows(DataException.class, () -> conn.literal(DayOfWeek.MONDAY));
    }

    private record Secret(String value) {}

    @Test
    void conversionsOfTheProgramAreMade() {
        conn.conversion(Conversion.of(Secret.class, String.class, Secret::new, Secret::value));
        Literal secret = Literal.of(new Secret("it's"));
        assertEquals(
                "it's",
                conn.execute(Sql.of("SELECT {}").format(secret)).fetchOne().getString(0));
        assertEquals("SELECT '{it''s}'", conn.mogrify("SELECT $1", List.of(new Secret("it's"))));
        assertThrows(DataException.class, secret::asString);
    }
}
