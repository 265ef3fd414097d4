package dev.pgwire.console.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementWordsTest {
    @Test
    void namesHaveTheirSchemasAndTextsAreOneWord() {
        assertEquals(
                List.of("SELECT", "a", ".", "b", ",", "''", ",", "''", "FROM", "public.\"T x\"", "t", "WHERE", "t."),
                StatementWords.of("SELECT a . b, 'x''y ;', $q$ ; $q$ -- ; no\n/* ; */ FROM public.\"T x\" t WHERE t.")
                        .words());
    }

    @Test
    void onlyTheLastStatementCounts() {
        assertEquals(
                List.of("SELECT", "2"), StatementWords.of("SELECT 1; SELECT 2").words());
    }

    @Test
    void endWithinATextOrACommentIsTold() {
        for (String text :
                List.of("SELECT 'a", "SELECT 'a''", "SELECT 1 -- a", "SELECT /* a", "SELECT $$ a", "SELECT $x$ $$")) {
            assertTrue(StatementWords.of(text).isInText(), text);
        }
        for (String text :
                List.of("SELECT 'a'", "SELECT 1 -- a\n", "SELECT /* a */ ", "SELECT $$ a $$", "", "SELECT $1")) {
            assertFalse(StatementWords.of(text).isInText(), text);
        }
    }

    @Test
    void tablesGoByTheirAliases() {
        assertEquals(
                Map.of(
                        "users",
                        "users",
                        "u",
                        "users",
                        "orders",
                        "public.Orders",
                        "o",
                        "public.Orders",
                        "\"X\"",
                        "\"X\""),
                tables("SELECT 1 FROM users AS u, public.Orders o JOIN \"X\" USING (id) WHERE a, b = c"));
        assertEquals(Map.of("t", "t"), tables("INSERT INTO t (a, b) VALUES (1, 2)"));
        assertEquals(Map.of("t", "t", "x", "t"), tables("UPDATE ONLY t x SET a = b, c = d"));
        assertEquals(Map.of("t", "t"), tables("DELETE FROM t WHERE a = 1"));
        assertEquals(Map.of(), tables("SELECT 1 FROM (SELECT 2) x, s."));
    }

    private static Map<String, String> tables(String sql) {
        return Tables.of(StatementWords.of(sql)).byName();
    }
}
