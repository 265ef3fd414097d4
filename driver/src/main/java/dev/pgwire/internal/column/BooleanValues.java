package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import java.util.Arrays;

// HOT: see ColumnStream

/** Values of bool. */
final class BooleanValues extends ColumnValues {
    private final BooleanCodec codec;
    private boolean[] values = new boolean[0];

    BooleanValues(RowPlan plan, int column) {
        super(plan, column, "booleans");
        codec = (BooleanCodec) codec();
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
        boolean[] out = values;
        for (int row = first; row < end; row++) {
            int at = places[place] + 4;
            int length = BigEndian.getInt(bytes, at - 4);
            if (length == 1 && isBinary && bytes[at] >>> 1 == 0) {
                out[row] = bytes[at] != 0;
            } else if (length < 0) {
                addNull(row);
            } else {
                out[row] = slow(bytes, at, length);
            }
            place += stride;
        }
    }

    private boolean slow(byte[] bytes, int at, int length) {
        return isBinary ? codec.binaryBoolean(bytes, at, length) : codec.textBoolean(bytes, at, length);
    }

    @Override
    void trim(int size) {
        values = values.length == size ? values : Arrays.copyOf(values, size);
    }

    @Override
    boolean[] booleans() {
        return values;
    }
}
