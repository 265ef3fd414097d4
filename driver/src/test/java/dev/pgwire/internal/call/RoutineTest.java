package dev.pgwire.internal.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoutineTest {
    private static Routine routine(String kind, String... modes) {
        List<Routine.Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < modes.length; i++) {
            parameters.add(new Routine.Parameter(modes[i], "p" + i));
        }
        return new Routine(kind, parameters);
    }

    @Test
    void aFunctionIsSelectedFrom() {
        assertEquals("SELECT * FROM \"f\"($1, $2)", routine("f", "i", "o").call("\"f\"", 2));
        assertEquals("SELECT * FROM \"f\"()", routine("f").call("\"f\"", 0));
        assertEquals(
                "SELECT * FROM \"s\".\"f\"(\"b\"\"\" => $1, \"a\" => $2)",
                routine("f", "i", "o").call("\"s\".\"f\"", List.of("b\"", "a")));
        assertEquals("SELECT * FROM \"f\"()", routine("f").call("\"f\"", List.of()));
    }

    @Test
    void aProcedureIsCalledWithNullForWhatItGivesOut() {
        Routine divide = routine("p", "i", "o", "b", "o");
        assertEquals("CALL \"d\"($1, NULL, $2, NULL)", divide.call("\"d\"", 2));
        // All of them may be given, too, and a wrong number is the server's to refuse.
        assertEquals("CALL \"d\"($1, $2, $3, $4)", divide.call("\"d\"", 4));
        assertEquals("CALL \"d\"($1)", divide.call("\"d\"", 1));
        assertEquals(
                "CALL \"d\"(\"p2\" => $1, \"p0\" => $2, \"p1\" => NULL, \"p3\" => NULL)",
                divide.call("\"d\"", List.of("p2", "p0")));
        assertEquals("CALL \"d\"(\"p1\" => NULL)", routine("p", "i", "o").call("\"d\"", List.of()));
    }

    @Test
    void theOneThatTakesAsManyValuesIsMeant() {
        Routine two = routine("f", "i", "i", "o");
        Routine one = routine("p", "i", "o");
        assertEquals(one, Routine.chosen(List.of(two, one), 1));
        assertEquals(two, Routine.chosen(List.of(two, one), 2));
        assertEquals(two, Routine.chosen(List.of(two, one), 3));
        assertEquals("SELECT * FROM \"x\"($1)", Routine.chosen(List.of(), 1).call("\"x\"", 1));
    }

    @Test
    void aNameIsAskedForAsItIs() {
        assertTrue(Routine.question("\"it's\"")
                .contains("p.proname = 'it''s' AND pg_catalog.pg_function_is_visible(p.oid)"));
        assertTrue(Routine.question("\"a.\"\"b\".\"c\"").contains("p.proname = 'c' AND s.nspname = 'a.\"b'"));
    }
}
