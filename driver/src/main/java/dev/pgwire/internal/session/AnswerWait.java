package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.net.CancelWatch;
import dev.pgwire.internal.net.Patience;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.UnconfirmedCancel;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The wait for the answer to what runs, which an interrupt or a deadline turns into a cancel request. The request is made
 * again and again until the wait ends: a server ignores one that overtakes the statement. What has not begun by then is not
 * sent at all. What ends a transaction or a savepoint is never cancelled: there the connection is given up when the grace is
 * over. Used by the thread that has entered the transport.
 */
final class AnswerWait implements Patience, CancelWatch {
    /** So long the end of a cancel request is waited for when the answer is there. */
    private static final long CONFIRMATION = 1_000_000_000L;

    /** Nanoseconds between one cancel request and the next, which doubles from the first to the longest. */
    private static final long FIRST_PAUSE = 100_000_000L;

    private static final long LONGEST_PAUSE = 10_000_000_000L;

    private static final String INTERRUPTED = "the thread that waits for it was interrupted";

    private static final BooleanSupplier NOTHING = new BooleanSupplier() {
        @Override
        public boolean getAsBoolean() {
            return true;
        }
    };

    private final Transport transport;
    private final CancelFence fence;
    private final Duration grace;
    private @Nullable Deadline deadline;
    /** The command that must not be cancelled; null where a statement runs, which may be. */
    private @Nullable String command;

    /** Whether the command is sent whatever has happened before. */
    private boolean unconditional;

    private BooleanSupplier goal = NOTHING;
    /** When the server has had its grace after an interrupt. */
    private long givenUp = NEVER;

    /** Whether an interrupt has asked for a cancel since the statement began. */
    private boolean wasInterrupted;

