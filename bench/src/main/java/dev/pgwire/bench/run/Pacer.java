package dev.pgwire.bench.run;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A thread that has things begin when they are due, as exactly as the system wakes it. */
final class Pacer implements AutoCloseable {
    private final Thread thread = new Thread(this::run, "pgwire-bench-pacer");
    private final PriorityQueue<Due> waiting = new PriorityQueue<>();
    private final Queue<Due> come = new ArrayDeque<>();
    private boolean closed;
    private long wakes = Long.MAX_VALUE;

    /** Something that is due at a time of {@link System#nanoTime}. */
    private record Due(long at, Runnable what) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return Long.compare(at, other.at);
        }
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Has something run at a time; any thread may ask. */
    void at(long nanos, Runnable what) {
        boolean isEarlier;
        synchronized (this) {
            come.add(new Due(nanos, what));
            isEarlier = nanos < wakes;
        }
        if (isEarlier) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (true) {
            Due due = next();
            if (due != null) {
                due.what().run();
            } else if (isClosed()) {
                return;
            } else {
                rest();
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** What is due; null if nothing is. */
    private synchronized @Nullable Due next() {
        waiting.addAll(come);
        come.clear();
        Due first = waiting.peek();
        if (first != null && first.at() <= System.nanoTime()) {
            wakes = Long.MIN_VALUE;
            return waiting.remove();
        }
        wakes = first == null ? Long.MAX_VALUE : first.at();
        return null;
    }

    private void rest() {
        long until;
        synchronized (this) {
            if (!come.isEmpty()) {
                return;
            }
            until = wakes;
        }
        if (until == Long.MAX_VALUE) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, until - System.nanoTime());
        }
    }

    /** Ends the thread; what is waiting is not run. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        LockSupport.unpark(thread);
    }
}
