package dev.pgwire.internal.exchange;

import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.row.RowTarget;
import dev.pgwire.protocol.backend.CommandComplete;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** What one statement answers: its rows, page by page, then its command tag. */
public final class Result implements RowTarget {
    private static final int[] NONE = {};

    private @Nullable RowPlan plan;
    private final ArrayDeque<RowPage> pages = new ArrayDeque<>(4);
    private long unread;
    private long unreadRows;
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

    /** How the rows are read; null if the statement gives none. */
    public @Nullable RowPlan plan() {
        return plan;
    }

    void describe(RowPlan plan) {
        this.plan = plan;
    }

    @Override
    public int[] usualWidths() {
        return plan == null ? NONE : plan.usualWidths();
    }

    @Override
    public void add(RowPage page) {
        if (!discarding) {
            pages.add(page);
            unread += page.retainedBytes();
            unreadRows += page.rowBytes();
        }
    }

    /** The next page that has arrived, or null if there is none at hand. */
    public @Nullable RowPage poll() {
        RowPage page = pages.poll();
        if (page != null) {
            unread -= page.retainedBytes();
            unreadRows -= page.rowBytes();
        }
        return page;
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
    public long unreadRowBytes() {
        return unreadRows;
    }

    /** Forgets the rows at hand and all that will come. */
    public void discard() {
        discarding = true;
        pages.clear();
        unread = 0;
        unreadRows = 0;
    }

    void complete(@Nullable CommandComplete end) {
        if (end != null) {
            executed(end);
        }
        complete = true;
    }

    /** Takes a tag; what several executions of one statement tell adds up. */
    void executed(CommandComplete end) {
        tag = end.tag();
        if (end.rows() >= 0) {
            rowCount = Math.max(0, rowCount) + end.rows();
        }
        complete |= plan != null;
    }

    /** Takes note that nothing was executed, which changes no rows. */
    void countNothing() {
        rowCount = 0;
    }

    /** Whether the statement has ended well; what is in {@link #poll} is then all that there is. */
    public boolean isComplete() {
        return complete;
    }

    /** The command tag, such as {@code INSERT 0 1}; null until it came, and for an empty statement. */
    public @Nullable String tag() {
        return tag;
    }

    /** The number of rows that the tag tells; -1 until it came and where it tells none. */
    public long rowCount() {
        return rowCount;
    }
}
