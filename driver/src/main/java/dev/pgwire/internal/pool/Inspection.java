package dev.pgwire.internal.pool;

// HOT: once for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Looks at a connection before it is lent. */
final class Inspection {
    /** A connection that was used so short a time ago is lent without a look at its socket. */
    private static final long TRUSTED = 1_000_000L;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final long validateNanos;
    private final LongAdder questions = new LongAdder();

    Inspection(PoolConfig config) {
        this.validateNanos = config.validateAfter().toNanos();
    }

    /** How many times a server was asked, and has answered well. */
    long questions() {
        return questions.sum();
    }

    /**
     * Whether a connection is good: by a look at its socket if it was idle, by asking the server if that was long.
     *
     * @param until how long the borrower waits
     */
    boolean isFit(Slot<?> slot, long now, long until) {
        long age = now - slot.idleSince();
        if (age < TRUSTED && validateNanos > 0) {
            return true;
        }
        if (slot.held().isClosed()) {
            return false;
        }
        if (age < validateNanos) {
            return true;
        }
        try {
            Duration left = Duration.ofNanos(Math.max(1, until - now));
            slot.held().check(left.compareTo(LIMIT) < 0 ? left : LIMIT);
        } catch (PgException failed) {
            return false;
        }
        questions.increment();
        return true;
    }
}
