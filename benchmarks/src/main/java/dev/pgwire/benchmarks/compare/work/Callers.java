package dev.pgwire.benchmarks.compare.work;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of threads that work at the same time. */
final class Callers {
    /** Threads of the system, which live on between the rounds: what ended threads took would be lost. */
    private static final ExecutorService PLATFORM = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    /** What one of them does. */
    interface Task {
        /** Does it; each caller has a number, from 0 on. */
        void run(int caller) throws Exception;
    }

    private final ExecutorService threads;
    private final CountDownLatch begin = new CountDownLatch(1);
    private final List<Future<?>> running = new ArrayList<>();

    private Callers(ExecutorService threads) {
        this.threads = threads;
    }

    /** Callers on threads of the system. */
    static Callers onPlatformThreads() {
        return new Callers(PLATFORM);
    }

    /** Callers on virtual threads, which this JVM must have. */
    static Callers onVirtualThreads() throws Exception {
        try {
            return new Callers((ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke());
        } catch (Exception | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Makes them ready: each waits until it may begin. */
    Callers each(int callers, Task task) {
        for (int i = 0; i < callers; i++) {
            int caller = i;
            running.add(threads.submit(() -> {
                begin.await();
                task.run(caller);
                return null;
            }));
        }
        return this;
    }

    /** Lets them begin, and waits until all have done their work. */
    void run() throws Exception {
        begin.countDown();
        for (Future<?> caller : running) {
            caller.get();
        }
    }
}
