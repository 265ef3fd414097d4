package dev.pgwire.internal.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.error.InterfaceException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedSqlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "SELECT 1                                ~ SELECT 1                                ~ ``",
                ":a                                      ~ $1                                      ~ a",
                "SELECT :a, :b                           ~ SELECT $1, $2                           ~ a b",
                "SELECT :b, :a, :b                       ~ SELECT $1, $2, $1                       ~ b a",
                "SELECT :ab, :a                          ~ SELECT $1, $2                           ~ ab a",
                "SELECT :A, :a                           ~ SELECT $1, $2                           ~ A a",
                "SELECT :a::int                          ~ SELECT $1::int                          ~ a",
                "SELECT ':a', :b                         ~ SELECT ':a', $1                         ~ b",
                "SELECT E'\\':a', :b                     ~ SELECT E'\\':a', $1                     ~ b",
                "SELECT U&'\\0061 :a', :b                ~ SELECT U&'\\0061 :a', $1                ~ b",
                "SELECT \":a\", :b                       ~ SELECT \":a\", $1                       ~ b",
                "SELECT $$:a$$, $t$:a$$:a$t$, :b         ~ SELECT $$:a$$, $t$:a$$:a$t$, $1         ~ b",
                "SELECT 1 -- :a                          ~ SELECT 1 -- :a                          ~ ``",
                "SELECT /* :a /* :b */ :c */ :d          ~ SELECT /* :a /* :b */ :c */ $1          ~ d",
                "SELECT x[1:n], :a                       ~ SELECT x[1:n], $1                       ~ a",
                "SELECT x[:a:2]                          ~ SELECT x[$1:2]                          ~ a",
                "f(x := :a, y => :b)                     ~ f(x := $1, y => $2)                     ~ a b",
                "SELECT '{\"a\":1}'::jsonb ? :k          ~ SELECT '{\"a\":1}'::jsonb ? $1          ~ k",
                "LIKE '%s' AND x = :a;                   ~ LIKE '%s' AND x = $1;                   ~ a",
            })
    void namesBecomeNumbers(String sql, String numbered, String names) {
        assertEquals(
                new NamedSql(numbered, names.isEmpty() ? List.of() : List.of(names.split(" "))),
                NamedSql.of(sql, false));
    }

    @Test
    void aBackslashMayHideAName() {
        assertEquals(List.of("b"), NamedSql.of("SELECT 'a\\' :b", false).names());
        assertEquals(List.of(), NamedSql.of("SELECT 'a\\' :b'", true).names());
    }

    @Test
    void valuesComeInTheOrderOfTheNumbers() {
        NamedSql named = NamedSql.of("SELECT :b, :a, :b", false);
        Map<String, Object> values = new HashMap<>();
        values.put("a", null);
        values.put("b", 2);
        values.put("unused", 3);
        assertArrayEquals(new Object[] {2, null}, named.values(values));
    }

    @Test
    void aMissingValueIsNamedWithTheNearestThatWasGiven() {
        NamedSql named = NamedSql.of("SELECT :name, :age", false);
        InterfaceException missing =
                assertThrows(InterfaceException.class, () -> named.values(Map.of("nmae", "x", "age", 1)));
        assertEquals(
                "no value for parameter :name, expected one for each of [name, age], did you mean \"nmae\"?",
                missing.getMessage());
        InterfaceException empty = assertThrows(InterfaceException.class, () -> named.values(Map.of()));
        assertEquals("no value for parameter :name, expected one for each of [name, age]", empty.getMessage());
    }

    @Test
    void aKeyThatIsNoStringIsNoName() {
        NamedSql named = NamedSql.of("SELECT :a", false);
        for (Map<?, ?> strange : List.of(Map.of(1, 2), nullKey())) {
            @SuppressWarnings("unchecked") // As a raw map would bring it.
            Map<String, ?> values = (Map<String, ?>) strange;
            assertThrows(InterfaceException.class, () -> named.values(values), strange::toString);
        }
    }

    private static Map<String, Integer> nullKey() {
        Map<String, Integer> map = new HashMap<>();
        map.put(null, 1);
        return map;
    }

    private record Point(int x, String label) {}

    private record Broken(int x) {
        @Override
        public int x() {
            throw new IllegalStateException("no");
        }
    }

    @Test
    void aRecordGivesItsComponentsByName() {
        Map<String, Object> components = NamedSql.components(new Point(3, null));
        assertEquals(List.of("x", "label"), List.copyOf(components.keySet()));
        assertEquals(Arrays.asList(3, null), Arrays.asList(components.values().toArray()));
        InterfaceException refused = assertThrows(InterfaceException.class, () -> NamedSql.components(new Broken(1)));
        assertTrue(refused.getMessage().contains("x() of record " + Broken.class.getName()), refused.getMessage());
        assertEquals("no", refused.getCause().getMessage());
    }

    @Test
    void numbersAndNamesDoNotMix() {
        InterfaceException refused =
                assertThrows(InterfaceException.class, () -> NamedSql.of("SELECT $1::int, :a::int", false));
        assertTrue(refused.getMessage().contains("$1"), refused.getMessage());
        assertEquals(
                "SELECT $$ $1 $$, $1", NamedSql.of("SELECT $$ $1 $$, :a", false).sql());
    }

    @Test
    void aStatementThatCountsItsParametersHasNoNames() {
        assertNull(NamedSql.unlessNumbered("SELECT $1", false));
        assertNull(NamedSql.unlessNumbered("SELECT ':a', $2::int, $1", false));
        assertEquals(List.of(), NamedSql.unlessNumbered("SELECT 1, '$1'", false).names());
        assertThrows(InterfaceException.class, () -> NamedSql.of("SELECT $1", false));
        for (String both : List.of("SELECT $1, :a", "SELECT :a, $1")) {
            String message = assertThrows(InterfaceException.class, () -> NamedSql.unlessNumbered(both, false))
                    .getMessage();
            assertTrue(message.contains("$1"), message);
        }
    }
}
