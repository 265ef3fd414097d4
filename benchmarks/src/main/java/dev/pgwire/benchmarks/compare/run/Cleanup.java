package dev.pgwire.benchmarks.compare.run;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must not be left behind: a server, a database, processes. Closed in the reverse order in which it came, at the end or
 * when the process is told to end (Ctrl-C), whichever is first.
 */
public final class Cleanup implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Thread hook = new Thread(this::closeAll, "cleanup");

    /** Nothing yet. */
    public Cleanup() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Takes something over. */
    public synchronized <T extends AutoCloseable> T add(T resource) {
        open.push(resource);
        return resource;
    }

    private synchronized void closeAll() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("left behind: " + e);
            }
        }
    }

    @Override
    public void close() {
        closeAll();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // It runs now, or has run.
        }
    }
}
