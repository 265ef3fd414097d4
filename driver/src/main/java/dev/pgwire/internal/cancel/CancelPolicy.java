package dev.pgwire.internal.cancel;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.error.ServerErrors;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.net.Wait;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides when what runs is cancelled, and when the connection is given up: an interrupt or a deadline is answered by a
 * cancel request, which is made again and again until the wait ends, since a server ignores one that overtakes the statement.
 * What has not begun by then is not sent at all. What ends a transaction or a savepoint is never cancelled: there the
 * connection is given up when the grace is over.
 *
 * <p>It only decides: the times are given to it, and what it says is done by a driver of procedures.
 */
public final class CancelPolicy {
    /** What is to be done. */
    public enum Action {
        NOTHING,
        /** The server is asked to cancel what runs; {@link #requested} is told. */
        CANCEL,
        /** The connection is broken off with {@link #givenUp}. */
        GIVE_UP
    }

    /** Nanoseconds between one cancel request and the next, which doubles from the first to the longest. */
    private static final long FIRST_PAUSE = 100_000_000L;

    private static final long LONGEST_PAUSE = 10_000_000_000L;

    private static final String INTERRUPTED = "the thread that waits for it was interrupted";

    private final Duration grace;
    private @Nullable Deadline deadline;
    /** The command that must not be cancelled; null where a statement runs, which may be. */
    private @Nullable String command;

    /** Whether the command is sent whatever has happened before. */
    private boolean unconditional;

    /** Whether the connection is given up as soon as the deadline has passed. */
    private boolean impatient;

    /** When the server has had its grace after an interrupt. */
    private long graceEnds = Wait.NEVER;

    /** Whether an interrupt has asked for a cancel since the statement began. */
    private boolean wasInterrupted;

    private long repeat = Wait.NEVER;
    private long pause = FIRST_PAUSE;
    /** What the last decision was made for. */
    private String reason = INTERRUPTED;

    /**
     * A policy.
     *
     * @param grace how long the server has to end what it was asked to cancel
     */
    public CancelPolicy(Duration grace) {
        this.grace = grace;
    }

    /** A statement begins; all waits up to the next one are for its answer. */
    public void begin(@Nullable Deadline deadline) {
        this.deadline = deadline;
        command = null;
        unconditional = false;
        impatient = false;
        wasInterrupted = false;
        calm();
    }

    /** A command begins that is not cancelled, such as SAVEPOINT. */
    public void beginUncancelled(String command, @Nullable Deadline deadline) {
        begin(deadline);
        this.command = command;
    }

    /** A transaction or a savepoint ends by a command, which is sent whatever the caller's interrupts and deadlines. */
    public void beginEnding(String command, @Nullable Deadline deadline) {
        beginUncancelled(command, deadline);
        unconditional = true;
    }

    /**
     * The server is asked whether it is there. It is not asked to cancel that, and has no grace: when the deadline has passed, the
     * connection is given up.
     */
    public void beginCheck(Deadline deadline) {
        beginEnding("the question whether the connection is good", deadline);
        impatient = true;
    }

    /**
     * Something new is about to be sent.
     *
     * @param interrupted whether the caller was interrupted
     * @throws QueryCanceledException if it is not to be sent any more
     */
    public void checkWanted(boolean interrupted) {
        if (unconditional) {
            return;
        }
        Deadline running = deadline;
        if (running != null && running.isUsedUp()) {
            throw new QueryCanceledException(
                    QueryCanceledException.Reason.DEADLINE,
                    "the statement was not sent because its deadline of " + running
                            + " had passed, expected its answer within that time");
        }
        if (interrupted) {
            throw new QueryCanceledException(
                    QueryCanceledException.Reason.INTERRUPT,
                    "the statement was not sent because the thread was interrupted, expected a thread that is not");
        }
    }

    // HOT: two calls for each round trip

    /** The failure of a statement whose caller does not wait for what becomes of it when its deadline has passed. */
    public QueryCanceledException late() {
        return new QueryCanceledException(
                QueryCanceledException.Reason.DEADLINE,
                "the deadline of " + deadline
                        + " has passed before the statement was answered, so that it is not known whether it was"
                        + " done; expected its answer within that time");
    }

    /** Whether there is a deadline, for which the times of waits are of interest. */
    public boolean isTimed() {
        return deadline != null;
    }

    /** A wait begins. */
    public void resume(long now) {
        Deadline running = deadline;
        if (running != null) {
            running.resume(now);
            if (running.hasPassed() && repeat == Wait.NEVER) {
                repeat = now;
            }
        }
    }

    /** The wait has ended. */
    public void pause(long now) {
        Deadline running = deadline;
        if (running != null) {
            running.pause(now);
        }
        if (running == null || !running.hasPassed()) {
            calm();
        }
    }

    /** Nothing is to be cancelled any more. */
    private void calm() {
        repeat = Wait.NEVER;
        pause = FIRST_PAUSE;
        graceEnds = Wait.NEVER;
    }

    /**
     * When the wait for an answer is to be {@link #expired}.
     *
     * @return a time, or {@link Wait#NEVER}
     */
    public long until() {
        Deadline running = deadline;
        long end = running == null ? graceEnds : sooner(graceEnds, end(running));
        return sooner(repeat, end);
    }

