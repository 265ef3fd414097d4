package dev.pgwire.error;

import org.jspecify.annotations.Nullable;

/** What the driver itself finds about a value: the exception has the class that its SQLSTATE has when the server finds it. */
public final class DriverErrors {
    private DriverErrors() {}

    /**
     * Chooses the class.
     *
     * @param sqlState one of class 22, or 54000 for what is too large
     * @param message what happened, then what was expected
     * @param cause what lies beneath, or null
     * @return the exception, not thrown
     */
    public static DatabaseException of(String sqlState, String message, @Nullable Throwable cause) {
        return switch (sqlState) {
            case SqlState.NUMERIC_VALUE_OUT_OF_RANGE -> new NumericOutOfRangeException(sqlState, message, cause);
            case SqlState.INVALID_TEXT_REPRESENTATION ->
                new InvalidTextRepresentationException(sqlState, message, cause);
            case SqlState.DATETIME_FIELD_OVERFLOW -> new DatetimeFieldOverflowException(sqlState, message, cause);
            case SqlState.INVALID_DATETIME_FORMAT -> new InvalidDatetimeFormatException(sqlState, message, cause);
            case SqlState.STRING_DATA_RIGHT_TRUNCATION ->
                new StringDataRightTruncationException(sqlState, message, cause);
            case SqlState.DIVISION_BY_ZERO -> new DivisionByZeroException(sqlState, message, cause);
            case SqlState.PROGRAM_LIMIT_EXCEEDED -> new OperationalException(sqlState, message, cause);
            default -> new DataException(sqlState, message, cause);
        };
    }

    /**
     * The same failure, with the place before its text. It takes the place of the other one, which no caller has seen: a cause
     * would say the same again.
     *
     * @param place where the value stands, with what separates it from the text
     * @param failure what was found there
     * @return the exception, not thrown; with the stack of the other one
     */
    public static DatabaseException in(String place, DatabaseException failure) {
        DatabaseException placed =
                of(failure.sqlState(), place + failure.getMessage(), isOurs(failure) ? failure.getCause() : failure);
        placed.setStackTrace(failure.getStackTrace());
        if (failure.isOfTypes()) {
            placed.ofTypes();
        }
        return placed;
    }

    /**
     * The failure of a type that cannot be read as a class, whatever the value.
     *
     * @param message what happened, then what is possible
     * @return the exception, not thrown
     */
    public static DataException ofTypes(String message) {
        DataException failure = new DataException(SqlState.DATA_EXCEPTION, message, null);
        failure.ofTypes();
        return failure;
    }

    /** Whether a failure is about types, see {@link #ofTypes}, and was not explained yet. */
    public static boolean isOfTypes(DatabaseException failure) {
        return failure.isOfTypes();
    }

    /** Adds what has become of a transaction, once, before it is thrown. */
    public static void outcome(DatabaseException failure, TransactionOutcome outcome) {
        failure.outcome(outcome);
    }

    /** Adds what explains a failure, once, before it is thrown. */
    public static void explain(DatabaseException failure, String lines) {
        failure.explain(lines);
    }

    /** A codec of the user may throw a class of its own, which is then kept as the cause. */
    private static boolean isOurs(DatabaseException failure) {
        return failure.getClass().getPackage() == DriverErrors.class.getPackage();
    }
}
