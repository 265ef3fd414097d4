package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of int2. */
final class ShortValues extends ColumnValues {
    private final LongCodec codec;
    private short[] values = new short[0];

    ShortValues(RowPlan plan, int column) {
        super(plan, column, "shorts, ints, longs or doubles");
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
        short[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 2 && isBinary) {
                out[row] = BigEndian.getShort(bytes, at);
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = (short) slow(bytes, at, length);
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
    short[] shorts() {
        return values;
    }

    @Override
    int[] ints() {
        int[] wider = new int[values.length];
        for (int i = 0; i < wider.length; i++) {
            wider[i] = values[i];
        }
        return wider;
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
