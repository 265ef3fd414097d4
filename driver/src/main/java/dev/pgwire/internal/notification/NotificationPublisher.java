package dev.pgwire.internal.notification;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.server.Notifications;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.notification.Notification;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The notifications of a session from the time on when a subscriber subscribes; each subscriber gets all. May be used by any thread. */
public final class NotificationPublisher implements Flow.Publisher<Notification> {
    private final LoopSession session;
    private final Supplier<@Nullable InterfaceException> refusal;

    /**
     * A publisher.
     *
     * @param refusal gives why the session may not be used any more; null while it may
     */
    public NotificationPublisher(LoopSession session, Supplier<@Nullable InterfaceException> refusal) {
        this.session = session;
        this.refusal = refusal;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Notification> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        NotificationSubscription subscription = new NotificationSubscription(session, subscriber);
        subscription.begin(subscriber);
        InterfaceException refused = refusal.get();
        if (refused != null) {
            subscription.fail(refused);
            return;
        }
        Notifications notifications = session.server().notifications();
        if (notifications.isFirstToWatch()) {
            session.whenEnded(notifications::end);
        }
        notifications.add(subscription);
        InterfaceException late = refusal.get();
        if (late != null) {
            // It was given back meanwhile.
            subscription.fail(late);
        }
        // It may have cancelled already.
        session.onLoop(subscription);
    }
}
