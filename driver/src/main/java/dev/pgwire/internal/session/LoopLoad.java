package dev.pgwire.internal.session;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How much a connection on a shared loop has to do, for those who choose among several. Any thread may ask. */
public final class LoopLoad {
    private final LoopGate gate;
    private final AtomicInteger tasks = new AtomicInteger();
    /** When a task has ended last, or the first one began; before, when the connection did. */
    private volatile long since = System.nanoTime();
    /** What the server works on past its deadline, or although it was cancelled. */
    private volatile @Nullable LoopTask<?> overdue;

    LoopLoad(LoopGate gate) {
        this.gate = gate;
    }

    /** How many tasks are not over. */
    public int tasks() {
        return tasks.get();
    }

    /**
     * When a task has ended last, or the first of those that are not over began: a value of {@link System#nanoTime}. Of a connection
     * that was never used, when it began.
     */
    public long since() {
        return since;
    }

    /**
     * Whether what is asked for now comes late: the server works on something that its caller does not wait for any more, or a cancel
     * request is on its way.
     */
    public boolean isStuck() {
        LoopTask<?> head = overdue;
        return (head != null && !head.isOver()) || !gate.mayBegin();
    }

    void begins() {
        if (tasks.getAndIncrement() == 0) {
            since = System.nanoTime();
        }
    }

    void ends() {
        tasks.decrementAndGet();
        since = System.nanoTime();
    }

    void isOverdue(LoopTask<?> task) {
        overdue = task;
    }
}
