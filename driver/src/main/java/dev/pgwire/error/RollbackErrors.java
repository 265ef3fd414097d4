package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception where others were in the way: class 40. */
final class RollbackErrors {
    private RollbackErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.SERIALIZATION_FAILURE -> new SerializationFailureException(error, sql);
            case SqlState.DEADLOCK_DETECTED -> new DeadlockDetectedException(error, sql);
            default -> new TransactionRollbackException(error, sql);
        };
    }
}
