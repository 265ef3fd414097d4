package dev.pgwire.internal.async;

import dev.pgwire.internal.server.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for what has to block: connecting, which looks names up and computes hashes, and cancel requests. They are daemons, and end
 * when they have had nothing to do for a while.
 */
final class BlockingWork {
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final Executor EXECUTOR = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), BlockingWork::newThread);

    private static final Queue<Runnable> LATER = new ConcurrentLinkedQueue<>();
    private static final AtomicBoolean IS_DOING = new AtomicBoolean();
    private static final Executor ONE_BY_ONE = BlockingWork::doLater;

    private BlockingWork() {}

    static Executor executor() {
        return EXECUTOR;
    }

    /** Has one of the threads do many small things, one after the other; the calling thread if there is none. */
    static Executor oneByOne() {
        return ONE_BY_ONE;
    }

    private static void doLater(Runnable task) {
        LATER.add(task);
        if (IS_DOING.compareAndSet(false, true)) {
            try {
                EXECUTOR.execute(BlockingWork::doAll);
            } catch (RejectedExecutionException | OutOfMemoryError none) {
                doAll();
            }
        }
    }

    private static void doAll() {
        do {
            for (Runnable task = LATER.poll(); task != null; task = LATER.poll()) {
                try {
                    task.run();
                } catch (RuntimeException failure) {
                    Log.warn("a task has failed", failure);
                }
            }
            IS_DOING.set(false);
            // One may have been added since the last look.
        } while (!LATER.isEmpty() && IS_DOING.compareAndSet(false, true));
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "pgwire-connect-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
