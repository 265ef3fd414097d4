package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Interval;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values of every type that the driver knows, and of some that it does not: read in both formats, and written back. The
 * server is the judge: what it makes of a value by {@code ::text} is what the driver must say.
 */
class TypesIT {
    /** Literals beside the table, of types that are made of others and longer ones. What begins with a parenthesis is an expression. */
    private static final Map<String, List<String>> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("cstring", List.of("", "é")),
            Map.entry("interval[]", List.of("{\"1 year -2 days\",NULL,00:00:00}")),
            Map.entry("int2vector[]", List.of("{\"1 2\",NULL,\"\"}", "{\"\"}", "{{1,2},{3,NULL}}")),
            Map.entry("regclass[]", List.of("{pg_class,NULL,-}")),
            Map.entry("varbit[]", List.of("{1,\"\",NULL}")),
            Map.entry("tid[]", List.of("{\"(0,1)\",NULL}")),
            Map.entry("inet[]", List.of("{}", "{10.0.0.1/8,NULL,::ffff:1.2.3.4}")),
            Map.entry("cidr[]", List.of("{10.0.0.0/8,::1}")),
            Map.entry("tsvector", tsvectors()),
            Map.entry("tsquery", tsqueries()),
            Map.entry("tsvector[]", List.of("{\"'a':1 'b':2,3A\",NULL,\"\",\"'it''s' '\\\\\\\\'\"}")),
            Map.entry("tsquery[]", List.of("{\"'a' & 'b'\",NULL,\"\",'c':*AB}")),
            Map.entry("point[]", List.of("{\"(1,2)\",NULL}")),
            Map.entry("box[]", List.of("{}", "{(3,4),(1,2);NULL;(7,8),(5,6)}")),
            Map.entry("int4[]", List.of("{}", "{1,NULL,-3}", "{{1,2},{3,4}}", "{{{1},{2}},{{3},{NULL}}}")),
            Map.entry("text[]", List.of("{\"a b\",\"c\\\"d\",NULL,\"NULL\",\"\",é,\"{\",\"a,b\",\"\\\\\",null}")),
            Map.entry("bool[]", List.of("{t,f,NULL}")),
            Map.entry("numeric[]", List.of("{1.50,NaN,-Infinity,0.000}")),
            Map.entry("timestamptz[]", List.of("{\"2024-02-29 12:34:56.7+00\",infinity}")),
            Map.entry("int4range", List.of("[1,5)", "[1,5]", "empty", "(,)", "[5,)", "(,-3]")),
            Map.entry("int8range", List.of("[-9223372036854775808,9223372036854775807)", "empty")),
            Map.entry("numrange", List.of("(1.50,2.00]", "[NaN,NaN]", "(,)", "(-Infinity,0)")),
            Map.entry("daterange", List.of("[2024-02-29,2024-03-01)", "[-infinity,infinity)", "empty")),
            Map.entry("tsrange", List.of("[2024-02-29 12:00:00,2024-03-01 00:00:00.000001)", "(,infinity]")),
            Map.entry("tstzrange", List.of("[2024-02-29 12:00:00+00,)")),
            Map.entry("int4range[]", List.of("{\"[1,5)\",empty,NULL,\"(,)\"}")),
            Map.entry("int4multirange", List.of("{}", "{[1,5),[10,20)}", "{(,)}", "{(,1),[7,)}")),
            Map.entry("nummultirange", List.of("{(1.5,2.5],[3,3]}")),
            Map.entry("tstzmultirange", List.of("{[2024-02-29 12:00:00+00,2024-03-01 00:00:00+00)}"))));

    /** Types whose own text begins with a parenthesis. */
    private static final Pattern BEGINNING_WITH_PARENTHESES = Pattern.compile(".*range");

    /** Types without a codec travel as text both ways. */
    private static final Map<String, List<String>> TEXT_ONLY =
            new TreeMap<>(Map.ofEntries(Map.entry("types_it_mood", List.of("happy", "so so", "it's \"ça\""))));

    private static Connection conn;

    private static List<String> tsvectors() {
        return List.of(
                "",
                "a",
                "'a':1 'b':2,3A",
                "b a b:2 a:3,1B,1A,1",
                "a:1A,2B,3C,4D",
                "a:16383,99999",
                "'it''s' 'back\\\\slash' ' ' ':' ','",
                "aa b ab aaa B é z \uFFFD \uD83D\uDE00 \uE000",
                "(('a:' || array_to_string(array(SELECT generate_series(1, 300)), ','))::tsvector)",
                "((repeat('é', 1023) || ':1')::tsvector)",
                "(to_tsvector('english', 'The Fat Rats ate the cats'' 12.5 \\ hats, fatly'))",
                "(setweight(to_tsvector('simple', 'a b a'), 'C'))",
                "((SELECT string_agg('w' || i || ':' || i, ' ') FROM generate_series(1, 5000) i)::tsvector)");
    }

    /** With a blank before what begins with a parenthesis, since that would be an expression. */
    private static List<String> tsqueries() {
        return List.of(
                "",
                "a",
                "'it''s' & 'back\\\\slash' & ' '",
                "a & b",
                "a & b & c",
                "a & (b & c)",
                " (a & b) & (c & d)",
                "a | b | c",
                "a | (b | c) | d",
                "a & b | c & d",
                " (a | b) & (c | d)",
                "!a",
                "!!a",
                "!!!(a & !b)",
                "!(a <-> b)",
                "!a <-> !b",
                "a <-> b",
                "a <-> b <2> c",
                "a <-> (b <2> c)",
                " (a <-> b) <0> (c <16384> d)",
                "a <-> (b <-> (c <-> d)) <-> e",
                " (a & b) <-> (c | d)",
                " (a | b) <3> c & d",
                "a <-> !(b <-> c)",
                "a:*",
                "a:A",
                "a:D",
                "a:ABCD",
                "c:*AB",
                "a:bcd* & (b:* | !c:d)",
                "é & \uD83D\uDE00",
                "(repeat('é', 1023)::tsquery)",
                "(to_tsquery('english', 'The & (Fat | Rats:*A) & !cats'))",
                "(to_tsquery('english', 'the'))",
                "(phraseto_tsquery('english', 'the fat cat ate the rats'))",
                "(phraseto_tsquery('simple', (SELECT string_agg('w' || i, ' ') FROM generate_series(1, 1500) i)))",
                "((SELECT string_agg('w' || i, ' | ') FROM generate_series(1, 3000) i)::tsquery)",
                "((repeat('a & (', 1500) || 'b' || repeat(')', 1500))::tsquery)",
                "((repeat('a & (b | ', 190) || 'b' || repeat(')', 190))::tsquery)",
                "(websearch_to_tsquery('english', '\"fat cat\" or rat -dog'))",
                "(tsquery_phrase('a'::tsquery, 'b | c'::tsquery, 10))");
    }

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("SET TIME ZONE 'UTC'");
        conn.execute("CREATE TYPE pg_temp.types_it_mood AS ENUM ('happy', 'so so', 'it''s \"ça\"')");
        conn.execute("CREATE TYPE pg_temp.types_it_pair AS (number int4, word text)");
        conn.execute("CREATE DOMAIN pg_temp.types_it_age AS int4 CHECK (VALUE >= 0)");
        conn.execute("CREATE DOMAIN pg_temp.types_it_moods AS pg_temp.types_it_mood[]");
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    static Stream<Arguments> values() {
        return arguments(VALUES);
    }

    static Stream<Arguments> textOnly() {
        return arguments(TEXT_ONLY);
    }

    static Stream<String> types() {
        return Stream.of(
                        TypeValue.all().stream().map(TypeValue::type),
                        VALUES.keySet().stream(),
                        TEXT_ONLY.keySet().stream())
                .flatMap(types -> types)
                .distinct();
    }

    private static Stream<Arguments> arguments(Map<String, List<String>> values) {
        return values.entrySet().stream()
                .flatMap(type -> type.getValue().stream().map(value -> Arguments.of(type.getKey(), value)));
    }

    /** The tests below rest on it. */
    @Test
    void aPlainSelectIsBinaryAndASimpleQueryIsText() {
        byte[] binary = conn.execute("SELECT 305419896").fetchOne().getRaw(0);
        byte[] text = conn.cursor().executeSimple("SELECT 305419896").fetchOne().getRaw(0);

        assertEquals("12345678", HexFormat.of().formatHex(binary));
        assertEquals("305419896", new String(text, StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aValueReadsTheSameInBothFormatsAndIsWhatTheServerSays(String type, String value) {
        String expression = expression(type, value);
        String expected = server(type, expression);

        Row binary = conn.execute("SELECT " + expression).fetchOne();
        Row text = conn.cursor().executeSimple("SELECT " + expression).fetchOne();

        assertEquals(expected, binary.getString(0));
        assertEquals(expected, text.getString(0));
        assertSame(binary.get(0), text.get(0));
    }

    @ParameterizedTest
    @MethodSource("values")
    void whatWasReadCanBeWrittenBack(String type, String value) {
        String expression = expression(type, value);
        Object read = conn.execute("SELECT " + expression).fetchOne().get(0);

        Row back = conn.execute("SELECT " + text(type, "$1::" + type) + ", $1::" + type, read)
                .fetchOne();

        assertEquals(server(type, expression), back.getString(0));
        assertSame(read, back.get(1));
    }

    @ParameterizedTest
    @MethodSource("textOnly")
    void aTypeWithoutACodecIsItsText(String type, String value) {
        String expression = expression(type, value);
        String expected = server(type, expression);

        for (Row row : List.of(
                conn.execute("SELECT " + expression).fetchOne(),
                conn.cursor().executeSimple("SELECT " + expression).fetchOne(),
                conn.execute("SELECT $1::" + type, value).fetchOne(),
                conn.execute("SELECT $1::" + type, expected).fetchOne())) {
            assertEquals(expected, row.getString(0));
            assertEquals(expected, row.get(0));
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nullOfEveryTypeIsNullBothWays(String type) {
        for (Row row : List.of(
                conn.execute("SELECT NULL::" + type).fetchOne(),
                conn.cursor().executeSimple("SELECT NULL::" + type).fetchOne(),
                conn.execute("SELECT $1::" + type, (Object) null).fetchOne())) {
            assertTrue(row.isNull(0));
            assertNull(row.get(0));
            assertNull(row.getString(0));
            assertNull(row.getRaw(0));
            assertNull(row.get(0, String.class));
        }
        assertTrue(conn.execute("SELECT $1::" + type + " IS NULL", (Object) null)
                .fetchOne()
                .getBoolean(0));
    }

    @Test
    void valuesOfManyTypesAndNullsStandInOneRow() {
        String columns = "1::int2 a, NULL::int4 b, 'x'::text c, 2.50::numeric d, NULL::inet e, '::1'::inet f, true g,"
                + " '\\x01'::bytea h, NULL::text i";
        for (Row row : List.of(
                conn.execute("SELECT " + columns).fetchOne(),
                conn.cursor().executeSimple("SELECT " + columns).fetchOne())) {
            assertEquals("(1, null, 'x', 2.50, null, '::1', true, '\\x01', null)", row.toString());
        }
    }

    /** The server gives a type even to what is cast to unknown, and takes no parameter of it. */
    @Test
    void aLiteralWithoutATypeIsText() {
        for (String sql : List.of("SELECT 'é \uD83D\uDE00', NULL", "SELECT 'é \uD83D\uDE00'::unknown, NULL::unknown")) {
            for (Row row : List.of(
                    conn.execute(sql).fetchOne(),
                    conn.cursor().executeSimple(sql).fetchOne())) {
                assertEquals("text", row.columns().get(0).typeName());
                assertEquals("é \uD83D\uDE00", row.get(0));
                assertNull(row.get(1));
            }
        }
    }

    @Test
    void voidIsTheEmptyText() {
        assertEquals(
                "", conn.execute("SELECT pg_notify('types_it', '')").fetchOne().get(0));
        assertEquals(
                "",
                conn.cursor()
                        .executeSimple("SELECT pg_notify('types_it', '')")
                        .fetchOne()
                        .get(0));
    }

    @Test
    void aDomainIsReadAsTheTypeThatItIsOver() {
        for (Row row : List.of(
                conn.execute("SELECT 42::types_it_age").fetchOne(),
                conn.cursor().executeSimple("SELECT 42::types_it_age").fetchOne(),
                conn.execute("SELECT $1::types_it_age", "42").fetchOne())) {
            assertEquals(42, row.get(0));
            assertEquals(42, row.getInt(0));
            assertEquals("42", row.getString(0));
        }
    }

    /** From its own text the server could not tell a byte over 127 before version 16, so the judge is its number. */
    @Test
    void everyByteOfCharIsReadAndWritten() {
        String sql = "SELECT i, (CASE WHEN i > 127 THEN i - 256 ELSE i END)::\"char\" FROM generate_series(0, 255) i";
        for (List<Row> rows : List.of(
                conn.execute(sql).fetchAll(), conn.cursor().executeSimple(sql).fetchAll())) {
            assertEquals(256, rows.size());
            for (Row row : rows) {
                int code = row.getInt(0);
                String character = code == 0 ? "" : String.valueOf((char) code);
                assertEquals(character, row.get(1));
                assertEquals(
                        (int) (byte) code,
                        conn.execute("SELECT $1::\"char\"::int", row.get(1))
                                .fetchOne()
                                .getInt(0));
            }
        }
    }

    /** Servers have the infinite interval from version 17 on. */
    @ParameterizedTest
    @ValueSource(strings = {"infinity", "-infinity"})
    void anIntervalMayBeInfinite(String value) {
        assumeTrue(conn.info().serverVersionNumber() >= 170000, "no interval is infinite before PostgreSQL 17");
        aValueReadsTheSameInBothFormatsAndIsWhatTheServerSays("interval", value);
        whatWasReadCanBeWrittenBack("interval", value);
        assertEquals(
                value.startsWith("-") ? Interval.NEGATIVE_INFINITY : Interval.INFINITY,
                conn.execute("SELECT '" + value + "'::interval").fetchOne().get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "postgres_verbose", "sql_standard", "iso_8601"})
    void anIntervalIsReadInEveryStyle(String style) {
        String sql = "SELECT make_interval(years => y, days => d, secs => s) FROM unnest(ARRAY[0, 1, -2]) y,"
                + " unnest(ARRAY[0, 1, -3]) d, unnest(ARRAY[0, 1, -0.5, 14706.789, -3600]) s ORDER BY y, d, s";
        try (Connection styled = Postgres.connect(TestServer.shared().dsn())) {
            List<Row> binary = styled.execute(sql).fetchAll();
            styled.execute("SET IntervalStyle = '" + style + "'");
            List<Row> text = styled.cursor().executeSimple(sql).fetchAll();
            assertEquals(45, text.size());
            for (int i = 0; i < text.size(); i++) {
                assertEquals(
                        binary.get(i).get(0), text.get(i).get(0), text.get(i).getString(0));
            }
        }
    }

    @Test
    void durationsPeriodsAndOidsAreParameters() {
        Row row = conn.execute(
                        "SELECT $1::interval::text, $2::interval::text, $3::regclass::text, $4::bit::text, $5::money::text",
                        Duration.ofMinutes(90),
                        Period.of(1, 2, 3),
                        1259,
                        true,
                        new BigDecimal("-1234.5"))
                .fetchOne();
        assertEquals("('01:30:00', '1 year 2 mons 3 days', 'pg_class', '1', '-$1,234.50')", row.toString());
    }

    @Test
    void xmlOfAnotherEncodingKeepsItsCharacters() {
        String document = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>é</a>";
        assertEquals(
                document,
                conn.execute("SELECT $1::xml::text", document).fetchOne().get(0));
        assertEquals(
                "<a>é</a>", conn.execute("SELECT $1::xml", document).fetchOne().get(0));
    }

    @Test
    void aTransactionBeyondLongIsABigInteger() {
        String most = "18446744073709551615";
        for (Row row : List.of(
                conn.execute("SELECT '" + most + "'::xid8").fetchOne(),
                conn.cursor().executeSimple("SELECT '" + most + "'::xid8").fetchOne(),
                conn.execute("SELECT $1::xid8", new BigInteger(most)).fetchOne())) {
            assertEquals(most, row.getString(0));
            assertEquals(new BigInteger(most), row.get(0, BigInteger.class));
            assertEquals(
                    "22003", assertThrows(DataException.class, () -> row.get(0)).sqlState());
        }
    }

    /** No LocalTime and no OffsetTime is 24:00:00; its text can still be had. */
    @ParameterizedTest
    @CsvSource({"time, 24:00:00", "timetz, 24:00:00-12"})
    void theEndOfTheDayIsTextOnly(String type, String value) {
        for (Row row : List.of(
                conn.execute("SELECT '" + value + "'::" + type).fetchOne(),
                conn.cursor().executeSimple("SELECT '" + value + "'::" + type).fetchOne(),
                conn.execute("SELECT $1::" + type, value).fetchOne())) {
            assertEquals(value, row.getString(0));
            assertEquals(
                    "22008", assertThrows(DataException.class, () -> row.get(0)).sqlState());
        }
    }

    @Test
    void everyTypeHasItsJavaClass() {
        Object[] expected = {
            true,
            (short) -2,
            3,
            4L,
            5L,
            0.5f,
            0.25,
            new BigDecimal("1.50"),
            "text",
            "varchar",
            "ab ",
            "name",
            "c",
            UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            LocalDate.of(2024, 2, 29),
            LocalDate.of(-43, 3, 15),
            LocalDate.MAX,
            LocalTime.of(12, 34, 56, 789_000),
            LocalDateTime.of(294276, 12, 31, 23, 59, 59, 999_999_000),
            LocalDateTime.MIN,
            OffsetDateTime.of(2024, 2, 29, 10, 4, 56, 700_000_000, ZoneOffset.UTC),
            OffsetDateTime.MAX,
            "{\"b\": 1 }",
            "{\"b\": 1}",
            Double.NaN,
            Double.NEGATIVE_INFINITY,
        };
        String sql = "SELECT true, (-2)::int2, 3, 4::int8, 5::oid, 0.5::float4, 0.25::float8, 1.50, 'text'::text,"
                + " 'varchar'::varchar, 'ab'::char(3), 'name'::name, 'c'::\"char\","
                + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid, '2024-02-29'::date, '0044-03-15 BC'::date,"
                + " 'infinity'::date, '12:34:56.000789'::time, '294276-12-31 23:59:59.999999'::timestamp,"
                + " '-infinity'::timestamp, '2024-02-29 12:34:56.7+02:30'::timestamptz, 'infinity'::timestamptz,"
                + " '{\"b\": 1 }'::json, '{\"b\": 1 }'::jsonb, 'NaN'::numeric, '-Infinity'::numeric";
        for (Row row : List.of(
                conn.execute(sql).fetchOne(), conn.cursor().executeSimple(sql).fetchOne())) {
            assertEquals(Arrays.asList(expected), Arrays.asList(row.toArray()));
        }
    }

    @Test
    void theInstantIsRightInEveryTimeZone() {
        try (Connection elsewhere = Postgres.connect(TestServer.shared().dsn())) {
            for (String zone : List.of("America/New_York", "Asia/Kolkata", "Asia/Kathmandu", "Africa/Monrovia")) {
                elsewhere.execute("SET TIME ZONE '" + zone + "'");
                for (Instant instant : List.of(
                        // The hour that comes twice in New York, both times.
                        Instant.parse("2024-11-03T05:30:00Z"),
                        Instant.parse("2024-11-03T06:30:00.000001Z"),
                        Instant.parse("2024-03-10T07:00:00Z"),
                        // Local mean time: offsets with seconds.
                        Instant.parse("1850-06-01T12:00:00.5Z"),
                        Instant.parse("-0043-03-15T00:00:00Z"),
                        Instant.parse("+294276-12-31T23:59:59.999999Z"))) {
                    String sql = "SELECT '" + utc(instant) + "'::timestamptz";
                    for (Row row : List.of(
                            elsewhere.execute(sql).fetchOne(),
                            elsewhere.cursor().executeSimple(sql).fetchOne(),
                            elsewhere.execute("SELECT $1::timestamptz", instant).fetchOne())) {
                        assertEquals(instant, row.get(0, Instant.class), zone);
                        assertEquals(instant.atOffset(ZoneOffset.UTC), row.get(0), zone);
                    }
                    assertEquals(
                            utc(instant),
                            elsewhere
                                    .execute("SELECT ($1::timestamptz AT TIME ZONE 'UTC')::text", instant)
                                    .fetchOne()
                                    .getString(0)
                                    .replaceFirst("( BC)?$", "+00$1"),
                            zone);
                }
            }
        }
    }

    private static String utc(Instant instant) {
        OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
        int year = utc.getYear();
        String fraction =
                utc.getNano() == 0 ? "" : ("." + "%06d".formatted(utc.getNano() / 1000)).replaceFirst("0+$", "");
        return "%04d-%02d-%02d %02d:%02d:%02d%s+00%s"
                .formatted(
                        year > 0 ? year : 1 - year,
                        utc.getMonthValue(),
                        utc.getDayOfMonth(),
                        utc.getHour(),
                        utc.getMinute(),
                        utc.getSecond(),
                        fraction,
                        year > 0 ? "" : " BC");
    }

    private static String expression(String type, String value) {
        return value.startsWith("(")
                        && VALUES.containsKey(type)
                        && !BEGINNING_WITH_PARENTHESES.matcher(type).matches()
                ? value
                : "'" + value.replace("'", "''") + "'::" + type;
    }

    /** What the server itself says. It comes as text, so that no codec but that of text is involved. */
    private static String server(String type, String expression) {
        return conn.cursor()
                .executeSimple("SELECT " + text(type, expression))
                .fetchOne()
                .getString(0);
    }

    /**
     * The cast to text is not always the value's own text: that of bpchar cuts the blanks off, that of xml keeps the encoding, and
     * that of inet adds the length of the mask. The function format calls the type's output function, which gives the value as it is.
     */
    private static String text(String type, String expression) {
        return type.equals("bpchar") || type.equals("inet") || type.equals("xml")
                ? "format('%s', " + expression + ")"
                : "(" + expression + ")::text";
    }

    private static void assertSame(Object expected, Object actual) {
        assertTrue(
                Objects.deepEquals(expected, actual),
                () -> "expected " + expected + " of " + expected.getClass() + ", found " + actual);
    }
}
