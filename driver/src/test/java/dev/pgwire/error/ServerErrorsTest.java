package dev.pgwire.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.protocol.Diagnostic;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerErrorsTest {
    static Stream<Arguments> leaves() {
        return Stream.of(
                Arguments.of("08006", ConnectionFailureException.class, OperationalException.class),
                Arguments.of("08P01", ProtocolViolationException.class, OperationalException.class),
                Arguments.of("22001", StringDataRightTruncationException.class, DataException.class),
                Arguments.of("22003", NumericOutOfRangeException.class, DataException.class),
                Arguments.of("22007", InvalidDatetimeFormatException.class, DataException.class),
                Arguments.of("22008", DatetimeFieldOverflowException.class, DataException.class),
                Arguments.of("22012", DivisionByZeroException.class, DataException.class),
                Arguments.of("22P02", InvalidTextRepresentationException.class, DataException.class),
                Arguments.of("23502", NotNullViolationException.class, IntegrityException.class),
                Arguments.of("23503", ForeignKeyViolationException.class, IntegrityException.class),
                Arguments.of("23505", UniqueViolationException.class, IntegrityException.class),
                Arguments.of("23514", CheckViolationException.class, IntegrityException.class),
                Arguments.of("23P01", ExclusionViolationException.class, IntegrityException.class),
                Arguments.of("25001", ActiveSqlTransactionException.class, InternalException.class),
                Arguments.of("25006", ReadOnlySqlTransactionException.class, InternalException.class),
                Arguments.of("25P02", InFailedTransactionException.class, InternalException.class),
                Arguments.of("25P03", IdleInTransactionSessionTimeoutException.class, InternalException.class),
                Arguments.of("28P01", InvalidPasswordException.class, OperationalException.class),
                Arguments.of("2BP01", DependentObjectsStillExistException.class, InternalException.class),
                Arguments.of("3D000", InvalidCatalogNameException.class, ProgrammingException.class),
                Arguments.of("3F000", InvalidSchemaNameException.class, ProgrammingException.class),
                Arguments.of("40001", SerializationFailureException.class, TransactionRollbackException.class),
                Arguments.of("40P01", DeadlockDetectedException.class, TransactionRollbackException.class),
                Arguments.of("42501", InsufficientPrivilegeException.class, ProgrammingException.class),
                Arguments.of("42601", SyntaxErrorException.class, ProgrammingException.class),
                Arguments.of("42701", DuplicateColumnException.class, ProgrammingException.class),
                Arguments.of("42702", AmbiguousColumnException.class, ProgrammingException.class),
                Arguments.of("42703", UndefinedColumnException.class, ProgrammingException.class),
                Arguments.of("42704", UndefinedObjectException.class, ProgrammingException.class),
                Arguments.of("42710", DuplicateObjectException.class, ProgrammingException.class),
                Arguments.of("42723", DuplicateFunctionException.class, ProgrammingException.class),
                Arguments.of("42883", UndefinedFunctionException.class, ProgrammingException.class),
                Arguments.of("42P01", UndefinedTableException.class, ProgrammingException.class),
                Arguments.of("42P04", DuplicateDatabaseException.class, ProgrammingException.class),
                Arguments.of("42P06", DuplicateSchemaException.class, ProgrammingException.class),
                Arguments.of("42P07", DuplicateTableException.class, ProgrammingException.class),
                Arguments.of("53100", DiskFullException.class, OperationalException.class),
                Arguments.of("53200", OutOfMemoryException.class, OperationalException.class),
                Arguments.of("53300", TooManyConnectionsException.class, OperationalException.class),
                Arguments.of("55000", ObjectNotInPrerequisiteStateException.class, OperationalException.class),
                Arguments.of("55006", ObjectInUseException.class, OperationalException.class),
                Arguments.of("55P03", LockNotAvailableException.class, OperationalException.class),
                Arguments.of("57014", QueryCanceledException.class, OperationalException.class),
                Arguments.of("57P01", AdminShutdownException.class, OperationalException.class),
                Arguments.of("57P02", CrashShutdownException.class, OperationalException.class),
                Arguments.of("57P03", CannotConnectNowException.class, OperationalException.class),
                Arguments.of("P0001", RaiseException.class, InternalException.class));
    }

    @ParameterizedTest
    @MethodSource("leaves")
    void theFullCodeChoosesTheLeaf(String sqlState, Class<?> leaf, Class<?> parent) {
        DatabaseException error = ServerErrors.of(error(sqlState), "SELECT 1");
        assertSame(leaf, error.getClass());
        assertSame(parent, leaf.getSuperclass());
        assertEquals(sqlState, error.sqlState());
        assertEquals("SELECT 1", error.sql());
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(DatabaseException.class, "00 01 02 03 09 0B 0F 0L 0P 0Z 72 ZZ"),
                Arguments.of(NotSupportedException.class, "0A"),
                Arguments.of(ProgrammingException.class, "20 21 3D 3F 42 44"),
                Arguments.of(DataException.class, "22"),
                Arguments.of(IntegrityException.class, "23"),
                Arguments.of(InternalException.class, "24 25 2B 2D 2F 38 39 3B F0 P0 XX"),
                Arguments.of(OperationalException.class, "08 26 27 28 34 53 54 55 57 58 HV"),
                Arguments.of(TransactionRollbackException.class, "40"));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void otherwiseTheFirstTwoCharactersDo(Class<?> type, String prefixes) {
        for (String prefix : prefixes.split(" ")) {
            assertSame(type, ServerErrors.of(error(prefix + "999"), null).getClass(), prefix);
        }
    }

    @Test
    void theTreeHasTheShapeOfDbApi() {
        assertSame(RuntimeException.class, PgException.class.getSuperclass());
        assertSame(PgException.class, InterfaceException.class.getSuperclass());
        assertSame(PgException.class, DatabaseException.class.getSuperclass());
        assertSame(OperationalException.class, TransactionRollbackException.class.getSuperclass());
        List<Class<?>> six = Arrays.asList(
                DataException.class,
                OperationalException.class,
                IntegrityException.class,
                InternalException.class,
                ProgrammingException.class,
                NotSupportedException.class);
        assertTrue(six.stream().allMatch(type -> type.getSuperclass() == DatabaseException.class));
    }

    @Test
    void aCodeThatIsNoneIsAnInternalError() {
        for (String code : new String[] {"", "4200", "42p01", "420000", "42\u00e901"}) {
            DatabaseException error = ServerErrors.of(error(code), null);
            assertSame(InternalException.class, error.getClass(), code);
            assertEquals("XX000", error.sqlState());
        }
        assertEquals(
                "XX000", ServerErrors.of(Diagnostic.builder().build(), null).sqlState());
    }

    private static Diagnostic error(String sqlState) {
        return Diagnostic.builder()
                .field('S', "ERROR")
                .field('V', "ERROR")
                .field('C', sqlState)
                .field('M', "no")
                .build();
    }
}
