package dev.pgwire.internal.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** The loop is its holder's; first come, first served. A holder that waits for nothing that it has asked for gives way. */
final class Turn extends ReentrantLock {
    private static final long serialVersionUID = 1;

    private final transient CallerEventLoop loop;
    /** How many threads wait for their turn, or are about to. */
    private final AtomicInteger arriving = new AtomicInteger();

    private volatile boolean givesWay;

    Turn(CallerEventLoop loop) {
        super(true);
        this.loop = loop;
    }

    /** Waits for the turn. A thread that is counted before the holder looks is seen, one that is counted later wakes it. */
    void queue() {
        arriving.incrementAndGet();
        try {
            if (givesWay) {
                loop.wake();
            }
            lock();
        } finally {
            arriving.decrementAndGet();
        }
    }

    /** Has the holder do I/O until a goal is reached, a time has come, or another thread wants its turn, as if the goal were reached. */
    Wait driveUnlessWanted(BooleanSupplier goal, long deadline) {
        // What has come is read before it gives way.
        loop.driveNow();
        givesWay = true;
        try {
            return loop.driveUntil(() -> arriving.get() > 0 || goal.getAsBoolean(), deadline);
        } finally {
            givesWay = false;
        }
    }

    boolean isHeldBy(Thread thread) {
        return getOwner() == thread;
    }
}
