package dev.pgwire.internal.column;

import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.bits.BoolCodec;
import dev.pgwire.internal.codec.number.Float4Codec;
import dev.pgwire.internal.codec.number.Float8Codec;
import dev.pgwire.internal.codec.number.Int2Codec;
import dev.pgwire.internal.codec.number.Int4Codec;
import dev.pgwire.internal.codec.number.Int8Codec;
import dev.pgwire.internal.codec.number.OidCodec;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.row.ColumnBatch;

/** Copies the values of rows out of the pages in which they came, so that the pages may be received into again. */
public final class BatchBuilder {
    /** A batch ends when its rows have this number of bytes: large values would make it larger than memory. */
    private static final long MOST_BYTES = 64L << 20;

    /** Rows that are read column by column before the next ones: their bytes stay in the processor's nearest cache meanwhile. */
    private static final int BLOCK = 256;

    private final RowPlan plan;
    private final ColumnValues[] columns;
    private int size;
    private long bytes;

    /** A batch without rows yet. */
    public BatchBuilder(RowPlan plan) {
        this.plan = plan;
        columns = new ColumnValues[plan.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = values(plan, i);
        }
    }

    private static ColumnValues values(RowPlan plan, int column) {
        FieldCodec<?> codec = plan.codec(column);
        if (codec == Int2Codec.INSTANCE) {
            return new ShortValues(plan, column);
        } else if (codec == Int4Codec.INSTANCE) {
            return new IntValues(plan, column);
        } else if (codec == Int8Codec.INSTANCE || codec instanceof OidCodec) {
            return new LongValues(plan, column);
        } else if (codec == Float4Codec.INSTANCE) {
            return new FloatValues(plan, column);
        } else if (codec == Float8Codec.INSTANCE) {
            return new DoubleValues(plan, column);
        } else if (codec == BoolCodec.INSTANCE) {
            return new BooleanValues(plan, column);
        }
        return new ByteValues(plan, column);
    }

    /** Adds some rows of a page. */
    public void add(RowPage page, int from, int to) {
        for (ColumnValues column : columns) {
            column.reserve(size + to - from);
        }
        for (int first = from; first < to; first += BLOCK) {
            int end = Math.min(first + BLOCK, to);
            for (ColumnValues column : columns) {
                column.add(page, first, end, size);
            }
            size += end - first;
        }
        bytes += (long) page.rowBytes() * (to - from) / page.size();
    }

    /** How many rows it has. */
    public int size() {
        return size;
    }

    /** Whether its rows have the bytes that a batch may have: the next row begins another one. */
    public boolean isFull() {
        return bytes >= MOST_BYTES;
    }

    /** The batch. No row can be added any more. */
    public ColumnBatch build() {
        for (ColumnValues column : columns) {
            column.trim(size);
        }
        return new ValueBatch(plan, columns, size);
    }
}
