package dev.pgwire.internal.row;

import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/** Rows that are the pages they arrived in, and nothing per row. */
public final class PageRows extends AbstractList<Row> implements Rows, RandomAccess {
    private final RowPlan plan;
    private final RowPage[] pages;
    /** For each page, the number of rows before it; one more at the end. */
    private final int[] before;
    /** Rows of the first page that are not part of this list. */
    private final int skipped;

    private PageRows(RowPlan plan, RowPage[] pages, int skipped, int size) {
        this.plan = plan;
        this.pages = pages;
        this.skipped = skipped;
        this.before = new int[pages.length + 1];
        for (int i = 0; i < pages.length; i++) {
            before[i + 1] = before[i] + pages[i].size();
        }
        before[pages.length] = skipped + size;
    }

    /**
     * A list of rows that lie in a run of pages.
     *
     * @param skipped how many rows of the first page come before the first row of the list
     * @param size the number of rows of the list
     */
    public static PageRows of(RowPlan plan, List<RowPage> pages, int skipped, int size) {
        return new PageRows(plan, pages.toArray(RowPage[]::new), skipped, size);
    }

    @Override
    public List<Column> columns() {
        return plan.columns();
    }

    @Override
    public Row get(int index) {
        Objects.checkIndex(index, size());
        int row = index + skipped;
        int found = Arrays.binarySearch(before, row);
        int page = found >= 0 ? found : -found - 2;
        return PageRow.of(plan, pages[page], row - before[page]);
    }

    @Override
    public int size() {
        return before[pages.length] - skipped;
    }
}
