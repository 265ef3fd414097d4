package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlShapeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "``                                      ~ ``       ~ false ~ false",
                ";                                       ~ ``       ~ false ~ false",
                ";;                                      ~ ``       ~ false ~ false",
                "-- nothing                              ~ ``       ~ false ~ false",
                "SELECT 1                                ~ SELECT   ~ false ~ true",
                "select 1                                ~ SELECT   ~ false ~ true",
                "`  /* x */ -- y\n SELECT 1`             ~ SELECT   ~ false ~ true",
                "(SELECT 1) UNION (SELECT 2)             ~ SELECT   ~ false ~ true",
                "WITH x AS (SELECT 1) SELECT * FROM x    ~ WITH     ~ false ~ true",
                "VALUES (1)                              ~ VALUES   ~ false ~ true",
                "TABLE t                                 ~ TABLE    ~ false ~ true",
                "INSERT INTO t VALUES (1)                ~ INSERT   ~ false ~ true",
                "UPDATE t SET a = 1                      ~ UPDATE   ~ false ~ true",
                "DELETE FROM t                           ~ DELETE   ~ false ~ true",
                "MERGE INTO t USING s ON true            ~ MERGE    ~ false ~ true",
                "SET x = 1                               ~ SET      ~ false ~ false",
                "CREATE TABLE t (a int)                  ~ CREATE   ~ false ~ false",
                "SELECTED                                ~ SELECTED ~ false ~ false",
                "SELECT 1;                               ~ SELECT   ~ false ~ true",
                "SELECT 1; -- done                       ~ SELECT   ~ false ~ true",
                "SELECT 1; /* ; */                       ~ SELECT   ~ false ~ true",
                "SELECT 1; SELECT 2                      ~ SELECT   ~ true  ~ true",
                "SELECT 1;SELECT 2;                      ~ SELECT   ~ true  ~ true",
                "SELECT ';'                              ~ SELECT   ~ false ~ true",
                "SELECT \";\"                            ~ SELECT   ~ false ~ true",
                "SELECT $$;$$; -- x                      ~ SELECT   ~ false ~ true",
                "DO $do$ BEGIN PERFORM 1; END $do$       ~ DO       ~ false ~ false",
            })
    void shapes(String sql, String firstWord, boolean several, boolean prepared) {
        SqlShape shape = SqlShape.of(sql, false);
        assertEquals(firstWord, shape.firstWord());
        assertEquals(several, shape.hasSeveralStatements());
        assertEquals(0, shape.parameters());
        assertEquals(prepared, shape.isOptimizable());
    }

    @Test
    void aBackslashMayHideASemicolon() {
        String sql = "SELECT 'a\\'; SELECT 2'";
        assertEquals(true, SqlShape.of(sql, false).hasSeveralStatements());
        assertEquals(false, SqlShape.of(sql, true).hasSeveralStatements());
    }

    @Test
    void keyWordsDoNotDependOnTheLanguageOfTheMachine() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale("tr"));
            assertEquals(
                    "INSERT", SqlShape.of("insert into t values (1)", false).firstWord());
            assertEquals(true, SqlShape.of("discard all", false).changesMeaning());
            assertEquals(
                    true,
                    SqlShape.of("set statement_timeout to 1; insert into t values ('d\u0131scard')", false)
                            .hasSeveralStatements());
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DISCARD ALL",
                "discard plans",
                "Deallocate x",
                "SELECT 1; DEALLOCATE ALL",
                "ALTER TABLE t ADD x int",
                "drop table t",
                "CREATE TEMP TABLE t (x int)",
                "/* so */ create table t as select 1",
                "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
                "SELECT 1 INTO t",
                "WITH x AS (SELECT 1) SELECT * INTO TEMP t FROM x",
                "EXPLAIN ANALYZE SELECT 1 INTO t",
                "DO $$BEGIN END$$",
                "CALL p()",
                "GRANT USAGE ON SCHEMA s TO r",
                "revoke usage on schema s from r",
                "IMPORT FOREIGN SCHEMA s FROM SERVER r INTO l",
                "LOAD 'age'",
                "SET search_path = a",
                "SET LOCAL search_path TO a",
                "set session search_path to a",
                "SET SCHEMA 'a'",
                "SET ROLE r",
                "SET SESSION AUTHORIZATION r",
                "SET TIME ZONE 'UTC'",
                "SET \"search_path\" = a",
                "SET something_new = 1",
                "RESET search_path",
                "RESET ALL",
                "RESET ROLE",
                "BEGIN; SET LOCAL DateStyle = 'ISO, DMY'",
                "SELECT set_config('search_path', $1, false)",
                "SELECT pg_catalog.set_config ( 'role', 'r', true)",
                "SELECT set_config($1, $2, false)",
                "SELECT set_config(",
                "SELECT set_config('",
                "SELECT f('DROP TABLE t')",
                "SELECT f($$ alter table t add x int$$)",
                "SELECT f($q$CREATE TEMP TABLE t (x int)$q$)",
                "SELECT f(E'CREATE TABLE t (x int)')",
                "UPDATE pg_settings SET setting = 'a' WHERE name = 'search_path'",
                "EXECUTE p('a')",
            })
    void statementsThatMayChangeWhatOthersMean(String sql) {
        assertTrue(SqlShape.of(sql, false).changesMeaning());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "INSERT INTO t SELECT * FROM created",
                "WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x",
                "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
                "UPDATE t SET search_path = 1",
                "UPDATE t SET state = 'drop' WHERE id = $1",
                "SELECT 'create' AS alter",
                "SELECT '- drop off' AS x",
                "SELECT * FROM pg_settings",
                "SET statement_timeout = 1000",
                "SET LOCAL lock_timeout TO '1s'",
                "SET SESSION work_mem = '1MB'",
                "RESET statement_timeout",
                "SET enable_seqscan = off",
                "SET app.tenant = '5'",
                "SET LOCAL app.tenant = '5'",
                "SET application_name = 'drop'",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "SET CONSTRAINTS ALL DEFERRED",
                "SELECT set_config('app.tenant', $1, true)",
                "SELECT set_config('statement_timeout', '1s', true)",
                "TRUNCATE t",
                "BEGIN",
                "COMMIT",
                "LOCK TABLE t",
                "COPY t FROM STDIN",
                "EXPLAIN SELECT 1",
                "SHOW search_path",
                "COMMENT ON TABLE t IS 'drop'",
            })
    void statementsAfterWhichAllOthersMeanWhatTheyMeant(String sql) {
        assertFalse(SqlShape.of(sql, false).changesMeaning());
    }

    @ParameterizedTest
    @CsvSource({
        "COMMIT, true",
        "end, true",
        "ROLLBACK TO SAVEPOINT s, true",
        "abort, true",
        "PREPARE TRANSACTION 'x', true",
        "SELECT 1; COMMIT AND CHAIN, true",
        "BEGIN, false",
        "SAVEPOINT s, false",
        "RELEASE s, false",
        "SELECT 'commit', false",
    })
    void commandsThatEndATransactionOrAPartOfIt(String sql, boolean ends) {
        assertEquals(ends, SqlShape.of(sql, false).endsTransaction());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "VALUES ($1, 'now')                        ~ true",
                "VALUES ($1, ' NOW ')                      ~ true",
                "SELECT $1::int, date 'ToMorrow'           ~ true",
                "SELECT $1::int, 'yesterday 12:00'::timestamp ~ true",
                "SELECT $1::int, $$today$$                 ~ true",
                "SELECT $1::int, E'n\\x6fw'              ~ true",
                "SELECT $1::int, U&'n\\006fw'            ~ true",
                "SELECT $1::int, E'\\n'                  ~ true",
                "SELECT $1::int, U&'n!006fw' UESCAPE '!'   ~ true",
                "`SELECT $1::int, 'no'\n'w'`              ~ true",
                "SELECT $1::int, 'a', 'b'                  ~ false",
                "SELECT $1::int, now(), 'a\\b'           ~ false",
                "SELECT $1::int, 'known', 'snow', 'nowhere' ~ false",
                "SELECT $1::int AS today -- 'now'          ~ false",
                "SELECT $1::int, \"now\"                 ~ false",
            })
    void literalsThatAreReadAgainstTheClock(String sql, boolean reads) {
        assertEquals(reads, SqlShape.of(sql, false).readsClock());
        assertEquals(!reads, SqlShape.of(sql, false).mayBeKept());
    }

    @Test
    void aBackslashMayHideALiteralOfTheClock() {
        assertTrue(SqlShape.of("SELECT $1, 'n\\x6fw'", true).readsClock());
    }

    @ParameterizedTest
    @CsvSource({
        "SELECT 1, true",
        "VALUES (1), true",
        "TABLE t, true",
        "WITH x AS (SELECT 1) DELETE FROM t, true",
        "INSERT INTO t VALUES (1) RETURNING id, true",
        "INSERT INTO t VALUES (1), false",
        "UPDATE t SET returned = 'returning', false",
    })
    void statementsThatGiveRows(String sql, boolean rows) {
        assertEquals(rows, SqlShape.of(sql, false).returnsRows());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SELECT 1                                 ~ 0",
                "SELECT $1                                ~ 1",
                "SELECT $2::int + $1, '$3', \"$4\" -- $5  ~ 2",
                "SELECT $10, $9                           ~ 10",
                "SELECT $$ $1 $$, a$2                     ~ 0",
                "SELECT $99999999999999999999             ~ 99999",
            })
    void theLastParameterTellsHowManyValuesThereAre(String sql, int parameters) {
        assertEquals(parameters, SqlShape.of(sql, false).parameters());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 1",
                "INSERT INTO t SELECT 1",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x",
                "BEGIN; SAVEPOINT a; ROLLBACK TO a; COMMIT",
                "SET LOCAL search_path = app",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "SET CONSTRAINTS ALL DEFERRED",
                "SELECT set_config('app.tenant', $1, true)",
                "SELECT set_config('app.tenant', concat('a', upper($1)), TRUE), 1",
                "SELECT pg_advisory_xact_lock(1)",
                "COPY t FROM STDIN",
                "SELECT 'LISTEN news'",
                "SHOW TimeZone",
                "TRUNCATE t",
                "EXPLAIN SELECT 1",
                "DECLARE c SCROLL CURSOR FOR SELECT 1",
            })
    void whatLeavesNothingInTheSession(String sql) {
        assertFalse(SqlShape.of(sql, false).leavesTraces());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET statement_timeout = 1",
                "SET SESSION TimeZone = 'UTC'",
                "reset all",
                "SELECT 1; SET ROLE other",
                "LISTEN news",
                "CREATE TEMP TABLE t (a int)",
                "SELECT 1 AS a INTO TEMP t",
                "EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "PREPARE p AS SELECT 1",
                "DO $$BEGIN PERFORM 1; END$$",
                "CALL p()",
                "SELECT set_config('app.tenant', $1, false)",
                "SELECT set_config('app.tenant', 'a', true), set_config('app.other', 'b', $1)",
                "SELECT set_config($1, $2, (SELECT true))",
                "SELECT pg_advisory_lock(1)",
                "SELECT pg_catalog.pg_try_advisory_lock_shared(1)",
                "SELECT f('SET TimeZone = UTC')",
                "UPDATE pg_settings SET setting = 1",
            })
    void whatMayLeaveSomethingInTheSession(String sql) {
        assertTrue(SqlShape.of(sql, false).leavesTraces());
    }

    /** A text that the server keeps is not looked at again, and so would leave its traces unnoticed the next time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "DECLARE c CURSOR WITH HOLD FOR SELECT $1",
                "SELECT set_config('app.tenant', $1, false)",
                "SELECT pg_advisory_lock($1)",
            })
    void whatLeavesTracesIsNotKept(String sql) {
        assertFalse(SqlShape.of(sql, false).mayBeKept());
    }
}
