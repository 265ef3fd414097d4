package dev.pgwire.internal.pool;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which connections are made for all pools of the process: to connect takes as long as the network likes, and a borrower
 * must be able to go. They are daemons, and end soon after there is nothing to do.
 */
final class Makers {
    private static final long LINGERS_SECONDS = 2;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    // Each pool makes few connections at a time, so there are few threads, although nothing bounds them here.
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, LINGERS_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Makers::thread);

    private Makers() {}

    /** Has a thread do something. */
    static void run(Runnable task) {
        THREADS.execute(task);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "pgwire-pool-connect-" + NUMBERS.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }
}
