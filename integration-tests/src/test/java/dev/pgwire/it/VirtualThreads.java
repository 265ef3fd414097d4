package dev.pgwire.it;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads for tests that are compiled for Java 17, which has none. */
final class VirtualThreads {
    /** The first Java on which a virtual thread that waits in a selector frees its carrier. */
    static final int FIRST_GOOD_JAVA = 24;

    private VirtualThreads() {}

    /** What {@code Executors.newVirtualThreadPerTaskExecutor()} returns. */
    static ExecutorService executor() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException missing) {
            throw new IllegalStateException("this Java has no virtual threads, expected 21 or later", missing);
        } catch (InvocationTargetException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
