package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.BulkInsert;
import dev.pgwire.BulkWay;
import dev.pgwire.Connection;
import dev.pgwire.Cursor;
import dev.pgwire.Pipeline;
import dev.pgwire.Postgres;
import dev.pgwire.Transaction;
import dev.pgwire.error.DataException;
import dev.pgwire.testkit.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text that was run before is run as it is meant now: whatever names it finds, however its literals are read. */
class MeaningIT {
    /** A statement that was run so often is kept by the server, if it may be. */
    private static final int OFTEN = 3;

    private Connection conn;
    private Connection other;

    @BeforeEach
    void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        other = Postgres.connect(TestServer.shared().dsn());
        other.cursor()
                .executeSimple("DROP SCHEMA IF EXISTS ma CASCADE; DROP SCHEMA IF EXISTS mb CASCADE;"
                        + " DROP TABLE IF EXISTS public.kt; CREATE SCHEMA ma; CREATE SCHEMA mb;"
                        + " CREATE TABLE ma.m (a int, b int); INSERT INTO ma.m VALUES (1, 2);"
                        + " CREATE TABLE mb.m (a text, b text, c text); INSERT INTO mb.m VALUES ('x', 'y', 'z');"
                        + " CREATE TABLE public.kt (a int); INSERT INTO public.kt VALUES (7)")
                .close();
    }

    @AfterEach
    void disconnect() {
        conn.close();
        other.cursor()
                .executeSimple("DROP SCHEMA ma CASCADE; DROP SCHEMA mb CASCADE; DROP TABLE public.kt")
                .close();
        other.close();
    }

    private String all(String sql, Object... values) {
        return conn.execute(sql, values).fetchAll().toString();
    }

    private void often(String expected, String sql, Object... values) {
        for (int i = 0; i < OFTEN; i++) {
            assertEquals(expected, all(sql, values), sql);
        }
    }

    @Test
    void nowIsAnotherTimeEachTime() {
        conn.execute("CREATE TEMP TABLE n (at timestamptz, i int)");
        for (int i = 0; i < 4; i++) {
            conn.execute("INSERT INTO n VALUES ('now')");
            conn.execute("INSERT INTO n VALUES (' NOW ', $1)", i);
            conn.cursor().executeMany("INSERT INTO n VALUES ('now', $1)", List.of(List.of(i)));
        }
        assertEquals("[(12,)]", all("SELECT count(DISTINCT at) FROM n"));
        Set<Object> times = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            times.add(conn.execute("SELECT 'now'::timestamptz").fetchOne().get(0));
            times.add(conn.execute("SELECT 'now'::timestamptz, $1::int", i)
                    .fetchOne()
                    .get(0));
            try (Pipeline pipeline = conn.pipeline()) {
                times.add(pipeline.execute("SELECT 'now'::timestamptz, $1::int", i)
                        .fetchOne()
                        .get(0));
            }
        }
        assertEquals(12, times.size());
    }

    @Test
    void aLiteralIsReadInTheTimeZoneOfTheSession() {
        String text = "SELECT extract(hour FROM timestamptz '2020-06-01 12:00' AT TIME ZONE 'UTC')::int";
        String withParameter = text + " + $1";
        conn.execute("SET timezone = 'UTC'");
        often("[(12,)]", text);
        often("[(12,)]", withParameter, 0);
        conn.execute("SET timezone = 'America/New_York'");
        often("[(16,)]", text);
        often("[(16,)]", withParameter, 0);
        conn.execute("SELECT set_config('timezone', 'UTC', false)");
        often("[(12,)]", withParameter, 0);
        conn.transaction(tx -> {
            tx.execute("SET LOCAL timezone = 'America/New_York'");
            often("[(16,)]", withParameter, 0);
        });
        often("[(12,)]", withParameter, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM kt", "SELECT * FROM kt WHERE $1::int IS NOT NULL"})
    void aTableInAnEarlierSchemaIsFound(String sql) {
        Object[] values = sql.contains("$1") ? new Object[] {1} : new Object[0];
        often("[(7,)]", sql, values);
        conn.execute("CREATE TEMP TABLE kt (a text)");
        conn.execute("INSERT INTO kt VALUES ('temp')");
        often("[('temp',)]", sql, values);
        conn.execute("DROP TABLE pg_temp.kt");
        often("[(7,)]", sql, values);
        conn.transaction(tx -> {
            tx.execute("CREATE TEMP TABLE kt AS SELECT 1.5 AS a");
            often("[(1.5,)]", sql, values);
            tx.rollback();
        });
        often("[(7,)]", sql, values);
        conn.transaction(tx -> {
            Transaction savepoint = tx.begin();
            savepoint.execute("SELECT 'made' AS a INTO TEMP kt");
            often("[('made',)]", sql, values);
            savepoint.rollback();
            often("[(7,)]", sql, values);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT * FROM m", "SELECT * FROM m WHERE $1::int IS NOT NULL"})
    void namesAreFoundByTheSearchPathHoweverItIsSet(String sql) {
        Object[] values = sql.contains("$1") ? new Object[] {1} : new Object[0];
        String a = "[(1, 2)]";
        String b = "[('x', 'y', 'z')]";
        conn.execute("SET search_path = ma");
        often(a, sql, values);
        conn.transaction(tx -> {
            often(a, sql, values);
            tx.execute("SET LOCAL search_path = mb");
            often(b, sql, values);
        });
        often(a, sql, values);
        conn.execute("SELECT set_config('search_path', $1, false)", "mb");
        often(b, sql, values);
        conn.cursor().executeSimple("SELECT 1; SET search_path TO ma; SELECT 2").close();
        often(a, sql, values);
        conn.execute("DO $$BEGIN SET search_path TO mb; END$$");
        often(b, sql, values);
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute("SET search_path = ma");
            Cursor first = pipeline.execute(sql, values);
            pipeline.execute("SET search_path = mb");
            Cursor second = pipeline.execute(sql, values);
            assertEquals(a, first.fetchAll().toString());
            assertEquals(b, second.fetchAll().toString());
        }
        conn.execute("RESET search_path");
        conn.execute("SET search_path = ma");
        often(a, sql, values);
    }

    /** From PostgreSQL 18 on the server reports the path, whoever sets it. */
    @Test
    void aFunctionThatSetsTheSearchPathIsNoticedWhereTheServerReportsIt() {
        assumeTrue(conn.info().serverVersionNumber() >= 180000, "search_path is not reported before PostgreSQL 18");
        conn.execute("CREATE FUNCTION ma.go_to(p text) RETURNS text LANGUAGE plpgsql AS"
                + " $f$BEGIN EXECUTE 'SE' || 'T search_path TO ' || p; RETURN p; END$f$");
        String sql = "SELECT * FROM m WHERE $1::int IS NOT NULL";
        conn.execute("SET search_path = ma");
        often("[(1, 2)]", sql, 1);
        conn.execute("SELECT ma.go_to('mb')");
        often("[('x', 'y', 'z')]", sql, 1);
    }

    @Test
    void valuesAreWrittenAsTheTypesThatTheTableHasNow() {
        String insert = "INSERT INTO m (a, b) VALUES ($1, $2)";
        conn.execute("SET search_path = ma");
        for (int i = 0; i < OFTEN; i++) {
            conn.execute(insert, i, i);
        }
        conn.transaction(tx -> {
            tx.execute("SET LOCAL search_path = mb");
            for (int i = 0; i < OFTEN; i++) {
                tx.execute(insert, "a" + i, "b");
            }
        });
        conn.execute(insert, 8, 9);
        assertEquals("[(5,)]", all("SELECT count(*) FROM ma.m"));
        assertEquals(
                "[('a0', 'b', NULL), ('a1', 'b', NULL), ('a2', 'b', NULL)]",
                all("SELECT * FROM mb.m WHERE c IS NULL ORDER BY a")
                        .replace("null", "NULL")
                        .replace("None", "NULL"));
    }

    @Test
    void theRoleIsAPartOfThePath() {
        conn.execute("SET search_path = \"$user\", ma");
        String sql = "SELECT * FROM m WHERE $1::int IS NOT NULL";
        other.cursor()
                .executeSimple("DROP SCHEMA IF EXISTS meaning_role CASCADE; DROP ROLE IF EXISTS meaning_role;"
                        + " CREATE ROLE meaning_role; CREATE SCHEMA meaning_role AUTHORIZATION meaning_role;"
                        + " CREATE TABLE meaning_role.m (a text); INSERT INTO meaning_role.m VALUES ('mine');"
                        + " GRANT SELECT ON meaning_role.m TO meaning_role")
                .close();
        try {
            often("[(1, 2)]", sql, 1);
            conn.execute("SET ROLE meaning_role");
            often("[('mine',)]", sql, 1);
            conn.execute("RESET ROLE");
            often("[(1, 2)]", sql, 1);
        } finally {
            conn.rollback();
            other.cursor()
                    .executeSimple("DROP SCHEMA meaning_role CASCADE; DROP ROLE meaning_role")
                    .close();
        }
    }

    @Test
    void settingsThatChangeNoMeaningCostNoStatement() {
        String sql = "SELECT $1::int";
        String kept = "SELECT name FROM pg_prepared_statements WHERE statement = $1";
        often("[(1,)]", sql, 1);
        String name = all(kept, sql);
        conn.execute("SET statement_timeout = '1min'");
        conn.execute("SET app.tenant = '5'");
        conn.execute("SELECT set_config('app.tenant', $1, false)", "6");
        conn.transaction(tx -> tx.execute("SET LOCAL lock_timeout = '1s'"));
        conn.execute("RESET statement_timeout");
        often("[(1,)]", sql, 1);
        assertEquals(name, all(kept, sql));
    }

    @Test
    void aColumnThatAnotherSessionHasWidenedTakesTheWiderValue() {
        long wide = 1L << 40;
        String insert = "INSERT INTO kt VALUES ($1)";
        BulkInsert bulk = BulkInsert.into("kt", "a");
        BulkInsert copy = bulk.way(BulkWay.COPY);
        for (int i = 0; i < OFTEN; i++) {
            conn.execute(insert, i);
        }
        conn.cursor().executeMany(insert, List.of(List.of(1), List.of(2)));
        conn.insertMany(bulk, List.of(List.of(1)));
        assertThrows(DataException.class, () -> conn.execute(insert, wide));
        assertThrows(DataException.class, () -> conn.cursor().executeMany(insert, List.of(List.of(wide))));
        assertThrows(DataException.class, () -> conn.insertMany(bulk, List.of(List.of(wide))));
        conn.execute(insert, 1);

        other.execute("ALTER TABLE kt ALTER COLUMN a TYPE bigint");
        conn.execute(insert, wide);
        assertEquals("[(1,)]", all("SELECT count(*) FROM kt WHERE a = $1", wide));

        narrow();
        often(insert);
        other.execute("ALTER TABLE kt ALTER COLUMN a TYPE bigint");
        conn.cursor().executeMany(insert, List.of(List.of(wide), List.of(wide)));
        assertEquals("[(2,)]", all("SELECT count(*) FROM kt WHERE a = $1", wide));

        narrow();
        often(insert);
        other.execute("ALTER TABLE kt ALTER COLUMN a TYPE bigint");
        try (Pipeline pipeline = conn.pipeline()) {
            pipeline.execute("SELECT 1");
            pipeline.execute(insert, wide);
            pipeline.execute(insert, wide);
        }
        assertEquals("[(2,)]", all("SELECT count(*) FROM kt WHERE a = $1", wide));

        for (BulkInsert way : List.of(bulk, copy)) {
            narrow();
            conn.insertMany(way, List.of(List.of(1)));
            other.execute("ALTER TABLE kt ALTER COLUMN a TYPE bigint");
            conn.insertMany(way, List.of(List.of(wide), List.of(wide)));
            assertEquals("[(2,)]", all("SELECT count(*) FROM kt WHERE a = $1", wide));
        }
    }

    private void narrow() {
        other.execute("TRUNCATE kt");
        other.execute("ALTER TABLE kt ALTER COLUMN a TYPE int");
        conn.execute("DEALLOCATE ALL");
    }

    private void often(String insert) {
        for (int i = 0; i < OFTEN; i++) {
            conn.execute(insert, i);
        }
    }
}
