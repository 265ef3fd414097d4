package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.answer.Ending;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.UnconfirmedCancel;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.request.Gate;
import dev.pgwire.internal.result.Results;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Runs the procedures of many callers on one connection that lives on a shared event loop, whose thread it never blocks. One
 * procedure writes at a time. Plain statements are sent one behind the other before they are answered; everything else is
 * alone on the connection while it lasts. Futures are completed in the order of the requests. While an answer has rows that
 * its reader does not ask for, nothing is read from the socket. All but {@link #submit} is for the loop's thread.
 */
final class LoopDriver implements Gate, LoopTurns.Happening {
    /** The most statements that are sent before they are answered. */
    private static final int MOST_AHEAD = 256;

    private final Transport transport;
    private final CancelFence fence;
    private final LoopCancels cancels;
    private final ArrayDeque<LoopTask<?>> waiting = new ArrayDeque<>();
    /** Those that have begun, in the order of their requests. */
    private final ArrayDeque<LoopTask<?>> begun = new ArrayDeque<>();
    /** The tasks of the segments that were sent and not answered, as far as they may share the connection. */
    private final ArrayDeque<LoopTask<?>> segments = new ArrayDeque<>();
    /** The readers of the open answer. */
    private final ArrayDeque<LoopTask<?>> readers = new ArrayDeque<>();

    private @Nullable LoopTurns turns;
    private @Nullable Dispatch dispatch;
    /** The answer whose statement has returned, and which is read on. */
    private @Nullable Results open;
    /** The task that is doing its move. */
    private @Nullable LoopTask<?> current;
    /** The task whose request is written and not sent: nothing else may write. */
    private @Nullable LoopTask<?> unsent;
    /** Whether what has begun is alone on the connection. */
    private boolean isExclusive;

    private boolean pumping;
    private boolean pumpsAgain;

    LoopDriver(Transport transport, CancelFence fence, LoopCancels cancels) {
        this.transport = transport;
        this.fence = fence;
        this.cancels = cancels;
    }

    /** Says what the procedures of this driver use, and where their connection lives. Called before anything is submitted. */
    void drive(LoopTurns turns, Dispatch dispatch) {
        this.turns = turns;
        this.dispatch = dispatch;
        cancels.drive(turns, this);
    }

    /** Queues a task. May be called by any thread. */
    void submit(LoopTask<?> task) {
        turns().execute(() -> {
            waiting.add(task);
            task.policy().resume(System.nanoTime());
            cancels.watch(task);
            pump();
        });
    }

    /** Queues a reader of the open answer, which does not wait behind other tasks. May be called by any thread. */
    void submitReader(LoopTask<?> reader) {
        turns().execute(() -> {
            readers.add(reader);
            pump();
        });
    }

    /** Drops what is left of an answer. */
    void discard(Results results) {
        results.discard();
        if (results == open && !results.isDone()) {
            readers.add(LoopTask.unwatched(this, new Ending(dispatch(), results)));
        }
        pump();
    }

    @Override
    public void happened() {
        pump();
    }

    /** Goes on with all that can go on. */
    void pump() {
        if (pumping) {
            pumpsAgain = true;
            return;
        }
        pumping = true;
        try {
            do {
                pumpsAgain = false;
                advanceReaders();
                advanceBegun();
                startWaiting();
            } while (pumpsAgain);
        } finally {
            pumping = false;
        }
        if (transport.broken() == null) {
            turns().reads(isReadWanted());
        }
    }

    private void advanceReaders() {
        LoopTask<?> reader = readers.peek();
        while (reader != null && advance(reader)) {
            readers.remove();
            reader.finish();
            reader = readers.peek();
        }
    }

    private void advanceBegun() {
        LoopTask<?> blocked = unsent;
        if (blocked != null && !advance(blocked) && unsent != null) {
            return;
        }
        LoopTask<?> head = begun.peek();
        while (head != null && advance(head)) {
            begun.remove();
            finish(head);
            head = begun.peek();
        }
        if (head == null) {
            isExclusive = false;
            return;
        }
        cancels.isNext(head);
        LoopTask<?> last = begun.peekLast();
        if (last != null && last != head && unsent == null && last.procedure().isWriting()) {
            advance(last);
            seesWhetherItShares(last);
        }
    }

    private void startWaiting() {
        PgException broken = transport.broken();
        LoopTask<?> next = waiting.peek();
        while (next != null && (broken != null || mayStart(next))) {
            waiting.remove();
            if (broken != null) {
                next.fail(Loss.later(broken));
            } else if (!next.isDone()) {
                begun.add(next);
                isExclusive = !next.mayShare();
                advance(next);
                seesWhetherItShares(next);
                pumpsAgain = true;
            }
            next = waiting.peek();
        }
    }

    private boolean mayStart(LoopTask<?> next) {
        Results answer = open;
        if (answer != null && !answer.isDone()) {
            return false;
        }
        LoopTask<?> last = begun.peekLast();
        return last == null
                ? mayPass()
                : !isExclusive
                        && next.mayShare()
                        && begun.size() < MOST_AHEAD
                        && !last.procedure().isWriting()
                        && mayPass()
                        && transport.hasRoom();
    }

    /** A statement that may begin or end a transaction, or change what others mean, turns out to be so when it is sent. */
    private void seesWhetherItShares(LoopTask<?> task) {
        if (!task.procedure().isWriting() && task.isSent() && dispatch().flight() != Flight.STATEMENT) {
            isExclusive = true;
        }
    }

    /** Returns whether the task is over. */
    private boolean advance(LoopTask<?> task) {
        LoopTask<?> outer = current;
        current = task;
        boolean over;
        try {
            over = task.procedure().advance();
        } finally {
            current = outer;
        }
        if (!over && !task.procedure().isSent()) {
            unsent = task;
        } else if (unsent == task) {
            unsent = null;
        }
        if (!over && task.procedure().getAsBoolean()) {
            // It need not wait; what the server says is read first all the same.
            turns().execute(this::pump);
        }
        return over;
    }

    private void finish(LoopTask<?> task) {
        Object result = task.finish();
        if (result instanceof Results results && !results.isDone()) {
            open = results;
            if (task.isCancelled()) {
                discard(results);
            }
        }
    }

    /** Whether more of an answer is wanted than is at hand. */
    private boolean isReadWanted() {
        Results answer = open;
        return answer == null
                || answer.isDone()
                || answer.isDiscarded()
                || !readers.isEmpty()
                || answer.unreadRowBytes() + transport.undeliveredBytes()
                        < dispatch().streamFrom();
    }

    /** The callers of a task have lost interest. */
    void interrupt(LoopTask<?> task) {
        turns().execute(() -> {
            if (waiting.remove(task)) {
                task.fail(new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the statement was not sent because it was cancelled"));
            } else if (!task.isOver()) {
                cancels.interrupted(task);
            }
        });
    }

    /** The deadline of a task has passed; returns whether it was not begun, and has failed. */
    boolean dropsUnbegun(LoopTask<?> task, QueryCanceledException why) {
        boolean dropped = waiting.remove(task);
        if (dropped) {
            task.fail(why);
        }
        return dropped;
    }

    /** Whether the server works on the answer to this task, or will next. */
    boolean isNext(LoopTask<?> task) {
        return begun.peek() == task;
    }

    /** Gives the connection up: all tasks fail. */
    void breakOff(PgException why) {
        turns().breakOff(why);
        pump();
    }

    @Override
    public boolean tryPass() {
        LoopTask<?> task = current;
        if (task == null) {
            throw new IllegalStateException("nothing is sent outside a task");
        }
        if (isInItsSegment(task)) {
            return true;
        }
        task.checkWanted();
        if (fence.isRaised()) {
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
        task.sent(cancels.requests());
        if (task.mayShare()) {
            segments.add(task);
        }
        return true;
    }

    /** More of a segment may always be sent: the server waits for the rest of it, and it is alone. */
    private boolean isInItsSegment(LoopTask<?> task) {
        return !task.mayShare() && fence.isRunning();
    }

    @Override
    public boolean mayPass() {
        LoopTask<?> task = current;
        return !fence.isRaised() || (task != null && isInItsSegment(task));
    }

    @Override
    public boolean isCancelled() {
        return fence.isCancelled();
    }

    @Override
    public QueryCanceledException cancelled() {
        LoopTask<?> task = current;
        if (task == null) {
            throw new IllegalStateException("nothing is cancelled outside a task");
        }
        return task.policy().cancelled();
    }

    @Override
    public void segmentEnded() {
        segments.poll();
    }

    @Override
    public boolean wasMeantForAnother(PgException failure) {
        LoopTask<?> task = current;
        return task != null
                && failure instanceof QueryCanceledException canceled
                && canceled.reason() != QueryCanceledException.Reason.STATEMENT_TIMEOUT
                && !task.wasAsked()
                && task.requestsWhenSent() != cancels.requests();
    }

    @Override
    public DatabaseException explain(DatabaseException failure) {
        LoopTask<?> task = segments.isEmpty() ? begun.peek() : segments.peek();
        return task == null ? failure : task.policy().explain(failure, fence.isCancelled());
    }

    private LoopTurns turns() {
        LoopTurns driven = turns;
        if (driven == null) {
            throw new IllegalStateException("there is no connection to drive yet");
        }
        return driven;
    }

    private Dispatch dispatch() {
        Dispatch used = dispatch;
        if (used == null) {
            throw new IllegalStateException("there is no connection to drive yet");
        }
        return used;
    }
}
