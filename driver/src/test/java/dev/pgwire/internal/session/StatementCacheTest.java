package dev.pgwire.internal.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.exchange.PrepareExchange;
import dev.pgwire.internal.row.RowPlanner;
import dev.pgwire.type.TypeRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementCacheTest {
    private final StatementCache cache = new StatementCache(2);
    private final PreparedStatement a = put("a");
    private final PreparedStatement b = put("b");

    private PreparedStatement put(String sql) {
        PreparedStatement made = PreparedStatement.kept(
                sql,
                cache.nextName(),
                new PrepareExchange(sql),
                TypeRegistry.builtin(),
                new RowPlanner(TypeRegistry.builtin()));
        cache.put(made);
        return made;
    }

    @Test
    void theLeastRecentlyUsedStatementMakesRoom() {
        assertSame(a, cache.get("a"));
        PreparedStatement c = put("c");
        assertEquals(List.of(b), cache.unwanted());
        assertNull(cache.get("b"));
        assertSame(a, cache.get("a"));
        assertSame(c, cache.get("c"));
    }

    @Test
    void lookingForWhatIsNotThereChangesNothing() {
        cache.get("x");
        put("c");
        assertEquals(List.of(a), cache.unwanted());
    }

    @Test
    void aDroppedStatementIsClosedOnce() {
        cache.drop(a);
        cache.drop(a);
        assertEquals(List.of(a), cache.unwanted());
        assertNull(cache.get("a"));
        assertSame(b, cache.get("b"));
    }

    @Test
    void whatWasReplacedMeanwhileIsNotDropped() {
        PreparedStatement newer = put("a");
        cache.drop(a);
        assertSame(newer, cache.get("a"));
        assertEquals(List.of(), cache.unwanted());
    }

    @Test
    void whenAllAreDroppedAllAreToBeClosed() {
        PreparedStatement b = cache.get("b");
        cache.drop(a);
        int before = cache.unwanted().size();
        cache.dropAll();
        assertNull(cache.get("b"));
        assertTrue(cache.unwanted().size() > before && cache.unwanted().contains(b));
    }

    @Test
    void noNameIsGivenTwice() {
        String name = cache.nextName();
        cache.dropAll();
        assertNotEquals(name, cache.nextName());
    }
}
