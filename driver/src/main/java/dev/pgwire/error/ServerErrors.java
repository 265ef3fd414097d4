package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** The one place where an error of the server becomes an exception. */
public final class ServerErrors {
    private ServerErrors() {}

    /**
     * As {@link #of(Diagnostic, String)}, for one of several statements that were sent together.
     *
     * @param place which of them it was, see {@link DatabaseException#place()}; null when there was only one
     */
    public static DatabaseException of(Diagnostic error, @Nullable String sql, @Nullable String place) {
        DatabaseException failure = of(error, sql);
        failure.place(place);
        return failure;
    }

    /** Says why a statement was cancelled, where the driver knows it; before the failure is thrown. */
    public static void reason(QueryCanceledException failure, QueryCanceledException.Reason known) {
        failure.reason(known);
    }

    /** Gives a failure a hint of the driver, before it is thrown. */
    public static void hint(DatabaseException failure, String hint) {
        failure.hint(hint);
    }

    /**
     * Adds a line to the message of a failure, before it is thrown.
     *
     * @param line what the driver knows and the server does not say, such as {@code HINT: ...}
     */
    public static void add(DatabaseException failure, String line) {
        failure.add(line);
    }

    /**
     * Chooses the class by the full SQLSTATE, else by its first two characters.
     *
     * @param error what the server said
     * @param sql the statement it belongs to, or null when there is none
     * @return the exception, not thrown
     */
    public static DatabaseException of(Diagnostic error, @Nullable String sql) {
        switch (error.sqlState()) {
            case SqlState.UNIQUE_VIOLATION:
                return new UniqueViolationException(error, sql);
            case SqlState.FOREIGN_KEY_VIOLATION:
                return new ForeignKeyViolationException(error, sql);
            case SqlState.NOT_NULL_VIOLATION:
                return new NotNullViolationException(error, sql);
            case SqlState.CHECK_VIOLATION:
                return new CheckViolationException(error, sql);
            case SqlState.EXCLUSION_VIOLATION:
                return new ExclusionViolationException(error, sql);
            case SqlState.SERIALIZATION_FAILURE:
                return new SerializationFailureException(error, sql);
            case SqlState.DEADLOCK_DETECTED:
                return new DeadlockDetectedException(error, sql);
            case SqlState.LOCK_NOT_AVAILABLE:
                return new LockNotAvailableException(error, sql);
            case SqlState.QUERY_CANCELED:
                return new QueryCanceledException(error, sql);
            case SqlState.ADMIN_SHUTDOWN:
                return new AdminShutdownException(error, sql);
            case SqlState.INVALID_PASSWORD:
                return new InvalidPasswordException(error, sql);
            case SqlState.PROTOCOL_VIOLATION:
                return new ProtocolViolationException(error, sql);
            case SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION,
                    SqlState.SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION:
                return new CannotConnectException(error, sql);
            case SqlState.CONNECTION_FAILURE, SqlState.TRANSACTION_RESOLUTION_UNKNOWN:
                return new ConnectionFailureException(error, sql);
            case SqlState.UNDEFINED_TABLE:
                return new UndefinedTableException(error, sql);
            case SqlState.UNDEFINED_COLUMN:
                return new UndefinedColumnException(error, sql);
            case SqlState.UNDEFINED_FUNCTION:
                return new UndefinedFunctionException(error, sql);
            case SqlState.SYNTAX_ERROR:
                return new SyntaxErrorException(error, sql);
            case SqlState.INSUFFICIENT_PRIVILEGE:
                return new InsufficientPrivilegeException(error, sql);
            case SqlState.DUPLICATE_TABLE:
                return new DuplicateTableException(error, sql);
            case SqlState.IN_FAILED_SQL_TRANSACTION:
                return new InFailedTransactionException(error, sql);
            case SqlState.DIVISION_BY_ZERO:
                return new DivisionByZeroException(error, sql);
            case SqlState.NUMERIC_VALUE_OUT_OF_RANGE:
                return new NumericOutOfRangeException(error, sql);
            case SqlState.INVALID_TEXT_REPRESENTATION:
                return new InvalidTextRepresentationException(error, sql);
            default:
                return byClass(error, sql);
        }
    }

    private static DatabaseException byClass(Diagnostic error, @Nullable String sql) {
        switch (error.sqlState().substring(0, 2)) {
            case "0A":
                return new NotSupportedException(error, sql);
            case "20", "21", "3D", "3F", "42", "44":
                return new ProgrammingException(error, sql);
            case "22":
                return new DataException(error, sql);
            case "23":
                return new IntegrityException(error, sql);
            case "24", "25", "2B", "2D", "2F", "38", "39", "3B", "F0", "P0", "XX":
                return new InternalException(error, sql);
            case "40":
                return new TransactionRollbackException(error, sql);
            case "08", "26", "27", "28", "34", "53", "54", "55", "57", "58", "HV":
                return new OperationalException(error, sql);
            default:
                return new DatabaseException(error, sql);
        }
    }
}
