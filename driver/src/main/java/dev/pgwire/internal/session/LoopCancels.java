package dev.pgwire.internal.session;

import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.net.LoopTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.internal.server.Log;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Acts on deadlines and cancelled futures of a {@link LoopDriver}'s tasks. A request is made when all before the task is
 * answered, since it hits what the server works on. One that comes late may hit a statement behind, which is then run again.
 * Used on the loop's thread; the requests are made on another, which they block.
 */
final class LoopCancels {
    /** The longest wait for the end of a cancel request when the answer is there. */
    private static final long CONFIRMATION = 1_000_000_000L;

    private final Transport transport;
    private final CancelFence fence;
    private final Executor blocking;
    private @Nullable LoopTurns turns;
    private @Nullable LoopDriver driver;
    private long requests;

    LoopCancels(Transport transport, CancelFence fence, Executor blocking) {
        this.transport = transport;
        this.fence = fence;
        this.blocking = blocking;
    }

    void drive(LoopTurns turns, LoopDriver driver) {
        this.turns = turns;
        this.driver = driver;
    }

    /** How many requests were made. */
    long requests() {
        return requests;
    }

    /** Looks after the deadline of a task from now on. */
    void watch(LoopTask<?> task) {
        LoopTurns loop = turns;
        long until = task.policy().until();
        if (loop != null && until != Wait.NEVER && !task.isOver()) {
            task.timer(loop.at(until, () -> expired(task)));
        } else {
            task.timer(null);
        }
    }

    private void expired(LoopTask<?> task) {
        if (task.isOver()) {
            return;
        }
        LoopDriver driven = driver;
        try {
            task.checkWanted();
        } catch (QueryCanceledException late) {
            if (driven != null && driven.dropsUnbegun(task, late)) {
                return;
            }
            task.policy().resume(System.nanoTime());
        }
        act(task.policy().expired(System.nanoTime()), task);
        watch(task);
    }

    /** The future of a task that has begun was cancelled. */
    void interrupted(LoopTask<?> task) {
        act(task.policy().interrupted(System.nanoTime()), task);
        watch(task);
    }

    /** All before a task is answered. */
    void isNext(LoopTask<?> task) {
        if (task.isCancelDue()) {
            request(task);
        }
    }

    private void act(CancelPolicy.Action action, LoopTask<?> task) {
        LoopDriver driven = driver;
        if (driven == null) {
            return;
        }
        switch (action) {
            case NOTHING -> {}
            case CANCEL -> {
                if (driven.isNext(task)) {
                    request(task);
                } else {
                    task.cancelDue(true);
                }
            }
            case GIVE_UP -> driven.breakOff(task.policy().givenUp());
        }
    }

    private void request(LoopTask<?> task) {
        LoopDriver driven = driver;
        LoopTurns loop = turns;
        if (driven == null || loop == null) {
            return;
        }
        task.asks();
        if (!fence.canCancel()) {
            driven.breakOff(task.policy().cannotCancel());
            return;
        }
        if (!fence.raise()) {
            // Nothing of it runs; it may not be sent any more.
            return;
        }
        requests++;
        Watch watch = new Watch(task);
        blocking.execute(() -> {
            try {
                fence.send(watch);
            } catch (PgException failure) {
                if (transport.broken() == null) {
                    Log.warn("a cancel request has failed", failure);
                }
            }
            loop.execute(() -> {
                task.policy().requested(System.nanoTime());
                watch(task);
                driven.pump();
            });
        });
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
