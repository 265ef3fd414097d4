package dev.pgwire.internal.session;

// HOT: passed twice by every round trip

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps a cancel request from the statement that follows the one it is meant for. While a request is on its way nothing new
 * is sent, and when nothing runs no request is made.
 *
 * <p>A request is on its way from before its connection is opened until the server has closed that: by then the signal was
 * sent to the server process (PostgreSQL manual, 54.2.10 Canceling Requests in Progress). A process that is signalled while
 * it waits for a command ignores that, so what is sent afterwards is safe.
 */
final class CancelFence {
    /** Something was sent that the server has not ended with ReadyForQuery. */
    private static final int RUNNING = 1;
    /** The other bits count the requests that are on their way. */
    private static final int REQUEST = 2;

    private final AtomicInteger state = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition lowered = lock.newCondition();
    private final Runnable request;
    private volatile boolean open;

    /**
     * A fence around a session.
     *
     * @param request asks the server to cancel, and returns when the server has read that; bounded in time
     */
    CancelFence(Runnable request) {
        this.request = request;
    }

    /** Something is about to be sent. Waits for the requests on their way, unless they are meant for the same segment. */
    void pass() {
        while (true) {
            int now = state.get();
            if ((now & RUNNING) != 0 || (now == 0 && state.compareAndSet(0, RUNNING))) {
                return;
            }
            awaitLowered();
            if (open) {
                return;
            }
        }
    }

    /** ReadyForQuery came. */
    void ready() {
        int now;
        do {
            now = state.get();
        } while (!state.compareAndSet(now, now & ~RUNNING));
    }

    /** Asks the server to cancel what runs. Does nothing if nothing does. May be called by any thread. */
    void cancel() {
        int now;
        do {
            now = state.get();
            if ((now & RUNNING) == 0) {
                return;
            }
        } while (!state.compareAndSet(now, now + REQUEST));
        try {
            request.run();
        } finally {
            if (state.addAndGet(-REQUEST) < REQUEST) {
                wakeUp();
            }
        }
    }

    /** The connection is being closed: nobody has to wait any more. */
    void open() {
        open = true;
        wakeUp();
    }

    private void wakeUp() {
        lock.lock();
        try {
            lowered.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitLowered() {
        lock.lock();
        try {
            while (state.get() >= REQUEST && !open) {
                lowered.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }
}
