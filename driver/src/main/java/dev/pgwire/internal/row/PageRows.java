package dev.pgwire.internal.row;

// HOT: see DataRowBenchmark

import dev.pgwire.row.Column;
import dev.pgwire.row.Row;
import dev.pgwire.row.Rows;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.RandomAccess;

/** Rows that are the pages they arrived in, and nothing per row but where it begins. */
public final class PageRows extends AbstractList<Row> implements Rows, RandomAccess {
    private final RowPlan plan;
    private final KeptRows[] pages;
    /** For each page, the number of rows before it; one more at the end. */
    private final int[] before;

    private PageRows(RowPlan plan, KeptRows[] pages) {
        this.plan = plan;
        this.pages = pages;
        this.before = new int[pages.length + 1];
        for (int i = 0; i < pages.length; i++) {
            before[i + 1] = before[i] + pages[i].size();
        }
    }

    /** A list of the rows of some pages. */
    public static PageRows of(RowPlan plan, List<KeptRows> pages) {
        return new PageRows(plan, pages.toArray(KeptRows[]::new));
    }

    @Override
    public List<Column> columns() {
        return plan.columns();
    }

    @Override
    public Row get(int index) {
        Objects.checkIndex(index, size());
        int found = Arrays.binarySearch(before, index);
        int page = found >= 0 ? found : -found - 2;
        return PageRow.of(plan, pages[page], index - before[page]);
    }

    @Override
    public int size() {
        return before[pages.length];
    }

    /** Goes along the pages, where {@link #get} has to search for one. */
    @Override
    public Iterator<Row> iterator() {
        return new Iterator<>() {
            private int page;
            private int index;

            @Override
            public boolean hasNext() {
                return page < pages.length;
            }

            @Override
            public Row next() {
                if (page >= pages.length) {
                    throw new NoSuchElementException("there are no more rows");
                }
                KeptRows at = pages[page];
                Row row = PageRow.of(plan, at, index);
                if (++index == at.size()) {
                    page++;
                    index = 0;
                }
                return row;
            }
        };
    }
}
