package dev.pgwire.internal.pool;

import dev.pgwire.pool.PoolStats;
import java.time.Duration;

/** What a pool has done. The lock of the {@link Shelf} guards it. */
final class Counters {
    long borrows;
    long waits;
    long waitedNanos;
    long timeouts;
    long refusals;
    long connects;
    long connectFailures;
    long retired;
    long lost;
    long discarded;
    long resets;
    long leaks;

    /** All of it, with what the pool is doing. */
    PoolStats stats(int maxSize, int size, int idle, int connecting, int waiting, long validations, Beside beside) {
        return new PoolStats(
                maxSize,
                size,
                idle,
                size - idle,
                connecting,
                waiting,
                borrows,
                waits,
                Duration.ofNanos(waitedNanos),
                timeouts,
                refusals,
                connects,
                connectFailures,
                retired,
                lost,
                discarded,
                validations,
                resets,
                leaks,
                beside.open(),
                beside.inFlight(),
                beside.statements());
    }
}
