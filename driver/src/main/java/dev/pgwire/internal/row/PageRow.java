package dev.pgwire.internal.row;

// HOT: see DataRowBenchmark

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Format;
import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.type.BigEndian;
import dev.pgwire.type.BooleanCodec;
import dev.pgwire.type.Codec;
import dev.pgwire.type.DoubleCodec;
import dev.pgwire.type.LongCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row in a page. What users are given never moves; the one that a cursor keeps for itself is moved from row to row, so
 * that walking a result allocates nothing.
 */
public final class PageRow implements Row {
    private final RowPlan plan;
    /** For each column, where its length word stands in the bytes. */
    private final int[] offsets;

    private byte[] bytes;
    /** How many of the offsets are those of the current row; the others are found when they are asked for. */
    private int located;

    private PageRow(RowPlan plan, byte[] bytes) {
        this.plan = plan;
        this.offsets = new int[plan.size()];
        this.bytes = bytes;
    }

    /** A row of a page, for keeps. */
    public static PageRow of(RowPlan plan, RowPage page, int row) {
        PageRow made = new PageRow(plan, page.bytes);
        made.moveTo(page, row);
        made.locate(made.offsets.length - 1);
        return made;
    }

    /** A row that is nowhere yet, to be moved. */
    public static PageRow movable(RowPlan plan) {
        return new PageRow(plan, new byte[0]);
    }

    /** Points this row at another one. */
    public void moveTo(RowPage page, int row) {
        bytes = page.bytes;
        located = 0;
        if (offsets.length > 0) {
            offsets[0] = page.starts[row] + 2;
            located = 1;
        }
    }

    /** Finds where the columns up to one begin: each behind the one before. */
    private void locate(int column) {
        for (int i = located; i <= column; i++) {
            int before = offsets[i - 1];
            offsets[i] = before + 4 + Math.max(0, BigEndian.getInt(bytes, before));
        }
        located = Math.max(located, column + 1);
    }

    @Override
    public int size() {
        return offsets.length;
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
        Codec<?> codec = plan.codecs[column];
        int at = offsets[column] + 4;
        try {
            return codec == null
                    ? withoutCodec(column, at, length)
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
        int at = offsets[column] + 4;
        Codec<?> codec = plan.codecs[column];
        try {
            if (codec == null) {
                return withoutCodec(column, type, at, length);
            }
            if (codec.javaType() == type && plan.formats[column] == Format.BINARY) {
                return (T) codec.decodeBinary(bytes, at, length);
            }
            return codec.decodeAs(bytes, at, length, plan.formats[column], type);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    private <T> T withoutCodec(int column, Class<T> type, int at, int length) {
        Object value = withoutCodec(column, at, length);
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        throw wrong("cannot be read as " + type.getSimpleName() + ", expected String");
    }

    @Override
    public int getInt(int column) {
        long value = getLong(column);
        if (value != (int) value) {
            throw in(column, wrong("holds " + value + ", which int cannot hold, expected getLong"));
        }
        return (int) value;
    }

    @Override
    public short getShort(int column) {
        long value = getLong(column);
        if (value != (short) value) {
            throw in(column, wrong("holds " + value + ", which short cannot hold, expected getInt or getLong"));
        }
        return (short) value;
    }

    @Override
    public long getLong(int column) {
        int length = notNull(column, "getLongOr, getIntOr or isNull");
        int at = offsets[column] + 4;
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
        int length = notNull(column, "getDoubleOr or isNull");
        int at = offsets[column] + 4;
        Codec<?> codec = plan.codecs[column];
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
        return (float) getDouble(column);
    }

    @Override
    public boolean getBoolean(int column) {
        int length = notNull(column, "getBooleanOr or isNull");
        int at = offsets[column] + 4;
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
            return text(column, offsets[column] + 4, length);
        } catch (DataException unreadable) {
            throw in(column, unreadable);
        }
    }

    @Override
    public byte @Nullable [] getRaw(int column) {
        int length = length(column);
        int at = offsets[column] + 4;
        return length < 0 ? null : Arrays.copyOfRange(bytes, at, at + length);
    }

    @Override
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < offsets.length; i++) {
            String name = plan.columns().get(i).name();
            indexOf(name);
            map.put(name, get(i));
        }
        return map;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < offsets.length; i++) {
            text.append(i == 0 ? "" : ", ");
            Codec<?> codec = plan.codecs[i];
            boolean bare =
                    codec != null && (Number.class.isAssignableFrom(codec.javaType()) || codec instanceof BooleanCodec);
            if (isNull(i)) {
                text.append("null");
            } else if (bare) {
                text.append(getString(i));
            } else {
                text.append('\'')
                        .append(String.valueOf(getString(i)).replace("'", "''"))
                        .append('\'');
            }
        }
        return text.append(offsets.length == 1 ? ",)" : ")").toString();
    }

    private int length(int column) {
        if (column < 0 || column >= offsets.length) {
            throw new InterfaceException("there is no column " + column + ", expected "
                    + (offsets.length == 0 ? "none: the row has no columns" : "0 to " + (offsets.length - 1)));
        }
        if (column >= located) {
            locate(column);
        }
        return BigEndian.getInt(bytes, offsets[column]);
    }

    private int notNull(int column, String alternatives) {
        int length = length(column);
        if (length < 0) {
            throw in(column, wrong("is NULL, which a primitive cannot hold, expected " + alternatives));
        }
        return length;
    }

    /** A value through the codec's conversions, which say what is possible when the wanted type is not. */
    private <T> T required(int column, Class<T> type) {
        T value = get(column, type);
        if (value == null) {
            throw in(column, wrong("is NULL, expected a value"));
        }
        return value;
    }

    private String text(int column, int at, int length) {
        Codec<?> codec = plan.codecs[column];
        return codec == null
                ? (String) withoutCodec(column, at, length)
                : codec.textOf(bytes, at, length, plan.formats[column]);
    }

    private Object withoutCodec(int column, int at, int length) {
        if (plan.formats[column] == Format.BINARY) {
            throw wrong("came in binary format and its type has no codec, expected getRaw");
        }
        return new String(bytes, at, length, StandardCharsets.UTF_8);
    }

    private static DataException wrong(String what) {
        return new DataException(SqlState.DATA_EXCEPTION, what, null);
    }

    private DataException in(int column, DataException cause) {
        return new DataException(cause.sqlState(), plan.describe(column) + ": " + cause.getMessage(), cause);
    }
}
