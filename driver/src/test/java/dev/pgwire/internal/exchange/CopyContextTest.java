package dev.pgwire.internal.exchange;

import static dev.pgwire.fixture.Messages.error;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CopyContextTest {
    private static long line(String where, String table) {
        return CopyContext.line(error("23505", "duplicate", 'W', where).diagnostic(), table);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COPY t, line 17 | t | 17",
                "COPY t, line 17, column id | t | 17",
                "COPY t1, line 2 | t1 | 2",
                "COPY a, line 7 b9, line 3 | a, line 7 b9 | 3",
                "COPY COPY, line 4 | COPY | 4",
                "COPY t, line 5, column COPY t9 | t | 5",
                "COPY t, Zeile 6, Spalte id | t | 6",
                "COPY t, 行 8, 列 id | t | 8",
                "COPY t | t | 0",
                "COPY other, line 3 | t | 0",
                "PL/pgSQL function f() line 3 at RAISE | t | 0",
                "COPY t, line 99999999999999999999 | t | 0",
            })
    void theNumberBehindTheTableIsTheLine(String where, String table, long line) {
        assertEquals(line, line(where, table));
    }

    @Test
    void theLastContextIsThatOfTheCopy() {
        assertEquals(
                12,
                line(
                        "COPY t, line 3\nSQL statement \"COPY t FROM '/x'\"\nPL/pgSQL function f() line 9 at SQL statement\n"
                                + "COPY t, line 12",
                        "t"));
    }

    @Test
    void noContextTellsNothing() {
        assertEquals(0, CopyContext.line(error("23505", "duplicate").diagnostic(), "t"));
    }
}
