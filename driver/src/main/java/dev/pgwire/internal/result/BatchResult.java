package dev.pgwire.internal.result;

// HOT: 256 point selects in one executeMany

import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.protocol.backend.CommandComplete;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a statement answers that is executed for many sets of values: one result for each, seen one at a time. Their rows
 * lie one behind the other in the same pages, so that a small result is a number of rows and a tag, and no object.
 */
public final class BatchResult extends Result {
    private static final int BYTES_EACH = Long.BYTES + 4;

    /** Of each execution that has ended and was not gone past: its tag, and how many rows it gave. A ring. */
    private @Nullable CommandComplete[] tags = new @Nullable CommandComplete[16];

    private long[] rows = new long[16];
    private int head;
    private int ended;

    /** Whether an execution has begun that has not ended, and how many rows it gave so far. */
    private boolean open;

    private long openRows;
    /** How many rows of the current execution were taken or skipped. */
    private long taken;

    private boolean skipping;

    public BatchResult(RowPlan plan) {
        super(plan);
    }

    public void startSet() {
        open = true;
        openRows = 0;
    }

    public void received(long count) {
        openRows += count;
    }

    /** The open execution has ended; null for that of an empty statement. */
    public void end(@Nullable CommandComplete tag) {
        if (isDiscarding() && ended > 0) {
            // The reader does not go on to it.
            open = false;
            return;
        }
        if (ended == rows.length) {
            grow();
        }
        int place = (head + ended++) & (rows.length - 1);
        tags[place] = tag;
        rows[place] = openRows;
        open = false;
    }

    private void grow() {
        int old = rows.length;
        rows = Arrays.copyOf(rows, 2 * old);
        tags = Arrays.copyOf(tags, 2 * old);
        System.arraycopy(rows, 0, rows, old, head);
        System.arraycopy(tags, 0, tags, old, head);
        Arrays.fill(tags, 0, head, null);
    }

    @Override
    int count() {
        return ended + (open ? 1 : 0);
    }

    @Override
    void advance() {
        skip();
        skipping = false;
        taken = 0;
        if (ended > 0) {
            tags[head] = null;
            head = (head + 1) & (rows.length - 1);
            ended--;
        } else {
            open = false;
        }
    }

    /** Only the current result is forgotten. */
    @Override
    public void skip() {
        skipping = true;
        while (nextRows() != null) {
            // Its rows lie before those of the next one.
        }
    }

    @Override
    public void add(RowPage page) {
        super.add(page);
        if (skipping) {
            skip();
        }
    }

    @Override
    public @Nullable RowSlice nextRows() {
        RowSlice slice = nextRows(ended == 0 ? Long.MAX_VALUE : rows[head] - taken);
        if (slice != null) {
            taken += slice.to() - slice.from();
        }
        return slice;
    }

    @Override
    public boolean hasPage() {
        return super.hasPage() && (ended == 0 || rows[head] > taken);
    }

    @Override
    public long unreadBytes() {
        return super.unreadBytes() + (long) BYTES_EACH * ended;
    }

    @Override
    public boolean isComplete() {
        return ended > 0;
    }

    @Override
    public @Nullable String tag() {
        CommandComplete end = tags[head];
        return end == null ? null : end.tag();
    }

    @Override
    public long rowCount() {
        CommandComplete end = tags[head];
        return end == null ? -1 : end.rows();
    }
}
