package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of float4. */
final class FloatValues extends ColumnValues {
    private final DoubleCodec codec;
    private float[] values = new float[0];

    FloatValues(RowPlan plan, int column) {
        super(plan, column, "floats or doubles");
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
        float[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 4 && isBinary) {
                out[row] = BigEndian.getFloat(bytes, at);
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = (float) slow(bytes, at, length);
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
    float[] floats() {
        return values;
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
