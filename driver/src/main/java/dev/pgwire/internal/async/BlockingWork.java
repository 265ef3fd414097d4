package dev.pgwire.internal.async;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what has to block: connecting, which looks names up and computes hashes, and cancel requests. They are daemons, and end
 * when they have had nothing to do for a while.
 */
final class BlockingWork {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Executor EXECUTOR = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), BlockingWork::newThread);

    private BlockingWork() {}

    static Executor executor() {
        return EXECUTOR;
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "pgwire-connect-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
