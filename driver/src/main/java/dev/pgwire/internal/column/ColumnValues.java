package dev.pgwire.internal.column;

import dev.pgwire.error.DataException;
import dev.pgwire.error.DriverErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.Format;
import java.util.Arrays;

/** The values of one column. It grows while rows are added; then it is only read. */
abstract sealed class ColumnValues
        permits ShortValues, IntValues, LongValues, FloatValues, DoubleValues, BooleanValues, ByteValues {
    private static final long[] NONE = {};

    final RowPlan plan;
    final int column;
    final boolean isBinary;
    private final String taken;
    private long[] nulls = NONE;
    private int nullCount;

    /**
     * No values yet.
     *
     * @param taken the getters of a batch that take such a column, for messages
     */
    ColumnValues(RowPlan plan, int column, String taken) {
        this.plan = plan;
        this.column = column;
        this.isBinary = plan.formats()[column] == Format.BINARY;
        this.taken = taken;
    }

    /** Adds the values of some rows of a page to those of the first rows of the batch. */
    final void add(RowPage page, int from, int to, int first) {
        try {
            read(page, from, to, first);
        } catch (DataException unreadable) {
            throw DriverErrors.in(plan.describe(column) + ": ", unreadable);
        }
    }

    /** Makes room for the first rows of the batch, before they are added. */
    abstract void reserve(int rows);

    abstract void read(RowPage page, int from, int to, int first);

    /** No rows follow: gives up the room for more. */
    abstract void trim(int size);

    final void addNull(int row) {
        int word = row >> 6;
        if (word >= nulls.length) {
            nulls = Arrays.copyOf(nulls, Math.max(word + 1, 2 * nulls.length));
        }
        nulls[word] |= 1L << row;
        nullCount++;
    }

    final boolean isNull(int row) {
        int word = row >> 6;
        return word < nulls.length && (nulls[word] >>> row & 1) != 0;
    }

    final int nullCount() {
        return nullCount;
    }

    final FieldCodec<?> codec() {
        FieldCodec<?> codec = plan.codec(column);
        if (codec == null) {
            throw new IllegalStateException("only a column with a codec is held as numbers");
        }
        return codec;
    }

    long[] longs() {
        throw refused("longs");
    }

    int[] ints() {
        throw refused("ints");
    }

    short[] shorts() {
        throw refused("shorts");
    }

    double[] doubles() {
        throw refused("doubles");
    }

    float[] floats() {
        throw refused("floats");
    }

    boolean[] booleans() {
        throw refused("booleans");
    }

    byte[] bytes() {
        throw refused("bytes");
    }

    int[] offsets() {
        throw refused("offsets");
    }

    String text(int row) {
        throw refused("text");
    }

    final DataException refused(String getter) {
        return new DataException(
                SqlState.DATA_EXCEPTION,
                plan.describe(column) + " cannot be read by " + getter + ", expected " + taken,
                null);
    }

    /** The room for values of which some came: twice as much as before, or as much as they need. */
    static int room(int present, int needed) {
        return needed <= present ? present : (int) Math.max(needed, Math.min(2L * present, Integer.MAX_VALUE - 8));
    }
}
