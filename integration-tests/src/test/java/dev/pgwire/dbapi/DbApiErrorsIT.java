package dev.pgwire.dbapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.IntegrityException;
import dev.pgwire.error.InternalException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.error.TransactionRollbackException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every SQLSTATE that psycopg2 knows has the same name here, and a class with the same base. */
class DbApiErrorsIT {
    private static final Map<String, Class<? extends DatabaseException>> BASES = Map.of(
            "DatabaseError", DatabaseException.class,
            "DataError", DataException.class,
            "IntegrityError", IntegrityException.class,
            "InternalError", InternalException.class,
            "NotSupportedError", NotSupportedException.class,
            "OperationalError", OperationalException.class,
            "ProgrammingError", ProgrammingException.class,
            "QueryCanceledError", QueryCanceledException.class,
            "TransactionRollbackError", TransactionRollbackException.class);

    /** Classes of ours that are not called as those of psycopg2: two have two codes each, and three are shorter. */
    private static final Map<String, String> OWN_NAMES = Map.of(
            "08001", "CannotConnect",
            "08004", "CannotConnect",
            "08006", "ConnectionFailure",
            "08007", "ConnectionFailure",
            "22003", "NumericOutOfRange",
            "25P02", "InFailedTransaction",
            "P0001", "Raise");

    /** What psycopg2 has, and no server of the last ten years. */
    private static final Set<String> GONE = Set.of("22020");

    @Test
    @Psycopg("psycopg2.errors")
    void aCodeHasTheNameAndTheBaseThatPsycopg2Gives() {
        Optional<Python> python = Python.withPsycopg2();
        assumeTrue(python.isPresent(), "there is no python3 with psycopg2");
        String printed = python.get().run("""
                from psycopg2 import errorcodes, errors
                for code in sorted({v for k, v in vars(errorcodes).items() if k.isupper() and len(v) == 5}):
                    name = errorcodes.lookup(code).rstrip('_').lower()
                    try:
                        leaf = errors.lookup(code)
                        print(code, name, leaf.__name__.rstrip('_'), leaf.__mro__[1].__name__)
                    except KeyError:
                        print(code, name)
                """);

        int leaves = 0;
        for (String line : printed.lines().toList()) {
            String[] words = line.split(" ");
            String code = words[0];
            if (GONE.contains(code)) {
                assertNull(SqlState.conditionName(code));
                continue;
            }
            assertEquals(words[1], SqlState.conditionName(code), code);
            Class<?> ours = SqlState.exceptionClass(code);
            // Warnings and successes are no errors there.
            Class<?> base = words.length == 2 ? DatabaseException.class : BASES.get(words[3]);
            assertEquals(base, baseOf(ours), line);
            if (ours != base) {
                String name = OWN_NAMES.getOrDefault(code, words[2]);
                assertEquals(name, ours.getSimpleName().replaceFirst("Exception$", ""), line);
                leaves++;
            }
        }
        assertTrue(leaves > 45, "too few were compared: " + leaves);
    }

    private static Class<?> baseOf(Class<?> type) {
        Class<?> base = type;
        while (!BASES.containsValue(base)) {
            base = base.getSuperclass();
        }
        return base;
    }

    @Test
    @Psycopg("psycopg2.errors")
    void aConditionHasItsCode() {
        assertEquals("23505", SqlState.code("unique_violation"));
        assertEquals("unique_violation", SqlState.conditionName("23505"));
        assertEquals(
                "UNIQUE_VIOLATION",
                SqlState.conditionName(SqlState.UNIQUE_VIOLATION).toUpperCase(Locale.ROOT));
    }
}
