package dev.pgwire.internal.row;

/** Where the rows of one result go. */
public interface RowTarget {
    /**
     * For each column that its RowDescription announced how many bytes its values usually have, in whatever way that is
     * known; {@link RowPlan#VARYING} where it is not. A wrong guess costs time and nothing else.
     */
    int[] usualWidths();

    /** Takes a page with at least one row. */
    void add(RowPage page);
}
