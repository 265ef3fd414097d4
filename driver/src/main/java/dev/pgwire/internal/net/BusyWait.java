package dev.pgwire.internal.net;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/**
 * Decides for each wait of a connection how long its thread looks at the socket, awake, before it asks the selector to sleep. It
 * hears the time and how each look ended, and reads neither clock nor socket. One thread uses it at a time. A connection without
 * {@code busy_wait} has none.
 *
 * <table>
 * <caption>Which waits look</caption>
 * <tr><th>what is so<th>what the wait does<th>why
 * <tr><td>none of what follows<td>looks for {@code busy_wait}<td>a thread that sleeps is woken late
 * <tr><td>the JVM has one processor; asked once a second<td>sleeps<td>looking may keep the server from its work
 * <tr><td>the thread is virtual<td>sleeps<td>looking keeps the carrier from other threads
 * <tr><td>{@value #FORGIVEN} looks in a row found nothing<td>sleeps; the next look is after 1 wait, then 2, 4, up to {@value
 *     #MOST_SKIPPED}, until a look finds an answer<td>answers take longer now, and may be quick again
 * <tr><td>looks in vain have used up a quarter of the time since the first wait, and {@value #MOST_CREDIT} looks more
 *     <td>sleeps<td>bounds the cost where quick and slow answers alternate
 * </table>
 *
 * <p>Times are values of {@link System#nanoTime}.
 */
final class BusyWait {
    /** As some quick answers are late by chance. */
    static final int FORGIVEN = 3;

    static final int MOST_SKIPPED = 1024;

    /** One part in this number of the time may go into looks in vain. */
    static final int SHARE = 4;

    /** A connection that was idle has this number of looks in vain to its credit, and no more. */
    static final int MOST_CREDIT = 8;

    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_MISSES = FORGIVEN + Integer.numberOfTrailingZeros(MOST_SKIPPED);

    private final long limit;
    private final IntSupplier processors;
    private final BooleanSupplier isVirtual;

    private long until;
    private long credit;
    private long earnedAt;
    private int misses;
    private int skips;
    private boolean isAlone;
    private boolean hasAsked;
    private long askedAt;

    /**
     * Looks of at most a time.
     *
     * @param limit in nanoseconds, more than 0
     * @param processors the number of processors that the JVM has
     * @param isVirtual whether the current thread is virtual
     */
    BusyWait(long limit, IntSupplier processors, BooleanSupplier isVirtual) {
        this.limit = limit;
        this.processors = processors;
        this.isVirtual = isVirtual;
        credit = MOST_CREDIT * limit;
    }

    /** Looks of at most a time, more than zero, on the threads of this JVM. */
    static BusyWait of(Duration limit) {
        return new BusyWait(limit.toNanos(), Runtime.getRuntime()::availableProcessors, VirtualThreads::isCurrent);
    }

    /**
     * Begins a wait.
     *
     * @return until when to look, which {@link #found} or {@link #gaveUp} ends; {@code now} for not at all, which nothing ends
     */
    long begin(long now) {
        earn(now);
        if (skips > 0) {
            skips--;
            return now;
        }
        if (credit < limit || isAlone(now) || isVirtual.getAsBoolean()) {
            return now;
        }
        until = now + limit;
        return until;
    }

    /** Ends a look that has found something to read. After its time, it was of no use: the thread was away. */
    void found(long now) {
        if (now - until > 0) {
            gaveUp(now);
        } else {
            misses = 0;
        }
    }

    /** Ends a look that has found nothing. Before its time, as for an interrupt, that says nothing of the answers. */
    void gaveUp(long now) {
        long left = Math.max(0, until - now);
        credit -= limit - left;
        if (left == 0) {
            misses = Math.min(misses + 1, MOST_MISSES);
            skips = misses < FORGIVEN ? 0 : 1 << (misses - FORGIVEN);
        }
    }

    private void earn(long now) {
        long earned = Math.max(0, now - earnedAt) / SHARE;
        credit = Math.min(credit + earned, MOST_CREDIT * limit);
        earnedAt = now;
    }

    /** A container may be given more processors, or fewer, while it runs. */
    private boolean isAlone(long now) {
        if (!hasAsked || now - askedAt >= SECOND) {
            hasAsked = true;
            askedAt = now;
            isAlone = processors.getAsInt() < 2;
        }
        return isAlone;
    }
}
