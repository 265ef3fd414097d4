package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of float8. */
final class DoubleValues extends ColumnValues {
    private final DoubleCodec codec;
    private double[] values = new double[0];

    DoubleValues(RowPlan plan, int column) {
        super(plan, column, "doubles");
        codec = (DoubleCodec) codec();
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
        double[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 8 && isBinary) {
                out[row] = BigEndian.getDouble(bytes, at);
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = slow(bytes, at, length);
            }
            place += stride;
        }
    }

    private double slow(byte[] bytes, int at, int length) {
        return isBinary ? codec.binaryDouble(bytes, at, length) : codec.textDouble(bytes, at, length);
    }

    @Override
    void trim(int size) {
        values = values.length == size ? values : Arrays.copyOf(values, size);
    }

    @Override
    double[] doubles() {
        return values;
    }
}
