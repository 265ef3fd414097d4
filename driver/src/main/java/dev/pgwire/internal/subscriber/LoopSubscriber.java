package dev.pgwire.internal.subscriber;

import dev.pgwire.async.AsyncConnection;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.async.LoopConnection;
import dev.pgwire.internal.server.LastingFailure;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.sql.ChannelSql;
import dev.pgwire.notification.Gap;
import dev.pgwire.notification.Notification;
import dev.pgwire.notification.Subscriber;
import dev.pgwire.notification.SubscriberConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A subscriber, on the asynchronous face: one connection after the other. */
public final class LoopSubscriber implements Subscriber {
    private final SubscriberConfig config;
    private final LoopConnection.Describing describing;
    private final Deliveries deliveries;
    private final CompletableFuture<@Nullable Void> listening = new CompletableFuture<>();
    /** Guards all below. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Set<String> channels;
    /** Null while there is none. */
    private @Nullable AsyncConnection connection;

    private boolean isListening;
    /** Whether it has listened once, so that what it does not hear from then on is a gap. */
    private boolean hasListened;

    private boolean closed;
    private Duration pause;
    /** Why the connection before the present one was lost; null if the gap was told, or there is none. */
    private @Nullable Throwable lost;
    /** When all that was notified before had come. */
    private Instant known = Instant.now();

    private int attempts;

    private LoopSubscriber(SubscriberConfig config, LoopConnection.Describing describing) {
        this.config = config;
        this.describing = describing;
        this.deliveries = new Deliveries(config);
        this.channels = new LinkedHashSet<>(config.channels());
        this.pause = config.firstPause();
    }

    /** A subscriber, which connects in the background. */
    public static LoopSubscriber start(SubscriberConfig config, LoopConnection.Describing describing) {
        if (!config.channels().isEmpty()) {
            // An empty name is refused at the call.
            ChannelSql.listen(config.channels().toArray(String[]::new));
        }
        LoopSubscriber made = new LoopSubscriber(config, describing);
        made.connect();
        return made;
    }

    private void connect() {
        if (locked(() -> {
            attempts++;
            return closed;
        })) {
            return;
        }
        CompletableFuture<AsyncConnection> connects;
        try {
            // In a transaction that goes on no notification comes.
            connects = LoopConnection.connect(
                    config.connection().toBuilder().autocommit(true).build(), config.loops(), describing);
        } catch (RuntimeException | OutOfMemoryError noThread) {
            connects = CompletableFuture.failedFuture(noThread);
        }
        connects.whenComplete((made, failure) -> {
            if (made != null) {
                connected(made);
            } else {
                hasFailed(reason(failure));
            }
        });
    }

    private void connected(AsyncConnection made) {
        boolean wanted = locked(() -> {
            connection = closed ? null : made;
            return !closed;
        });
        if (!wanted) {
            made.close();
            return;
        }
        made.deadline(config.heartbeat());
        made.notifications().subscribe(new Watch(made));
        Instant asked = Instant.now();
        CompletableFuture<@Nullable Void> listens = locked(() -> channels.isEmpty()
                ? CompletableFuture.<@Nullable Void>completedFuture(null)
                : made.listen(channels.toArray(String[]::new)));
        listens.whenComplete((done, failure) -> {
            if (failure != null) {
                loses(made, reason(failure));
            } else {
                listens(made, asked);
            }
        });
    }

    private void listens(AsyncConnection by, Instant asked) {
        boolean first = locked(() -> {
            if (connection != by) {
                return false;
            }
            tellGap();
            isListening = true;
            hasListened = true;
            known = asked;
            attempts = 0;
            pause = config.firstPause();
            return true;
        });
        if (first) {
            listening.complete(null);
            later(config.heartbeat(), () -> ask(by));
        }
    }

    /** Asks the server whether it is still there; by then all that was notified before has come. */
    private void ask(AsyncConnection by) {
        if (!locked(() -> connection == by)) {
            return;
        }
        Instant asked = Instant.now();
        by.executeSimple("SELECT 1").whenComplete((answer, failure) -> {
            if (failure != null) {
                loses(by, reason(failure));
                return;
            }
            locked(() -> known = asked);
            later(config.heartbeat(), () -> ask(by));
        });
    }

