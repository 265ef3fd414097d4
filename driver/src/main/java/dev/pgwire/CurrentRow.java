package dev.pgwire;

import dev.pgwire.row.Row;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The getters of a {@link Cursor}: they read the row that {@link Cursor#next} went to.
 *
 * <p>A class and not an interface, because javac then gives the public cursor a method of its own for each getter. A reflective
 * caller in another module may call that one; a method of an interface that is not public would be refused.
 */
abstract sealed class CurrentRow permits Cursor {
    CurrentRow() {}

    /** The row that the cursor stands at. */
    abstract Row row();

    /** As {@link Row#isNull(int)}, of the row that {@link Cursor#next} went to; so are all getters that follow. */
    public boolean isNull(int column) {
        return row().isNull(column);
    }

    /** As {@link Row#isNull(String)}. */
    public boolean isNull(String name) {
        return row().isNull(name);
    }

    /** As {@link Row#get(int)}. */
    public @Nullable Object get(int column) {
        return row().get(column);
    }

    /** As {@link Row#get(String)}. */
    public @Nullable Object get(String name) {
        return row().get(name);
    }

    /** As {@link Row#get(int, Class)}. */
    public <T> @Nullable T get(int column, Class<T> type) {
        return row().get(column, type);
    }

    /** As {@link Row#get(String, Class)}. */
    public <T> @Nullable T get(String name, Class<T> type) {
        return row().get(name, type);
    }

    /** As {@link Row#getInt(int)}. */
    public int getInt(int column) {
        return row().getInt(column);
    }

    /** As {@link Row#getInt(String)}. */
    public int getInt(String name) {
        return row().getInt(name);
    }

    /** As {@link Row#getLong(int)}. */
    public long getLong(int column) {
        return row().getLong(column);
    }

    /** As {@link Row#getLong(String)}. */
    public long getLong(String name) {
        return row().getLong(name);
    }

    /** As {@link Row#getDouble(int)}. */
    public double getDouble(int column) {
        return row().getDouble(column);
    }

    /** As {@link Row#getDouble(String)}. */
    public double getDouble(String name) {
        return row().getDouble(name);
    }

    /** As {@link Row#getBoolean(int)}. */
    public boolean getBoolean(int column) {
        return row().getBoolean(column);
    }

    /** As {@link Row#getBoolean(String)}. */
    public boolean getBoolean(String name) {
        return row().getBoolean(name);
    }

    /** As {@link Row#getString(int)}. */
    public @Nullable String getString(int column) {
        return row().getString(column);
    }

    /** As {@link Row#getString(String)}. */
    public @Nullable String getString(String name) {
        return row().getString(name);
    }

    /** As {@link Row#getBigDecimal(int)}. */
    public @Nullable BigDecimal getBigDecimal(int column) {
        return row().getBigDecimal(column);
    }

    /** As {@link Row#getBigDecimal(String)}. */
    public @Nullable BigDecimal getBigDecimal(String name) {
        return row().getBigDecimal(name);
    }

    /** As {@link Row#getLocalDate(int)}. */
    public @Nullable LocalDate getLocalDate(int column) {
        return row().getLocalDate(column);
    }

    /** As {@link Row#getLocalDate(String)}. */
    public @Nullable LocalDate getLocalDate(String name) {
        return row().getLocalDate(name);
    }

    /** As {@link Row#getLocalDateTime(int)}. */
    public @Nullable LocalDateTime getLocalDateTime(int column) {
        return row().getLocalDateTime(column);
    }

    /** As {@link Row#getLocalDateTime(String)}. */
    public @Nullable LocalDateTime getLocalDateTime(String name) {
        return row().getLocalDateTime(name);
    }

    /** As {@link Row#getOffsetDateTime(int)}. */
    public @Nullable OffsetDateTime getOffsetDateTime(int column) {
        return row().getOffsetDateTime(column);
    }

    /** As {@link Row#getOffsetDateTime(String)}. */
    public @Nullable OffsetDateTime getOffsetDateTime(String name) {
        return row().getOffsetDateTime(name);
    }

    /** As {@link Row#getUuid(int)}. */
    public @Nullable UUID getUuid(int column) {
        return row().getUuid(column);
    }

    /** As {@link Row#getUuid(String)}. */
    public @Nullable UUID getUuid(String name) {
        return row().getUuid(name);
    }

    /** As {@link Row#getBytes(int)}. */
    public byte @Nullable [] getBytes(int column) {
        return row().getBytes(column);
    }

    /** As {@link Row#getBytes(String)}. */
    public byte @Nullable [] getBytes(String name) {
        return row().getBytes(name);
    }
}
