package dev.pgwire.internal.server;

import dev.pgwire.notification.Notification;
import dev.pgwire.protocol.backend.NotificationResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where the notifications of a session go: to its listener and its receivers, or to a queue where there are neither. The thread that
 * drives the connection brings them; any thread may do the rest.
 */
public final class Notifications {
    /** What is told of each notification, on the thread that drives the connection. */
    public interface Receiver {
        /** One has come. */
        void receive(Notification notification);

        /** No more come: the session has ended, or has another user now. */
        void end();
    }

    private volatile NotificationQueue queue = new NotificationQueue();
    /** Whether a thread may have the queue, and take from it later. */
    private volatile boolean isShown;

    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean watched = new AtomicBoolean();
    private volatile @Nullable Consumer<Notification> listener;
    private volatile boolean ended;

    /**
     * Those that came when there was neither a listener nor a receiver. A thread that has asked for it before it finds the session its
     * own never gets what comes for the next user.
     */
    public NotificationQueue queue() {
        isShown = true;
        return queue;
    }

    /** Sets the listener; null for none. What is in the queue stays there. */
    public void listener(@Nullable Consumer<Notification> listener) {
        this.listener = listener;
    }

    /** Whether there is a listener or a receiver. */
    boolean isHeard() {
        return listener != null || !receivers.isEmpty();
    }

    /** Adds a receiver, which is told the end at once if it has come. */
    public void add(Receiver receiver) {
        receivers.add(receiver);
        if (ended) {
            receiver.end();
        }
    }

    /** Whether the caller, who asks as the first, is to call {@link #end} when the session ends. */
    public boolean isFirstToWatch() {
        return watched.compareAndSet(false, true);
    }

    /** The session has ended. */
    public void end() {
        ended = true;
        endReceivers();
    }

    private void endReceivers() {
        for (Receiver receiver : receivers) {
            receivers.remove(receiver);
            receiver.end();
        }
    }

    /** Removes a receiver. */
    public void remove(Receiver receiver) {
        receivers.remove(receiver);
    }

    void came(NotificationResponse message) {
        Notification notification = new Notification(message.channel(), message.payload(), message.processId(), 0);
        Consumer<Notification> told = listener;
        if (told == null && receivers.isEmpty()) {
            queue.add(notification);
            return;
        }
        for (Receiver receiver : receivers) {
            receiver.receive(notification);
        }
        if (told != null) {
            try {
                told.accept(notification);
            } catch (RuntimeException | AssertionError failure) {
                Log.warn("a notification listener failed", failure);
            }
        }
    }

    /** Forgets all: the next user of the session hears nothing of the one before. */
    void reset() {
        listener = null;
        queue.clear();
        if (isShown) {
            isShown = false;
            queue = new NotificationQueue();
        }
        endReceivers();
    }
}