    private void came(AsyncConnection by, Notification notification) {
        locked(() -> {
            if (connection == by) {
                tellGap();
                deliveries.add(notification);
            }
            return null;
        });
    }

    /** What comes from now on comes behind the gap. The lock is held. */
    private void tellGap() {
        Throwable why = lost;
        if (why != null) {
            deliveries.add(new Gap(known, Instant.now(), attempts, why));
            lost = null;
        }
    }

    /** A connection is of no use any more. */
    private void loses(AsyncConnection by, Throwable why) {
        boolean mine = locked(() -> {
            if (connection != by) {
                return false;
            }
            connection = null;
            isListening = false;
            if (hasListened) {
                lost = why;
            }
            return !closed;
        });
        by.close();
        if (mine) {
            hasFailed(why);
        }
    }

    private void hasFailed(Throwable why) {
        if (!locked(() -> hasListened) && LastingFailure.is(why)) {
            end(why);
            return;
        }
        Duration wait = locked(() -> {
            Duration present = pause;
            Duration doubled = present.multipliedBy(2);
            pause = doubled.compareTo(config.longestPause()) < 0 ? doubled : config.longestPause();
            return present;
        });
        Log.debug(() -> "a subscriber is not connected, and tries again within " + wait + ": " + why);
        long nanos = wait.toNanos();
        later(Duration.ofNanos(nanos / 2 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1)), this::connect);
    }

    private static void later(Duration wait, Runnable what) {
        CompletableFuture.delayedExecutor(wait.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                .execute(what);
    }

    @Override
    public CompletableFuture<@Nullable Void> listening() {
        return listening.copy();
    }

    @Override
    public CompletableFuture<@Nullable Void> listen(String... more) {
        ChannelSql.listen(more);
        return change(() -> channels.addAll(List.of(more)), by -> by.listen(more));
    }

    @Override
    public CompletableFuture<@Nullable Void> unlisten(String... no) {
        ChannelSql.unlisten(no);
        return change(
                () -> {
                    if (no.length == 0) {
                        channels.clear();
                    } else {
                        channels.removeAll(Arrays.asList(no));
                    }
                },
                by -> by.unlisten(no));
    }

    private CompletableFuture<@Nullable Void> change(
            Runnable kept, Function<AsyncConnection, CompletableFuture<@Nullable Void>> sent) {
        lock.lock();
        try {
            if (closed) {
                throw new InterfaceException("the subscriber is closed, expected one that is open");
            }
            kept.run();
            AsyncConnection by = connection;
            return by == null ? CompletableFuture.<@Nullable Void>completedFuture(null) : sent.apply(by);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Set<String> channels() {
        return locked(() -> Set.copyOf(channels));
    }

    @Override
    public boolean isListening() {
        return locked(() -> isListening);
    }

    @Override
    public void close() {
        end(new InterfaceException("the subscriber was closed before it listened"));
    }

    /** It is closed when those who wait for it to listen are told why it never will. */
    private void end(Throwable why) {
        AsyncConnection last = locked(() -> {
            closed = true;
            isListening = false;
            AsyncConnection open = connection;
            connection = null;
            return open;
        });
        if (last != null) {
            last.close();
        }
        listening.completeExceptionally(why);
    }

    private <T extends @Nullable Object> T locked(Supplier<T> what) {
        lock.lock();
        try {
            return what.get();
        } finally {
            lock.unlock();
        }
    }

    private static Throwable reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** Takes what comes on one connection. */
    private final class Watch implements Flow.Subscriber<Notification> {
        private final AsyncConnection by;

        Watch(AsyncConnection by) {
            this.by = by;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Notification notification) {
            came(by, notification);
        }

        @Override
        public void onError(Throwable why) {
            loses(by, why);
        }

        @Override
        public void onComplete() {}
    }
}
