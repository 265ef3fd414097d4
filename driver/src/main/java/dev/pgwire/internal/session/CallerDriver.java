package dev.pgwire.internal.session;

// HOT: twice in every round trip

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.DatabaseException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.cancel.CancelDemand;
import dev.pgwire.internal.cancel.CancelFence;
import dev.pgwire.internal.cancel.CancelPolicy;
import dev.pgwire.internal.cancel.UnconfirmedCancel;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.internal.request.Gate;
import dev.pgwire.internal.request.Procedure;
import dev.pgwire.internal.server.Log;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs procedures on the thread that calls for them: it does the I/O that they wait for, and acts on its interrupts and
 * deadlines. This is the only place in the driver that waits for an answer.
 */
final class CallerDriver implements Gate {
    /** The longest wait for the end of a cancel request when the answer is there. */
    private static final long CONFIRMATION = 1_000_000_000L;

    private final CallerTurns turns;
    private final Transport transport;
    private final CancelFence fence;
    private final CancelPolicy policy;

    /** A driver of a connection that its callers take turns to use. */
    CallerDriver(CallerTurns turns, CancelFence fence, CancelPolicy policy) {
        this.turns = turns;
        this.transport = turns.transport();
        this.fence = fence;
        this.policy = policy;
    }

    /** What decides how long answers are waited for. Used between {@link #enter} and {@link #exit}. */
    CancelPolicy policy() {
        return policy;
    }

    /** Takes the connection for the current thread; waits while another has it. */
    void enter() {
        turns.enter();
    }

    /** Gives the connection back. */
    void exit() {
        turns.exit();
    }

    /**
     * Runs a procedure to its end. The current thread must have entered.
     *
     * @throws PgException why it failed
     */
    <T extends @Nullable Object> T run(Procedure<T> procedure) {
        while (!procedure.advance()) {
            await(procedure);
        }
        return procedure.result();
    }

    /**
     * Waits for what the server tells unasked. It is no answer, so nothing is cancelled, and the connection need not be kept: the wait
     * also ends, as if the goal were reached, when another thread wants to enter. The current thread must have entered.
     *
     * @param until a value of {@link System#nanoTime}, or {@link Wait#NEVER}
     */
    Wait awaitUnasked(BooleanSupplier goal, long until) {
        return turns.awaitUnlessWanted(goal, until);
    }

    /**
     * Waits for something that is not to be cancelled, however it ends. The current thread must have entered.
     *
     * @param until a value of {@link System#nanoTime}, or {@link Wait#NEVER}
     */
    Wait awaitWithoutCancel(BooleanSupplier goal, long until) {
        return turns.await(goal, until);
    }

    /** Has the server cancel what runs, where it can be asked to, and runs a procedure that waits for its end. */
    <T extends @Nullable Object> T runCancelling(Procedure<T> procedure) {
        if (fence.canCancel() && !procedure.advance()) {
            cancel(procedure, System.nanoTime() + CONFIRMATION);
        }
        return run(procedure);
    }

    private void await(Procedure<?> procedure) {
        if (procedure.getAsBoolean()) {
            // It need not wait, but what the server says must not pile up.
            turns.poll();
            return;
        }
        policy.resume(now());
        try {
            if (procedure.isSent()) {
                awaitAnswer(procedure);
            } else {
                awaitFence(procedure);
            }
        } finally {
            policy.pause(now());
        }
    }

    /** The time, where it is of interest: to ask for it costs something in every round trip. */
    private long now() {
        return policy.isTimed() ? System.nanoTime() : Wait.NEVER;
    }

