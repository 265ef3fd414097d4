package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(new SqlShape(firstWord, several, 0), shape);
        assertEquals(prepared, shape.isWorthPreparing());
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
            assertEquals(true, SqlShape.mayChangeStatements("discard all"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DISCARD ALL, true",
        "discard plans, true",
        "Deallocate x, true",
        "SELECT 1; DEALLOCATE ALL, true",
        "ALTER TABLE t ADD x int, true",
        "drop table t, true",
        "SELECT 1, false",
        "CREATE TEMP TABLE t (x int), false",
    })
    void statementsThatTakePreparedOnesAwayOrChangeThem(String sql, boolean may) {
        assertEquals(may, SqlShape.mayChangeStatements(sql));
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
}
