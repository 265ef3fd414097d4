package dev.pgwire;

import dev.pgwire.row.Fields;
import dev.pgwire.row.Row;
import dev.pgwire.type.TypeRef;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The getters of a {@link Cursor} or a {@link ServerCursor}: they read the row that {@link CurrentResult#next} went to. What {@link Fields} makes of other getters,
 * such as those by name, is not repeated here.
 */
abstract sealed class CurrentRow implements Fields permits CurrentResult {
    CurrentRow() {}

    /** The row that the cursor stands at. */
    abstract Row row();

    @Override
    public int indexOf(String name) {
        return row().indexOf(name);
    }

    @Override
    public boolean isNull(int column) {
        return row().isNull(column);
    }

    @Override
    public @Nullable Object get(int column) {
        return row().get(column);
    }

    @Override
    public <T> @Nullable T get(int column, Class<T> type) {
        return row().get(column, type);
    }

    @Override
    public <T> @Nullable T get(int column, TypeRef<T> type) {
        return row().get(column, type);
    }

    @Override
    public int getInt(int column) {
        return row().getInt(column);
    }

    @Override
    public long getLong(int column) {
        return row().getLong(column);
    }

    @Override
    public short getShort(int column) {
        return row().getShort(column);
    }

    @Override
    public double getDouble(int column) {
        return row().getDouble(column);
    }

    @Override
    public float getFloat(int column) {
        return row().getFloat(column);
    }

    @Override
    public boolean getBoolean(int column) {
        return row().getBoolean(column);
    }

    @Override
    public @Nullable String getString(int column) {
        return row().getString(column);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int column) {
        return row().getBigDecimal(column);
    }

    @Override
    public @Nullable LocalDate getLocalDate(int column) {
        return row().getLocalDate(column);
    }

    @Override
    public @Nullable LocalTime getLocalTime(int column) {
        return row().getLocalTime(column);
    }

    @Override
    public @Nullable LocalDateTime getLocalDateTime(int column) {
        return row().getLocalDateTime(column);
    }

    @Override
    public @Nullable OffsetDateTime getOffsetDateTime(int column) {
        return row().getOffsetDateTime(column);
    }

    @Override
    public @Nullable UUID getUuid(int column) {
        return row().getUuid(column);
    }

    @Override
    public byte @Nullable [] getRaw(int column) {
        return row().getRaw(column);
    }
}
