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
     * Chooses the class by the full SQLSTATE, else by its first two characters. The classes of each base are known to a file of their
     * own: to check that file the JVM loads all that it makes.
     *
     * @param error what the server said
     * @param sql the statement it belongs to, or null when there is none
     * @return the exception, not thrown
     */
    public static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState().substring(0, 2)) {
            case "08", "26", "27", "28", "34", "53", "54", "55", "57", "58", "HV" -> OperationalErrors.of(error, sql);
            case "0A" -> new NotSupportedException(error, sql);
            case "20", "21", "3D", "3F", "42", "44" -> ProgrammingErrors.of(error, sql);
            case "22" -> DataErrors.of(error, sql);
            case "23" -> IntegrityErrors.of(error, sql);
            case "24", "25", "2B", "2D", "2F", "38", "39", "3B", "F0", "P0", "XX" -> InternalErrors.of(error, sql);
            case "40" -> RollbackErrors.of(error, sql);
            default -> new DatabaseException(error, sql);
        };
    }
}
