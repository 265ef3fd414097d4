package dev.pgwire.internal.pool;

// HOT: once for each borrower

import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    /** What a look at a connection has shown. */
    enum Finding {
        /** It is good. */
        GOOD,
        /** It is good as far as its socket tells, which is not enough after so long. */
        UNSURE,
        /** It was closed or lost. */
        LOST
    }

    /** Looks at a connection; never waits. */
    Finding look(Slot<?> slot, long now) {
        long age = now - slot.idleSince();
        boolean due = slot.held().isDue(now);
        if (age < TRUSTED && validateNanos > 0 && !due) {
            return Finding.GOOD;
        }
        if (slot.held().isClosed()) {
            return Finding.LOST;
        }
        return age < validateNanos && !due ? Finding.GOOD : Finding.UNSURE;
    }

    /**
     * Asks the server of a connection.
     *
     * @param until how long the borrower waits
     * @return whether it is good; done already if the connection is of the blocking face
     */
    CompletableFuture<Boolean> ask(Slot<?> slot, long now, long until) {
        Duration left = Duration.ofNanos(Math.max(1, until - now));
        return slot.held().check(left.compareTo(LIMIT) < 0 ? left : LIMIT).handle((answer, failure) -> {
            if (failure == null) {
                questions.increment();
            }
            return failure == null;
        });
    }
}
