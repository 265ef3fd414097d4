package dev.pgwire.console.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.console.catalog.NamePattern.Match;
import org.junit.jupiter.api.Test;

class NamePatternTest {
    private static final Match TABLE = Match.inSchema("n", "c", "visible");

    @Test
    void starsAndQuestionMarksAreWildcardsOutsideOfQuotes() throws NamePattern.Invalid {
        assertEquals(matches("c", "'^(user.*)$'") + " AND visible", condition("USER*"));
        assertEquals(matches("c", "'^(a.)$'") + " AND visible", condition("a?"));
        assertEquals(matches("c", " E'^(A\\\\*b)$'") + " AND visible", condition("\"A*b\""));
    }

    @Test
    void dotSeparatesTheSchema() throws NamePattern.Invalid {
        assertEquals(matches("c", "'^(users)$'") + " AND " + matches("n", "'^(public)$'"), condition("public.users"));
        assertEquals(condition("public.users"), condition("\"Db\".public.users"));
        assertEquals(matches("c", " E'^(a\\\\.b)$'") + " AND visible", condition("\"a.b\""));
    }

    @Test
    void starMatchesAllAndNeedsNoCondition() throws NamePattern.Invalid {
        assertEquals("visible", condition("*"));
        assertEquals("true", condition("*.*"));
    }

    @Test
    void apostropheCannotLeaveTheLiteral() throws NamePattern.Invalid {
        assertEquals(matches("c", "'^(a'' or ''b)$'") + " AND visible", condition("a' or 'b"));
    }

    @Test
    void otherDatabaseIsRefused() {
        NamePattern.Invalid other = assertThrows(NamePattern.Invalid.class, () -> condition("other.public.users"));
        NamePattern.Invalid many = assertThrows(NamePattern.Invalid.class, () -> condition("a.b.c.d"));

        assertEquals("cross-database references are not implemented: other.public.users", other.getMessage());
        assertEquals("improper qualified name (too many dotted names): a.b.c.d", many.getMessage());
    }

    private static String condition(String pattern) throws NamePattern.Invalid {
        return NamePattern.condition("Db", pattern, TABLE);
    }

    private static String matches(String column, String literal) {
        return column + " OPERATOR(pg_catalog.~) " + literal + " COLLATE pg_catalog.default";
    }
}
