package dev.pgwire.console.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CopyDirectionTest {
    @Test
    void copyFromStandardInputTakesData() {
        assertEquals(CopyDirection.IN, CopyDirection.of("COPY t FROM STDIN"));
        assertEquals(
                CopyDirection.IN, CopyDirection.of("-- first\n copy \"to\" (a, \"from\") from stdin (format csv);"));
        assertEquals(CopyDirection.IN, CopyDirection.of("/* a */ COPY s.t FROM stdout WITH CSV"));
    }

    @Test
    void copyToStandardOutputGivesData() {
        assertEquals(CopyDirection.OUT, CopyDirection.of("COPY (SELECT 'from stdin' FROM stdin) TO STDOUT"));
        assertEquals(CopyDirection.OUT, CopyDirection.of("copy t to stdin"));
    }

    @Test
    void otherStatementsGoAsTheyAre() {
        for (String sql : new String[] {
            "COPY t FROM '/stdin'",
            "COPY t TO 'stdout'",
            "SELECT 1 FROM stdin",
            "copyt FROM STDIN",
            "COPY t FROM STDIN; SELECT 1",
            ""
        }) {
            assertEquals(CopyDirection.NONE, CopyDirection.of(sql), sql);
        }
    }
}
