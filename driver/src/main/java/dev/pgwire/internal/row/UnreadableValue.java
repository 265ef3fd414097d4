package dev.pgwire.internal.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.NumericOutOfRangeException;
import dev.pgwire.error.SqlState;

/** What is said of a value that cannot be read as asked; the name of its column is put before. */
final class UnreadableValue {
    private UnreadableValue() {}

    /** The failure of NULL where a primitive was asked for. */
    static DataException isNull(String alternatives) {
        return wrong("is NULL, which a primitive cannot hold, expected " + alternatives);
    }

    /** The failure of NULL that a codec has made of a value. */
    static DataException becameNull() {
        return wrong("is NULL, expected a value");
    }

    /** The failure of a number that is too large for a type. */
    static DataException tooLarge(Number value, String type, String alternatives) {
        return new NumericOutOfRangeException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                "holds " + value + ", which " + type + " cannot hold, expected " + alternatives,
                null);
    }

    /** The failure of a value of a type without a codec that was asked for as something else than text. */
    static DataException onlyText(String type) {
        return DriverErrors.ofTypes("cannot be read as " + type + ", expected String");
    }

    /** The failure of bytes that no codec knows. */
    static DataException onlyBytes() {
        return wrong("came in binary format and its type has no codec, expected getRaw");
    }

    private static DataException wrong(String what) {
        return new DataException(SqlState.DATA_EXCEPTION, what, null);
    }
}
