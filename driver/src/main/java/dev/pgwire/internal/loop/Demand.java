package dev.pgwire.internal.loop;

import java.util.concurrent.atomic.AtomicLong;

/** How many rows, or other items, a subscriber wants that it did not get yet. The largest number stands for all that there are. */
public final class Demand {
    private final AtomicLong rows = new AtomicLong();

    /** Adds to it; returns whether there was none before. May be called by any thread. */
    public boolean add(long more) {
        long before;
        long after;
        do {
            before = rows.get();
            after = before + more < 0 ? Long.MAX_VALUE : before + more;
        } while (!rows.compareAndSet(before, after));
        return before == 0;
    }

    /** How many of some rows are wanted. */
    public int of(int available) {
        return (int) Math.min(available, rows.get());
    }

    /** Rows that were wanted were handed out; returns whether more are wanted. */
    public boolean met(int given) {
        return rows.get() == Long.MAX_VALUE || rows.addAndGet(-given) > 0;
    }
}