    /** Whether what is to be sent is sent whatever has happened. */
    public boolean isUnconditional() {
        return unconditional;
    }

    /** When what has not been sent is not to be sent any more. */
    public long untilUnwanted() {
        Deadline running = deadline;
        return unconditional || running == null ? Wait.NEVER : running.at();
    }

    /** When the deadline passes, or its grace is over. */
    private long end(Deadline running) {
        return command == null || impatient ? running.at() : running.at() + grace.toNanos();
    }

    private static long sooner(long one, long other) {
        return one == Wait.NEVER || (other != Wait.NEVER && other - one < 0) ? other : one;
    }

    private static boolean isOver(long time, long now) {
        return time != Wait.NEVER && time - now <= 0;
    }

    /** The caller was interrupted while it waits for an answer. */
    public Action interrupted(long now) {
        if (graceEnds == Wait.NEVER) {
            graceEnds = now + grace.toNanos();
        }
        if (command != null) {
            return Action.NOTHING;
        }
        wasInterrupted = true;
        reason = INTERRUPTED;
        return Action.CANCEL;
    }

    /** The time has come that {@link #until} told. */
    public Action expired(long now) {
        Deadline running = deadline;
        if (isOver(graceEnds, now)) {
            reason = INTERRUPTED;
            return Action.GIVE_UP;
        }
        if (running == null || !isOver(end(running), now)) {
            if (!isOver(repeat, now)) {
                return Action.NOTHING;
            }
            reason = "it was to be cancelled";
            return Action.CANCEL;
        }
        reason = "its deadline of " + running + " had passed";
        if (command != null || running.hasPassed()) {
            return Action.GIVE_UP;
        }
        running.pass(now + grace.toNanos());
        return Action.CANCEL;
    }

    /** A cancel request was made, well or not. */
    public void requested(long now) {
        repeat = now + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /** Whether the grace has ended. A deadline that passes while an interrupt's request is made comes up after that. */
    public boolean isTimeToGiveUp(long now) {
        Deadline running = deadline;
        return isOver(graceEnds, now) || (running != null && running.hasPassed() && isOver(running.at(), now));
    }

    /** The failure of a connection that is given up. */
    public ConnectionFailureException givenUp() {
        if (impatient) {
            return new ConnectionFailureException(
                    "the server has not answered within " + deadline
                            + " whether the connection is still good; it was given up",
                    null);
        }
        String allowed = Deadline.of(grace) + " after " + reason;
        return command == null
                ? new ConnectionFailureException(
                        "the server has not ended the statement within " + allowed
                                + " and it was asked to cancel it, expected an answer; the connection was given up",
                        null)
                : new ConnectionFailureException(
                        SqlState.TRANSACTION_RESOLUTION_UNKNOWN,
                        "the outcome of " + command + " is unknown: the server has not answered it within " + allowed
                                + ", expected an answer; the connection was given up",
                        null);
    }

    /** The failure of a connection whose server cannot be asked to cancel. */
    public ConnectionFailureException cannotCancel() {
        return new ConnectionFailureException(
                "the statement could not be cancelled when " + reason
                        + ", since the server gave no key for it (BackendKeyData), expected one; the connection was"
                        + " given up",
                null);
    }

    /** The failure of what was cancelled before all of it was sent. */
    public QueryCanceledException cancelled() {
        Deadline running = deadline;
        return running != null && running.hasPassed()
                ? new QueryCanceledException(QueryCanceledException.Reason.DEADLINE, explanation(running))
                : new QueryCanceledException(
                        asked(),
                        "the statement was cancelled before all of its values were sent, expected that it goes on");
    }

    /**
     * What the caller of a failed statement is told: where it was cancelled because its deadline had passed, that.
     *
     * @param cancelled whether a cancel request for it has arrived, of this thread or of another
     */
    public DatabaseException explain(DatabaseException failure, boolean cancelled) {
        if (!(failure instanceof QueryCanceledException canceled)
                || canceled.reason() == QueryCanceledException.Reason.STATEMENT_TIMEOUT) {
            return failure;
        }
        Deadline running = deadline;
        if (running != null && running.hasPassed()) {
            return new QueryCanceledException(QueryCanceledException.Reason.DEADLINE, explanation(running), canceled);
        }
        // The answer may come before the request that it answers has ended, which is when the fence knows of it.
        if (wasInterrupted || cancelled) {
            ServerErrors.reason(canceled, asked());
        }
        return failure;
    }

    /**
     * What the caller of a failed statement is told when the server is ready again: the deadline may have passed behind the error.
     */
    public Throwable explainAtEnd(Throwable failure) {
        Deadline running = deadline;
        return running != null
                        && running.hasPassed()
                        && failure instanceof QueryCanceledException canceled
                        && canceled.reason() == QueryCanceledException.Reason.CANCEL_REQUEST
                ? explain(canceled, false)
                : failure;
    }

    /** The reason of a cancel that no deadline has asked for. */
    private QueryCanceledException.Reason asked() {
        return wasInterrupted ? QueryCanceledException.Reason.INTERRUPT : QueryCanceledException.Reason.CANCEL_REQUEST;
    }

    private static String explanation(Deadline running) {
        return "the statement was cancelled because its deadline of " + running
                + " had passed, expected its answer within that time";
    }
}
