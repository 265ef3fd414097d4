package dev.pgwire.internal.server;

import dev.pgwire.notification.Notification;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Notifications that were not taken yet, within bounds: other sessions decide how many come. The oldest are dropped for new ones, and
 * counted. May be used by any thread.
 */
public final class NotificationQueue {
    /** The most that are kept. */
    public static final int MOST = 65_536;

    /** The most characters of them, where what each takes in memory besides counts as some. */
    private static final long MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int OVERHEAD = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition added = lock.newCondition();
    private final ArrayDeque<Notification> queue = new ArrayDeque<>();
    private long characters;
    /** How many were dropped before the oldest that is kept. */
    private long missed;

    /** Adds one. */
    public void add(Notification notification) {
        lock.lock();
        try {
            queue.add(notification);
            added.signalAll();
            characters += size(notification);
            while (queue.size() > MOST || (characters > MOST_CHARACTERS && queue.size() > 1)) {
                Notification oldest = queue.remove();
                characters -= size(oldest);
                missed += 1 + oldest.missed();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is one, for some nanoseconds at most. */
    public void waitForOne(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (queue.isEmpty()) {
                added.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes the oldest; null if there is none. */
    public @Nullable Notification poll() {
        lock.lock();
        try {
            Notification oldest = queue.poll();
            if (oldest == null) {
                return null;
            }
            characters -= size(oldest);
            long before = missed;
            missed = 0;
            return before == 0
                    ? oldest
                    : new Notification(
                            oldest.channel(), oldest.payload(), oldest.processId(), before + oldest.missed());
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        lock.lock();
        try {
            return queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all. */
    public void clear() {
        lock.lock();
        try {
            queue.clear();
            characters = 0;
            missed = 0;
        } finally {
            lock.unlock();
        }
    }

    private static long size(Notification notification) {
        return (long) notification.channel().length() + notification.payload().length() + OVERHEAD;
    }
}
