package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The constants, and what is asked by a code. What the codes are is asked of a server, in the integration tests. */
class SqlStateTest {
    @Test
    void everyCodeOfTheTableHasOneConstantThatIsCalledAsItsCondition() throws IllegalAccessException {
        Map<String, String> constants = constants();
        assertEquals(new TreeMap<>(ConditionNames.NAMES).keySet(), constants.keySet());
        constants.forEach((code, constant) -> {
            String name = SqlState.conditionName(code);
            assertNotNull(name);
            String expected = name.toUpperCase(Locale.ROOT);
            if (!code.equals(SqlState.code(name))) {
                expected = (code.startsWith("01") ? "WARNING_" : "EXTERNAL_ROUTINE_") + expected;
            }
            assertEquals(expected, constant, code);
        });
    }

    private static Map<String, String> constants() throws IllegalAccessException {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : SqlState.class.getFields()) {
            assertNull(constants.put((String) field.get(null), field.getName()), "two constants: " + field);
        }
        return constants;
    }

    @Test
    void ofTwoCodesWithOneNameTheErrorGoesFirst() {
        assertEquals("string_data_right_truncation", SqlState.conditionName("01004"));
        assertEquals("22001", SqlState.code("string_data_right_truncation"));
        assertEquals("null_value_not_allowed", SqlState.conditionName("39004"));
        assertEquals("22004", SqlState.code("null_value_not_allowed"));
        assertEquals("reading_sql_data_not_permitted", SqlState.conditionName("38004"));
        assertEquals("2F004", SqlState.code("reading_sql_data_not_permitted"));
    }

    @Test
    void whatIsNotGivenOutHasNoName() {
        assertNull(SqlState.conditionName("ZZ999"));
        assertNull(SqlState.conditionName(""));
        assertNull(SqlState.code("no_such_condition"));
        assertNull(new DatabaseException("ZZ999", "made up", null).conditionName());
    }

    @Test
    void aCodeHasTheClassThatIsThrownForIt() {
        assertSame(UniqueViolationException.class, SqlState.exceptionClass("23505"));
        assertSame(IntegrityException.class, SqlState.exceptionClass("23001"));
        assertSame(DatabaseException.class, SqlState.exceptionClass("ZZ999"));
    }

    @Test
    void whatIsNoCodeHasNoClass() {
        for (String code : new String[] {"", "4200", "42p01", "420000", "unique_violation"}) {
            InterfaceException refused =
                    assertThrows(InterfaceException.class, () -> SqlState.exceptionClass(code), code);
            assertTrue(refused.getMessage().contains("\"" + code + "\" is not a SQLSTATE, expected"), code);
        }
        assertSame(InternalException.class, SqlState.exceptionClass("XX000"));
    }
}
