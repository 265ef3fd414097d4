package dev.pgwire.internal.row;

/** Where the rows of one result go. */
public interface RowTarget {
    /** The number of columns that its RowDescription announced. */
    int columnCount();

    /** Takes a page with at least one row. */
    void add(RowPage page);
}
