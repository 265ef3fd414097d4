package dev.pgwire.internal.session;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How much a connection on a shared loop has to do, for those who choose among several. Any thread may ask. */
public final class LoopLoad {
    private final AtomicInteger tasks = new AtomicInteger();
    /** Counts what has ended; a count that is lost does not matter. */
    private volatile int ended;
    /** What the server works on past its deadline, or although it was cancelled. */
    private volatile @Nullable LoopTask<?> overdue;

    LoopLoad() {}

    /** How many tasks are not over. */
    public int tasks() {
        return tasks.get();
    }

    /** A number that changes when a task has ended. */
    public int progress() {
        return ended;
    }

    /** Whether the server works on something that its caller does not wait for any more: what comes behind it comes late. */
    public boolean isStuck() {
        LoopTask<?> head = overdue;
        return head != null && !head.isOver();
    }

    void begins() {
        tasks.incrementAndGet();
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    void ends() {
        tasks.decrementAndGet();
        ended++;
    }

    void isOverdue(LoopTask<?> task) {
        overdue = task;
    }
}
