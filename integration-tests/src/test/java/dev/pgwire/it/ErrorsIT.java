package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.CheckViolationException;
import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DatetimeFieldOverflowException;
import dev.pgwire.error.DependentObjectsStillExistException;
import dev.pgwire.error.DiskFullException;
import dev.pgwire.error.DivisionByZeroException;
import dev.pgwire.error.DuplicateTableException;
import dev.pgwire.error.ExclusionViolationException;
import dev.pgwire.error.ForeignKeyViolationException;
import dev.pgwire.error.InFailedTransactionException;
import dev.pgwire.error.InsufficientPrivilegeException;
import dev.pgwire.error.IntegrityException;
import dev.pgwire.error.InternalException;
import dev.pgwire.error.InvalidDatetimeFormatException;
import dev.pgwire.error.InvalidSchemaNameException;
import dev.pgwire.error.InvalidTextRepresentationException;
import dev.pgwire.error.LockNotAvailableException;
import dev.pgwire.error.NotNullViolationException;
import dev.pgwire.error.NotSupportedException;
import dev.pgwire.error.NumericOutOfRangeException;
import dev.pgwire.error.OperationalException;
import dev.pgwire.error.ProgrammingException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.RaiseException;
import dev.pgwire.error.SerializationFailureException;
import dev.pgwire.error.SyntaxErrorException;
import dev.pgwire.error.UndefinedColumnException;
import dev.pgwire.error.UndefinedFunctionException;
import dev.pgwire.error.UndefinedTableException;
import dev.pgwire.error.UniqueViolationException;
import dev.pgwire.protocol.Diagnostic;
import dev.pgwire.testkit.TestServer;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server says about an error arrives, all of it, whichever way the statement went there. */
class ErrorsIT {
    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
        conn.execute("DROP SCHEMA IF EXISTS errors_it CASCADE");
        conn.execute("CREATE SCHEMA errors_it");
        conn.execute("SET search_path = errors_it");
        conn.execute("CREATE TABLE parent (id int CONSTRAINT parent_key PRIMARY KEY)");
        conn.execute("CREATE TABLE child ("
                + " id int NOT NULL,"
                + " parent int CONSTRAINT child_parent REFERENCES parent,"
                + " age int CONSTRAINT age_is_positive CHECK (age > 0),"
                + " during int4range,"
                + " CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&))");
        conn.execute("CREATE DOMAIN short_text AS text CONSTRAINT is_short CHECK (length(VALUE) < 4)");
        conn.execute("INSERT INTO parent VALUES (1)");
        conn.execute("INSERT INTO child VALUES (1, 1, 1, '[1,5)')");
        conn.execute("""
                CREATE FUNCTION raise_everything() RETURNS void LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION USING MESSAGE = 'the größte message', DETAIL = 'the detail', HINT = 'the hint',
                        ERRCODE = 'ABC12', COLUMN = 'the column', CONSTRAINT = 'the constraint',
                        DATATYPE = 'the type', TABLE = 'the table', SCHEMA = 'the schema';
                END $$""");
        conn.execute("CREATE FUNCTION broken() RETURNS int LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN (SELECT nowhere FROM errors_it.parent); END $$");
    }

    @AfterAll
    static void disconnect() {
        conn.execute("DROP SCHEMA errors_it CASCADE");
        conn.close();
    }

    @Test
    void aUniqueViolationSaysWhichKey() {
        everyWay("INSERT INTO parent VALUES (1)", UniqueViolationException.class, error -> {
            assertEquals("23505", error.sqlState());
            assertEquals("ERROR", error.severity());
            assertEquals("errors_it", error.schema());
            assertEquals("parent", error.table());
            assertEquals("parent_key", error.constraint());
            assertNull(error.column());
            assertNull(error.dataType());
            assertEquals("Key (id)=(1) already exists.", error.detail());
            assertNull(error.hint());
            assertEquals(0, error.position());
            assertEquals("INSERT INTO parent VALUES (1)", error.sql());
            assertEquals(
                    "ERROR: duplicate key value violates unique constraint \"parent_key\" (SQLSTATE 23505)\n"
                            + "DETAIL: Key (id)=(1) already exists.",
                    error.getMessage());
        });
    }

    @Test
    void aForeignKeyViolationSaysWhichReference() {
        everyWay("INSERT INTO child VALUES (2, 42)", ForeignKeyViolationException.class, error -> {
            assertEquals("23503", error.sqlState());
            assertEquals("errors_it", error.schema());
            assertEquals("child", error.table());
            assertEquals("child_parent", error.constraint());
            assertEquals("Key (parent)=(42) is not present in table \"parent\".", error.detail());
        });
    }

    @Test
    void aNotNullViolationSaysWhichColumn() {
        everyWay("INSERT INTO child (parent) VALUES (1)", NotNullViolationException.class, error -> {
            assertEquals("23502", error.sqlState());
            assertEquals("errors_it", error.schema());
            assertEquals("child", error.table());
            assertEquals("id", error.column());
            assertEquals("Failing row contains (null, 1, null, null).", error.detail());
        });
    }

    @Test
    void aCheckViolationSaysWhichConstraint() {
        everyWay("INSERT INTO child (id, age) VALUES (3, -1)", CheckViolationException.class, error -> {
            assertEquals("23514", error.sqlState());
            assertEquals("child", error.table());
            assertEquals("age_is_positive", error.constraint());
        });
    }

    @Test
    void aCheckViolationOfADomainSaysWhichType() {
        everyWay("SELECT 'too long'::short_text", CheckViolationException.class, error -> {
            assertEquals("errors_it", error.schema());
            assertEquals("short_text", error.dataType());
            assertEquals("is_short", error.constraint());
            assertNull(error.table());
        });
    }

    @Test
    void anExclusionViolationSaysWhatIsInTheWay() {
        everyWay("INSERT INTO child (id, during) VALUES (4, '[4,9)')", ExclusionViolationException.class, error -> {
            assertEquals("23P01", error.sqlState());
            assertEquals("child", error.table());
            assertEquals("no_overlap", error.constraint());
            assertEquals("Key (during)=([4,9)) conflicts with existing key (during)=([1,5)).", error.detail());
        });
    }

    @Test
    void raiseCanSetEveryField() {
        everyWay("SELECT raise_everything()", DatabaseException.class, error -> {
            assertSame(DatabaseException.class, error.getClass());
            assertEquals("ABC12", error.sqlState());
            assertEquals("the schema", error.schema());
            assertEquals("the table", error.table());
            assertEquals("the column", error.column());
            assertEquals("the type", error.dataType());
            assertEquals("the constraint", error.constraint());
            assertEquals("the detail", error.detail());
            assertEquals("the hint", error.hint());
            assertEquals("PL/pgSQL function raise_everything() line 2 at RAISE", error.where());
            assertFalse(error.isRetryable());
            Diagnostic diagnostic = error.diagnostic();
            assertNotNull(diagnostic);
            assertEquals("the größte message", diagnostic.message());
            assertEquals("pl_exec.c", diagnostic.file());
            assertEquals("exec_stmt_raise", diagnostic.routine());
            assertTrue(diagnostic.line() > 0);
            assertEquals(
                    "ERROR: the größte message (SQLSTATE ABC12)\nDETAIL: the detail\nHINT: the hint\n"
                            + "CONTEXT: PL/pgSQL function raise_everything() line 2 at RAISE",
                    error.getMessage());
            assertEquals(
                    "ERROR:  the größte message\nDETAIL:  the detail\nHINT:  the hint\n"
                            + "CONTEXT:  PL/pgSQL function raise_everything() line 2 at RAISE",
                    error.report());
        });
    }

    @Test
    void aCaretStandsUnderThePlace() {
        everyWay("SELECT id,\n       nowhere\n  FROM parent", UndefinedColumnException.class, error -> {
            assertEquals(19, error.position());
            assertEquals(
                    "ERROR: column \"nowhere\" does not exist (SQLSTATE 42703)\n"
                            + "LINE 2:        nowhere\n"
                            + "               ^",
                    error.getMessage());
        });
    }

    /** The server counts characters, Java counts an emoji twice, and a terminal gives it two columns. */
    @Test
    void aCaretStandsUnderThePlaceBehindWideCharacters() {
        everyWay("SELECT 'é\uD83D\uDE00漢', nowhere", UndefinedColumnException.class, error -> {
            assertEquals(15, error.position());
            assertTrue(
                    error.getMessage().endsWith("\nLINE 1: SELECT 'é\uD83D\uDE00漢', nowhere\n" + " ".repeat(24) + "^"),
                    error::getMessage);
        });
    }

    @Test
    void aLongLineIsCutAroundTheCaret() {
        String sql = "SELECT " + "1, ".repeat(40) + "nowhere, " + "2, ".repeat(40) + "3";
        everyWay(sql, UndefinedColumnException.class, error -> {
            String[] lines = error.getMessage().split("\n");
            assertTrue(lines[1].startsWith("LINE 1: ...") && lines[1].endsWith("..."), error::getMessage);
            assertTrue(lines[1].startsWith("nowhere", lines[2].indexOf('^')), error::getMessage);
        });
    }

    @Test
    void anErrorInAFunctionShowsTheFunctionsOwnQuery() {
        everyWay("SELECT broken()", UndefinedColumnException.class, error -> {
            assertEquals(0, error.position());
            Diagnostic diagnostic = error.diagnostic();
            assertNotNull(diagnostic);
            assertEquals("(SELECT nowhere FROM errors_it.parent)", diagnostic.internalQuery());
            assertEquals(9, diagnostic.internalPosition());
            assertTrue(
                    error.getMessage()
                            .contains("\nLINE 1: (SELECT nowhere FROM errors_it.parent)\n" + " ".repeat(16) + "^\n"),
                    error::getMessage);
            assertTrue(error.getMessage().contains("QUERY: (SELECT nowhere"), error::getMessage);
            assertEquals("PL/pgSQL function broken() line 1 at RETURN", error.where());
        });
    }

    @Test
    void aHintArrives() {
        everyWay("SELECT lenght('x')", UndefinedFunctionException.class, error -> {
            assertNotNull(error.hint());
            assertEquals(8, error.position());
        });
    }

    @Test
    void errorsOfAParameterizedStatementBearItsSqlToo() {
        UniqueViolationException error =
                assertThrows(UniqueViolationException.class, () -> conn.execute("INSERT INTO parent VALUES ($1)", 1));

        assertEquals("INSERT INTO parent VALUES ($1)", error.sql());
        assertEquals("parent_key", error.constraint());
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of("SELEC 1", "42601", SyntaxErrorException.class, ProgrammingException.class),
                Arguments.of(
                        "SELECT * FROM nowhere", "42P01", UndefinedTableException.class, ProgrammingException.class),
                Arguments.of("SELECT nothing", "42703", UndefinedColumnException.class, ProgrammingException.class),
                Arguments.of("SELECT nofunc()", "42883", UndefinedFunctionException.class, ProgrammingException.class),
                Arguments.of(
                        "CREATE TABLE parent ()", "42P07", DuplicateTableException.class, ProgrammingException.class),
                Arguments.of(
                        "SELECT 1 + 'a'::text", "42883", UndefinedFunctionException.class, DatabaseException.class),
                Arguments.of("SELECT 1::uuid", "42846", ProgrammingException.class, DatabaseException.class),
                Arguments.of("SET search_path = a, '", "42601", SyntaxErrorException.class, DatabaseException.class),
                Arguments.of(
                        "CREATE TABLE nowhere.t ()",
                        "3F000",
                        InvalidSchemaNameException.class,
                        ProgrammingException.class),
                Arguments.of(
                        "SELECT (SELECT generate_series(1, 2))",
                        "21000",
                        ProgrammingException.class,
                        DatabaseException.class),
                Arguments.of("SELECT 1/0", "22012", DivisionByZeroException.class, DataException.class),
                Arguments.of("SELECT 32768::int2", "22003", NumericOutOfRangeException.class, DataException.class),
                Arguments.of(
                        "SELECT 'x'::int4", "22P02", InvalidTextRepresentationException.class, DataException.class),
                Arguments.of("SELECT 'x'::date", "22007", InvalidDatetimeFormatException.class, DataException.class),
                Arguments.of(
                        "SELECT '2024-02-30'::date",
                        "22008",
                        DatetimeFieldOverflowException.class,
                        DataException.class),
                Arguments.of("SELECT B'101' & B'1'", "22026", DataException.class, DatabaseException.class),
                Arguments.of("SET work_mem = 'x'", "22023", DataException.class, DatabaseException.class),
                Arguments.of(
                        "DELETE FROM parent WHERE id = 1",
                        "23503",
                        ForeignKeyViolationException.class,
                        IntegrityException.class),
                Arguments.of(
                        "INSERT INTO parent VALUES (NULL)",
                        "23502",
                        NotNullViolationException.class,
                        IntegrityException.class),
                Arguments.of("ROLLBACK TO SAVEPOINT s", "25P01", InternalException.class, DatabaseException.class),
                Arguments.of(
                        "DROP TABLE parent",
                        "2BP01",
                        DependentObjectsStillExistException.class,
                        InternalException.class),
                Arguments.of("FETCH FROM no_cursor", "34000", OperationalException.class, DatabaseException.class),
                Arguments.of("EXECUTE no_statement", "26000", OperationalException.class, DatabaseException.class),
                Arguments.of("SELECT pg_sleep(30)", "57014", QueryCanceledException.class, OperationalException.class),
                Arguments.of("DO $$ BEGIN RAISE 'x'; END $$", "P0001", RaiseException.class, InternalException.class),
                Arguments.of(
                        "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$",
                        "40001",
                        SerializationFailureException.class,
                        OperationalException.class),
                Arguments.of(
                        "DO $$ BEGIN RAISE SQLSTATE '55P03'; END $$",
                        "55P03",
                        LockNotAvailableException.class,
                        OperationalException.class),
                Arguments.of(
                        "DO $$ BEGIN RAISE SQLSTATE '53100'; END $$",
                        "53100",
                        DiskFullException.class,
                        OperationalException.class),
                Arguments.of(
                        "DO $$ BEGIN RAISE SQLSTATE 'XX001'; END $$",
                        "XX001",
                        InternalException.class,
                        DatabaseException.class),
                Arguments.of(
                        "DO $$ BEGIN RAISE SQLSTATE 'ZZ999'; END $$",
                        "ZZ999",
                        DatabaseException.class,
                        DatabaseException.class),
                Arguments.of(
                        "SELECT count(*) FROM parent FOR UPDATE",
                        "0A000",
                        NotSupportedException.class,
                        DatabaseException.class));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void theSqlStateChoosesTheClass(
            String sql,
            String sqlState,
            Class<? extends DatabaseException> exact,
            Class<? extends DatabaseException> parent) {
        conn.execute("SET statement_timeout = '100ms'");
        try {
            everyWay(sql, exact, error -> {
                assertEquals(sqlState, error.sqlState());
                assertSame(exact, error.getClass());
                assertTrue(parent.isInstance(error), error::toString);
                assertEquals(sqlState.equals("40001"), error.isRetryable());
            });
        } finally {
            conn.execute("RESET statement_timeout");
        }
    }

    @Test
    void aFailedTransactionRefusesWhatFollows() {
        conn.execute("BEGIN");
        assertThrows(DivisionByZeroException.class, () -> conn.execute("SELECT 1/0"));

        everyWayInTransaction("SELECT 1", InFailedTransactionException.class, "25P02");

        conn.rollback();
        assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
    }

    @Test
    void aRoleWithoutPrivilegesIsToldSo() {
        conn.execute("DROP ROLE IF EXISTS errors_it_nobody");
        conn.execute("CREATE ROLE errors_it_nobody");
        conn.execute("GRANT USAGE ON SCHEMA errors_it TO errors_it_nobody");
        conn.execute("SET ROLE errors_it_nobody");
        try {
            everyWay("SELECT * FROM errors_it.parent", InsufficientPrivilegeException.class, error -> {
                assertEquals("42501", error.sqlState());
                assertTrue(error.getMessage().contains("permission denied for table parent"), error::getMessage);
            });
        } finally {
            conn.execute("RESET ROLE");
            conn.execute("DROP OWNED BY errors_it_nobody");
            conn.execute("DROP ROLE errors_it_nobody");
        }
    }

    /** Half of the rows have arrived when it happens. */
    @Test
    void anErrorInTheMiddleOfALargeResultArrivesWhereItIsReadTo() {
        int read = 0;
        DivisionByZeroException error = null;
        var cursor = conn.cursor().execute("SELECT 1/(100000 - i), repeat('x', 100) FROM generate_series(1, 200000) i");
        try {
            while (cursor.next()) {
                read++;
            }
        } catch (DivisionByZeroException expected) {
            error = expected;
        }

        assertNotNull(error);
        assertEquals(99_999, read);
        assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
    }

    /** Prepared (the second time from the cache) and as a simple query; the connection is as usable afterwards as before. */
    private static <T extends DatabaseException> void everyWay(String sql, Class<T> type, Consumer<T> check) {
        for (int i = 0; i < 2; i++) {
            check.accept(assertThrows(type, () -> conn.execute(sql)));
            assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
        }
        check.accept(assertThrows(type, () -> conn.cursor().executeSimple(sql)));
        assertEquals(1, conn.execute("SELECT 1").fetchOne().getInt(0));
    }

    private static void everyWayInTransaction(String sql, Class<? extends DatabaseException> type, String sqlState) {
        for (DatabaseException error : List.of(
                assertThrows(type, () -> conn.execute(sql)),
                assertThrows(type, () -> conn.execute(sql + " + $1", 1)),
                assertThrows(type, () -> conn.cursor().executeSimple(sql)))) {
            assertEquals(sqlState, error.sqlState());
        }
    }
}
