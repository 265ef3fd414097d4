package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.answer.OpenedAnswer;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.request.Dispatch;
import dev.pgwire.internal.request.Flight;
import dev.pgwire.internal.result.Results;
import dev.pgwire.protocol.TransactionStatus;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs the procedures of many callers on one connection that lives on a shared event loop, whose thread it never blocks. One
 * procedure writes at a time. Plain statements are sent one behind the other before they are answered; everything else is
 * alone on the connection while it lasts. Futures are completed in the order of the requests; a statement that is run once
 * more is a new request. While an answer has rows that its reader does not ask for, nothing is read from the socket, unless a
 * task waits behind it. All but {@link #submit}, {@link #submitReader} and {@link #interrupt} is for the loop's thread.
 */
final class LoopDriver implements LoopTurns.Happening {
    /** The most statements that are sent before they are answered. */
    private static final int MOST_AHEAD = 256;

    private final Transport transport;
    private final LoopGate gate;
    private final LoopCancels cancels;
    private final Dispatch dispatch;
    private final LoopLoad load;
    private final boolean tellsCallers;
    private final LoopReaders readers;
    private final DateStyleWatch dateStyle;
    /** Those that any thread has asked for, and the loop has not seen yet. */
    private final ConcurrentLinkedQueue<LoopTask<?>> submitted = new ConcurrentLinkedQueue<>();
    /** Whether the loop was told to look at them. */
    private final AtomicBoolean isTold = new AtomicBoolean();

    private final ArrayDeque<LoopTask<?>> waiting = new ArrayDeque<>();
    /** Those that have begun, in the order of their requests. */
    private final ArrayDeque<LoopTask<?>> begun = new ArrayDeque<>();
    /** Null until the connection has moved to its loop, which may tell of progress before. */
    private volatile @Nullable LoopTurns turns;

    /** The task whose request is written and not sent: nothing else may write. */
    private @Nullable LoopTask<?> unsent;
    /** Whether what has begun is alone on the connection. */
    private boolean isExclusive;

    private boolean pumping;
    private boolean pumpsAgain;

    LoopDriver(
            Transport transport,
            LoopGate gate,
            LoopCancels cancels,
            Dispatch dispatch,
            DateStyleWatch dateStyle,
            boolean tellsCallers) {
        this.transport = transport;
        this.gate = gate;
        this.load = new LoopLoad(gate);
        this.cancels = cancels;
        this.dispatch = dispatch;
        this.readers = new LoopReaders(this, transport, dispatch, cancels);
        this.dateStyle = dateStyle;
        this.tellsCallers = tellsCallers;
    }

    /** Says where the connection lives. Called before anything is submitted. */
    void drive(LoopTurns moved) {
        cancels.drive(moved, this);
        transport.gathers();
        turns = moved;
    }

    /** Whether the failure of a task tells where it was asked for. */
    boolean tellsCallers() {
        return tellsCallers;
    }

    LoopLoad load() {
        return load;
    }

    LoopReaders readers() {
        return readers;
    }

    // HOT: once for each statement

    /** Queues a task. May be called by any thread. */
    void submit(LoopTask<?> task) {
        submitted.add(task);
        LoopTurns driven = turns();
        if (driven.isHere() && pumping) {
            pumpsAgain = true;
        } else if (isTold.compareAndSet(false, true) && !driven.execute(this::lookAtSubmitted)) {
            isTold.set(false);
            refuseSubmitted();
        }
    }

    private void lookAtSubmitted() {
        isTold.set(false);
        pump();
    }

    private void takeSubmitted() {
        for (LoopTask<?> task = submitted.poll(); task != null; task = submitted.poll()) {
            waiting.add(task);
            if (task.policy().isTimed() && !task.policy().isUnconditional()) {
                keepTime(task);
            }
        }
    }

    /** The deadline of a task passes from now on. */
    private void keepTime(LoopTask<?> task) {
        task.policy().resume(System.nanoTime());
        cancels.watch(task);
    }

    private void refuseSubmitted() {
        for (LoopTask<?> task = submitted.poll(); task != null; task = submitted.poll()) {
            task.fail(ended());
        }
    }

    /** Queues a reader of the open answer, which does not wait behind other tasks. May be called by any thread. */
    void submitReader(LoopTask<?> reader) {
        run(reader, () -> {
            readers.add(reader);
            pump();
        });
    }

    private void run(LoopTask<?> task, Runnable what) {
        if (!turns().execute(what)) {
            task.fail(ended());
        }
    }

    private static ConnectionFailureException ended() {
        return new ConnectionFailureException(
                "the event loop of the connection has ended, expected one that runs", null);
    }

    /** The future of a task was cancelled. May be called by any thread. */
    void interrupt(LoopTask<?> task) {
        turns().execute(() -> {
            takeSubmitted();
            if (!task.hasBegun() && task.policy().isUnconditional()) {
                // What ends a transaction is sent all the same.
                return;
            }
            if (waiting.remove(task) || (unsent != task && readers.remove(task))) {
                task.fail(new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the statement was not sent because it was cancelled"));
                pump();
            } else if (!task.isOver()) {
                cancels.interrupted(task);
            }
        });
    }

    @Override
    public void happened() {
        if (turns != null) {
            pump();
        }
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
                takeSubmitted();
                readers.advance();
                if (!begun.isEmpty()) {
                    // It was sent already.
                    readers.dropTooMany("a statement had to be sent once more");
                }
                advanceBegun();
                startWaiting();
                if (!pumpsAgain && transport.broken() == null && !gate.mayWait()) {
                    // A socket that is full, or is so no more, says so meanwhile.
                    gate.hasLeft();
                    transport.sendGathered();
                }
            } while (pumpsAgain);
        } finally {
            pumping = false;
        }
        if (transport.broken() == null) {
            turns().reads(readers.areWanting(!begun.isEmpty() || !waiting.isEmpty()));
        }
        gate.tellPace();
    }

    /** Whether there is nothing to do. */
    boolean isIdle() {
        return begun.isEmpty() && waiting.isEmpty() && submitted.isEmpty() && !readers.isOpen();
    }

    /** Only the head is advanced: what the server has said last is its answer. */
    private void advanceBegun() {
        LoopTask<?> head = begun.peek();
        while (head != null && !readers.isOpen()) {
            LoopTask<?> written = unsent;
            if (written != null && written != head) {
                // Its request is in the buffer that the head would write into.
                advance(written);
                if (unsent != null) {
                    return;
                }
            }
            if (advance(head)) {
                begun.remove();
                finish(head);
            } else if (begun.peek() == head) {
                cancels.isNext(head);
                return;
            }
            head = begun.peek();
        }
        isExclusive &= head != null;
    }

    private void startWaiting() {
        LoopTask<?> next = waiting.peek();
        while (next != null) {
            PgException broken = transport.broken();
            if (broken != null) {
                waiting.remove();
                next.fail(Loss.later(broken));
            } else if (next.isEvicted()) {
                // Its caller has seen the connection just before it was given back.
                waiting.remove();
                next.fail(new InterfaceException(
                        "the connection was given back to its pool, expected one that is still borrowed"));
            } else if (next.isDone() && !next.policy().isUnconditional()) {
                // Its caller has cancelled or completed it.
                waiting.remove();
                next.end();
            } else if (readers.areTooMany()) {
                String event = next.event();
                if (event != null) {
                    readers.dropTooMany(event);
                    return;
                }
                if (!next.mayBeRefused()) {
                    spare(next);
                    return;
                }
                waiting.remove();
                next.fail(readers.refusal());
            } else if (mayStart(next)) {
                if (begun.isEmpty() && dateStyle.hasToRestore()) {
                    start(LoopTask.<@Nullable Void>unwatched(this, dateStyle.restoring()));
                    return;
                }
                waiting.remove();
                start(next);
            } else {
                return;
            }
            next = waiting.peek();
        }
    }

    /** The rows in its way may be about to be dropped, by what the loop was asked before it: that comes first. */
    private void spare(LoopTask<?> task) {
        turns().execute(() -> {
            task.refuseNow();
            pump();
        });
    }

    private void start(LoopTask<?> task) {
        begun.add(task);
        task.begin();
        if (task.policy().isTimed() && task.policy().isUnconditional()) {
            // What ends a transaction has its whole time for itself, however long it has waited for its turn.
            keepTime(task);
        }
        if (advance(task) && begun.peek() == task) {
            // Before anything is sent behind it: it may have been given up, and take back what it did.
            begun.remove();
            finish(task);
        }
        pumpsAgain = true;
    }

    private boolean mayStart(LoopTask<?> next) {
        if (unsent != null || readers.isOpen()) {
            return false;
        }
        LoopTask<?> last = begun.peekLast();
        return last == null
                ? gate.mayBegin()
                : !isExclusive
                        && !last.procedure().isWriting()
                        && begun.size() < MOST_AHEAD
                        && dispatch.server().transactionStatus() == TransactionStatus.IDLE
                        && gate.mayFollow()
                        && transport.hasRoom()
                        && next.isPlain();
    }

    /** Returns whether the task is over. */
    boolean advance(LoopTask<?> task) {
        gate.enter(task);
        long before = gate.sent();
        boolean over;
        try {
            over = task.procedure().advance();
            if (!over && task.procedure().getAsBoolean()) {
                // It need not wait; what the server says is read first all the same.
                turns().execute(this::pump);
            }
        } finally {
            gate.leave();
        }
        if (!over && !task.procedure().isSent()) {
            unsent = task;
        } else if (unsent == task) {
            unsent = null;
        }
        if (!over && gate.isLast(task)) {
            isSent(task, gate.sent() != before);
        }
        return over;
    }

    /**
     * A task has sent all that it had written.
     *
     * @param now whether by its present move: then the answer comes behind those of all others
     */
    private void isSent(LoopTask<?> task, boolean now) {
        if (now && begun.peekLast() != task && begun.remove(task)) {
            begun.add(task);
        }
        // What a text is shows for sure when it is sent.
        if (!task.procedure().isWriting() && dispatch.flight() != Flight.STATEMENT) {
            isExclusive = true;
        }
    }

    private void finish(LoopTask<?> task) {
        Object result = task.finish();
        if (task.procedure() instanceof OpenedAnswer opened && result instanceof Results results && !results.isDone()) {
            readers.open(results, opened.sql(), task);
            if (task.isDropped()) {
                results.discard();
                pumpsAgain = true;
            }
        }
    }

    /** Drops what is left of an answer. */
    void discard(Results results) {
        results.discard();
        pump();
    }

    /** A task that has not begun is not wanted any more. */
    void drop(LoopTask<?> task, QueryCanceledException why) {
        waiting.remove(task);
        task.fail(why);
        pump();
    }

    /** Gives the connection up: all tasks fail. */
    void breakOff(PgException why) {
        transport.breakOff(why);
        pump();
    }

    private LoopTurns turns() {
        LoopTurns driven = turns;
        if (driven == null) {
            throw new IllegalStateException("the connection has not moved to its event loop, expected that it has");
        }
        return driven;
    }
}
