package dev.pgwire.internal.net;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The loop is its holder's; first come, first served. A holder that waits for nothing that it has asked for gives way. */
final class Turn extends ReentrantLock {
    private static final long serialVersionUID = 1;

    private final transient CallerEventLoop loop;
    /** How many threads wait for their turn, or are about to. */
    private final AtomicInteger arriving = new AtomicInteger();

    private final transient Condition back = newCondition();

    private volatile boolean givesWay;
    /** The holder who runs code of the program, and has left the loop meanwhile; null if there is none. Guarded by this lock. */
    transient @Nullable Thread away;

    Turn(CallerEventLoop loop) {
        super(true);
        this.loop = loop;
    }

    /** Takes the turn if it is free; returns whether it was. */
    boolean tryEnter() {
        if (!tryLock()) {
            return false;
        }
        boolean free = away == null;
        if (!free) {
            unlock();
        }
        return free;
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

    /** The holder leaves the loop, which stays its own: all but who closes the connection wait until it is {@link #back}. */
    void away() {
        away = Thread.currentThread();
        unlock();
    }

    /** The holder is back. */
    void back() {
        lock();
        away = null;
        back.signalAll();
    }

    /** Has those who wait for the holder look again. */
    void wakeAll() {
        back.signalAll();
    }

    /** Whether the holder is away. The current thread must have the lock. */
    boolean isAway() {
        return away != null;
    }

    /** Waits, having the lock, until the holder is back or the loop has ended; counted as one that waits for its turn. */
    void awaitBack() {
        arriving.incrementAndGet();
        try {
            while (away != null && !loop.isTerminated()) {
                back.awaitUninterruptibly();
            }
        } finally {
            arriving.decrementAndGet();
        }
    }

    /** As {@link #awaitBack}, up to a number of nanoseconds; returns whether that came about. */
    boolean awaitBack(long nanos) throws InterruptedException {
        long left = nanos;
        while (away != null && !loop.isTerminated()) {
            if (left <= 0) {
                return false;
            }
            left = back.awaitNanos(left);
        }
        return true;
    }

    boolean isHeldBy(Thread thread) {
        return getOwner() == thread;
    }
}
