package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of int8 and oid. */
final class LongValues extends ColumnValues {
    private final LongCodec codec;
    /** Whether a value is its own bytes, eight of them; those of oid are four and have no sign. */
    private final boolean isInt8;

    private long[] values = new long[0];

    LongValues(RowPlan plan, int column) {
        super(plan, column, "longs or doubles");
        codec = (LongCodec) codec();
        isInt8 = isBinary && codec() == Int8Codec.INSTANCE;
    }

    @Override
    void reserve(int rows) {
        if (rows > values.length) {
            values = Arrays.copyOf(values, room(values.length, rows));
        }
    }

    @Override
    void read(RowPage page, int from, int to, int first) {
        byte[] bytes = page.bytes();
        int[] places = page.places();
        int stride = page.columns();
        int place = from * stride + column;
        int end = first + to - from;
        long[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 8 && isInt8) {
                out[row] = BigEndian.getLong(bytes, at);
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = slow(bytes, at, length);
            }
            place += stride;
        }
    }

    private long slow(byte[] bytes, int at, int length) {
        return isBinary ? codec.binaryLong(bytes, at, length) : codec.textLong(bytes, at, length);
    }

    @Override
    void trim(int size) {
        values = values.length == size ? values : Arrays.copyOf(values, size);
    }

    @Override
    long[] longs() {
        return values;
    }

    @Override
    double[] doubles() {
        double[] nearest = new double[values.length];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = values[i];
        }
        return nearest;
    }
}
