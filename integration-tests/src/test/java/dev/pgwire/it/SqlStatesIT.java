package dev.pgwire.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgwire.Connection;
import dev.pgwire.Postgres;
import dev.pgwire.error.ActiveSqlTransactionException;
import dev.pgwire.error.AmbiguousColumnException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DatetimeFieldOverflowException;
import dev.pgwire.error.DependentObjectsStillExistException;
import dev.pgwire.error.DuplicateColumnException;
import dev.pgwire.error.DuplicateDatabaseException;
import dev.pgwire.error.DuplicateFunctionException;
import dev.pgwire.error.DuplicateObjectException;
import dev.pgwire.error.DuplicateSchemaException;
import dev.pgwire.error.IdleInTransactionSessionTimeoutException;
import dev.pgwire.error.InvalidCatalogNameException;
import dev.pgwire.error.InvalidDatetimeFormatException;
import dev.pgwire.error.InvalidSchemaNameException;
import dev.pgwire.error.ObjectInUseException;
import dev.pgwire.error.ObjectNotInPrerequisiteStateException;
import dev.pgwire.error.RaiseException;
import dev.pgwire.error.ReadOnlySqlTransactionException;
import dev.pgwire.error.SqlState;
import dev.pgwire.error.StringDataRightTruncationException;
import dev.pgwire.error.TooManyConnectionsException;
import dev.pgwire.error.UndefinedObjectException;
import dev.pgwire.testkit.TestServer;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The codes, their names and their classes are those of the server, which has them in a file and raises them by name. */
class SqlStatesIT {
    /** A line of errcodes.txt: the code, whether it is an error, the name in C, the condition name. */
    private static final Pattern LINE =
            Pattern.compile("^([0-9A-Z]{5})\\s+([EWS])\\s+ERRCODE_\\S+\\s+(\\S+)\\s*$", Pattern.MULTILINE);

    /** What came after version 14, and what went before 18. */
    private static final Set<String> OF_SOME_VERSIONS = Set.of("10608", "2203G", "25P04", "58P03", "72000");

    private static Connection conn;

    @BeforeAll
    static void connect() {
        conn = Postgres.connect(TestServer.shared().dsn());
    }

    @AfterAll
    static void disconnect() {
        conn.close();
    }

    private static String errcodes() {
        String file = conn.execute("SELECT pg_read_file(setting || '/errcodes.txt', 0, 1000000, true) FROM pg_config"
                        + " WHERE name = 'SHAREDIR'")
                .fetchOne()
                .getString(0);
        assumeTrue(file != null, "the server has no errcodes.txt");
        return file;
    }

