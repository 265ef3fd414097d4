package dev.pgwire.internal.cancel;

// HOT: passed twice by every round trip

import dev.pgwire.error.ConnectionFailureException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a cancel request from the statement that follows the one it is meant for. While a request is on its way nothing new
 * is sent, and when nothing runs no request is made. After a request that was sent and never confirmed nothing new is sent for
 * good. The fence only answers; a driver of procedures waits for it to be lowered.
 *
 * <p>A request is on its way from before its connection is opened until the server has closed that: by then the signal was
 * sent to the server process (PostgreSQL manual, 54.2.10 Canceling Requests in Progress). A process that is signalled while
 * it waits for a command ignores that, so what is sent afterwards is safe.
 */
public final class CancelFence {
    /** Something was sent that the server has not ended with ReadyForQuery. */
    private static final int RUNNING = 1;
    /** What runs was asked to be cancelled. */
    private static final int CANCELLED = 2;
    /** The connection is being closed. */
    private static final int CLOSED = 4;
    /** A request was sent that may arrive at any time. */
    private static final int UNSURE = 8;
    /** The other bits count the requests that are on their way. */
    private static final int REQUEST = 16;

    private final AtomicInteger state = new AtomicInteger();
    private final Runnable lowered;
    private final @Nullable CancelRequest request;
    private volatile @Nullable UnconfirmedCancel unsure;

    /**
     * A fence around a session.
     *
     * @param request asks the server to cancel; null if it cannot be asked
     * @param lowered is run, by any thread, when {@link #isRaised} may have become false
     */
    public CancelFence(@Nullable CancelRequest request, Runnable lowered) {
        this.request = request;
        this.lowered = lowered;
    }

    /** Whether the server can be asked to cancel. */
    public boolean canCancel() {
        return request != null;
    }

    /** Whether something was sent that the server has not ended. */
    public boolean isRunning() {
        return (state.get() & RUNNING) != 0;
    }

    /** Whether what runs was asked to be cancelled. */
    public boolean isCancelled() {
        return (state.get() & CANCELLED) != 0;
    }

    /** Whether nothing can ever be sent again. */
    public boolean isShutForGood() {
        int now = state.get();
        return (now & RUNNING) == 0 && (now & (CLOSED | UNSURE)) != 0;
    }

    /** Whether nothing new may begin: what runs, if something does, is the last. */
    public boolean isShut() {
        return (state.get() & (CLOSED | UNSURE)) != 0;
    }

    /**
     * Something is about to be sent. More of what runs always may be; else it depends on whether a request is on its way.
     *
     * @return whether it may be sent now
     * @throws ConnectionFailureException if nothing can ever be sent again
     */
    public boolean tryPass() {
        while (true) {
            int now = state.get();
            if ((now & RUNNING) != 0) {
                return true;
            }
            if ((now & CLOSED) != 0) {
                throw new ConnectionFailureException(
                        "the connection was closed before the statement was sent, expected an open one", null);
            }
            if ((now & UNSURE) != 0) {
                throw new ConnectionFailureException(
                        "a cancel request was sent whose arrival is not known, and which might hit the next statement,"
                                + " expected that the server confirms it; the connection was given up",
                        unsure);
            }
            if (now >= REQUEST) {
                return false;
            }
            if (state.compareAndSet(now, RUNNING)) {
                return true;
            }
        }
    }

    /** Whether a request is on its way, and something may still be sent when it has come to its end. */
    public boolean isRaised() {
        int now = state.get();
        return now >= REQUEST && (now & (CLOSED | UNSURE)) == 0;
    }

    /**
     * ReadyForQuery came.
     *
     * @param isLast whether nothing else runs, which was sent behind it
     */
    public void ready(boolean isLast) {
        int ended = isLast ? RUNNING | CANCELLED : CANCELLED;
        int now;
        do {
            now = state.get();
        } while (!state.compareAndSet(now, now & ~ended));
    }

    /**
     * Asks the server to cancel what runs. Does nothing if nothing does. May be called by any thread.
     *
     * @throws UnconfirmedCancel if the request was sent, and may arrive at any time
     */
    public void cancel(CancelDemand demand) {
        if (raise()) {
            send(demand);
        }
    }

    /** Raises the fence for a request, which {@link #send} makes; returns false, and does nothing, if nothing runs. */
    public boolean raise() {
        int now;
        do {
            now = state.get();
            if (request == null || (now & RUNNING) == 0) {
                return false;
            }
        } while (!state.compareAndSet(now, now + REQUEST));
        return true;
    }

    /**
     * Makes the request for which the fence was raised, and lowers it. May be called by any thread.
     *
     * @throws UnconfirmedCancel if the request was sent, and may arrive at any time
     */
    public void send(CancelDemand demand) {
        CancelRequest sender = request;
        int outcome = 0;
        try {
            if (sender != null) {
                sender.send(demand);
                outcome = CANCELLED;
            }
        } catch (UnconfirmedCancel unconfirmed) {
            unsure = unconfirmed;
            outcome = CANCELLED | UNSURE;
            throw unconfirmed;
        } finally {
            lower(outcome);
        }
    }

    private void lower(int outcome) {
        int now;
        int next;
        do {
            now = state.get();
            // What has ended meanwhile was not cancelled.
            next = now - REQUEST | ((now & RUNNING) != 0 ? outcome : outcome & ~CANCELLED);
        } while (!state.compareAndSet(now, next));
        lowered.run();
    }

    /** The connection is being closed: nothing new is sent, so no request is waited for. */
    public void shut() {
        int now;
        do {
            now = state.get();
        } while (!state.compareAndSet(now, now | CLOSED));
        lowered.run();
    }

    /** Has the driver look again at what it waits for. */
    public void wakeDriver() {
        lowered.run();
    }
}
