package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.error.DataException;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Codec;
import dev.pgwire.type.Multirange;
import dev.pgwire.type.Range;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types that a user has made: the driver asks the server what they are when it first meets one. */
class LearntTypesIT {
    enum Mood {
        HAPPY,
        SAD
    }

    record Price(BigDecimal amount, String currency) {}

    record Item(String name, Price price, List<Price> discounts, Mood mood) {}

    private Connection conn;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("CREATE TYPE pg_temp.mood AS ENUM ('HAPPY', 'SAD')");
        conn.execute("CREATE TYPE pg_temp.price AS (amount numeric(10,2), currency text)");
        conn.execute("CREATE DOMAIN pg_temp.positive AS int4 CHECK (VALUE > 0)");
        conn.execute("CREATE TYPE pg_temp.item AS (name text, price price, discounts price[], mood mood)");
        conn.execute("CREATE TYPE pg_temp.span AS RANGE (subtype = float8)");
    }

    @AfterEach
    void disconnect() {
        conn.close();
    }

    private Object read(String expression) {
        return conn.execute("SELECT " + expression).fetchOne().get(0);
    }

    @Test
    void anEnumIsAStringAndAJavaEnum() {
        assertEquals("SAD", read("'SAD'::mood"));
        assertEquals(Mood.SAD, conn.execute("SELECT 'SAD'::mood").fetchOne().get(0, Mood.class));
        assertEquals("SAD", conn.execute("SELECT $1::mood", Mood.SAD).fetchOne().getString(0));
        assertEquals(List.of("SAD", "HAPPY"), read("'{SAD,HAPPY}'::mood[]"));
        assertEquals(
                List.of("SAD", "HAPPY"),
                conn.execute("SELECT $1::mood[]", List.of(Mood.SAD, Mood.HAPPY))
                        .fetchOne()
                        .get(0));
    }

    @Test
    void aCompositeIsARowAndARecord() {
        Row row = conn.execute("SELECT ROW(1.50, 'EUR \"x\"')::price").fetchOne();
        Row price = row.get(0, Row.class);
        assertEquals(new BigDecimal("1.50"), price.get("amount"));
        assertEquals("EUR \"x\"", price.getString("currency"));
        assertEquals("(1.50,\"EUR \"\"x\"\"\")", row.getString(0));
        assertEquals(new Price(new BigDecimal("1.50"), "EUR \"x\""), row.get(0, Price.class));
        assertEquals("pg_temp", row.columns().get(0).typeName().replaceAll("_\\d+\\.price$|\\.price$", ""));
    }

    @Test
    void aRecordAMapAListAndARowAreWrittenAsAComposite() {
        Price price = new Price(new BigDecimal("2.00"), null);
        Row row = conn.execute("SELECT $1::price", price).fetchOne();
        assertEquals("(2.00,)", row.getString(0));
        for (Object value :
                List.of(row.get(0), Arrays.asList(new BigDecimal("2.00"), null), Map.of("amount", 2), "(2.00,)")) {
            assertEquals(
                    price,
                    conn.execute("SELECT $1::price", value).fetchOne().get(0, Price.class),
                    String.valueOf(value));
        }
        String refused = assertThrows(
                        DataException.class,
                        () -> conn.execute("SELECT $1::price", Map.of("amount", 1, "color", "red")))
                .getMessage();
        assertTrue(refused.contains("[amount, currency]"), refused);
    }

    @Test
    void compositesAreNestedToAnyDepth() {
        Item item = new Item(
                "tea",
                new Price(new BigDecimal("3.00"), "EUR"),
                Arrays.asList(new Price(new BigDecimal("0.50"), "a,b"), null),
                Mood.HAPPY);
        Row row = conn.execute("SELECT $1::item, ($1::item)::text, ARRAY[$1::item, NULL]", item)
                .fetchOne();
        assertEquals(row.getString(1), row.getString(0));
        Row read = row.get(0, Row.class);
        assertEquals("tea", read.get(0));
        assertEquals(item.price(), read.get("price", Price.class));
        assertEquals("a,b", read.get("discounts", Row[].class)[0].getString(1));
        assertNull(read.get("discounts", Row[].class)[1]);
        assertEquals(Mood.HAPPY, read.get("mood", Mood.class));
        Row[] items = row.get(2, Row[].class);
        assertEquals(2, items.length);
        assertEquals("tea", items[0].getString("name"));
    }

    @Test
    void aRangeOfAUsersOwnIsARange() {
        assertEquals(Range.closedOpen(1.5, 2.5), read("'[1.5,2.5)'::span"));
        assertEquals(Multirange.of(Range.closedOpen(1.5, 2.5)), read("'{[1.5,2.5)}'::pg_temp.span_multirange"));
        assertEquals(
                "[1,2]",
                conn.execute("SELECT ($1::span)::text", Range.closed(1, 2))
                        .fetchOne()
                        .getString(0));
    }

    @Test
    void arraysOfDomainsAreArraysOfTheirBaseType() {
        assertEquals(List.of(1, 2), read("'{1,2}'::positive[]"));
        assertEquals(
                "{3,4}",
                conn.execute("SELECT ($1::positive[])::text", new int[] {3, 4})
                        .fetchOne()
                        .getString(0));
    }

    @Test
    void aRecordWithoutATypeIsARow() {
        Row record = (Row) read("ROW(1, 'a'::text, NULL, ROW(2.5), ARRAY[1])");
        assertEquals(1, record.get("f1"));
        assertEquals("a", record.get(1));
        assertNull(record.get(2));
        assertEquals(new BigDecimal("2.5"), record.get(3, Row.class).get(0));
        assertEquals(
                "(1,a,,\"(2.5)\",{1})",
                conn.execute("SELECT ROW(1, 'a'::text, NULL, ROW(2.5), ARRAY[1])")
                        .fetchOne()
                        .getString(0));
        List<?> rows = (List<?>) read("ARRAY[ROW(1), ROW(2)]");
        assertEquals(2, ((Row) rows.get(1)).get(0));
    }

    @Test
    void theTextOfACompositeIsTheServersOwn() {
        for (String value : List.of(
                "(1.50,abc)",
                "(,)",
                "(,\"\")",
                "(-5.00,\"a \"\"quoted\"\", b\")",
                "(0.00,\"back\\\\slash\")",
                "(NaN,\"(x)\")")) {
            Row row = conn.execute(
                            "SELECT $1::price, ($1::price)::text, ARRAY[$1::price], ARRAY[$1::price]::text", value)
                    .fetchOne();
            assertEquals(row.getString(1), row.getString(0));
            assertEquals(row.getString(3), row.getString(2));
            Object read = row.get(0);
            assertEquals(
                    row.getString(1),
                    conn.execute("SELECT ($1::price)::text", read).fetchOne().getString(0));
        }
    }

    @Test
    void aRowOfATableIsAComposite() {
        conn.execute("CREATE TEMP TABLE gone_columns (a int4, b text, c bool)");
        conn.execute("ALTER TABLE gone_columns DROP COLUMN b");
        Row row = (Row) read("t FROM (VALUES (1)) v CROSS JOIN LATERAL (SELECT ROW(7, true)::gone_columns AS t) x");
        assertEquals("(7, true)", row.toString());
        assertEquals("c", row.columns().get(1).name());
    }

    @Test
    void whatIsMadeAnewIsNoticed() {
        assertEquals(
                "(1.00,x)", conn.execute("SELECT ROW(1, 'x')::price").fetchOne().getString(0));
        conn.execute("CREATE TYPE pg_temp.pair AS (a int4, b int4)");
        assertEquals(2, ((Row) read("ROW(1, 2)::pair")).size());
        conn.execute("DROP TYPE pair");
        conn.execute("CREATE TYPE pg_temp.pair AS (a text)");
        assertEquals("x", ((Row) read("ROW('x')::pair")).get("a"));
    }

    @Test
    void whatIsChangedAndRolledBackIsWhatItWas() {
        conn.execute("DROP TYPE IF EXISTS public.learnt_undone");
        conn.execute("CREATE TYPE public.learnt_undone AS (a int4)");
        try {
            assertEquals(1, ((Row) read("ROW(1)::public.learnt_undone")).size());
            for (String undo : List.of("ROLLBACK", "ROLLBACK TO SAVEPOINT before")) {
                conn.execute("BEGIN");
                conn.execute("SAVEPOINT before");
                conn.execute("ALTER TYPE public.learnt_undone ADD ATTRIBUTE b text");
                assertEquals(2, ((Row) read("ROW(1, 'x')::public.learnt_undone")).size());
                conn.execute(undo);
                assertEquals(1, ((Row) read("ROW(1)::public.learnt_undone")).size());
                conn.rollback();
            }
        } finally {
            conn.execute("DROP TYPE public.learnt_undone");
        }
    }

    @Test
    void whatAnotherSessionChangesIsNoticedAndNotMisread() {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("DROP TYPE IF EXISTS public.learnt_changed");
            conn.execute("CREATE TYPE public.learnt_changed AS (a int4)");
            String sql = "SELECT ROW(1)::public.learnt_changed AS v";
            assertEquals(1, conn.execute(sql).fetchOne().get(0, Row.class).get("a"));
            other.execute("ALTER TYPE public.learnt_changed ADD ATTRIBUTE b text");
            String wider = "SELECT ROW(1, 'x')::public.learnt_changed AS v";
            Row row = conn.execute(wider).fetchOne();
            assertTrue(assertThrows(DataException.class, () -> row.get(0))
                    .getMessage()
                    .contains("expected the statement to be run again"));
            assertEquals("x", conn.execute(wider).fetchOne().get(0, Row.class).get("b"));
        } finally {
            conn.execute("DROP TYPE public.learnt_changed");
        }
    }

    @Test
    void inAFailedTransactionNothingIsAsked() {
        conn.autocommit(false);
        assertThrows(Exception.class, () -> conn.execute("SELECT 1/0"));
        assertThrows(Exception.class, () -> conn.execute("SELECT 'SAD'::mood"));
        conn.rollback();
        assertEquals("SAD", read("'SAD'::mood"));
    }

    private static long count(StringBuilder trace, String part) {
        return trace.toString().lines().filter(line -> line.contains(part)).count();
    }

    /** What ends with Sync or is a Query, the server answers before the driver goes on. */
    private static long roundTrips(StringBuilder trace) {
        return count(trace, "F\t5\tSync") + count(trace, "\tQuery\t");
    }

    @Test
    void theFirstUseOfATypeCostsOneRoundTripMoreAndTheSecondNone() {
        StringBuilder trace = new StringBuilder();
        conn.execute("CREATE TYPE public.learnt_once AS ENUM ('a')");
        try (Connection traced = Postgres.connect(
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build())) {
            trace.setLength(0);
            traced.execute("SELECT 'a'::text").fetchAll();
            long known = roundTrips(trace);
            trace.setLength(0);
            traced.execute("SELECT 'a'::public.learnt_once").fetchAll();
            assertEquals(known + 1, roundTrips(trace), trace.toString());
            trace.setLength(0);
            traced.execute("SELECT 'a'::public.learnt_once, 1").fetchAll();
            assertEquals(known, roundTrips(trace), trace.toString());
        } finally {
            conn.execute("DROP TYPE public.learnt_once");
        }
    }

    @Test
    void connectionsThatBeginTogetherAskOnce() throws Exception {
        int connections = 64;
        conn.execute("CREATE TYPE public.learnt_together AS (a int4, b text)");
        List<StringBuilder> traces = new ArrayList<>();
        List<Connection> open = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            for (int i = 0; i < connections; i++) {
                StringBuilder trace = new StringBuilder();
                traces.add(trace);
                open.add(Postgres.connect(Config.parse(TestServer.shared().dsn()).toBuilder()
                        .trace(trace)
                        .build()));
            }
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Object>> read = new ArrayList<>();
            for (Connection each : open) {
                read.add(threads.submit(() -> {
                    start.await();
                    return each.execute("SELECT ROW(1, 'x')::public.learnt_together")
                            .fetchOne()
                            .get(0, Row.class)
                            .get("b");
                }));
            }
            start.countDown();
            for (Future<Object> each : read) {
                assertEquals("x", each.get());
            }
            long asked = traces.stream()
                    .mapToLong(trace -> count(trace, "\tQuery\t"))
                    .sum();
            assertEquals(1, asked);
        } finally {
            threads.shutdownNow();
            open.forEach(Connection::close);
            conn.execute("DROP TYPE public.learnt_together");
        }
    }

    @Test
    void aBatchThatMeetsATypeFirstTakesItsValuesAndDoesNotSpoilTheStatement() {
        conn.execute("CREATE TEMP TABLE prices (price price)");
        Price price = new Price(new BigDecimal("1.00"), "EUR");
        String sql = "INSERT INTO prices VALUES ($1) RETURNING price";
        conn.cursor().executeMany(sql, List.of(List.of(price), List.of(price)));
        assertEquals(price, conn.execute(sql, price).fetchOne().get(0, Price.class));
        assertEquals(3, conn.execute("SELECT count(*) FROM prices").fetchOne().getInt(0));
    }

    @Test
    void aPipelineThatMeetsATypeFirstDoesNotSpoilTheStatement() {
        String sql = "SELECT ROW(1, 'x')::price";
        try (Pipeline pipeline = conn.pipeline()) {
            Cursor cursor = pipeline.execute(sql);
            pipeline.sync();
            assertEquals("(1.00,x)", cursor.fetchOne().getString(0));
        }
        assertEquals(2, conn.execute(sql).fetchOne().get(0, Row.class).size());
    }

    @Test
    void aTypeThatATransactionDoesNotSeeYetIsAskedForAgain() {
        try (Connection other = Postgres.connect(TestServer.shared().dsn())) {
            conn.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
            conn.execute("SELECT count(*) FROM pg_catalog.pg_type").fetchAll();
            other.execute("CREATE TYPE public.learnt_late AS (a int4)");
            conn.execute("SELECT ROW(1)::public.learnt_late FROM pg_catalog.pg_class LIMIT 1")
                    .fetchAll();
            conn.execute("COMMIT");
            assertEquals(
                    1,
                    other.execute("SELECT ROW(1)::public.learnt_late")
                            .fetchOne()
                            .get(0, Row.class)
                            .get(0));
            other.execute("DROP TYPE public.learnt_late");
        }
    }

    @Test
    void aParameterWhoseTypeHasChangedIsWrittenAsItIsNow() {
        conn.execute("CREATE TYPE pg_temp.growing AS (a int4)");
        assertEquals(
                "(1)",
                conn.execute("SELECT ($1::growing)::text", Map.of("a", 1))
                        .fetchOne()
                        .getString(0));
        conn.execute("ALTER TYPE growing ADD ATTRIBUTE b int4");
        assertEquals(
                "(1,2)",
                conn.execute("SELECT ($1::growing)::text", Map.of("a", 1, "b", 2))
                        .fetchOne()
                        .getString(0));
    }

    @Test
    void aTypeWithoutABinaryFormatIsText() {
        conn.execute("CREATE SCHEMA learnt_old");
        try {
            conn.execute("CREATE EXTENSION cube SCHEMA learnt_old VERSION '1.4'");
            Row row = conn.execute("SELECT '(1,2)'::learnt_old.cube, ARRAY['(1,2)'::learnt_old.cube]")
                    .fetchOne();
            assertEquals("(1, 2)", row.get(0));
            assertEquals("{\"(1, 2)\"}", row.get(1));
        } finally {
            conn.execute("DROP SCHEMA learnt_old CASCADE");
        }
    }

    @Test
    void recordsInEachOtherEndSomewhere() {
        String sql = "SELECT " + "ROW(".repeat(200) + "1" + ")".repeat(200);
        Row row = conn.execute(sql).fetchOne();
        assertThrows(DataException.class, () -> row.getString(0));
        assertEquals(1, ((Row) row.get(0)).size());
    }

    @Test
    void aFieldOfARecordWhoseTypeIsNotKnownIsNotMadeUp() {
        Row row = conn.execute("SELECT ROW(1, 5::positive)").fetchOne();
        assertThrows(DataException.class, () -> row.getString(0));
        assertEquals(List.of(5), read("'{5}'::positive[]"));
        assertEquals(
                "(1,5)", conn.execute("SELECT ROW(1, 5::positive)").fetchOne().getString(0));
    }

    @Test
    void codecsOfTheProgramDoNotReadTheCatalogs() {
        Codec<StringBuilder> odd = Codec.of(
                StringBuilder.class,
                in -> new StringBuilder(in.readUtf8(in.remaining())).reverse(),
                (value, out) -> out.writeUtf8(value.toString()));
        conn.codec("text", odd);
        assertEquals(
                List.of("amount", "currency"),
                ((Row) read("ROW(1, 'x')::price"))
                        .columns().stream().map(Column::name).toList());
    }
}
