package dev.pgwire.internal.copy;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPageWriter;
import dev.pgwire.internal.row.RowPlan;

/** Each piece as it is, in one column of bytes: what is received into stays where it is. */
record RawRows(RowPlan plan) implements CopiedRows {
    @Override
    public int take(byte[] bytes, int from, int to, RowPageWriter pages, Result result) {
        return pages.appendWhole(bytes, from, to, result);
    }
}
