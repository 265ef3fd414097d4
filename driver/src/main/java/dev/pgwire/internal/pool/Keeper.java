package dev.pgwire.internal.pool;

import dev.pgwire.internal.server.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that looks after all pools of the process: once a second, and when a pool asks for it. It begins with the first pool and
 * ends with the last. It never waits for a server.
 */
final class Keeper extends Thread {
    private static final long LONGEST_PAUSE = 1_000_000_000L;
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<Stock<?>> STOCKS = new ArrayList<>();
    private static @Nullable Keeper current;

    private Keeper() {
        super("pgwire-pool-keeper");
        setDaemon(true);
        setContextClassLoader(null);
    }

    /** Looks after a pool from now on, until {@link Stock#care} says that there is nothing left. */
    static void add(Stock<?> stock) {
        LOCK.lock();
        try {
            STOCKS.add(stock);
            if (current == null) {
                current = new Keeper();
                current.start();
            }
        } finally {
            LOCK.unlock();
        }
    }

    /** Has the pools looked after at once. */
    static void nudge() {
        LOCK.lock();
        try {
            LockSupport.unpark(current);
        } finally {
            LOCK.unlock();
        }
    }

    @Override
    public void run() {
        for (List<Stock<?>> stocks = all(); !stocks.isEmpty(); stocks = all()) {
            long pause = LONGEST_PAUSE;
            for (Stock<?> stock : stocks) {
                pause = Math.min(pause, care(stock));
            }
            if (pause > 0) {
                LockSupport.parkNanos(this, pause);
            }
        }
    }

    private static long care(Stock<?> stock) {
        try {
            long pause = stock.care(System.nanoTime());
            if (pause == Stock.NEVER) {
                remove(stock);
            }
            return pause;
        } catch (RuntimeException | Error failure) {
            Log.warn("a pool could not be looked after", failure);
            return LONGEST_PAUSE;
        }
    }

    /** The pools that there are; when there are none, this thread is no more the one that looks after them. */
    private static List<Stock<?>> all() {
        LOCK.lock();
        try {
            if (STOCKS.isEmpty()) {
                current = null;
            }
            return List.copyOf(STOCKS);
        } finally {
            LOCK.unlock();
        }
    }

    private static void remove(Stock<?> stock) {
        LOCK.lock();
        try {
            STOCKS.remove(stock);
        } finally {
            LOCK.unlock();
        }
    }
}
