package dev.pgwire.type;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which transactions were over at a moment, as {@code pg_current_snapshot()} says it. Immutable. Source: PostgreSQL manual, 9.27.5
 * Transaction ID and Snapshot Information Functions.
 *
 * @param xmin the lowest transaction that was running: all below it were over
 * @param xmax one past the highest transaction that was over: from here on none had begun
 * @param running the transactions between the two that were running, in ascending order
 */
public record Snapshot(long xmin, long xmax, List<Long> running) {
    /**
     * A snapshot, of which the list is copied.
     *
     * @throws IllegalArgumentException if xmin is not from 1 to xmax, or if the list is not in ascending order from xmin on and
     *     below xmax
     */
    public Snapshot {
        running = List.copyOf(running);
        if (xmin < 1 || xmax < xmin) {
            throw new IllegalArgumentException("from " + xmin + " to " + xmax + ", expected 1 or more, ascending");
        }
        long last = xmin - 1;
        for (long xid : running) {
            if (xid <= last || xid >= xmax) {
                throw new IllegalArgumentException(
                        "transaction " + xid + ", expected ascending ones from " + xmin + " on and below " + xmax);
            }
            last = xid;
        }
    }

    /**
     * Whether a transaction was over, so that what it had committed could be seen.
     *
     * @param xid the number of the transaction
     * @return whether it was; if it was rolled back, there is nothing to be seen
     */
    public boolean isOver(long xid) {
        return xid < xmin || xid < xmax && Collections.binarySearch(running, xid) < 0;
    }

    /**
     * The snapshot as the server writes it.
     *
     * @return for example "10:20:10,14,15"
     */
    @Override
    public String toString() {
        return xmin + ":" + xmax + ":" + running.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
