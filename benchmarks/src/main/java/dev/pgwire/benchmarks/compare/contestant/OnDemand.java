package dev.pgwire.benchmarks.compare.contestant;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that asks for a number of items at a time, and for more when it has used those. */
final class OnDemand<T> implements Flow.Subscriber<T> {
    private final int batch;
    private final Consumer<T> use;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private int left;

    OnDemand(int batch, Consumer<T> use) {
        this.batch = batch;
        this.use = use;
    }

    /** Complete when the last item was used. */
    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    @Override
    public void onSubscribe(Flow.Subscription made) {
        subscription = made;
        left = batch;
        made.request(batch);
    }

    @Override
    public void onNext(T item) {
        use.accept(item);
        Flow.Subscription source = subscription;
        if (--left == 0 && source != null) {
            left = batch;
            source.request(batch);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
