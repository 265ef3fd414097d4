package dev.pgwire.console.copy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CopyWordsTest {
    @Test
    void fileIsTakenOutOfTheStatement() throws CopyWords.Unreadable {
        CopyWords words = CopyWords.parse("s.t (a, b) from /tmp/a.csv csv header");

        assertEquals("COPY  s.t ( a, b ) FROM STDIN csv header", words.sql());
        assertEquals("/tmp/a.csv", words.file());
        assertTrue(words.isFrom());
        assertFalse(words.isProgram());
    }

    @Test
    void queryStaysAsItWasWritten() throws CopyWords.Unreadable {
        CopyWords words = CopyWords.parse("(select ')', f(1)  from t) to 'a''b'");

        assertEquals("COPY  (select ')', f(1)  from t) TO STDOUT ", words.sql());
        assertEquals("a'b", words.file());
    }

    @Test
    void programsAreQuoted() throws CopyWords.Unreadable {
        CopyWords words = CopyWords.parse("t to program 'gzip > a'");

        assertTrue(words.isProgram());
        assertEquals("gzip > a", words.file());
        assertThrows(CopyWords.Unreadable.class, () -> CopyWords.parse("t to program gzip"));
    }

    @Test
    void standardInputIsThatOfTheScriptOrOfTheConsole() throws CopyWords.Unreadable {
        assertNull(CopyWords.parse("t from stdin").file());
        assertFalse(CopyWords.parse("t from STDIN").isPsqls());
        assertTrue(CopyWords.parse("t from pstdin").isPsqls());
    }
}
