package dev.pgwire.error;

import dev.pgwire.protocol.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Chooses the class of an exception for a wrong value: class 22. */
final class DataErrors {
    private DataErrors() {}

    static DatabaseException of(Diagnostic error, @Nullable String sql) {
        return switch (error.sqlState()) {
            case SqlState.STRING_DATA_RIGHT_TRUNCATION -> new StringDataRightTruncationException(error, sql);
            case SqlState.NUMERIC_VALUE_OUT_OF_RANGE -> new NumericOutOfRangeException(error, sql);
            case SqlState.INVALID_DATETIME_FORMAT -> new InvalidDatetimeFormatException(error, sql);
            case SqlState.DATETIME_FIELD_OVERFLOW -> new DatetimeFieldOverflowException(error, sql);
            case SqlState.DIVISION_BY_ZERO -> new DivisionByZeroException(error, sql);
            case SqlState.INVALID_TEXT_REPRESENTATION -> new InvalidTextRepresentationException(error, sql);
            default -> new DataException(error, sql);
        };
    }
}