    private long answered = NEVER;
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
        command = null;
        unconditional = false;
        wasInterrupted = false;
        calm();
    }

    /** A command begins that is not cancelled, such as SAVEPOINT. */
    void beginUncancelled(String command, @Nullable Deadline deadline) {
        begin(deadline);
        this.command = command;
    }

    /** A transaction or a savepoint ends by a command, which is sent whatever the caller's interrupts and deadlines. */
    void beginEnding(String command, @Nullable Deadline deadline) {
        beginUncancelled(command, deadline);
        unconditional = true;
    }

    /**
     * Something is about to be sent. Waits for the cancel requests on their way, unless it is more of what runs.
     *
     * @throws QueryCanceledException if the thread is interrupted, or the deadline has passed: nothing is sent then
     * @throws ConnectionFailureException if nothing can ever be sent again
     */
    void pass() {
        if (fence.isRunning()) {
            return;
        }
        Deadline running = unconditional ? null : deadline;
        if (running != null && running.isUsedUp()) {
            throw late(running);
        }
        if (!unconditional && Thread.currentThread().isInterrupted()) {
            throw interruptedBefore();
        }
        try {
            if (!fence.tryPass()) {
                awaitFence(running);
            }
        } catch (ConnectionFailureException shut) {
            if (shut.getCause() instanceof UnconfirmedCancel) {
                transport.breakOff(shut);
            }
            throw shut;
        }
    }

    private void awaitFence(@Nullable Deadline running) {
        boolean restore = false;
        if (running != null) {
            running.resume(System.nanoTime());
        }
        try {
            do {
                try {
                    if (!fence.awaitLowered(running == null ? NEVER : running.at()) && running != null) {
                        throw late(running);
                    }
                } catch (InterruptedException interrupted) {
                    restore = true;
                    if (!unconditional) {
                        throw interruptedBefore();
                    }
                }
            } while (!fence.tryPass());
        } finally {
            if (running != null) {
                running.pause(System.nanoTime());
            }
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static QueryCanceledException late(Deadline running) {
        return new QueryCanceledException(
                QueryCanceledException.Reason.DEADLINE,
                "the statement was not sent because its deadline of " + running
                        + " had passed, expected its answer within that time");
    }

    private static QueryCanceledException interruptedBefore() {
        return new QueryCanceledException(
                QueryCanceledException.Reason.INTERRUPT,
                "the statement was not sent because the thread was interrupted, expected a thread that is not");
    }

    /** What runs was asked to be cancelled before all of it was sent; the server, which waits for the rest, ignores that. */
    QueryCanceledException cancelled() {
        Deadline running = deadline;
        return running != null && running.hasPassed()
                ? new QueryCanceledException(QueryCanceledException.Reason.DEADLINE, explanation(running))
                : new QueryCanceledException(
                        asked(),
                        "the statement was cancelled before all of its values were sent, expected that it goes on");
    }

    boolean isCancelled() {
        return fence.isCancelled();
    }

    /** Does I/O until a goal is reached. */
    void await(BooleanSupplier goal) {
        Deadline running = deadline;
        if (running != null) {
            long now = System.nanoTime();
            running.resume(now);
            if (running.hasPassed() && repeat == NEVER) {
                repeat = now;
            }
        }
        this.goal = goal;
        try {
            transport.await(goal, this);
        } finally {
            this.goal = NOTHING;
            if (running != null) {
                running.pause(System.nanoTime());
            }
            if (running == null || !running.hasPassed()) {
                calm();
            }
        }
    }

    /** Nothing is to be cancelled any more. */
    private void calm() {
        repeat = NEVER;
        pause = FIRST_PAUSE;
        givenUp = NEVER;
    }

    @Override
    public long until() {
        return sooner(repeat, end());
    }

    /** When something else than another cancel request is due. */
    private long end() {
        Deadline running = deadline;
        return running == null ? givenUp : sooner(givenUp, end(running));
    }

    /** When the deadline passes, or its grace is over. */
    private long end(Deadline running) {
        return command == null ? running.at() : running.at() + grace.toNanos();
    }

    private static long sooner(long one, long other) {
        return one == NEVER || (other != NEVER && other - one < 0) ? other : one;
    }

    private static boolean isOver(long time, long now) {
        return time != NEVER && time - now <= 0;
    }

    @Override
    public void interrupted() {
        if (givenUp == NEVER) {
            givenUp = System.nanoTime() + grace.toNanos();
        }
        if (command == null) {
            wasInterrupted = true;
            cancel(INTERRUPTED);
        }
    }

    @Override
    public void expired() {
        long now = System.nanoTime();
        Deadline running = deadline;
        if (isOver(givenUp, now)) {
            giveUp(INTERRUPTED);
        } else if (running == null || !isOver(end(running), now)) {
            cancel("it was to be cancelled");
        } else if (command != null || running.hasPassed()) {
            giveUp("its deadline of " + running + " had passed");
        } else {
            running.pass(now + grace.toNanos());
            cancel("its deadline of " + running + " had passed");
        }
    }

    private void giveUp(String reason) {
        String allowed = Deadline.of(grace) + " after " + reason;
        transport.breakOff(
                command == null
                        ? new ConnectionFailureException(
                                "the server has not ended the statement within " + allowed
                                        + " and it was asked to cancel it, expected an answer; the connection was given up",
                                null)
                        : new ConnectionFailureException(
                                SqlState.TRANSACTION_RESOLUTION_UNKNOWN,
                                "the outcome of " + command + " is unknown: the server has not answered it within "
                                        + allowed + ", expected an answer; the connection was given up",
                                null));
    }

    private void cancel(String reason) {
        if (transport.catchUp(goal)) {
            return;
        }
        if (!fence.canCancel()) {
            transport.breakOff(new ConnectionFailureException(
                    "the statement could not be cancelled when " + reason
                            + ", since the server gave no key for it (BackendKeyData), expected one; the connection was"
                            + " given up",
                    null));
            return;
        }
        answered = NEVER;
        try {
            fence.cancel(this);
        } catch (PgException failure) {
            if (transport.broken() == null) {
                Log.warn("a cancel request has failed", failure);
            }
        }
        repeat = System.nanoTime() + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    @Override
    public boolean wantsRequest() {
        transport.poll();
        return !goal.getAsBoolean() && !isTimeToGiveUp();
    }

    @Override
    public boolean awaitsEnd() {
        transport.poll();
        if (transport.broken() != null) {
            return false;
        }
        if (!goal.getAsBoolean()) {
            return !isTimeToGiveUp() || transport.catchUp(goal);
        }
        long now = System.nanoTime();
        if (answered == NEVER) {
            answered = now;
        }
        return now - answered < CONFIRMATION;
    }

    /** A deadline that passes while an interrupt's request is made is seen to when that is over. */
    private boolean isTimeToGiveUp() {
        Deadline running = deadline;
        long now = System.nanoTime();
        return isOver(givenUp, now) || (running != null && running.hasPassed() && isOver(running.at(), now));
    }

    /** What the caller of a failed statement is told: where it was cancelled because its deadline had passed, that. */
    DatabaseException explain(DatabaseException failure) {
        if (!(failure instanceof QueryCanceledException cancelled)
                || cancelled.reason() == QueryCanceledException.Reason.STATEMENT_TIMEOUT) {
            return failure;
        }
        Deadline running = deadline;
        if (running != null && running.hasPassed()) {
            return new QueryCanceledException(QueryCanceledException.Reason.DEADLINE, explanation(running), cancelled);
        }
        // The answer may come before the request that it answers has ended, which is when the fence knows of it.
        if (wasInterrupted || fence.isCancelled()) {
            ServerErrors.reason(cancelled, asked());
        }
        return failure;
    }

    /** Who has asked for the cancel that no deadline has asked for. */
    private QueryCanceledException.Reason asked() {
        return wasInterrupted ? QueryCanceledException.Reason.INTERRUPT : QueryCanceledException.Reason.CANCEL_REQUEST;
    }

    private static String explanation(Deadline running) {
        return "the statement was cancelled because its deadline of " + running
                + " had passed, expected its answer within that time";
    }
}
