package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.cancel.CallersDemand;
import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.internal.server.Log;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Acts on deadlines and cancelled futures of a {@link LoopDriver}'s tasks. A request is made when all before the task is
 * answered, since it hits what the server works on. One that comes late may hit a statement behind, which is then run again.
 * Used on the loop's thread; the requests are made on another, which they block.
 */
final class LoopCancels {
    /** The longest wait for the end of a cancel request when the answer is there, and of an answer for the end of a request. */
    private static final long CONFIRMATION = 1_000_000_000L;
    /** How often is looked whether a statement that shares the connection may be cancelled. */
    private static final long LOOKS_EVERY = 50_000_000L;

    private final Transport transport;
    private final CancelFence fence;
    private final LoopGate gate;
    private final Executor blocking;
    /** Whether the callers do not know of each other: what one of them does with its statement must not touch those of others. */
    private final boolean shared;

    private @Nullable LoopTurns turns;
    private @Nullable LoopDriver driver;

    LoopCancels(Transport transport, CancelFence fence, LoopGate gate, Executor blocking, boolean shared) {
        this.transport = transport;
        this.fence = fence;
        this.gate = gate;
        this.blocking = blocking;
        this.shared = shared;
    }

    void drive(LoopTurns turns, LoopDriver driver) {
        this.turns = turns;
        this.driver = driver;
    }

    /** Looks after the deadline of a task from now on. */
    void watch(LoopTask<?> task) {
        LoopTurns loop = turns;
        long until = task.policy().until();
        if (loop != null && until != Wait.NEVER && !task.isOver() && !task.isPaused()) {
            task.timer(loop.at(until, () -> expired(task)));
        } else {
            task.timer(null);
        }
    }

    /** The deadline of a task does not pass until it goes on. */
    void pause(LoopTask<?> task) {
        task.policy().pause(System.nanoTime());
        task.paused(true);
        watch(task);
    }

    /** It goes on. */
    void goOn(LoopTask<?> task) {
        task.policy().resume(System.nanoTime());
        task.paused(false);
        watch(task);
    }

    private void expired(LoopTask<?> task) {
        if (task.isOver()) {
            return;
        }
        if (!task.hasBegun()) {
            try {
                task.checkWanted();
            } catch (QueryCanceledException late) {
                driver().drop(task, late);
                return;
            }
            watch(task);
            return;
        }
        if (shared) {
            // Its caller does not wait for the server's answer, which may be long in coming.
            task.completeExceptionally(task.policy().late());
        }
        actOn(task, false);
    }

    /** The future of a task that has begun was cancelled. */
    void interrupted(LoopTask<?> task) {
        actOn(task, true);
    }

    private void actOn(LoopTask<?> task, boolean interrupted) {
        if (gate.isServing(task)) {
            actNow(task, interrupted);
        } else {
            postpone(task);
        }
    }

    /**
     * The server works on the task. Where callers share the connection, a request might hit a statement behind it, and to give the
     * connection up surely would: that waits until none of those is wanted.
     */
    private void actNow(LoopTask<?> task, boolean interrupted) {
        driver().load().isOverdue(task);
        LoopTurns loop = turns;
        if (shared && loop != null && gate.isWantedBehind(task)) {
            task.timer(loop.at(System.nanoTime() + LOOKS_EVERY, () -> {
                if (!task.isOver()) {
                    actNow(task, interrupted);
                }
            }));
            return;
        }
        long now = System.nanoTime();
        act(interrupted ? task.policy().interrupted(now) : task.policy().expired(now), task);
    }

    /** The server works on another: its grace begins when it comes to this task. What waits to be sent fails at once. */
    private void postpone(LoopTask<?> task) {
        task.cancelDue(true);
        task.timer(null);
        driver().pump();
    }

    /** All before a task is answered. */
    void isNext(LoopTask<?> task) {
        if (task.isCancelDue() && gate.isServing(task)) {
            task.cancelDue(false);
            actNow(task, task.isCancelled());
        }
    }

    private void act(CancelPolicy.Action action, LoopTask<?> task) {
        switch (action) {
            case NOTHING -> {}
            case CANCEL -> request(task);
            case GIVE_UP -> driver().breakOff(task.policy().givenUp());
        }
        watch(task);
    }

    /**
     * What is left of an answer is not wanted: the server is asked to end it. What it sends until it is told can wait, but not for long:
     * the request may hang.
     */
    void stop(LoopTask<?> task) {
        LoopTurns loop = turns;
        if (loop != null && !task.wasAsked() && fence.canCancel() && gate.isServing(task)) {
            task.holdUp(true);
            loop.at(System.nanoTime() + CONFIRMATION, () -> {
                task.holdUp(false);
                driver().pump();
            });
            request(task);
            watch(task);
        }
    }

    private void request(LoopTask<?> task) {
        if (task.isRequesting()) {
            // One at a time.
            task.policy().requested(System.nanoTime());
            return;
        }
        task.asks();
        if (!fence.canCancel()) {
            driver().breakOff(task.policy().cannotCancel());
            return;
        }
        if (!fence.raise()) {
            return;
        }
        gate.requested();
        task.requesting(true);
        task.policy().requested(System.nanoTime());
        Watch watch = new Watch(task);
        try {
            blocking.execute(() -> send(watch));
        } catch (RejectedExecutionException | Error refused) {
            driver().breakOff(new ConnectionFailureException(
                    "the statement could not be cancelled, since what runs cancel requests refuses: "
                            + refused.getMessage() + "; the connection was given up",
                    refused));
        }
    }

    private void send(Watch watch) {
        try {
            fence.send(watch);
        } catch (RuntimeException failure) {
            if (transport.broken() == null) {
                Log.warn("a cancel request has failed", failure);
            }
        }
        LoopTurns loop = turns;
        if (loop != null) {
            loop.execute(() -> {
                watch.task.requesting(false);
                watch(watch.task);
                driver().pump();
            });
        }
    }

    /**
     * Asks the server to cancel what it works on, and completes a future when it has been told. Any thread may call it.
     *
     * @param wanted whether what runs is still the caller's: asked when nothing else can begin any more
     */
    void cancel(BooleanSupplier wanted, CompletableFuture<@Nullable Void> told) {
        try {
            blocking.execute(() -> {
                try {
                    CallersDemand.request(fence, transport, wanted);
                    told.complete(null);
                } catch (RuntimeException failed) {
                    told.completeExceptionally(failed);
                }
            });
        } catch (RejectedExecutionException refused) {
            told.completeExceptionally(refused);
        }
    }

    private LoopDriver driver() {
        return Objects.requireNonNull(driver);
    }

    /** Whether a cancel request is still wanted. Asked on the thread that makes it. */
    private final class Watch implements CancelDemand {
        private final LoopTask<?> task;
        private long answered = Wait.NEVER;

        Watch(LoopTask<?> task) {
            this.task = task;
        }

        @Override
        public boolean wantsRequest() {
            return !task.isOver() && transport.broken() == null;
        }

        @Override
        public boolean awaitsEnd() {
            if (transport.broken() != null) {
                return false;
            }
            long now = System.nanoTime();
            if (task.isOver() && answered == Wait.NEVER) {
                answered = now;
            }
            return answered == Wait.NEVER || now - answered < CONFIRMATION;
        }
    }
}
