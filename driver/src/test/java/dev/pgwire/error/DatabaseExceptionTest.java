package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Diagnostic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class DatabaseExceptionTest {
    private static final Diagnostic UNIQUE = Diagnostic.builder()
            .field('S', "FEHLER")
            .field('V', "ERROR")
            .field('C', "23505")
            .field('M', "duplicate key value violates unique constraint \"users_pkey\"")
            .field('D', "Key (id)=(1) already exists.")
            .field('s', "public")
            .field('t', "users")
            .field('c', "id")
            .field('d', "int4")
            .field('n', "users_pkey")
            .build();

    @Test
    void theMessageNamesSeverityTextAndSqlState() {
        DatabaseException error = ServerErrors.of(UNIQUE, "INSERT INTO users VALUES (1)");
        assertEquals("""
                ERROR: duplicate key value violates unique constraint "users_pkey" (SQLSTATE 23505)
                DETAIL: Key (id)=(1) already exists.""", error.getMessage());
    }

    @Test
    void theMessageShowsThePlaceInTheStatement() {
        Diagnostic undefined = Diagnostic.builder()
                .field('S', "ERROR")
                .field('C', "42883")
                .field('M', "function no_such(integer) does not exist")
                .field('P', "8")
                .field('H', "No function matches the given name and argument types.")
                .build();
        String message = """
                ERROR: function no_such(integer) does not exist (SQLSTATE 42883)
                LINE 1: SELECT no_such(1)
                               ^
                HINT: No function matches the given name and argument types.""";
        assertEquals(message, ServerErrors.of(undefined, "SELECT no_such(1)").getMessage());
    }

    @Test
    void everyFieldOfTheServerIsThere() {
        DatabaseException error = ServerErrors.of(UNIQUE, null);
        assertSame(UNIQUE, error.diagnostic());
        assertEquals("unique_violation", error.conditionName());
        assertEquals("ERROR", error.severity());
        assertEquals("Key (id)=(1) already exists.", error.detail());
        assertEquals("public", error.schema());
        assertEquals("users", error.table());
        assertEquals("id", error.column());
        assertEquals("int4", error.dataType());
        assertEquals("users_pkey", error.constraint());
        assertNull(error.hint());
        assertNull(error.where());
        assertNull(error.sql());
        assertEquals(0, error.position());
    }

    @Test
    void theReportUsesTheLanguageOfTheServer() {
        assertTrue(ServerErrors.of(UNIQUE, null).report().startsWith("FEHLER:  duplicate key"));
    }

    @Test
    void onlySerializationFailureAndDeadlockAreRetryable() {
        for (String sqlState : new String[] {"40001", "40P01"}) {
            assertTrue(new DatabaseException(sqlState, "again", null).isRetryable());
        }
        for (String sqlState : new String[] {"40000", "40002", "40003", "57014", "55P03", "08006"}) {
            assertFalse(new DatabaseException(sqlState, "no", null).isRetryable());
        }
    }

    @Test
    void whatTheDriverFoundHasNoFields() {
        Exception cause = new IllegalStateException("beneath");
        DatabaseException error = new ConnectionFailureException("08006", "the connection broke", cause);
        assertEquals("the connection broke", error.getMessage());
        assertEquals("ERROR:  the connection broke", error.report());
        assertEquals("08006", error.sqlState());
        assertEquals("ERROR", error.severity());
        assertSame(cause, error.getCause());
        assertNull(error.diagnostic());
        assertNull(error.sql());
        assertNull(error.detail());
        assertNull(error.constraint());
    }

    @Test
    void itSurvivesSerialization() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(ServerErrors.of(UNIQUE, "INSERT INTO users VALUES (1)"));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            UniqueViolationException copy = (UniqueViolationException) in.readObject();
            assertEquals("23505", copy.sqlState());
            assertEquals("INSERT INTO users VALUES (1)", copy.sql());
            assertTrue(copy.getMessage().contains("users_pkey"));
            assertNull(copy.diagnostic());
            assertTrue(copy.report().contains("users_pkey"));
        }
    }
}
