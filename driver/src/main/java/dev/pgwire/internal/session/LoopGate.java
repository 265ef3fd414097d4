package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.UnconfirmedCancel;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.loop.Pace;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Gate;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a {@link LoopDriver} are sent through. It knows whose segment the server works on, which is what a cancel
 * request hits, and how many requests were made before a segment was sent. For the loop's thread.
 */
final class LoopGate implements Gate {
    /** With this number of segments at the server it does not run dry while a request waits. */
    private static final int ENOUGH = 8;

    private final Transport transport;
    private final CancelFence fence;
    private final Pace.Connection pace;
    /** The tasks of the segments that were sent and not answered. */
    private final ArrayDeque<LoopTask<?>> segments = new ArrayDeque<>();
    /** The task that does its move. */
    private @Nullable LoopTask<?> current;

    private long requests;
    /** How many segments were sent, or are to be with those behind them. */
    private long sent;
    /** How many of them had left when that was done last. */
    private long left;

    LoopGate(Transport transport, CancelFence fence, Pace.Connection pace) {
        this.transport = transport;
        this.fence = fence;
        this.pace = pace;
    }

    /** A task does its move. */
    void enter(LoopTask<?> task) {
        current = task;
    }

    /** It has done its move. */
    void leave() {
        current = null;
    }

    /** Whether the server works on a segment of this task. */
    boolean isServing(LoopTask<?> task) {
        return segments.peek() == task;
    }

    /** Whether nothing was sent behind the last segment of this task, which the server has not answered. */
    boolean isLast(LoopTask<?> task) {
        return segments.peekLast() == task;
    }

    /** Whether something was sent behind the last segment of this task that its caller still waits for. */
    boolean isWantedBehind(LoopTask<?> task) {
        boolean behind = false;
        for (LoopTask<?> each : segments) {
            if (behind && each != task && !each.isDone()) {
                return true;
            }
            behind |= each == task;
        }
        return false;
    }

    /** How many segments were sent. */
    long sent() {
        return sent;
    }

    /**
     * Whether the server has enough to do, so that what is to be sent can wait for what comes behind it: it works off one segment after
     * the other, and is told of many in one read then. With its next answers that is looked at again.
     */
    boolean mayWait() {
        long unsent = sent - left;
        long atServer = segments.size() - unsent;
        return atServer >= ENOUGH && atServer > unsent;
    }

    /** All has left. */
    void hasLeft() {
        left = sent;
    }

    /** Tells the loop how much the server has to do. */
    void tellPace() {
        pace.unanswered(transport.broken() == null ? segments.size() - (int) (sent - left) : 0);
    }

    /** Whether something may be sent behind what the server has not answered. */
    boolean mayFollow() {
        return !fence.isRaised() && !fence.isShut();
    }

    /** Whether something may be sent to a server that has answered all. Any thread may ask. */
    boolean mayBegin() {
        return !fence.isRaised();
    }

    /** A cancel request is made. */
    void requested() {
        requests++;
    }

    @Override
    public boolean tryPass() {
        LoopTask<?> task = current();
        if (isLast(task)) {
            // More of its segment may always be sent: the server waits for the rest of it.
            return true;
        }
        task.checkWanted();
        PgException broken = transport.broken();
        if (broken != null) {
            throw Loss.later(broken);
        }
        if (!mayPass()) {
            return false;
        }
        try {
            if (!fence.tryPass()) {
                return false;
            }
        } catch (ConnectionFailureException shut) {
            if (shut.getCause() instanceof UnconfirmedCancel) {
                transport.breakOff(shut);
            }
            throw shut;
        }
        task.sent(requests);
        segments.add(task);
        sent++;
        return true;
    }

    @Override
    public boolean mayPass() {
        LoopTask<?> task = current;
        return (task != null && isLast(task)) || (fence.isRunning() ? mayFollow() : mayBegin());
    }

    @Override
    public boolean isCancelled() {
        return fence.isCancelled();
    }

    @Override
    public QueryCanceledException cancelled() {
        return current().policy().cancelled();
    }

    @Override
    public void segmentEnded() {
        segments.poll();
        pace.ended();
    }

    @Override
    public boolean wasMeantForAnother(PgException failure) {
        LoopTask<?> task = current();
        return failure instanceof QueryCanceledException canceled
                && canceled.reason() != QueryCanceledException.Reason.STATEMENT_TIMEOUT
                && !task.wasAsked()
                && task.requestsWhenSent() != requests;
    }

    @Override
    public DatabaseException explain(DatabaseException failure) {
        LoopTask<?> task = segments.peek();
        return task == null ? failure : task.policy().explain(failure, fence.isCancelled());
    }

    private LoopTask<?> current() {
        LoopTask<?> task = current;
        if (task == null) {
            throw new IllegalStateException("no task does its move, expected one");
        }
        return task;
    }

    @Override
    public void wake() {
        fence.wakeDriver();
    }
}
