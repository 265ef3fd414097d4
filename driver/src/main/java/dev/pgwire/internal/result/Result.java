package dev.pgwire.internal.result;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowTarget;
import dev.pgwire.protocol.backend.CommandComplete;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** What one statement answers: its rows, page by page, then its command tag. */
public class Result implements RowTarget {
    private static final int[] NONE = {};

    private @Nullable RowPlan plan;
    private final ShortQueue<RowPage> pages = new ShortQueue<>();
    /** How many rows of the first page were taken. */
    private int passed;

    private long unread;
    private long unreadRows;
    private long discarded;
    private boolean discarding;
    private boolean complete;
    private @Nullable String tag;
    private long rowCount = -1;

    /**
     * A result that waits for its rows.
     *
     * @param plan how they are read, or null if there are none or that is not known yet
     */
    public Result(@Nullable RowPlan plan) {
        this.plan = plan;
    }

    /**
     * What is told a reader of rows where there are none by their nature.
     *
     * @param tag the command tag, if it is known
     */
    public static InterfaceException withoutRows(@Nullable String tag) {
        return new InterfaceException("the statement returned no rows" + (tag == null ? "" : " (" + tag + ")")
                + ", expected one that does, such as SELECT or INSERT ... RETURNING");
    }

    /** How the rows are read; null if the statement gives none. */
    public final @Nullable RowPlan plan() {
        return plan;
    }

    public final void describe(@Nullable RowPlan plan) {
        this.plan = plan;
    }

    @Override
    public final int[] usualWidths() {
        return plan == null ? NONE : plan.usualWidths();
    }

    @Override
    public void add(RowPage page) {
        if (!discarding) {
            pages.add(page);
            unread += page.retainedBytes();
            unreadRows += page.rowBytes();
        } else {
            discarded += page.rowBytes();
            page.giveBack();
        }
    }

    /** The bytes on the wire of the rows that came since they are forgotten. */
    public final long discardedBytes() {
        return discarded;
    }

    final boolean isDiscarding() {
        return discarding;
    }

    /** The next page that has arrived, or null if there is none at hand; for readers that do not share pages. */
    public final @Nullable RowPage poll() {
        RowSlice rows = nextRows();
        return rows == null ? null : rows.page();
    }

    /** The next rows that have arrived, or null if there are none at hand. */
    public @Nullable RowSlice nextRows() {
        return nextRows(Long.MAX_VALUE);
    }

    /** The next rows of one page, at most {@code most}. */
    final @Nullable RowSlice nextRows(long most) {
        RowPage page = pages.peek();
        if (page == null || most <= 0) {
            return null;
        }
        RowSlice slice = new RowSlice(page, passed, (int) Math.min(page.size(), passed + Math.min(most, page.size())));
        passed = slice.to();
        if (slice.endsPage()) {
            pages.remove();
            passed = 0;
            unread -= page.retainedBytes();
            unreadRows -= page.rowBytes();
        }
        return slice;
    }

    /** How many results this stands for so far: an execution that has begun is one. */
    int count() {
        return 1;
    }

    /** Goes on to the next of the results that this stands for. */
    void advance() {
        throw new NoSuchElementException("no further result, expected one");
    }

    /** Forgets what is left of the current result. */
    public void skip() {
        discard();
    }

    /** Whether a page is at hand. */
    public boolean hasPage() {
        return !pages.isEmpty();
    }

    /** The bytes that the pages at hand keep alive. */
    public long unreadBytes() {
        return unread;
    }

    /** The bytes that the rows at hand took on the wire, which does not depend on how they arrived. */
    public final long unreadRowBytes() {
        return unreadRows;
    }

    /** Forgets the rows at hand and all that will come. */
    public final void discard() {
        discarding = true;
        // The reader may still look at a row of a page that it has begun.
        if (passed > 0) {
            pages.remove();
        }
        for (RowPage page = pages.peek(); page != null; page = pages.peek()) {
            pages.remove();
            page.giveBack();
        }
        passed = 0;
        unread = 0;
        unreadRows = 0;
    }

    public final void complete(@Nullable CommandComplete end) {
        if (end != null) {
            executed(end);
        }
        complete = true;
    }

    /** Takes a tag; what several executions of one statement tell adds up. */
    public final void executed(CommandComplete end) {
        tag = end.tag();
        if (end.rows() >= 0) {
            rowCount = Math.max(0, rowCount) + end.rows();
        }
        complete |= plan != null;
    }

    /** Takes note that nothing was executed, which changes no rows. */
    public final void countNothing() {
        rowCount = 0;
    }

    /** Whether the statement has ended well; what is in {@link #nextRows} is then all that there is. */
    public boolean isComplete() {
        return complete;
    }

    /** The command tag, such as {@code INSERT 0 1}; null until it came, and for an empty statement. */
    public @Nullable String tag() {
        return tag;
    }

    /** How many rows this answer alone has given or changed; -1 as {@link #rowCount}. */
    public long ownRows() {
        return rowCount();
    }

    /** The number of rows that the tag tells; -1 until it came and where it tells none. */
    public long rowCount() {
        return rowCount;
    }
}
