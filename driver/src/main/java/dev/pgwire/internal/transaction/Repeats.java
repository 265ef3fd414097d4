package dev.pgwire.internal.transaction;

import dev.pgwire.error.DatabaseException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a block is run once more in a new transaction, and when. Before the first repeat it waits between 5 and 10
 * milliseconds, before each later one twice as long, up to a second. It is random, so that those who have met do not meet again.
 */
public final class Repeats {
    private static final long FIRST_NANOS = 10_000_000L;
    private static final long LONGEST_NANOS = 1_000_000_000L;
    /** A cause may be that of itself, by way of another one. */
    private static final int MOST_CAUSES = 64;

    private final int most;
    private final @Nullable Duration limit;
    private final LongSupplier clock;
    private final RandomGenerator random;
    private final long began;
    private int done;

    Repeats(int most, @Nullable Duration limit, LongSupplier clock, RandomGenerator random) {
        this.most = most;
        this.limit = limit;
        this.clock = clock;
        this.random = random;
        this.began = clock.getAsLong();
    }

    /**
     * The repeats of a block that begins now.
     *
     * @param limit how long all attempts may take together; null for any time
     */
    public static Repeats of(int most, @Nullable Duration limit) {
        return new Repeats(most, limit, System::nanoTime, ThreadLocalRandom.current());
    }

    /** How long to wait before the block is run once more, because of what has failed it; null if it is not. */
    public @Nullable Duration after(Throwable failure) {
        if (done == most || !isPassing(failure)) {
            return null;
        }
        long longest = Math.min(LONGEST_NANOS, FIRST_NANOS << Math.min(done, 10));
        long pause = longest / 2 + random.nextLong(longest / 2 + 1);
        if (limit != null && leftNanos(limit) <= pause) {
            return null;
        }
        done++;
        return Duration.ofNanos(pause);
    }

    /**
     * How long a statement of the next attempt may take.
     *
     * @param own how long it may take by itself; null for any time
     */
    public @Nullable Duration within(@Nullable Duration own) {
        if (limit == null) {
            return own;
        }
        Duration left = Duration.ofNanos(Math.max(1_000_000L, leftNanos(limit)));
        return own == null || own.compareTo(left) > 0 ? left : own;
    }

    private long leftNanos(Duration within) {
        return within.toNanos() - (clock.getAsLong() - began);
    }

    /** Whether the same block may well succeed in another transaction: the server says so, however the program has wrapped it. */
    private static boolean isPassing(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MOST_CAUSES && cause != null; i++) {
            if (cause instanceof DatabaseException refusal && refusal.isRetryable()) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
