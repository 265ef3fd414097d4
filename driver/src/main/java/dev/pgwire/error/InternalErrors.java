package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception for the state of a transaction, for routines and for defects of the server: classes 24, 25, 2B, 2D, 2F, 38, 39, 3B, F0, P0 and XX. */
final class InternalErrors {
    private InternalErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.ACTIVE_SQL_TRANSACTION -> new ActiveSqlTransactionException(error, sql);
            case SqlState.READ_ONLY_SQL_TRANSACTION -> new ReadOnlySqlTransactionException(error, sql);
            case SqlState.IN_FAILED_SQL_TRANSACTION -> new InFailedTransactionException(error, sql);
            case SqlState.IDLE_IN_TRANSACTION_SESSION_TIMEOUT ->
                new IdleInTransactionSessionTimeoutException(error, sql);
            case SqlState.DEPENDENT_OBJECTS_STILL_EXIST -> new DependentObjectsStillExistException(error, sql);
            case SqlState.RAISE_EXCEPTION -> new RaiseException(error, sql);
            default -> new InternalException(error, sql);
        };
    }
}
