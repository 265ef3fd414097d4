package dev.pgwire.internal.notification;

import dev.pgwire.internal.loop.Demand;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.server.NotificationQueue;
import dev.pgwire.internal.server.Notifications;
import dev.pgwire.internal.session.LoopSession;
import dev.pgwire.notification.Notification;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber to the notifications of a session. What it does not want yet waits in a queue of its own. The loop's thread tells it
 * all but {@code onSubscribe}.
 */
final class NotificationSubscription implements Flow.Subscription, Notifications.Receiver, Runnable {
    private final LoopSession session;
    private final NotificationQueue queue = new NotificationQueue();
    private final Demand demand = new Demand();
    /** How many runs were asked for since the last one began, that one included. */
    private final AtomicInteger runs = new AtomicInteger();

    private volatile @Nullable Throwable refusal;
    private volatile boolean cancelled;
    /** Whether no more come. */
    private volatile boolean over;
    /** Null when it is to be told nothing more. */
    private Flow.@Nullable Subscriber<? super Notification> subscriber;

    NotificationSubscription(LoopSession session, Flow.Subscriber<? super Notification> subscriber) {
        this.session = session;
        this.subscriber = subscriber;
    }

    void begin(Flow.Subscriber<? super Notification> to) {
        try {
            to.onSubscribe(this);
        } catch (Throwable thrown) {
            hasThrown(thrown);
        }
    }

    /** Ends it. */
    void fail(Throwable why) {
        refusal = why;
        session.onLoop(this);
    }

    @Override
    public void request(long more) {
        if (more <= 0) {
            fail(new IllegalArgumentException(
                    more + " notifications were requested, expected at least one (Reactive Streams, rule 3.9)"));
        } else if (demand.add(more)) {
            session.onLoop(this);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        session.onLoop(this);
    }

    @Override
    public void receive(Notification notification) {
        queue.add(notification);
        run();
    }

    @Override
    public void end() {
        over = true;
        session.onLoop(this);
    }

    /** Goes on as far as it can. One thread at a time does, also when the loop has ended and has no thread any more. */
    @Override
    public void run() {
        if (runs.getAndIncrement() > 0) {
            return;
        }
        int asked;
        do {
            asked = runs.get();
            goOn();
        } while (runs.addAndGet(-asked) > 0);
    }

    private void goOn() {
        Flow.Subscriber<? super Notification> to = subscriber;
        if (to == null) {
            session.server().notifications().remove(this);
            return;
        }
        if (refusal == null && !cancelled) {
            // What has come is handed out before the end is told.
            boolean last = over;
            handOut(to);
            if (!cancelled && refusal == null && (!last || !queue.isEmpty())) {
                return;
            }
        }
        subscriber = null;
        session.server().notifications().remove(this);
        queue.clear();
        if (!cancelled) {
            tellEnd(to);
        }
    }

    private void handOut(Flow.Subscriber<? super Notification> to) {
        while (demand.of(1) > 0 && !cancelled && refusal == null) {
            Notification next = queue.poll();
            if (next == null) {
                return;
            }
            demand.met(1);
            try {
                to.onNext(next);
            } catch (Throwable thrown) {
                hasThrown(thrown);
            }
        }
    }

    private void tellEnd(Flow.Subscriber<? super Notification> to) {
        Throwable why = refusal != null ? refusal : session.failure();
        try {
            if (why == null) {
                to.onComplete();
            } else {
                to.onError(why);
            }
        } catch (Throwable thrown) {
            Log.warn("a subscriber has thrown when it was told the end", thrown);
        }
    }

    private void hasThrown(Throwable thrown) {
        cancelled = true;
        Log.warn("a subscriber has thrown, which cancels its subscription", thrown);
    }
}
