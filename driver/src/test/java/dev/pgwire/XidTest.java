package dev.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class XidTest {
    /** What psycopg writes for the same parts. */
    @Test
    void aNameHasTheTextThatOthersWrite() {
        assertEquals("42_Z3RyaWQ=_YnF1YWw=", Xid.of(42, "gtrid", "bqual").toString());
        assertEquals("0__", Xid.of(0, "", "").toString());
        assertEquals("2147483647_fg==_IA==", Xid.of(Integer.MAX_VALUE, "~", " ").toString());
        assertEquals(Xid.of(42, "gtrid", "bqual"), Xid.fromString("42_Z3RyaWQ=_YnF1YWw="));
        assertEquals(Xid.of(0, "", ""), Xid.fromString("0__"));
    }

    @Test
    void aTextOfAnotherFormIsTakenAsItIs() {
        for (String name : List.of(
                "mine",
                "",
                "1_a_b",
                "1_YQ==",
                "x_YQ==_YQ==",
                "99999999999_YQ==_YQ==",
                "1_YQ_YQ",
                "01_YQ==_YQ==",
                "1_6Q==_YQ==")) {
            Xid foreign = Xid.fromString(name);
            assertEquals(name, foreign.toString());
            assertEquals(name, foreign.gtrid());
            assertNull(foreign.formatId());
            assertNull(foreign.bqual());
        }
    }

    @Test
    void whatNoNameCanBeIsRefused() {
        for (String wrong : List.of("a".repeat(65), "\u00e9", "\n", "\u007f")) {
            assertTrue(assertThrows(InterfaceException.class, () -> Xid.of(1, wrong, ""))
                    .getMessage()
                    .contains("expected at most 64 of printable ASCII"));
            assertThrows(InterfaceException.class, () -> Xid.of(1, "", wrong));
        }
        assertThrows(InterfaceException.class, () -> Xid.of(-1, "", ""));
        assertThrows(InterfaceException.class, () -> new Xid(1, "a", null));
    }
}
