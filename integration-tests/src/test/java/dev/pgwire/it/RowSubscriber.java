package dev.pgwire.it;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;
import java.util.function.BiConsumer;

/** Keeps what it is told, and asks for as much as it was made to. */
class RowSubscriber<T> implements Flow.Subscriber<T> {
    /** Completed with all values; fails as the publisher does. */
    final CompletableFuture<List<T>> end = new CompletableFuture<>();

    final List<T> values = Collections.synchronizedList(new ArrayList<>());
    /** The threads that have told it something but that it has subscribed. */
    final Set<String> threads = ConcurrentHashMap.newKeySet();

    volatile Flow.Subscription subscription;
    private final long first;
    private final BiConsumer<RowSubscriber<T>, T> next;

    /**
     * A subscriber.
     *
     * @param first how many rows it asks for when it has subscribed
     * @param next what it does with each
     */
    RowSubscriber(long first, BiConsumer<RowSubscriber<T>, T> next) {
        this.first = first;
        this.next = next;
    }

    static <T> RowSubscriber<T> of(Flow.Publisher<T> publisher, long first, BiConsumer<RowSubscriber<T>, T> next) {
        RowSubscriber<T> subscriber = new RowSubscriber<>(first, next);
        publisher.subscribe(subscriber);
        return subscriber;
    }

    /** One that wants all. */
    static <T> RowSubscriber<T> all(Flow.Publisher<T> publisher) {
        return of(publisher, Long.MAX_VALUE, (subscriber, value) -> {});
    }

    /** One that asks for nothing by itself. */
    static <T> RowSubscriber<T> idle(Flow.Publisher<T> publisher) {
        return of(publisher, 0, (subscriber, value) -> {});
    }

    void request(long rows) {
        subscription.request(rows);
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        subscription = begun;
        if (first > 0) {
            begun.request(first);
        }
    }

    @Override
    public void onNext(T value) {
        threads.add(Thread.currentThread().getName());
        values.add(value);
        next.accept(this, value);
    }

    @Override
    public void onError(Throwable failure) {
        threads.add(Thread.currentThread().getName());
        if (!end.completeExceptionally(failure)) {
            throw new AssertionError("told the end twice", failure);
        }
    }

    @Override
    public void onComplete() {
        threads.add(Thread.currentThread().getName());
        if (!end.complete(List.copyOf(values))) {
            throw new AssertionError("told the end twice");
        }
    }
}
