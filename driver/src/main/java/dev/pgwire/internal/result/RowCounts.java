package dev.pgwire.internal.result;

import java.util.Arrays;

/** How many rows each execution of a batch touched. As long as all touched equally many, it takes no memory for each. */
public final class RowCounts {
    private static final long[] NONE = {};

    private long[] counts = NONE;
    private long same;
    private int size;

    /** Adds what the next execution touched; -1 if its tag does not tell. */
    public void add(long rows) {
        if (size == 0) {
            same = rows;
        } else if (counts == NONE && rows != same) {
            counts = new long[Math.max(16, size + (size >> 1))];
            Arrays.fill(counts, 0, size, same);
        }
        if (counts != NONE) {
            if (size == counts.length) {
                counts = Arrays.copyOf(counts, size + (size >> 1));
            }
            counts[size] = rows;
        }
        size++;
    }

    /** How many executions have ended. */
    public int size() {
        return size;
    }

    /** The sum of all that are known; -1 if none is. */
    public long sum() {
        long sum = -1;
        for (long rows : toArray()) {
            if (rows >= 0) {
                sum = Math.max(0, sum) + rows;
            }
        }
        return sum;
    }

    /** The count of each execution, in order. */
    public long[] toArray() {
        if (counts != NONE) {
            return Arrays.copyOf(counts, size);
        }
        long[] all = new long[size];
        Arrays.fill(all, same);
        return all;
    }
}
