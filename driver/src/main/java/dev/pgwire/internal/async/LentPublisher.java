package dev.pgwire.internal.async;

import dev.pgwire.async.AsyncConnection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rows from a borrowed connection: one for each subscriber, which is given back when the rows are over, have failed, or are not
 * wanted any more.
 */
final class LentPublisher<T> implements Flow.Publisher<T> {
    private final Supplier<CompletableFuture<AsyncConnection>> borrows;
    private final Function<AsyncConnection, Flow.Publisher<T>> rows;

    LentPublisher(
            Supplier<CompletableFuture<AsyncConnection>> borrows, Function<AsyncConnection, Flow.Publisher<T>> rows) {
        this.borrows = borrows;
        this.rows = rows;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        borrows.get().whenComplete((connection, failure) -> {
            if (connection == null) {
                subscriber.onSubscribe(Nothing.NOTHING);
                subscriber.onError(Following.reason(failure));
            } else {
                subscribe(connection, subscriber);
            }
        });
    }

    private void subscribe(AsyncConnection connection, Flow.Subscriber<? super T> subscriber) {
        Flow.Publisher<T> published;
        try {
            published = rows.apply(connection);
        } catch (RuntimeException refused) {
            connection.close();
            subscriber.onSubscribe(Nothing.NOTHING);
            subscriber.onError(refused);
            return;
        }
        published.subscribe(new GivingBack<T>(connection, subscriber));
    }

    /** Of what never comes. */
    private enum Nothing implements Flow.Subscription {
        NOTHING;

        @Override
        public void request(long rows) {}

        @Override
        public void cancel() {}
    }

    /** Stands between the rows and who takes them. */
    private static final class GivingBack<T> implements Flow.Subscriber<T>, Flow.Subscription {
        private final AsyncConnection connection;
        private final Flow.Subscriber<? super T> subscriber;
        private final AtomicBoolean over = new AtomicBoolean();
        private Flow.@Nullable Subscription rows;

        GivingBack(AsyncConnection connection, Flow.Subscriber<? super T> subscriber) {
            this.connection = connection;
            this.subscriber = subscriber;
        }

        private void giveBack() {
            if (over.compareAndSet(false, true)) {
                connection.close();
            }
        }

        private Flow.Subscription rows() {
            return Objects.requireNonNull(rows, "the subscription");
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            rows = subscription;
            try {
                subscriber.onSubscribe(this);
            } catch (Throwable thrown) {
                cancel();
                throw thrown;
            }
        }

        @Override
        public void onNext(T row) {
            try {
                subscriber.onNext(row);
            } catch (Throwable thrown) {
                // That cancels, and nothing else would tell so.
                cancel();
                throw thrown;
            }
        }

        @Override
        public void onError(Throwable failure) {
            giveBack();
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            giveBack();
            subscriber.onComplete();
        }

        @Override
        public void request(long number) {
            rows().request(number);
        }

        @Override
        public void cancel() {
            rows().cancel();
            giveBack();
        }
    }
}
