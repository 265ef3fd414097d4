package dev.pgwire.internal.result;

import dev.pgwire.internal.row.RowPage;

/**
 * The rows of a page that belong to one result: all of them, except where several small results share a page.
 *
 * @param from the first row
 * @param to the row behind the last
 */
public record RowSlice(RowPage page, int from, int to) {
    /** Whether no later row of the page belongs to another result. */
    public boolean endsPage() {
        return to == page.size();
    }
}