    @Test
    void everyCodeOfTheServerHasItsConstantAndItsConditionName() {
        Map<String, String> theirs = new TreeMap<>();
        for (Matcher line = LINE.matcher(errcodes()); line.find(); ) {
            theirs.put(line.group(1), line.group(3));
        }
        assertTrue(theirs.size() > 250, "too few were found: " + theirs.size());
        Map<String, String> ours = new TreeMap<>();
        theirs.keySet().forEach(code -> ours.put(code, String.valueOf(SqlState.conditionName(code))));
        assertEquals(theirs, ours);

        // That each name of the table has a constant is asked where the table can be seen.
        long constants = Arrays.stream(SqlState.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
                .count();
        Set<String> elsewhere = new TreeSet<>(OF_SOME_VERSIONS);
        elsewhere.removeAll(theirs.keySet());
        assertEquals(theirs.size() + elsewhere.size(), constants);
    }

    /** PL/pgSQL knows the names of errors, not those of warnings. */
    @Test
    void whatTheServerRaisesByNameHasTheCodeAndTheClassOfTheName() {
        int raised = 0;
        for (Matcher line = LINE.matcher(errcodes()); line.find(); ) {
            String name = line.group(3);
            if (line.group(2).equals("E")) {
                DatabaseException error = assertThrows(
                        DatabaseException.class,
                        () -> conn.cursor().executeSimple("DO $$ BEGIN RAISE " + name + "; END $$"),
                        name);
                assertEquals(SqlState.code(name), error.sqlState(), name);
                assertEquals(name, error.conditionName());
                assertSame(SqlState.exceptionClass(error.sqlState()), error.getClass(), name);
                raised++;
            }
        }
        assertTrue(raised > 240, "too few were raised: " + raised);
    }

    static Stream<Arguments> occasions() {
        return Stream.of(
                Arguments.of(UndefinedObjectException.class, "DROP ROLE sql_states_it_missing"),
                Arguments.of(
                        DuplicateObjectException.class,
                        "DO $$ BEGIN EXECUTE format('CREATE ROLE %I', current_user); END $$"),
                Arguments.of(DuplicateColumnException.class, "CREATE TEMP TABLE twice (a int, a int)"),
                Arguments.of(DuplicateDatabaseException.class, "CREATE DATABASE template1"),
                Arguments.of(
                        DuplicateFunctionException.class,
                        "CREATE FUNCTION pg_catalog.lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'"),
                Arguments.of(DuplicateSchemaException.class, "CREATE SCHEMA information_schema"),
                Arguments.of(AmbiguousColumnException.class, "SELECT oid FROM pg_class, pg_type"),
                Arguments.of(InvalidSchemaNameException.class, "CREATE TABLE sql_states_it_missing.t ()"),
                Arguments.of(InvalidCatalogNameException.class, "DROP DATABASE sql_states_it_missing"),
                Arguments.of(
                        StringDataRightTruncationException.class,
                        "DO $$ DECLARE short varchar(2) := 'abc'; BEGIN END $$"),
                Arguments.of(InvalidDatetimeFormatException.class, "SELECT 'x'::date"),
                Arguments.of(DatetimeFieldOverflowException.class, "SELECT '2024-02-30'::date"),
                Arguments.of(
                        ReadOnlySqlTransactionException.class,
                        "DO $$ BEGIN SET TRANSACTION READ ONLY; CREATE TABLE sql_states_it_never (); END $$"),
                Arguments.of(ActiveSqlTransactionException.class, "DO $$ BEGIN EXECUTE 'VACUUM'; END $$"),
                Arguments.of(RaiseException.class, "DO $$ BEGIN RAISE 'no'; END $$"),
                Arguments.of(
                        ObjectInUseException.class, "DO $$ BEGIN EXECUTE format('DROP ROLE %I', current_user); END $$"),
                Arguments.of(ObjectNotInPrerequisiteStateException.class, "SELECT lastval()"),
                Arguments.of(
                        DependentObjectsStillExistException.class,
                        "DO $$ BEGIN CREATE TEMP TABLE t (); CREATE TEMP VIEW v AS TABLE t; DROP TABLE t; END $$"));
    }

    @ParameterizedTest
    @MethodSource("occasions")
    void theClassIsThrownOnTheOccasionThatItsDescriptionNames(Class<? extends DatabaseException> type, String sql) {
        try (Connection fresh = Postgres.connect(TestServer.shared().dsn())) {
            DatabaseException error = assertThrows(DatabaseException.class, () -> fresh.execute(sql));
            assertSame(type, error.getClass(), error.toString());
            assertEquals("(1,)", fresh.execute("SELECT 1").fetchOne().toString());
        }
    }

    @Test
    void aSessionThatIdledInItsTransactionForTooLongIsToldSo() {
        try (Connection idle = Postgres.connect(TestServer.shared().dsn())) {
            int pid = idle.execute("SELECT pg_backend_pid()").fetchOne().getInt(0);
            idle.execute("SET idle_in_transaction_session_timeout = '1ms'");
            idle.execute("BEGIN");
            while (conn.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", pid)
                            .fetchOne()
                            .getLong(0)
                    > 0) {
                Thread.onSpinWait();
            }
            assertThrows(IdleInTransactionSessionTimeoutException.class, () -> idle.execute("SELECT 1"));
        }
    }

    @Test
    void aRoleWithoutAConnectionLeftIsRefused() {
        conn.execute("DROP ROLE IF EXISTS sql_states_it_none");
        conn.execute("CREATE ROLE sql_states_it_none LOGIN PASSWORD 'secret' CONNECTION LIMIT 0");
        try {
            String dsn = TestServer.shared().dsn("user=sql_states_it_none password=secret");
            assertThrows(TooManyConnectionsException.class, () -> Postgres.connect(dsn));
        } finally {
            conn.execute("DROP ROLE sql_states_it_none");
        }
    }

    @Test
    void aDatabaseThatIsNotThereRefusesTheSession() {
        String dsn = TestServer.shared().dsn("dbname=sql_states_it_missing");
        assertThrows(InvalidCatalogNameException.class, () -> Postgres.connect(dsn));
    }
}
