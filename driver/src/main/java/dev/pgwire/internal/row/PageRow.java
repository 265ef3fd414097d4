package dev.pgwire.internal.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.codec.bits.UuidCodec;
import dev.pgwire.internal.codec.number.NumericCodec;
import dev.pgwire.internal.codec.time.DateCodec;
import dev.pgwire.internal.codec.time.TimeCodec;
import dev.pgwire.internal.codec.time.TimestampCodec;
import dev.pgwire.internal.codec.time.TimestamptzCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.type.TypeRef;
import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

// HOT: see DataRowBenchmark

/**
 * A row in a page. What users are given never moves; the one that a cursor has for itself is moved from row to row, so that
 * to walk a result allocates nothing.
 */
public final class PageRow implements Row {
    final RowPlan plan;
    private final Reading[] readings;
    byte[] bytes;

    /** From the base on, for each column, where its length word stands in the bytes. */
    private int[] places;

    private int base;

    private PageRow(RowPlan plan, byte[] bytes, int[] places) {
        this.plan = plan;
        this.readings = plan.readings;
        this.bytes = bytes;
        this.places = places;
    }

    /** A row of a page, for keeps; the page has to know, see {@link RowPage#keep}. */
    static PageRow of(RowPlan plan, RowPage page, int row) {
        int from = row * page.columns;
        return new PageRow(plan, page.bytes, Arrays.copyOfRange(page.places, from, from + page.columns));
    }

    /** A row of those that were kept. */
    static PageRow of(RowPlan plan, KeptRows rows, int row) {
        return new PageRow(plan, rows.bytes, places(rows.bytes, rows.starts[row], plan.usualWidths));
    }

    /** A row whose columns, each behind its length, are at these places. */
    static PageRow of(RowPlan plan, byte[] bytes, int[] places) {
        return new PageRow(plan, bytes, places);
    }

    /** A row that is nowhere yet, to be moved. */
    public static PageRow movable(RowPlan plan) {
        return new PageRow(plan, new byte[0], new int[0]);
    }

    /** Points this row at another one. */
    public void moveTo(RowPage page, int row) {
        bytes = page.bytes;
        places = page.places;
        base = row * page.columns;
    }

    /** Where the columns of a row begin. That they lie inside it was checked when it came. */
    private static int[] places(byte[] bytes, int start, int[] usualWidths) {
        int[] places = new int[usualWidths.length];
        int at = start;
        for (int i = 0; i < places.length; i++) {
            places[i] = at;
            int usual = usualWidths[i];
            int width = BigEndian.getInt(bytes, at);
            at += 4;
            if (width == usual) {
                at += usual;
            } else if (width > 0) {
                at += width;
            }
        }
        return places;
    }

    @Override
    public int size() {
        return readings.length;
    }

    @Override
    public List<Column> columns() {
        return plan.columns();
    }

    @Override
    public int indexOf(String name) {
        return plan.indexOf(name);
    }

    @Override
    public boolean isNull(int column) {
        return length(column) < 0;
    }

