package dev.pgwire.internal.column;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;
import java.util.function.Supplier;

// HOT: see ColumnStream

/** Values of any other type: their bytes, one behind the other. */
final class ByteValues extends ColumnValues {
    private byte[] bytes = new byte[0];
    /** Where each value begins, and behind the last where it ends. */
    private int[] offsets = new int[1];

    ByteValues(RowPlan plan, int column) {
        super(plan, column, taken(plan, column));
    }

    private static String taken(RowPlan plan, int column) {
        return (plan.codec(column) instanceof LongCodec ? "longs, " : "")
                + (plan.codec(column) instanceof DoubleCodec ? "doubles, " : "") + "text or bytes";
    }

    @Override
    void reserve(int rows) {
        if (rows >= offsets.length) {
            offsets = Arrays.copyOf(offsets, room(offsets.length, rows + 1));
        }
    }

    @Override
    void read(RowPage page, int from, int to, int first) {
        byte[] source = page.bytes();
        int[] places = page.places();
        int stride = page.columns();
        int place = from * stride + column;
        int end = first + to - from;
        int filled = offsets[first];
        for (int row = first; row < end; row++) {
            int at = places[place];
            int length = BigEndian.getInt(source, at);
            if (length < 0) {
                addNull(row);
            } else {
                if (length > bytes.length - filled) {
                    bytes = Arrays.copyOf(bytes, room(bytes.length, Math.addExact(filled, length)));
                }
                System.arraycopy(source, at + 4, bytes, filled, length);
                filled += length;
            }
            offsets[row + 1] = filled;
            place += stride;
        }
    }

    @Override
    void trim(int size) {
        offsets = offsets.length == size + 1 ? offsets : Arrays.copyOf(offsets, size + 1);
        bytes = bytes.length == offsets[size] ? bytes : Arrays.copyOf(bytes, offsets[size]);
    }

    @Override
    byte[] bytes() {
        return bytes;
    }

    @Override
    int[] offsets() {
        return offsets;
    }

    @Override
    String text(int row) {
        return placed(() -> plan.text(column, bytes, offsets[row], offsets[row + 1] - offsets[row]));
    }

    @Override
    double[] doubles() {
        if (!(plan.codec(column) instanceof DoubleCodec codec)) {
            return super.doubles();
        }
        double[] values = new double[offsets.length - 1];
        return placed(() -> {
            for (int i = 0; i < values.length; i++) {
                int length = offsets[i + 1] - offsets[i];
                if (!isNull(i)) {
                    values[i] = isBinary
                            ? codec.binaryDouble(bytes, offsets[i], length)
                            : codec.textDouble(bytes, offsets[i], length);
                }
            }
            return values;
        });
    }

    @Override
    long[] longs() {
        if (!(plan.codec(column) instanceof LongCodec codec)) {
            return super.longs();
        }
        long[] values = new long[offsets.length - 1];
        return placed(() -> {
            for (int i = 0; i < values.length; i++) {
                int length = offsets[i + 1] - offsets[i];
                if (!isNull(i)) {
                    values[i] = isBinary
                            ? codec.binaryLong(bytes, offsets[i], length)
                            : codec.textLong(bytes, offsets[i], length);
                }
            }
            return values;
        });
    }

    private <T> T placed(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (DataException unreadable) {
            throw DriverErrors.in(plan.describe(column) + ": ", unreadable);
        }
    }
}
