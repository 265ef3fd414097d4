package dev.pgwire.internal.column;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.Column;
import dev.pgwire.row.ColumnBatch;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A batch whose columns have all their values. */
final class ValueBatch implements ColumnBatch {
    private final RowPlan plan;
    private final ColumnValues[] values;
    private final int size;

    ValueBatch(RowPlan plan, ColumnValues[] values, int size) {
        this.plan = plan;
        this.values = values;
        this.size = size;
    }

    @Override
    public int size() {
        return size;
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
    public boolean isNull(int column, int row) {
        return values(column).isNull(Objects.checkIndex(row, size));
    }

    @Override
    public int nullCount(int column) {
        return values(column).nullCount();
    }

    @Override
    public long[] longs(int column) {
        return values(column).longs();
    }

    @Override
    public int[] ints(int column) {
        return values(column).ints();
    }

    @Override
    public short[] shorts(int column) {
        return values(column).shorts();
    }

    @Override
    public double[] doubles(int column) {
        return values(column).doubles();
    }

    @Override
    public float[] floats(int column) {
        return values(column).floats();
    }

    @Override
    public boolean[] booleans(int column) {
        return values(column).booleans();
    }

    @Override
    public byte[] bytes(int column) {
        return values(column).bytes();
    }

    @Override
    public int[] offsets(int column) {
        return values(column).offsets();
    }

    @Override
    public @Nullable String text(int column, int row) {
        ColumnValues of = values(column);
        return of.isNull(Objects.checkIndex(row, size)) ? null : of.text(row);
    }

    /** How many rows of which columns. */
    @Override
    public String toString() {
        return "ColumnBatch[" + size + " rows of "
                + plan.columns().stream().map(Column::name).toList() + "]";
    }

    private ColumnValues values(int column) {
        if (column < 0 || column >= values.length) {
            throw new InterfaceException("there is no column " + column + ", expected "
                    + (values.length == 0 ? "none: the rows have no columns" : "0 to " + (values.length - 1)));
        }
        return values[column];
    }
}
