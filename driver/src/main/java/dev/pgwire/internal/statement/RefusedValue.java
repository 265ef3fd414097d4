package dev.pgwire.internal.statement;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.text.TextCodec;
import dev.pgwire.internal.registry.TypeRegistry;
import dev.pgwire.internal.sql.ClassName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetTime;
import java.time.temporal.Temporal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What is said of a value that cannot be written as its parameter's type. */
public final class RefusedValue {
    private static final String TEXT_TAKEN = "a String with its text";

    private RefusedValue() {}

    /**
     * The failure of a value that its parameter's codec does not accept.
     *
     * @param codec null if the type has none
     */
    static DataException by(@Nullable FieldCodec<?> codec, Object value) {
        return of(sqlState(codec, value), value, expected(codec) + hint(codec, value));
    }

    /** The failure of a value that the type which its class declares cannot hold. */
    static DataException declared(FieldCodec<?> codec, Object value) {
        return of(sqlState(codec, value), value, codec.expected());
    }

    /** The failure of a value where only binary is taken. */
    public static DataException inBinary(@Nullable FieldCodec<?> codec, Object value) {
        String expected = codec == null
                ? TEXT_TAKEN
                : codec.expected() + "; text would need another way than the one that is forced";
        return of(sqlState(codec, value), value, expected);
    }

    /** The failure of a value whose class says nothing of its type. */
    static DataException ofNoType(@Nullable FieldCodec<?> numeric, Object value) {
        return of(
                sqlState(numeric, value),
                value,
                "a value of a class that a type takes, or " + TEXT_TAKEN + hint(null, value));
    }

    private static DataException of(String sqlState, Object value, String expected) {
        return (DataException)
                DriverErrors.of(sqlState, "cannot take " + shown(value) + ", expected " + expected, null);
    }

    /** Only numbers are shown: they are what is out of range, and anything else may be a secret. */
    static String shown(Object value) {
        return value instanceof Number
                ? "the " + ClassName.of(value.getClass()) + " " + value
                : ClassName.withArticle(value);
    }

    private static String sqlState(@Nullable FieldCodec<?> codec, Object value) {
        if (codec != null && isNumber(value) && Number.class.isAssignableFrom(codec.javaType())) {
            return SqlState.NUMERIC_VALUE_OUT_OF_RANGE;
        }
        if (codec != null
                && value instanceof Temporal
                && TypeRegistry.builtin().codec(ValueTypes.oid(value)) == codec) {
            return SqlState.DATETIME_FIELD_OVERFLOW;
        }
        return SqlState.DATA_EXCEPTION;
    }

    private static boolean isNumber(Object value) {
        String type = typeOf(value);
        return value instanceof Number && type != null;
    }

    private static String expected(@Nullable FieldCodec<?> codec) {
        if (codec == null) {
            return TEXT_TAKEN;
        }
        return codec == TextCodec.TEXT ? codec.expected() : codec.expected() + ", or " + TEXT_TAKEN;
    }

    private static String hint(@Nullable FieldCodec<?> codec, Object value) {
        if (value instanceof Collection<?> || (value.getClass().isArray() && !(value instanceof byte[]))) {
            return codec == null
                    ? " such as '{1,2,3}', which for a list reads: column = ANY($1)"
                    : "; a list for IN ($1) is written = ANY($1)";
        }
        String type = codec == TextCodec.TEXT ? typeOf(value) : null;
        return type == null
                ? ""
                : "; the server takes a parameter for text where nothing says what it is: $1::" + type + " says it";
    }

    /** The type that is most likely meant; null if nothing is. */
    static @Nullable String typeOf(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Byte) {
            return "int";
        } else if (value instanceof Long) {
            return "bigint";
        } else if (value instanceof Short) {
            return "smallint";
        } else if (value instanceof BigDecimal || value instanceof BigInteger) {
            return "numeric";
        } else if (value instanceof Double) {
            return "float8";
        } else if (value instanceof Float) {
            return "real";
        } else if (value instanceof OffsetTime) {
            return "timetz";
        }
        return value == null ? null : ValueTypes.name(value);
    }
}
