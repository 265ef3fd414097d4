package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pgwire.error.InterfaceException;
import org.junit.jupiter.api.Test;

class CopyTableTest {
    @Test
    void namesAreAlwaysQuoted() {
        assertEquals("COPY \"users\" FROM STDIN", CopyTable.of("users").fromStdin());
        assertEquals(
                "COPY \"My schema\".\"a.b\" (\"x\"\"; DROP TABLE y\", \"Z\") TO STDOUT",
                CopyTable.of("My schema.\"a.b\"", "x\"; DROP TABLE y", "Z").toStdout());
        assertThrows(InterfaceException.class, () -> CopyTable.of(""));
        assertThrows(InterfaceException.class, () -> CopyTable.of("a.b.c"));
        assertThrows(InterfaceException.class, () -> CopyTable.of("t", ""));
    }

    @Test
    void optionsAreConstants() {
        assertEquals(
                "COPY \"t\" FROM STDIN (FORMAT csv, HEADER, DELIMITER '|', NULL 'it''s', QUOTE '''', ESCAPE E'\\\\',"
                        + " ENCODING 'LATIN1')",
                CopyTable.of("t")
                        .header()
                        .delimiter('|')
                        .nullText("it's")
                        .quote('\'')
                        .escape('\\')
                        .encoding("LATIN1")
                        .csv()
                        .fromStdin());
        assertEquals(
                "COPY \"t\" TO STDOUT (FORMAT binary)",
                CopyTable.of("t").binary().toStdout());
    }

    @Test
    void thoseThatSayTheSameAreEqual() {
        assertEquals(CopyTable.of("t", "a").csv(), CopyTable.of("t", "a").csv());
        assertEquals(CopyTable.of("t").hashCode(), CopyTable.of("t").hashCode());
        assertNotEquals(CopyTable.of("t", "a"), CopyTable.of("t", "a").csv());
        assertEquals("COPY \"t\" FROM STDIN", CopyTable.of("t").toString());
    }
}
