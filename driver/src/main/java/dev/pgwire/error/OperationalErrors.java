package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception for connections and the resources of the server: classes 08, 26, 27, 28, 34, 53 to 58, and HV. */
final class OperationalErrors {
    private OperationalErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.SQLCLIENT_UNABLE_TO_ESTABLISH_SQLCONNECTION,
                    SqlState.SQLSERVER_REJECTED_ESTABLISHMENT_OF_SQLCONNECTION ->
                new CannotConnectException(error, sql);
            case SqlState.CONNECTION_FAILURE, SqlState.TRANSACTION_RESOLUTION_UNKNOWN ->
                new ConnectionFailureException(error, sql);
            case SqlState.PROTOCOL_VIOLATION -> new ProtocolViolationException(error, sql);
            case SqlState.INVALID_PASSWORD -> new InvalidPasswordException(error, sql);
            case SqlState.DISK_FULL -> new DiskFullException(error, sql);
            case SqlState.OUT_OF_MEMORY -> new OutOfMemoryException(error, sql);
            case SqlState.TOO_MANY_CONNECTIONS -> new TooManyConnectionsException(error, sql);
            case SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE -> new ObjectNotInPrerequisiteStateException(error, sql);
            case SqlState.OBJECT_IN_USE -> new ObjectInUseException(error, sql);
            case SqlState.LOCK_NOT_AVAILABLE -> new LockNotAvailableException(error, sql);
            case SqlState.QUERY_CANCELED -> new QueryCanceledException(error, sql);
            case SqlState.ADMIN_SHUTDOWN -> new AdminShutdownException(error, sql);
            case SqlState.CRASH_SHUTDOWN -> new CrashShutdownException(error, sql);
            case SqlState.CANNOT_CONNECT_NOW -> new CannotConnectNowException(error, sql);
            default -> new OperationalException(error, sql);
        };
    }
}
