package dev.pgwire.internal.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.internal.sql.SqlShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementCacheTest {
    private final StatementCache cache = new StatementCache();

    private static PreparedStatement described(String sql) {
        TypeRegistry types = TypeRegistry.builtin();
        return PreparedStatement.described(
                sql, SqlShape.of(sql, false), new PrepareExchange(sql), types, new RowPlanner(types));
    }

    private PreparedStatement kept(String sql) {
        PreparedStatement made = described(sql).keptAs(cache.nextName());
        cache.put(made);
        return made;
    }

    @Test
    void theLeastRecentlyUsedStatementMakesRoom() {
        PreparedStatement first = kept("0");
        PreparedStatement second = kept("1");
        for (int i = 2; i < 256; i++) {
            kept(String.valueOf(i));
        }
        assertSame(first, cache.get("0"));
        PreparedStatement last = kept("256");
        assertEquals(List.of(second.name()), cache.unwanted());
        assertNull(cache.get("1"));
        assertSame(first, cache.get("0"));
        assertSame(last, cache.get("256"));
    }

    @Test
    void statementsAreBoundedByTheirSizeToo() {
        PreparedStatement first = kept("x".repeat(40_000));
        for (int i = 1; i < 13; i++) {
            kept("y".repeat(40_000) + i);
        }
        assertSame(first, cache.get(first.sql()));
        kept("z".repeat(40_000));
        assertEquals(1, cache.unwanted().size());
        cache.dropAll();
        for (int i = 1; i < 13; i++) {
            kept("y".repeat(40_000) + i);
        }
        assertEquals(14, cache.unwanted().size());
    }

    @Test
    void aStatementThatIsTooLargeIsNotRememberedAndClosed() {
        PreparedStatement large = kept("x".repeat(StatementCache.LARGEST + 1));
        assertNull(cache.get(large.sql()));
        assertEquals(List.of(large.name()), cache.unwanted());
        PreparedStatement small = kept("small");
        assertSame(small, cache.get("small"));
    }

    @Test
    void whatTheServerDoesNotKeepNeedNotBeClosed() {
        PreparedStatement statement = described("a");
        cache.put(statement);
        assertSame(statement, cache.get("a"));
        cache.drop(statement);
        assertNull(cache.get("a"));
        assertEquals(List.of(), cache.unwanted());
    }

    @Test
    void aDroppedStatementIsClosedOnce() {
        PreparedStatement a = kept("a");
        PreparedStatement b = kept("b");
        cache.drop(a);
        cache.drop(a);
        assertEquals(List.of(a.name()), cache.unwanted());
        assertNull(cache.get("a"));
        assertSame(b, cache.get("b"));
    }

    @Test
    void whatIsReplacedIsClosedAndNotDroppedAgain() {
        PreparedStatement a = kept("a");
        PreparedStatement newer = kept("a");
        cache.drop(a);
        assertSame(newer, cache.get("a"));
        assertEquals(List.of(a.name()), cache.unwanted());
    }

    @Test
    void whenAllAreDroppedAllAreToBeClosed() {
        PreparedStatement a = kept("a");
        PreparedStatement b = kept("b");
        cache.dropAll();
        assertNull(cache.get("b"));
        assertEquals(List.of(a.name(), b.name()), cache.unwanted());
    }

    @Test
    void noNameIsGivenTwiceNorToAnotherSession() {
        String name = cache.nextName();
        cache.dropAll();
        assertNotEquals(name, cache.nextName());
        assertNotEquals(name, new StatementCache().nextName());
        assertTrue(cache.hasName("prepared statement \"" + name + "\" does not exist"));
        assertFalse(new StatementCache().hasName("prepared statement \"" + name + "\" does not exist"));
        String before = cache.nextName();
        cache.changeNames();
        assertTrue(cache.hasName(before));
        assertTrue(cache.hasName(cache.nextName()));
        assertNotEquals(before, cache.nextName());
    }

    @Test
    void whenNoneCanBeKeptAnyMoreThoseThatWereAreNotEither() {
        PreparedStatement a = kept("a");
        String name = a.name();
        cache.stopNaming();
        assertSame(a, cache.get("a"));
        assertFalse(a.isKept());
        assertTrue(a.isUnnamed());
        assertEquals(List.of(name), cache.unwanted());
    }
}
