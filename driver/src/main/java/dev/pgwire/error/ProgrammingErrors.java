package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception for a wrong statement: classes 20, 21, 3D, 3F, 42 and 44. */
final class ProgrammingErrors {
    private ProgrammingErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.SYNTAX_ERROR -> new SyntaxErrorException(error, sql);
            case SqlState.INSUFFICIENT_PRIVILEGE -> new InsufficientPrivilegeException(error, sql);
            case SqlState.UNDEFINED_TABLE -> new UndefinedTableException(error, sql);
            case SqlState.UNDEFINED_COLUMN -> new UndefinedColumnException(error, sql);
            case SqlState.UNDEFINED_FUNCTION -> new UndefinedFunctionException(error, sql);
            case SqlState.UNDEFINED_OBJECT -> new UndefinedObjectException(error, sql);
            case SqlState.INVALID_SCHEMA_NAME -> new InvalidSchemaNameException(error, sql);
            case SqlState.INVALID_CATALOG_NAME -> new InvalidCatalogNameException(error, sql);
            case SqlState.AMBIGUOUS_COLUMN -> new AmbiguousColumnException(error, sql);
            case SqlState.DUPLICATE_TABLE -> new DuplicateTableException(error, sql);
            case SqlState.DUPLICATE_COLUMN -> new DuplicateColumnException(error, sql);
            case SqlState.DUPLICATE_FUNCTION -> new DuplicateFunctionException(error, sql);
            case SqlState.DUPLICATE_OBJECT -> new DuplicateObjectException(error, sql);
            case SqlState.DUPLICATE_SCHEMA -> new DuplicateSchemaException(error, sql);
            case SqlState.DUPLICATE_DATABASE -> new DuplicateDatabaseException(error, sql);
            default -> new ProgrammingException(error, sql);
        };
    }
}
