package dev.pgwire.internal.insert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InsertTargetTest {
    private static InsertTarget target(@Nullable String conflict, @Nullable String returning) {
        return InsertTarget.of("s.t", List.of("id", "Na\"me"), conflict, returning, null);
    }

    @Test
    void eachWayHasItsStatement() {
        InsertTarget plain = target(null, null);
        assertEquals("INSERT INTO \"s\".\"t\" (\"id\", \"Na\"\"me\") VALUES ($1, $2)", plain.insertSql());
        assertEquals("COPY \"s\".\"t\" (\"id\", \"Na\"\"me\") FROM STDIN (FORMAT binary)", plain.copySql());
        assertEquals(
                "INSERT INTO \"s\".\"t\" (\"id\", \"Na\"\"me\") SELECT * FROM ROWS FROM ("
                        + "pg_catalog.unnest($1::pg_catalog.\"int4\"[]), pg_catalog.unnest($2::pg_catalog.\"char\"[]))"
                        + "\nON CONFLICT DO NOTHING -- hm\nRETURNING id",
                target("DO NOTHING -- hm", "id").unnestSql(List.of("int4", "char")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"DO NOTHING", "(id) DO NOTHING", "(id) do /* really */ Nothing -- yes", "(\"do\") DO NOTHING"})
    void aConflictThatDoesNothingChangesNoRow(String conflict) {
        assertFalse(target(conflict, null).mayUpdate());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id) DO UPDATE SET name = 'x'",
                "(id) DO UPDATE SET x = 'DO NOTHING'",
                "(id) DO UPDATE SET x = y -- DO NOTHING",
                "(id) DO UPDATE SET x = \"DO\" \"NOTHING\"",
                "(id) DO UPDATE SET x = do.nothing"
            })
    void anyOtherConflictMayUpdate(String conflict) {
        assertTrue(target(conflict, null).mayUpdate());
        assertFalse(target(null, null).mayUpdate());
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThrows(InterfaceException.class, () -> InsertTarget.of("t", List.of(), null, null, null));
        assertThrows(InterfaceException.class, () -> InsertTarget.of("t", List.of("a", ""), null, null, null));
        assertThrows(InterfaceException.class, () -> target("(id) DO UPDATE SET name = $1", null));
        assertThrows(InterfaceException.class, () -> target(null, "id + $2"));
        assertThrows(InterfaceException.class, () -> InsertTarget.of("t", List.of("a"), null, "a", InsertWay.COPY));
        assertThrows(
                InterfaceException.class, () -> InsertTarget.of("t", List.of("a"), "DO NOTHING", null, InsertWay.COPY));
    }

    @Test
    void aDollarInQuotesIsNoParameter() {
        assertEquals("'$1'", target(null, "'$1'").returning());
    }

    @Test
    void theWayFollowsFromTheStatementAndTheFirstRows() {
        InsertTarget plain = target(null, null);
        assertEquals(InsertWay.PIPELINED, InsertWay.choose(plain, true, 0, false));
        assertEquals(InsertWay.PIPELINED, InsertWay.choose(plain, true, 99, false));
        assertEquals(InsertWay.PIPELINED, InsertWay.choose(plain, true, 99, true));
        assertEquals(InsertWay.UNNEST, InsertWay.choose(plain, true, 100, false));
        assertEquals(InsertWay.UNNEST, InsertWay.choose(plain, true, 4000, false));
        assertEquals(InsertWay.COPY, InsertWay.choose(plain, true, 4000, true));
        assertEquals(InsertWay.PIPELINED, InsertWay.choose(plain, false, 4000, true));
        assertEquals(InsertWay.UNNEST, InsertWay.choose(target(null, "id"), true, 4000, true));
        assertEquals(InsertWay.UNNEST, InsertWay.choose(target("DO NOTHING", null), true, 4000, true));
        InsertTarget update = target("(id) DO UPDATE SET id = 1", null);
        assertEquals(InsertWay.PIPELINED, InsertWay.choose(update, true, 4000, true));
    }

    @Test
    void aWayThatIsNotPermittedGivesPlaceToTheNext() {
        InsertPermission noCopy = new InsertPermission(true, true, false);
        InsertPermission none = new InsertPermission(false, true, false);
        assertEquals(InsertWay.COPY, InsertWay.COPY.permitted(InsertPermission.ALL));
        assertEquals(InsertWay.UNNEST, InsertWay.COPY.permitted(noCopy));
        assertEquals(InsertWay.PIPELINED, InsertWay.COPY.permitted(none));
        assertEquals(InsertWay.UNNEST, InsertWay.UNNEST.permitted(noCopy));
        assertEquals(InsertWay.PIPELINED, InsertWay.UNNEST.permitted(none));
        assertEquals(InsertWay.PIPELINED, InsertWay.PIPELINED.permitted(InsertPermission.ALL));
    }
}
