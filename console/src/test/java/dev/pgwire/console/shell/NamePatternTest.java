package dev.pgwire.console.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class NamePatternTest {
    @Test
    void starsAndQuestionMarksAreWildcardsOutsideOfQuotes() {
        assertEquals("user.*", NamePattern.of("USER*").nameRegex());
        assertEquals("a.", NamePattern.of("a?").nameRegex());
        assertEquals("A\\*b", NamePattern.of("\"A*b\"").nameRegex());
    }

    @Test
    void dotSeparatesTheSchema() {
        assertEquals("public", NamePattern.of("public.users").schemaRegex());
        assertEquals("users", NamePattern.of("public.users").nameRegex());
        assertNull(NamePattern.of("\"a.b\"").schemaRegex());
    }

    @Test
    void apostropheCannotLeaveTheLiteral() {
        assertEquals(
                "c.relname OPERATOR(pg_catalog.~) '^(a'' or ''b)$' COLLATE pg_catalog.default"
                        + " AND pg_catalog.pg_table_is_visible(c.oid)",
                NamePattern.of("a' or 'b").condition());
    }
}
