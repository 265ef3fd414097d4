package dev.pgwire.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a result. Columns count from 0. A row may be kept for ever and handed to any thread.
 *
 * <p>Values are decoded when they are asked for. The getters of primitives neither box nor allocate; on NULL they throw,
 * see {@link #isNull} and {@link #getIntOr}. All getters throw {@link InterfaceException} for a column that does not
 * exist, and {@link DataException} for a value that the wanted type cannot hold exactly.
 */
public interface Row {
    /** The number of columns. */
    int size();

    /** The columns. */
    List<Column> columns();

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

    /** A whole number that fits a short. */
    short getShort(int column);

    /** As {@link #getShort(int)}, by name. */
    default short getShort(String name) {
        return getShort(indexOf(name));
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

    /** A number as a float, rounded to the nearest one. */
    float getFloat(int column);

    /** As {@link #getFloat(int)}, by name. */
    default float getFloat(String name) {
        return getFloat(indexOf(name));
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

    /** As {@link #getLocalDate(int)}. */
    default @Nullable LocalDate getLocalDate(String name) {
        return getLocalDate(indexOf(name));
    }

    /** A timestamp without time zone; null for NULL. */
    default @Nullable LocalDateTime getLocalDateTime(int column) {
        return get(column, LocalDateTime.class);
    }

    /** As {@link #getLocalDateTime(int)}. */
    default @Nullable LocalDateTime getLocalDateTime(String name) {
        return getLocalDateTime(indexOf(name));
    }

    /** A timestamp with time zone; null for NULL. */
    default @Nullable OffsetDateTime getOffsetDateTime(int column) {
        return get(column, OffsetDateTime.class);
    }

    /** As {@link #getOffsetDateTime(int)}. */
    default @Nullable OffsetDateTime getOffsetDateTime(String name) {
        return getOffsetDateTime(indexOf(name));
    }

    /** A uuid; null for NULL. */
    default @Nullable UUID getUuid(int column) {
        return get(column, UUID.class);
    }

    /** As {@link #getUuid(int)}. */
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

    /** All columns, each as {@link #get(int)} gives it. */
    default @Nullable Object[] toArray() {
        @Nullable Object[] values = new @Nullable Object[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /**
     * The columns by name, in their order, each as {@link #get(int)} gives it.
     *
     * @throws InterfaceException if two columns have the same name
     */
    default Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        List<Column> columns = columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            indexOf(name);
            map.put(name, get(i));
        }
        return map;
    }

    /**
     * Whether another row of the driver has the same content: as many columns, and for each of them the same name, the same
     * type (by its oid), the same format, and the same bytes as the server sent them, or NULL in both.
     *
     * <p>So {@code 1.0} and {@code 1.00} of a numeric differ, and so do values that came as text, as {@code executeSimple}
     * and {@code prepare=never} have them, and those that came in binary. The table that a column comes from and the modifier
     * of its type do not count.
     */
    @Override
    boolean equals(@Nullable Object other);

    /** A hash of the values' bytes. */
    @Override
    int hashCode();

    /** The row like a tuple: {@code (1, 'Ada', null)}. */
    @Override
    String toString();
}
