package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of int4. */
final class IntValues extends ColumnValues {
    private final LongCodec codec;
    private int[] values = new int[0];

    IntValues(RowPlan plan, int column) {
        super(plan, column, "ints, longs or doubles");
        codec = (LongCodec) codec();
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
        int[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 4 && isBinary) {
                out[row] = BigEndian.getInt(bytes, at);
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = (int) slow(bytes, at, length);
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
    int[] ints() {
        return values;
    }

    @Override
    long[] longs() {
        long[] wider = new long[values.length];
        for (int i = 0; i < wider.length; i++) {
            wider[i] = values[i];
        }
        return wider;
    }

    @Override
    double[] doubles() {
        double[] wider = new double[values.length];
        for (int i = 0; i < wider.length; i++) {
            wider[i] = values[i];
        }
        return wider;
    }
}
