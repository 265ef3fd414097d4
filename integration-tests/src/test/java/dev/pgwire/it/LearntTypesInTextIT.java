package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.config.Config;
import dev.pgwire.config.Prepare;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.row.Row;
import dev.pgwire.testkit.TestServer;
import dev.pgwire.type.Range;
import dev.pgwire.type.TypeRef;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types that a user has made, where their values come as text or the statement stands in an open segment. */
class LearntTypesInTextIT {
    enum Mood {
        HAPPY,
        SAD
    }

    record Price(BigDecimal amount, String currency) {}

    private static final Price ONE = new Price(new BigDecimal("1.00"), "a \"b\", c");

    private final StringBuilder trace = new StringBuilder();
    private Connection maker;
    private Connection conn;
    private Connection never;

    @BeforeEach
    void connect() {
        maker = Postgres.connect(TestServer.shared().dsn());
        maker.execute("DROP SCHEMA IF EXISTS learnt_text CASCADE");
        maker.execute("CREATE SCHEMA learnt_text");
        maker.execute("CREATE TYPE learnt_text.mood AS ENUM ('HAPPY', 'SAD')");
        maker.execute("CREATE TYPE learnt_text.price AS (amount numeric(10,2), currency text)");
        maker.execute("CREATE TYPE learnt_text.span AS RANGE (subtype = float8)");
        Config.Builder config =
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace);
        conn = Postgres.connect(config.build());
        never = Postgres.connect(config.prepare(Prepare.NEVER).build());
        trace.setLength(0);
    }

    @AfterEach
    void disconnect() {
        conn.close();
        never.close();
        maker.execute("DROP SCHEMA learnt_text CASCADE");
        maker.close();
    }

    private static final String ALL = "SELECT ROW(1, 'a \"b\", c')::learnt_text.price AS price,"
            + " ARRAY[ROW(1, 'a \"b\", c')::learnt_text.price, NULL] AS prices,"
            + " 'SAD'::learnt_text.mood AS mood, ARRAY['SAD', 'HAPPY']::learnt_text.mood[] AS moods,"
            + " '[1,2.5)'::learnt_text.span AS span";

    private static void isAll(Row row) {
        assertEquals(ONE, row.get("price", Price.class));
        assertEquals(2, row.get("price", Row.class).size());
        assertEquals(ONE, row.get("prices", new TypeRef<List<Price>>() {}).get(0));
        assertEquals(Mood.SAD, row.get("mood", Mood.class));
        assertEquals(List.of("SAD", "HAPPY"), row.get("moods"));
        assertEquals(Range.closedOpen(1.0, 2.5), row.get("span"));
        assertEquals("(1.00,\"a \"\"b\"\", c\")", row.getString("price"));
    }

    private long count(String part) {
        return trace.toString().lines().filter(line -> line.contains(part)).count();
    }

    @Test
    void withoutPreparedStatementsTheyAreTypedAndAskedForOnce() {
        isAll(never.execute(ALL).fetchOne());
        assertEquals(1, count("\tSync"));
        assertEquals(1, count("\tQuery"));
        isAll(never.execute(ALL).fetchOne());
        assertEquals(2, count("\tSync"));
        assertEquals(1, count("\tQuery"));
    }

    @Test
    void inASimpleQueryTheyAreTyped() {
        isAll(conn.cursor().executeSimple(ALL).fetchOne());
        assertEquals(2, count("\tQuery"));
        try (Cursor cursor = conn.cursor()) {
            cursor.executeSimple("SELECT 1; " + ALL + "; " + ALL);
            cursor.nextSet();
            isAll(cursor.fetchOne());
            cursor.nextSet();
            isAll(cursor.fetchOne());
        }
        assertEquals(3, count("\tQuery"));
    }

    @Test
    void inAPipelineTheyAreTyped() {
        for (Connection each : List.of(conn, never)) {
            try (Pipeline pipeline = each.pipeline()) {
                pipeline.execute("CREATE TYPE learnt_text.made AS (a int4, b text)");
                Cursor made = pipeline.execute("SELECT ROW(7, 'x')::learnt_text.made AS made");
                Cursor all = pipeline.execute(ALL);
                pipeline.sync();
                assertEquals(7, made.fetchOne().get("made", Row.class).get("a"));
                isAll(all.fetchOne());
            }
            each.execute("DROP TYPE learnt_text.made");
        }
    }

    @Test
    void aPipelineIsStillOneTransaction() {
        Pipeline pipeline = conn.pipeline();
        pipeline.execute("CREATE TABLE learnt_text.t (mood learnt_text.mood)");
        pipeline.execute("INSERT INTO learnt_text.t VALUES ($1) RETURNING mood", Mood.SAD);
        pipeline.execute("SELECT 1/0");
        assertThrows(DatabaseException.class, pipeline::sync);
        pipeline.close();
        assertEquals(
                0,
                conn.execute(
                                "SELECT count(*) FROM pg_class WHERE relnamespace = 'learnt_text'::regnamespace AND relname = 't'")
                        .fetchOne()
                        .getInt(0));
    }

    @Test
    void aBatchIsTypedFromItsFirstRow() {
        maker.execute("CREATE TABLE learnt_text.t (price learnt_text.price)");
        for (Connection each : List.of(conn, never)) {
            try (Cursor cursor = each.cursor()) {
                cursor.executeMany(
                        "INSERT INTO learnt_text.t VALUES ($1) RETURNING price", List.of(List.of(ONE), List.of(ONE)));
                assertEquals(ONE, cursor.fetchOne().get(0, Price.class));
                cursor.nextSet();
                assertEquals(ONE, cursor.fetchOne().get(0, Price.class));
            }
        }
        assertEquals(0, count("\tQuery"));
        assertEquals(2, count("\tFlush") - 1, trace.toString());
    }

    @Test
    void inATransactionThatReadsTheyAreAskedForInside() {
        never.transaction(tx -> {
            isAll(tx.execute(ALL).fetchOne());
        });
    }

    @Test
    void aLongResultIsTypedAsWell() {
        int rows = 0;
        for (Row row :
                never.execute("SELECT ROW(i, 'x')::learnt_text.price AS price FROM generate_series(1, 20000) i")) {
            rows++;
            assertEquals(new Price(new BigDecimal(rows + ".00"), "x"), row.get(0, Price.class));
        }
        assertEquals(20_000, rows);
    }

    /** Which may be one with another server. */
    @Test
    void aConnectionThatComesAfterALostOneAsksAnew() {
        conn.execute("SELECT 'SAD'::learnt_text.mood");
        never.execute("SELECT 'SAD'::learnt_text.mood");
        assertEquals(1, count("\tQuery"));
        int process = conn.processId();
        maker.execute("SELECT pg_terminate_backend($1)", process);
        assertThrows(OperationalException.class, () -> conn.execute("SELECT 1"));
        never.execute("SELECT 'SAD'::learnt_text.mood, 1");
        assertEquals(1, count("\tQuery"));
        trace.setLength(0);
        try (Connection next = Postgres.connect(
                Config.parse(TestServer.shared().dsn()).toBuilder().trace(trace).build())) {
            assertEquals(
                    Mood.SAD,
                    next.execute("SELECT 'SAD'::learnt_text.mood").fetchOne().get(0, Mood.class));
        }
        assertEquals(1, count("\tQuery"));
    }
}
