package dev.pgwire.async;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.async.LoopGroup;

/**
 * The event loops on which asynchronous connections live: a few threads that do the I/O of any number of connections, and that call
 * what depends on their futures. The threads are daemons. Each begins with the first connection on it, and ends with its last.
 *
 * <p>A program that wants none of its own uses {@link #shared}, as {@code Postgres.connectAsync} does. Programs do not implement it.
 */
public interface EventLoops extends AutoCloseable {
    /** Those of all connections of the process that are not given others: 1 thread for up to 2 processors, else 2. */
    static EventLoops shared() {
        return LoopGroup.SHARED;
    }

    /**
     * Loops of the program's own.
     *
     * @param threads how many, at least 1
     * @throws InterfaceException if it is another number
     */
    static EventLoops of(int threads) {
        return LoopGroup.of(threads);
    }

    /** The most threads that there may be. */
    int threads();

    /** How many connections live on them. */
    int connections();

    /**
     * Takes no more connections. Those that are there go on, and the threads end with the last of them. The shared ones are not
     * closed.
     */
    @Override
    void close();
}
