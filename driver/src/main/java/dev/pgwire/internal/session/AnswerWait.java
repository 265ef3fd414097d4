package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.net.Patience;
import dev.pgwire.internal.net.Transport;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The wait for the answer to what runs, which an interrupt or a deadline turns into a cancel request. The request is made
 * again and again until the wait ends: a server ignores one that overtakes the statement. Used by the thread that has
 * entered the transport.
 */
final class AnswerWait implements Patience {
    /** So long the server may take to answer when it was asked to cancel; then it is taken for dead. */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** Nanoseconds between one cancel request and the next, which doubles from the first to the longest. */
    private static final long FIRST_PAUSE = 100_000_000L;

    private static final long LONGEST_PAUSE = 10_000_000_000L;

    private final Transport transport;
    private final CancelFence fence;
    private final Duration grace;
    private @Nullable Deadline deadline;
    private long repeat = NEVER;
    private long pause = FIRST_PAUSE;

    /** A wait that cancels through a fence. */
    AnswerWait(Transport transport, CancelFence fence, Duration grace) {
        this.transport = transport;
        this.fence = fence;
        this.grace = grace;
    }

    /** A statement begins; all waits up to the next one are for its answer. */
    void begin(@Nullable Deadline deadline) {
        this.deadline = deadline;
    }

    /** Does I/O until a goal is reached. */
    void await(BooleanSupplier goal) {
        Deadline running = deadline;
        if (running != null) {
            running.resume(System.nanoTime());
        }
        try {
            transport.await(goal, this);
        } finally {
            repeat = NEVER;
            pause = FIRST_PAUSE;
            if (running != null) {
                running.pause(System.nanoTime());
            }
        }
    }

    @Override
    public long until() {
        Deadline running = deadline;
        if (running == null) {
            return repeat;
        }
        long end = end(running);
        return repeat == NEVER || end - repeat < 0 ? end : repeat;
    }

    /** When the deadline passes; after that, when the server has had its grace. */
    private long end(Deadline running) {
        return running.hasPassed() ? running.at() + grace.toNanos() : running.at();
    }

    @Override
    public void interrupted() {
        cancel();
    }

    @Override
    public void expired() {
        Deadline running = deadline;
        if (running == null || end(running) - System.nanoTime() > 0) {
            cancel();
        } else if (!running.hasPassed()) {
            running.pass();
            cancel();
        } else {
            transport.breakOff(new ConnectionFailureException(
                    "the server has not ended the statement within " + Deadline.of(grace) + " after its deadline of "
                            + running + " had passed and it was asked to cancel it, expected an answer; the"
                            + " connection was given up",
                    null));
        }
    }

    private void cancel() {
        try {
            fence.cancel();
        } catch (PgException failure) {
            Log.warn("the cancel request could not be sent", failure);
        }
        repeat = System.nanoTime() + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /** What the caller of a failed statement is told: where it was cancelled because its deadline had passed, that. */
    DatabaseException explain(DatabaseException failure) {
        Deadline running = deadline;
        if (running == null || !running.hasPassed() || !failure.sqlState().equals(SqlState.QUERY_CANCELED)) {
            return failure;
        }
        return new QueryCanceledException(
                SqlState.QUERY_CANCELED,
                "the statement was cancelled because its deadline of " + running
                        + " had passed, expected its answer within that time",
                failure);
    }
}
