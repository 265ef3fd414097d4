package dev.pgwire.bench.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** A thread that sleeps a little, again and again, and counts how much later than it should it wakes: what holds all threads up shows here. */
final class Hiccups implements AutoCloseable {
    private static final long STEP = TimeUnit.MILLISECONDS.toNanos(10);

    private final Thread thread = new Thread(this::run, "pgwire-bench-watch");
    private final Histogram late = Worker.histogram();
    private boolean closed;

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!isClosed()) {
            long begun = System.nanoTime();
            LockSupport.parkNanos(this, STEP);
            add(System.nanoTime() - begun - STEP);
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized void add(long nanos) {
        late.recordValue(Math.max(0, nanos));
    }

    synchronized void reset() {
        late.reset();
    }

    synchronized Histogram late() {
        return late.copy();
    }

    @Override
    public synchronized void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
