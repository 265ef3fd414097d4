package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.config.Config;
import dev.pgwire.internal.leak.Birth;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.loop.SharedLoops;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.internal.session.SessionSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A connection that is being made, by a thread that may block. To cancel the future interrupts that. */
final class Connecting extends LoopFuture<AsyncConnection> implements Runnable {
    private final Config config;
    private final SharedLoops loops;
    private final LoopConnection.Describing describing;
    private final @Nullable Birth birth;
    private final ReentrantLock lock = new ReentrantLock();
    /** What connects; null before and afterwards. */
    private @Nullable Thread thread;

    Connecting(Config config, SharedLoops loops, LoopConnection.Describing describing, @Nullable Birth birth) {
        this.config = config;
        this.loops = loops;
        this.describing = describing;
        this.birth = birth;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            LoopConnection made = connect();
            end();
            if (!complete(made)) {
                made.close();
            }
        } catch (Throwable failure) {
            end();
            completeExceptionally(failure);
        }
    }

    private LoopConnection connect() {
        SharedLoops.Place place = loops.enter(config.transport());
        try {
            LoopSession session = SessionSource.of(config).openLent(place.loop(), BlockingWork.executor(), null);
            session.whenEnded(place::leave);
            return new LoopConnection(config, session, describing, null, birth).watched();
        } catch (Throwable failure) {
            place.leave();
            throw failure;
        }
    }

    private boolean begin() {
        lock.lock();
        try {
            boolean wanted = !isDone();
            thread = wanted ? Thread.currentThread() : null;
            return wanted;
        } finally {
            lock.unlock();
        }
    }

    /** From now on the thread is not interrupted; what came before is not for its next work. */
    private void end() {
        lock.lock();
        try {
            thread = null;
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        lock.lock();
        try {
            if (cancelled && thread != null) {
                thread.interrupt();
            }
        } finally {
            lock.unlock();
        }
        return cancelled;
    }
}
