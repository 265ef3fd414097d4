package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlNameTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "users, '\"users\"'",
                "Users, '\"Users\"'",
                "public.users, '\"public\".\"users\"'",
                "'\"my.table\"', '\"my.table\"'",
                "'s.\"my.table\"', '\"s\".\"my.table\"'",
                "'\"a\"\"b\".\"c\"', '\"a\"\"b\".\"c\"'",
                "'a\"b', '\"a\"\"b\"'",
                "'a; DROP TABLE b;--', '\"a; DROP TABLE b;--\"'",
                "'a\"; DROP TABLE b;--', '\"a\"\"; DROP TABLE b;--\"'",
                "'größe', '\"größe\"'"
            })
    void aTableIsQuotedPartByPart(String table, String quoted) {
        assertEquals(quoted, SqlName.quotedTable(table));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "a.", ".a", "a..b", "a.b.c", "\"a", "\"a\"b", "\"\"", "\"a\"\"", "a.\"", "\"a\".\"b\".c"
            })
    void whatIsNoNameOfATableIsRefused(String table) {
        String message = assertThrows(InterfaceException.class, () -> SqlName.quotedTable(table))
                .getMessage();
        assertTrue(String.valueOf(message).contains("expected"), message);
    }

    @Test
    void aQuoteInANameIsDoubled() {
        assertEquals("\"a\"\" (b) SELECT 1;--\"", SqlName.quoted("a\" (b) SELECT 1;--"));
        assertThrows(InterfaceException.class, () -> SqlName.quoted(""));
    }
}
