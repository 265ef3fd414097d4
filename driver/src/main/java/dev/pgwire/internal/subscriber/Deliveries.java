package dev.pgwire.internal.subscriber;

import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.server.NotificationQueue;
import dev.pgwire.notification.Gap;
import dev.pgwire.notification.Notification;
import dev.pgwire.notification.SubscriberConfig;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber has to tell its listeners, in the order in which it happened; one call at a time. A gap stands behind all that came
 * before it, so while it waits, what comes later waits in a second queue.
 */
final class Deliveries {
    private static final long KEEPS_THREAD_SECONDS = 5;

    private final SubscriberConfig config;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();
    private NotificationQueue before = new NotificationQueue();
    /** Null if there is none to be told. */
    private @Nullable Gap gap;
    /** What came after the gap. */
    private NotificationQueue after = new NotificationQueue();
    /** Whether a task of the executor tells what there is. */
    private boolean tells;

    Deliveries(SubscriberConfig config) {
        this.config = config;
        Executor given = config.executor();
        executor = given != null ? given : ownThread();
    }

    private static Executor ownThread() {
        return new ThreadPoolExecutor(
                0, 1, KEEPS_THREAD_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "pgwire-subscriber");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** A notification has come. */
    void add(Notification notification) {
        lock.lock();
        try {
            (gap == null ? before : after).add(notification);
        } finally {
            lock.unlock();
        }
        tell();
    }

    /** There was a gap. If the one before was not told yet, what came between is told before both, as one. */
    void add(Gap next) {
        lock.lock();
        try {
            Gap earlier = gap;
            gap = earlier == null ? next : earlier.and(next);
            for (Notification each = after.poll(); each != null; each = after.poll()) {
                before.add(each);
            }
        } finally {
            lock.unlock();
        }
        tell();
    }

    private void tell() {
        lock.lock();
        try {
            if (tells) {
                return;
            }
            tells = true;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(this::tellAll);
        } catch (RejectedExecutionException refused) {
            // The next that comes is tried again.
            rests();
            Log.warn("the executor of a subscriber takes no more tasks, so its listeners are told nothing", refused);
        }
    }

    private void rests() {
        lock.lock();
        try {
            tells = false;
        } finally {
            lock.unlock();
        }
    }

    private void tellAll() {
        for (Object next = next(); next != null; next = next()) {
            if (next instanceof Notification notification) {
                call(config.onNotification(), notification);
            } else if (next instanceof Gap told && config.onGap() != null) {
                call(config.onGap(), told);
            }
        }
    }

    private static <T> void call(@Nullable Consumer<T> listener, T what) {
        try {
            if (listener != null) {
                listener.accept(what);
            }
        } catch (Throwable failure) {
            Log.warn("a listener of a subscriber failed", failure);
        }
    }

    /** The next that is to be told; null if there is nothing any more. */
    private @Nullable Object next() {
        lock.lock();
        try {
            Object next = before.poll();
            if (next == null) {
                next = gap;
                gap = null;
                if (next != null) {
                    NotificationQueue free = before;
                    before = after;
                    after = free;
                }
            }
            tells = next != null;
            return next;
        } finally {
            lock.unlock();
        }
    }
}
