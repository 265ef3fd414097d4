package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.sql.CopyForm.Format;
import dev.pgwire.internal.sql.CopyStatement.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyStatementTest {
    private static CopyStatement in(String sql) {
        return CopyStatement.of(sql, Direction.FROM_STDIN, false);
    }

    private static CopyForm form(String options) {
        return in("COPY t FROM STDIN " + options).form();
    }

    @Test
    void theTableAndItsColumnsAreWhatTheSqlSays() {
        CopyStatement statement = in("/* a */ copy \"My schema\" . \"T\"\"x\" (a, \"B c\") from stdin;");
        assertEquals("\"My schema\" . \"T\"\"x\"", statement.source());
        assertEquals(List.of("a", "\"B c\""), statement.columns());
        assertEquals("SELECT a, \"B c\" FROM \"My schema\" . \"T\"\"x\" WHERE false", statement.columnsQuery());
        assertNull(in("COPY t FROM STDIN").columnsQuery());
    }

    @Test
    void aQueryIsWhatStandsBetweenItsParentheses() {
        CopyStatement statement =
                CopyStatement.of("COPY (SELECT (1), ')' FROM t) TO STDOUT (FORMAT csv)", Direction.TO_STDOUT, false);
        assertEquals("SELECT (1), ')' FROM t", statement.columnsQuery());
        assertTrue(statement.isQuery());
        assertEquals(Format.CSV, statement.form().format());
    }

    @Test
    void optionsHaveTheServersDefaults() {
        assertEquals(new CopyForm(Format.TEXT, '\t', "\\N", null, '"', '"', false, null), form(""));
        assertEquals(new CopyForm(Format.CSV, ',', "", null, '"', '"', false, null), form("(FORMAT csv)"));
        assertEquals(Format.BINARY, form("WITH (FORMAT 'binary')").format());
    }

    @Test
    void everyOptionIsRead() {
        assertEquals(
                new CopyForm(Format.CSV, ';', "it's", null, '~', '\\', true, "LATIN1"),
                form("WITH (FORMAT csv, FORCE_NULL (a, b), DELIMITER ';', NULL 'it''s', HEADER, QUOTE '~',"
                        + " ESCAPE E'\\\\', ENCODING 'LATIN1', FORCE_NOT_NULL *) WHERE a > 1"));
        assertEquals('\t', form("(DELIMITER E'\\t', HEADER false)").delimiter());
        assertEquals('|', form("(DELIMITER $$|$$)").delimiter());
        assertEquals('\u0001', form("(DELIMITER E'\\001')").delimiter());
        assertTrue(form("(HEADER match)").header());
        assertTrue(form("(HEADER)").header());
        assertEquals(false, form("(HEADER off)").header());
        assertEquals("\\D", form("(DEFAULT '\\D', NULL '')").defaultText());
    }

    @Test
    void theOldSyntaxIsReadToo() {
        assertEquals(
                new CopyForm(Format.CSV, ';', "x", null, '~', '\\', true, null),
                form("WITH DELIMITER AS ';' NULL AS 'x' CSV HEADER QUOTE AS '~' ESCAPE AS '\\' FORCE NOT NULL a, b"));
        assertEquals(Format.BINARY, form("BINARY").format());
        assertEquals(Format.BINARY, in("COPY BINARY t FROM STDIN").form().format());
        assertEquals('|', form("USING DELIMITERS '|'").delimiter());
        CopyForm forced = form("CSV FORCE QUOTE header, null FORCE NOT NULL delimiter FORCE NULL quote, a ESCAPE 'x'");
        assertEquals(new CopyForm(Format.CSV, ',', "", null, '"', 'x', false, null), forced);
        assertTrue(form("CSV FORCE QUOTE * HEADER").header());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "COPY",
                "COPY t",
                "COPY t FROM",
                "COPY t (",
                "COPY (",
                "SELECT 1",
                "COPY t TO STDOUT",
                "COPY t FROM 'file'",
                "COPY t FROM PROGRAM 'cat'",
                "COPY t FROM STDIN; SELECT 1"
            })
    void whatIsNoCopyFromTheClientIsRefused(String sql) {
        assertTrue(assertThrows(InterfaceException.class, () -> in(sql))
                .getMessage()
                .contains("expected"));
    }
}
