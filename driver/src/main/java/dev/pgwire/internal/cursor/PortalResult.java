package dev.pgwire.internal.cursor;

import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.row.RowPlan;
import org.jspecify.annotations.Nullable;

/** The rows of a portal from some page on: the tag counts only those of the last one. */
final class PortalResult extends Result {
    private long before;
    /** Of those, the rows that came in this answer. */
    private long suspended;

    /**
     * A result that waits for its rows.
     *
     * @param before how many rows came in the pages before
     */
    PortalResult(@Nullable RowPlan plan, long before) {
        super(plan);
        this.before = before;
    }

    /** A page of that many rows has come, and there may be more. */
    void suspend(int rows) {
        before += rows;
        suspended += rows;
    }

    /** How many rows came in the pages that are over. */
    long before() {
        return before;
    }

    @Override
    public long ownRows() {
        return suspended + Math.max(0, super.rowCount());
    }

    @Override
    public long rowCount() {
        long last = super.rowCount();
        return last < 0 ? last : before + last;
    }
}
