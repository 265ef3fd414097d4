package dev.pgwire.internal.cancel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a statement may be waited for. Its time passes while a call waits for the server, not while rows that are there
 * are looked at.
 */
public final class Deadline {
    /** Longer than any wait, and little enough for sums of it. */
    private static final Duration MOST = Duration.ofDays(365L * 70);

    private final Duration allowed;
    private long left;
    private long resumed;
    private boolean passed;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.left = allowed.toNanos();
    }

    /** A deadline of which nothing has passed; null where there is none. */
    public static @Nullable Deadline of(@Nullable Duration allowed) {
        if (allowed == null || allowed.isZero()) {
            return null;
        }
        return new Deadline(allowed.compareTo(MOST) > 0 ? MOST : allowed);
    }

    /** A wait begins. */
    void resume(long now) {
        resumed = now;
    }

    /** The wait has ended. */
    void pause(long now) {
        left -= now - resumed;
    }

    /** When it passes, or its grace is over if it has, if the wait goes on for so long. */
    long at() {
        return resumed + left;
    }

    /**
     * Takes note, during a wait, that it has passed. What comes next is the end of the grace, which begins when the server is
     * asked to cancel: that may be later than it was due.
     */
    void pass(long graceEnds) {
        passed = true;
        left = graceEnds - resumed;
    }

    /** Whether it has passed, and the statement is to be cancelled. */
    boolean hasPassed() {
        return passed;
    }

    /** Whether none of its time is left; asked between two waits. */
    boolean isUsedUp() {
        return passed || left <= 0;
    }

    /** As people write it: {@code 1.5 s}. */
    @Override
    public String toString() {
        long millis = allowed.toMillis();
        return millis % 1000 == 0 && millis > 0
                ? millis / 1000 + " s"
                : millis > 0 ? millis + " ms" : allowed.toNanos() + " ns";
    }
}
