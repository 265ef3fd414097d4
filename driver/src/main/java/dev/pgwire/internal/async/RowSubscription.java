package dev.pgwire.internal.async;

// HOT: a loop over the rows of a page

import dev.pgwire.internal.answer.NextRows;
import dev.pgwire.internal.loop.Demand;
import dev.pgwire.internal.result.Result;
import dev.pgwire.internal.result.Results;
import dev.pgwire.internal.result.RowSlice;
import dev.pgwire.internal.row.RowPage;
import dev.pgwire.internal.row.RowPlan;
import dev.pgwire.internal.server.Log;
import dev.pgwire.internal.session.LoopSession;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber's way through the rows of a statement. It has one page of rows at a time, and asks for the next when the last row
 * is handed out, so that the end shows without demand. The loop's thread tells the subscriber all but {@code onSubscribe}. What is
 * left of the answer when it is cancelled is dropped; a statement that has given no rows yet is cancelled.
 */
final class RowSubscription<T>
        implements Flow.Subscription, Runnable, BiConsumer<@Nullable RowSlice, @Nullable Throwable> {
    private static final String NULL =
            "a mapper has made null of a row, expected a value: a publisher has none for null";

    private final LoopSession session;
    private final Function<RowPlan, RowTaker<T>> takers;
    private final Demand demand = new Demand();
    /** How many runs were asked for since the last one began, that one included. */
    private final AtomicInteger runs = new AtomicInteger();

    /** Null before it has begun, which is when the subscriber has taken note that it has subscribed. */
    private volatile @Nullable CompletableFuture<Results> statement;
    /** Whether the subscriber wants no more, or has done what ends it. */
    private volatile boolean stops;

    private volatile @Nullable IllegalArgumentException wrong;
    /** Null when it is to be told nothing more. */
    private Flow.@Nullable Subscriber<? super T> subscriber;

    /** Null until the first rows are there. */
    private @Nullable Answered<T> answer;

    private @Nullable RowSlice rows;
    /** The next row of the page. */
    private int at;
    /** Whether the next rows were asked for, and did not come yet. */
    private boolean awaits;
    /** Whether there are no more rows to ask for. */
    private boolean isLast;

    private @Nullable Throwable failure;

    /** An answer whose rows are read, one result of it. */
    private record Answered<T>(Results results, Result result, RowTaker<T> taker) {}

    RowSubscription(LoopSession session, Function<RowPlan, RowTaker<T>> takers, Flow.Subscriber<? super T> subscriber) {
        this.session = session;
        this.takers = takers;
        this.subscriber = subscriber;
    }

    /** Begins, on the thread that subscribes, so that the statement is behind those that the thread has asked for before. */
    void begin(Flow.Subscriber<? super T> to, Supplier<CompletableFuture<Results>> run) {
        try {
            to.onSubscribe(this);
        } catch (Throwable thrown) {
            hasThrown(thrown);
        }
        IllegalArgumentException refusal = wrong;
        if (stops && refusal == null) {
            return;
        }
        CompletableFuture<Results> begun;
        try {
            begun = refusal == null ? run.get() : CompletableFuture.failedFuture(refusal);
        } catch (RuntimeException refused) {
            begun = CompletableFuture.failedFuture(refused);
        }
        statement = begun;
        begun.whenComplete((results, failed) -> session.onLoop(this));
        if (stops) {
            session.onLoop(this);
        }
    }

    @Override
    public void request(long more) {
        if (stops) {
            return;
        }
        if (more <= 0) {
            wrong = new IllegalArgumentException(
                    more + " rows were requested, expected at least one (Reactive Streams, rule 3.9)");
            stop();
        } else if (demand.add(more) && statement != null) {
            session.onLoop(this);
        }
    }

    @Override
    public void cancel() {
        if (!stops) {
            stop();
        }
    }

    private void stop() {
        stops = true;
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

    /** The next rows have come, or the end. */
    @Override
    public void accept(@Nullable RowSlice next, @Nullable Throwable failed) {
        awaits = false;
        came(next, failed);
        run();
    }

    private void came(@Nullable RowSlice next, @Nullable Throwable failed) {
        rows = next;
        at = next == null ? 0 : next.from();
        isLast = next == null;
        failure = failed;
    }

    private void goOn() {
        Flow.Subscriber<? super T> to = subscriber;
        boolean mayTake = true;
        while (to != null && !stops) {
            RowSlice slice = rows;
            Answered<T> open = answer;
            if (isLast) {
                tellEnd(to, failure);
                return;
            } else if (open == null) {
                if (!opens()) {
                    return;
                }
            } else if (slice == null || at == slice.to()) {
                if (!hasMore(open, mayTake)) {
                    return;
                }
                mayTake = false;
            } else if (!handOut(to, open.taker(), slice)) {
                return;
            }
        }
        IllegalArgumentException refusal = wrong;
        if (to == null || refusal == null) {
            release();
        } else if (statement != null) {
            tellEnd(to, refusal);
        }
    }

    /** Looks at the answer, if the first rows are there. */
    private boolean opens() {
        CompletableFuture<Results> begun = statement;
        if (begun == null || !begun.isDone()) {
            return false;
        }
        try {
            Results results = begun.join();
            Result result = results.current();
            RowPlan plan = result == null ? null : result.plan();
            if (result == null || plan == null) {
                throw Result.withoutRows(result == null ? null : result.tag());
            }
            answer = new Answered<>(results, result, takers.apply(plan));
        } catch (CompletionException failed) {
            came(null, failed.getCause());
        } catch (RuntimeException | Error failed) {
            came(null, failed);
        }
        return true;
    }

    /**
     * Takes the next rows if the server is done, else has them come.
     *
     * @param mayTake whether other connections of the loop need not be let in first
     */
    private boolean hasMore(Answered<T> open, boolean mayTake) {
        giveBack();
        if (awaits) {
            return false;
        }
        if (!open.results().isDone()) {
            awaits = true;
            session.next(open.results(), open.result()).whenComplete(this);
            return false;
        }
        if (!mayTake && open.result().hasPage()) {
            session.onLoop(this);
            return false;
        }
        try {
            came(NextRows.take(open.results(), open.result()), null);
        } catch (RuntimeException failed) {
            came(null, failed);
        }
        return true;
    }

    /** Hands out the rows of a page that are wanted; returns whether there is something else to do. */
    private boolean handOut(Flow.Subscriber<? super T> to, RowTaker<T> taker, RowSlice slice) {
        RowPage page = slice.page();
        int from = at;
        int until = from + demand.of(slice.to() - from);
        int row = from;
        while (row < until && !stops) {
            T value;
            try {
                value = Objects.requireNonNull(taker.take(page, row), NULL);
            } catch (Throwable unmade) {
                giveBack();
                came(null, unmade);
                return true;
            }
            row++;
            try {
                to.onNext(value);
            } catch (Throwable thrown) {
                hasThrown(thrown);
            }
        }
        at = row;
        return demand.met(row - from) || stops || row == slice.to();
    }

    private void hasThrown(Throwable thrown) {
        stops = true;
        Log.warn("a subscriber has thrown, which cancels its subscription", thrown);
    }

    private void tellEnd(Flow.Subscriber<? super T> to, @Nullable Throwable why) {
        release();
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

    /** Gives up what is held. */
    private void release() {
        subscriber = null;
        answer = null;
        giveBack();
        CompletableFuture<Results> begun = statement;
        statement = null;
        if (begun != null && !begun.cancel(true) && !begun.isCompletedExceptionally()) {
            Results results = begun.join();
            if (!results.isUsedUp()) {
                session.discard(results);
            }
        }
    }

    /** The rows at hand are not looked at any more. */
    private void giveBack() {
        RowSlice slice = rows;
        rows = null;
        if (slice != null && slice.endsPage()) {
            slice.page().giveBack();
        }
    }
}