    private void awaitAnswer(Procedure<?> procedure) {
        boolean restore = false;
        try {
            Wait end = turns.await(procedure, policy.until());
            while (end != Wait.READY) {
                if (end == Wait.INTERRUPTED) {
                    restore = true;
                    act(policy.interrupted(System.nanoTime()), procedure);
                } else {
                    act(policy.expired(System.nanoTime()), procedure);
                }
                // What has come meanwhile counts, even if the next time has come, too.
                turns.poll();
                end = turns.await(procedure, policy.until());
            }
        } finally {
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits for the cancel requests under way. What ends it before shows when the procedure tries to send once more. */
    private void awaitFence(Procedure<?> procedure) {
        boolean restore = false;
        try {
            while (turns.await(procedure, policy.untilUnwanted()) == Wait.INTERRUPTED) {
                restore = true;
                if (!policy.isUnconditional()) {
                    return;
                }
            }
        } finally {
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void act(CancelPolicy.Action action, Procedure<?> procedure) {
        switch (action) {
            case NOTHING -> {}
            case CANCEL -> cancel(procedure);
            case GIVE_UP -> transport.breakOff(policy.givenUp());
        }
    }

    private void cancel(Procedure<?> procedure) {
        if (turns.catchUp(procedure)) {
            return;
        }
        if (!fence.canCancel()) {
            transport.breakOff(policy.cannotCancel());
            return;
        }
        cancel(procedure, System.nanoTime());
    }

    /**
     * Asks the server to cancel what runs.
     *
     * @param reads from when on the answer is read meanwhile
     */
    private void cancel(Procedure<?> procedure, long reads) {
        try {
            fence.cancel(new Demand(procedure, reads));
        } catch (PgException failure) {
            if (transport.broken() == null) {
                Log.warn("a cancel request has failed", failure);
            }
        }
        policy.requested(System.nanoTime());
    }

    @Override
    public boolean tryPass() {
        if (fence.isRunning()) {
            return true;
        }
        policy.checkWanted(Thread.currentThread().isInterrupted());
        try {
            return fence.tryPass();
        } catch (ConnectionFailureException shut) {
            if (shut.getCause() instanceof UnconfirmedCancel) {
                transport.breakOff(shut);
            }
            throw shut;
        }
    }

    @Override
    public boolean mayPass() {
        return !fence.isRaised();
    }

    @Override
    public boolean isCancelled() {
        return fence.isCancelled();
    }

    @Override
    public boolean isUnwanted() {
        if (isCancelled()) {
            return true;
        }
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (interrupted) {
            policy.interrupted(System.nanoTime());
        }
        return interrupted;
    }

    @Override
    public QueryCanceledException cancelled() {
        return policy.cancelled();
    }

    @Override
    public void segmentEnded() {}

    /** One statement is on its way at a time. */
    @Override
    public boolean wasMeantForAnother(PgException failure) {
        return false;
    }

    @Override
    public DatabaseException explain(DatabaseException failure) {
        return policy.explain(failure, fence.isCancelled());
    }

    /** Whether a cancel request is still wanted: while it is made, the answer may come. */
    private final class Demand implements CancelDemand {
        private final Procedure<?> procedure;
        private final long reads;
        /** When the answer was seen to have come. */
        private long answered = Wait.NEVER;

        Demand(Procedure<?> procedure, long reads) {
            this.procedure = procedure;
            this.reads = reads;
        }

        private void poll() {
            if (System.nanoTime() - reads >= 0) {
                turns.poll();
            }
        }

        @Override
        public boolean wantsRequest() {
            poll();
            return !procedure.getAsBoolean() && !policy.isTimeToGiveUp(System.nanoTime());
        }

        @Override
        public boolean awaitsEnd() {
            poll();
            if (transport.broken() != null) {
                return false;
            }
            long now = System.nanoTime();
            if (!procedure.getAsBoolean()) {
                return !policy.isTimeToGiveUp(now) || turns.catchUp(procedure);
            }
            if (answered == Wait.NEVER) {
                answered = now;
            }
            return now - answered < CONFIRMATION;
        }
    }

    @Override
    public void leaves() {
        turns.leave();
    }

    @Override
    public void comesBack() {
        turns.comeBack();
    }

    @Override
    public void wake() {
        fence.wakeDriver();
    }
}
