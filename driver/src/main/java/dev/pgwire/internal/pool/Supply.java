package dev.pgwire.internal.pool;

import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the next connections are made. As long as all goes well, several are made side by side. Once a connection was lost or
 * could not be made, one is tried at a time, and after a failure at most two a second, so that an outage is no storm: less and less
 * often while no borrower waits. The lock of the {@link Shelf} guards it.
 */
final class Supply {
    /** More at a time would make a server fork more processes than it has processors. */
    private static final int MOST_AT_ONCE = 4;
    /** A little more than half a second from one try to the next, whatever the clocks round. */
    private static final long SHORTEST_PAUSE = 550_000_000L;

    private static final long JITTER = 300_000_000L;
    private static final long LONGEST_PAUSE = 30_000_000_000L;

    private int connecting;
    private boolean suspicious;
    private int failures;
    /** When the next is tried for a borrower that waits. */
    private long soonest;
    /** When the next is tried otherwise. */
    private long latest;

    private @Nullable Throwable lastFailure;

    /** How many are being made. */
    int connecting() {
        return connecting;
    }

    /** Why the last one could not be made; null if it could be. */
    @Nullable
    Throwable lastFailure() {
        return lastFailure;
    }

    /** A connection was lost: the server may be gone. */
    void suspect() {
        suspicious = true;
    }

    /**
     * Orders connections.
     *
     * @param missing how many there are too few
     * @param waiting whether borrowers wait for them
     * @return how many are to be made now
     */
    int order(int missing, boolean waiting, long now) {
        int most = suspicious ? 1 : MOST_AT_ONCE;
        int ordered = Math.min(missing, most) - connecting;
        if (ordered <= 0 || pause(waiting, now) > 0) {
            return 0;
        }
        connecting += ordered;
        return ordered;
    }

    /** How long it is to the next try, if one is wanted. */
    long pause(boolean waiting, long now) {
        return failures == 0 ? 0 : Math.max(0, (waiting ? soonest : latest) - now);
    }

    /** One was made that was ordered. */
    void made() {
        connecting--;
        succeeded();
    }

    /** A connection was made. */
    void succeeded() {
        suspicious = false;
        failures = 0;
        lastFailure = null;
    }

    /** One could not be made that was ordered. */
    void unmade(Throwable failure, long now) {
        connecting--;
        failed(failure, now);
    }

    /** A connection could not be made. */
    void failed(Throwable failure, long now) {
        suspicious = true;
        lastFailure = failure;
        failures++;
        long pause = Math.min(SHORTEST_PAUSE << Math.min(failures - 1, 10), LONGEST_PAUSE);
        soonest = now + SHORTEST_PAUSE + ThreadLocalRandom.current().nextLong(JITTER);
        latest = Math.max(soonest, now + pause + ThreadLocalRandom.current().nextLong(pause / 4));
    }
}
