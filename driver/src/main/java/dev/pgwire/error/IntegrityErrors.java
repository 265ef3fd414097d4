package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception for what violates a constraint: class 23. */
final class IntegrityErrors {
    private IntegrityErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.UNIQUE_VIOLATION -> new UniqueViolationException(error, sql);
            case SqlState.FOREIGN_KEY_VIOLATION -> new ForeignKeyViolationException(error, sql);
            case SqlState.NOT_NULL_VIOLATION -> new NotNullViolationException(error, sql);
            case SqlState.CHECK_VIOLATION -> new CheckViolationException(error, sql);
            case SqlState.EXCLUSION_VIOLATION -> new ExclusionViolationException(error, sql);
            default -> new IntegrityException(error, sql);
        };
    }
}
