package dev.pgwire.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.type.TypeRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The getters of a row: of a {@link Row}, and of a cursor for the row that it stands at. Columns count from 0.
 *
 * <p>Values are decoded when they are asked for. The getters of primitives neither box nor allocate; on NULL they throw,
 * see {@link #isNull} and {@link #getIntOr}. All getters throw {@link InterfaceException} for a column that does not
 * exist, and {@link DataException} for a value that the wanted type cannot hold exactly.
 */
public interface Fields {
    /**
     * The number of the column with a name.
     *
     * @throws InterfaceException if there is none with that name, or more than one
     */
    int indexOf(String name);

    /** Whether a column is NULL. */
    boolean isNull(int column);

    /** Whether a column is NULL. */
    default boolean isNull(String name) {
        return isNull(indexOf(name));
    }

    /**
     * A column as the Java type that is natural for its type, see docs/types.md; null for NULL. A numeric that
     * is NaN or infinite, which BigDecimal cannot hold, arrives as Double; a type without a codec arrives as its text.
     */
    @Nullable
    Object get(int column);

    /** As {@link #get(int)}, by name. */
    default @Nullable Object get(String name) {
        return get(indexOf(name));
    }

    /** A column as a wanted class; null for NULL. */
    <T> @Nullable T get(int column, Class<T> type);

    /** As {@link #get(int, Class)}, by name. */
    default <T> @Nullable T get(String name, Class<T> type) {
        return get(indexOf(name), type);
    }

    /**
     * A column as a type with type arguments, such as {@code new TypeRef<List<Integer>>() {}}; null for NULL. Elements and bounds
     * are converted as {@link #get(int, Class)} converts whole values.
     */
    <T> @Nullable T get(int column, TypeRef<T> type);

    /** As {@link #get(int, TypeRef)}, by name. */
    default <T> @Nullable T get(String name, TypeRef<T> type) {
        return get(indexOf(name), type);
    }

    /** A whole number that fits an int. */
    int getInt(int column);

    /** As {@link #getInt(int)}, by name. */
    default int getInt(String name) {
        return getInt(indexOf(name));
    }

    /** As {@link #getInt(int)}, with a value to take for NULL. */
    default int getIntOr(int column, int ifNull) {
        return isNull(column) ? ifNull : getInt(column);
    }

    /** As {@link #getIntOr(int, int)}, by name. */
    default int getIntOr(String name, int ifNull) {
        return getIntOr(indexOf(name), ifNull);
    }

    /** A whole number that fits a long. */
    long getLong(int column);

    /** As {@link #getLong(int)}, by name. */
    default long getLong(String name) {
        return getLong(indexOf(name));
    }

    /** As {@link #getLong(int)}, with a value to take for NULL. */
    default long getLongOr(int column, long ifNull) {
        return isNull(column) ? ifNull : getLong(column);
    }

    /** As {@link #getLongOr(int, long)}, by name. */
    default long getLongOr(String name, long ifNull) {
        return getLongOr(indexOf(name), ifNull);
    }

    /** A whole number that fits a short. */
    short getShort(int column);

    /** As {@link #getShort(int)}, by name. */
    default short getShort(String name) {
        return getShort(indexOf(name));
    }

    /** As {@link #getShort(int)}, with a value to take for NULL. */
    default short getShortOr(int column, short ifNull) {
        return isNull(column) ? ifNull : getShort(column);
    }

    /** As {@link #getShortOr(int, short)}, by name. */
    default short getShortOr(String name, short ifNull) {
        return getShortOr(indexOf(name), ifNull);
    }

    /** A number as a double; a numeric or a bigint is rounded to the nearest one. */
    double getDouble(int column);

    /** As {@link #getDouble(int)}, by name. */
    default double getDouble(String name) {
        return getDouble(indexOf(name));
    }

    /** As {@link #getDouble(int)}, with a value to take for NULL. */
    default double getDoubleOr(int column, double ifNull) {
        return isNull(column) ? ifNull : getDouble(column);
    }

    /** As {@link #getDoubleOr(int, double)}, by name. */
    default double getDoubleOr(String name, double ifNull) {
        return getDoubleOr(indexOf(name), ifNull);
    }

    /** A number as a float, rounded to the nearest one. */
    float getFloat(int column);

    /** As {@link #getFloat(int)}, by name. */
    default float getFloat(String name) {
        return getFloat(indexOf(name));
    }

    /** As {@link #getFloat(int)}, with a value to take for NULL. */
    default float getFloatOr(int column, float ifNull) {
        return isNull(column) ? ifNull : getFloat(column);
    }

    /** As {@link #getFloatOr(int, float)}, by name. */
    default float getFloatOr(String name, float ifNull) {
        return getFloatOr(indexOf(name), ifNull);
    }

    /** A bool. */
    boolean getBoolean(int column);

    /** As {@link #getBoolean(int)}, by name. */
    default boolean getBoolean(String name) {
        return getBoolean(indexOf(name));
    }

    /** As {@link #getBoolean(int)}, with a value to take for NULL. */
    default boolean getBooleanOr(int column, boolean ifNull) {
        return isNull(column) ? ifNull : getBoolean(column);
    }

    /** As {@link #getBooleanOr(int, boolean)}, by name. */
    default boolean getBooleanOr(String name, boolean ifNull) {
        return getBooleanOr(indexOf(name), ifNull);
    }

    /**
     * A column of any type as text; null for NULL. It is what {@code column::text} gives on a server with default settings, but
     * for two types: a timestamptz is at UTC whatever the session's TimeZone, and a bpchar keeps its blanks.
     *
     * <p>The settings that change what a server writes are followed where the value came as text: always for types without a
     * codec (IntervalStyle, lc_monetary, TimeZone inside arrays), and for all types with {@code executeSimple} and {@code
     * prepare=never}. What came in binary is written here as the defaults have it, whatever {@code extra_float_digits}, {@code
     * bytea_output} and {@code DateStyle} say. {@link #getRaw(int)} gives what came.
     *
     * @throws DataException if a timestamptz came as text in another DateStyle than ISO
     */
    @Nullable
    String getString(int column);

    /** As {@link #getString(int)}, by name. */
    default @Nullable String getString(String name) {
        return getString(indexOf(name));
    }

    /** A number as a BigDecimal; null for NULL. */
    default @Nullable BigDecimal getBigDecimal(int column) {
        return get(column, BigDecimal.class);
    }

    /** As {@link #getBigDecimal(int)}, by name. */
    default @Nullable BigDecimal getBigDecimal(String name) {
        return getBigDecimal(indexOf(name));
    }

    /** A date; null for NULL. */
    default @Nullable LocalDate getLocalDate(int column) {
        return get(column, LocalDate.class);
    }

    /** As {@link #getLocalDate(int)}, by name. */
    default @Nullable LocalDate getLocalDate(String name) {
        return getLocalDate(indexOf(name));
    }

    /** A time without time zone; null for NULL. */
    default @Nullable LocalTime getLocalTime(int column) {
        return get(column, LocalTime.class);
    }

    /** As {@link #getLocalTime(int)}, by name. */
    default @Nullable LocalTime getLocalTime(String name) {
        return getLocalTime(indexOf(name));
    }

    /** A timestamp without time zone; null for NULL. */
    default @Nullable LocalDateTime getLocalDateTime(int column) {
        return get(column, LocalDateTime.class);
    }

    /** As {@link #getLocalDateTime(int)}, by name. */
    default @Nullable LocalDateTime getLocalDateTime(String name) {
        return getLocalDateTime(indexOf(name));
    }

    /** A time with time zone; null for NULL. */
    default @Nullable OffsetTime getOffsetTime(int column) {
        return get(column, OffsetTime.class);
    }

    /** As {@link #getOffsetTime(int)}, by name. */
    default @Nullable OffsetTime getOffsetTime(String name) {
        return getOffsetTime(indexOf(name));
    }

    /** A timestamp with time zone, at UTC; null for NULL. */
    default @Nullable OffsetDateTime getOffsetDateTime(int column) {
        return get(column, OffsetDateTime.class);
    }

    /** As {@link #getOffsetDateTime(int)}, by name. */
    default @Nullable OffsetDateTime getOffsetDateTime(String name) {
        return getOffsetDateTime(indexOf(name));
    }

    /** A timestamp with time zone as a point in time; null for NULL. */
    default @Nullable Instant getInstant(int column) {
        return get(column, Instant.class);
    }

    /** As {@link #getInstant(int)}, by name. */
    default @Nullable Instant getInstant(String name) {
        return getInstant(indexOf(name));
    }

    /** A uuid; null for NULL. */
    default @Nullable UUID getUuid(int column) {
        return get(column, UUID.class);
    }

    /** As {@link #getUuid(int)}, by name. */
    default @Nullable UUID getUuid(String name) {
        return getUuid(indexOf(name));
    }

    /** The bytes of a bytea; null for NULL. */
    default byte @Nullable [] getBytes(int column) {
        return get(column, byte[].class);
    }

    /** As {@link #getBytes(int)}, by name. */
    default byte @Nullable [] getBytes(String name) {
        return getBytes(indexOf(name));
    }

    /** A column's bytes as the server sent them, in the format it sent them in; null for NULL. */
    byte @Nullable [] getRaw(int column);

    /** As {@link #getRaw(int)}, by name. */
    default byte @Nullable [] getRaw(String name) {
        return getRaw(indexOf(name));
    }
}
