package dev.pgwire.internal.loop;

import io.netty.util.concurrent.FastThreadLocalThread;

/** The thread of an event loop that connections share: whatever blocks it holds all of them up. */
public final class LoopThread extends FastThreadLocalThread {
    LoopThread(ThreadGroup group, Runnable task, String name) {
        super(group, task, name);
    }

    /**
     * Checks that the current thread may wait.
     *
     * @throws IllegalStateException if it is the thread of an event loop, which would wait for itself, or hold up others
     */
    public static void refuseToBlock() {
        if (Thread.currentThread() instanceof LoopThread) {
            throw new IllegalStateException(
                    "a call that waits was made on the thread of an event loop, "
                            + Thread.currentThread().getName()
                            + ", expected another thread: give the future an executor, as in thenApplyAsync(function, executor)");
        }
    }
}