    @Override
    public @Nullable Object get(int column) {
        int length = length(column);
        if (length < 0) {
            return null;
        }
        FieldCodec<?> codec = plan.codecs[column];
        int at = valueAt(column);
        try {
            return codec == null
                    ? Uncoded.text(bytes, at, length, plan.formats[column])
                    : codec.generic(bytes, at, length, plan.formats[column]);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // The codec's own class is the wanted one.
    public <T> @Nullable T get(int column, Class<T> type) {
        int length = length(column);
        if (length < 0) {
            return null;
        }
        int at = valueAt(column);
        FieldCodec<?> codec = plan.codecs[column];
        try {
            if (codec != null
                    && codec.javaType() == type
                    && plan.formats[column] == Format.BINARY
                    && plan.converting[column] == codec) {
                return (T) codec.decodeBinary(bytes, at, length);
            }
            return plan.as(column, bytes, at, length, type);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // The type stands for its own parameter.
    public <T> @Nullable T get(int column, TypeRef<T> type) {
        int length = length(column);
        try {
            return length < 0 ? null : (T) plan.typed(column, bytes, valueAt(column), length, type.type());
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    public <T extends Record> T to(Class<T> type, MethodHandles.@Nullable Lookup lookup) {
        return plan.mapper(type, lookup).map(this);
    }

    @Override
    public int getInt(int column) {
        if (length(column) == Integer.BYTES && readings[column] == Reading.INT4) {
            return BigEndian.getInt(bytes, valueAt(column));
        }
        long value = wholeNumber(column, "getIntOr or isNull");
        if (value != (int) value) {
            throw in(column, UnreadableValue.tooLarge(value, "int", "getLong"));
        }
        return (int) value;
    }

    @Override
    public short getShort(int column) {
        long value = wholeNumber(column, "getShortOr or isNull");
        if (value != (short) value) {
            throw in(column, UnreadableValue.tooLarge(value, "short", "getInt or getLong"));
        }
        return (short) value;
    }

    @Override
    public long getLong(int column) {
        return wholeNumber(column, "getLongOr or isNull");
    }

    private long wholeNumber(int column, String ifNull) {
        int length = notNull(column, ifNull);
        int at = valueAt(column);
        if (length == Long.BYTES && readings[column] == Reading.INT8) {
            return BigEndian.getLong(bytes, at);
        }
        try {
            if (plan.codecs[column] instanceof LongCodec codec) {
                return plan.formats[column] == Format.BINARY
                        ? codec.binaryLong(bytes, at, length)
                        : codec.textLong(bytes, at, length);
            }
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
        return required(column, Long.class);
    }

    @Override
    public double getDouble(int column) {
        return number(column, "getDoubleOr or isNull");
    }

    private double number(int column, String ifNull) {
        int length = notNull(column, ifNull);
        int at = valueAt(column);
        if (length == Double.BYTES && readings[column] == Reading.FLOAT8) {
            return BigEndian.getDouble(bytes, at);
        }
        FieldCodec<?> codec = plan.codecs[column];
        boolean binary = plan.formats[column] == Format.BINARY;
        try {
            if (codec instanceof DoubleCodec doubles) {
                return binary ? doubles.binaryDouble(bytes, at, length) : doubles.textDouble(bytes, at, length);
            }
            if (codec instanceof LongCodec longs) {
                return binary ? longs.binaryLong(bytes, at, length) : longs.textLong(bytes, at, length);
            }
            if (codec != null && codec.generic(bytes, at, length, plan.formats[column]) instanceof Number number) {
                return number.doubleValue();
            }
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
        return required(column, Double.class);
    }

    @Override
    public float getFloat(int column) {
        double value = number(column, "getFloatOr or isNull");
        float nearest = (float) value;
        if (Float.isInfinite(nearest) && !Double.isInfinite(value)) {
            throw in(column, UnreadableValue.tooLarge(value, "float", "getDouble"));
        }
        return nearest;
    }

    @Override
    public boolean getBoolean(int column) {
        int length = notNull(column, "getBooleanOr or isNull");
        int at = valueAt(column);
        if (length == 1 && readings[column] == Reading.BOOL && bytes[at] >>> 1 == 0) {
            return bytes[at] != 0;
        }
        try {
            if (plan.codecs[column] instanceof BooleanCodec codec) {
                return plan.formats[column] == Format.BINARY
                        ? codec.binaryBoolean(bytes, at, length)
                        : codec.textBoolean(bytes, at, length);
            }
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
        return required(column, Boolean.class);
    }

    @Override
    public @Nullable String getString(int column) {
        int length = length(column);
        if (length < 0) {
            return null;
        }
        try {
            int at = valueAt(column);
            return readings[column] == Reading.TEXT
                    ? Utf8.decode(bytes, at, length)
                    : plan.text(column, bytes, at, length);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int column) {
        return read(column, NumericCodec.INSTANCE);
    }

    @Override
    public @Nullable LocalDate getLocalDate(int column) {
        return read(column, DateCodec.INSTANCE);
    }

    @Override
    @SuppressWarnings("unchecked") // The class is tested. To pass a TimeCodec as one loads it with this class.
    public @Nullable LocalTime getLocalTime(int column) {
        FieldCodec<?> codec = plan.codecs[column];
        return codec instanceof TimeCodec ? read(column, (FieldCodec<LocalTime>) codec) : get(column, LocalTime.class);
    }

    @Override
    public @Nullable LocalDateTime getLocalDateTime(int column) {
        return read(column, TimestampCodec.INSTANCE);
    }

    @Override
    public @Nullable OffsetDateTime getOffsetDateTime(int column) {
        return read(column, TimestamptzCodec.INSTANCE);
    }

    @Override
    public @Nullable UUID getUuid(int column) {
        return read(column, UuidCodec.INSTANCE);
    }

    /** A column whose codec is most likely this one, which tells the compiler what it calls. It is not converted. */
    private <T> @Nullable T read(int column, FieldCodec<T> codec) {
        int length = length(column);
        if (length < 0 || plan.codecs[column] != codec || plan.formats[column] != Format.BINARY) {
            return length >= 0 && plan.codecs[column] == codec
                    ? plan.text(column, codec, bytes, valueAt(column), length)
                    : get(column, codec.javaType());
        }
        try {
            return codec.decodeBinary(bytes, valueAt(column), length);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    public byte @Nullable [] getRaw(int column) {
        int length = length(column);
        int at = valueAt(column);
        return length < 0 ? null : Arrays.copyOfRange(bytes, at, at + length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof PageRow row && RowContent.isSame(this, row));
    }

    @Override
    public int hashCode() {
        return RowContent.hash(this);
    }

    @Override
    public String toString() {
        return RowText.of(this, plan.codecs);
    }

    /** How long a value is; negative for NULL. */
    int length(int column) {
        if (column < 0 || column >= readings.length) {
            throw new InterfaceException("there is no column " + column + ", expected "
                    + (readings.length == 0 ? "none: the row has no columns" : "0 to " + (readings.length - 1)));
        }
        return BigEndian.getInt(bytes, places[base + column]);
    }

    /** Where the bytes of a value begin; the column is known to exist. */
    int valueAt(int column) {
        return places[base + column] + 4;
    }

    private int notNull(int column, String alternatives) {
        int length = length(column);
        if (length < 0) {
            throw in(column, UnreadableValue.isNull(alternatives));
        }
        return length;
    }

    /** A value through the codec's conversions, which say what is possible when the wanted type is not. */
    private <T> T required(int column, Class<T> type) {
        T value = get(column, type);
        if (value == null) {
            throw in(column, UnreadableValue.becameNull());
        }
        return value;
    }

    private DatabaseException in(int column, DataException found) {
        return DriverErrors.in(plan.describe(column) + ": ", found);
    }
}
