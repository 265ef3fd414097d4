package dev.pgwire.internal.pool;

// HOT: one for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.loop.CallSite;
import dev.pgwire.internal.loop.LoopFuture;
import dev.pgwire.internal.server.Log;
import dev.pgwire.pool.PoolConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A borrower that does not wait: what is done when it is served. One that is served at once, from a connection that needs no question to its
 * server, is done on the thread that asks; otherwise the thread of the connection's event loop goes on.
 *
 * @param <H> what is lent
 */
final class LaterBorrow<H extends Held> extends LoopFuture<Loan<H>> {
    private final PoolConfig config;
    private final Lending<H> lending;
    private final Inspection inspection;
    private final Executor threads;
    private final Later loan;
    private final @Nullable Object event = Recording.borrows();
    /** Whether it waits: what decides it goes on with it, once. */
    private final AtomicBoolean waits = new AtomicBoolean();

    private final boolean tellsCaller;
    private volatile @Nullable CallSite site;
    private volatile @Nullable CompletableFuture<@Nullable Void> timer;

    LaterBorrow(
            PoolConfig config,
            Lending<H> lending,
            Inspection inspection,
            Executor threads,
            boolean tellsCaller,
            long nanos) {
        long now = System.nanoTime();
        this.config = config;
        this.lending = lending;
        this.inspection = inspection;
        this.threads = threads;
        this.tellsCaller = tellsCaller;
        this.loan = new Later(now, now + nanos);
    }

    /** A loan whose borrower is no thread. */
    private final class Later extends Loan<H> {
        Later(long askedAt, long until) {
            super(askedAt, until, Face.ASYNCHRONOUS);
        }

        @Override
        void wake() {
            if (refusal() != null) {
                threads.execute(LaterBorrow.this::decided);
            } else {
                held().execute(LaterBorrow.this::decided);
            }
        }
    }

    Loan<H> loan() {
        return loan;
    }

    /** Takes a connection, or waits for one. Called on the thread that asks. */
    void begin() {
        take();
        if (tellsCaller && !isDone()) {
            site = new CallSite();
        }
    }

    private void take() {
        long now = System.nanoTime();
        waits.set(true);
        boolean served;
        try {
            served = lending.take(loan, now);
        } catch (PgException refused) {
            waits.set(false);
            fail(refused);
            return;
        }
        if (served) {
            waits.set(false);
            look(now);
        } else if (isDone()) {
            // It was cancelled while it was queued.
            giveUp();
        } else {
            keepTime(now);
        }
    }

    private void keepTime(long now) {
        stopTime();
        CompletableFuture<@Nullable Void> limit = new CompletableFuture<>();
        timer = limit;
        limit.orTimeout(Math.max(0, loan.until() - now), TimeUnit.NANOSECONDS)
                .whenComplete((nothing, over) -> timeOut(over));
        if (!waits.get()) {
            // It was served meanwhile.
            stopTime();
        } else if (isDone()) {
            giveUp();
        }
    }

    private void timeOut(@Nullable Throwable over) {
        if (over != null) {
            lending.timeOut(loan);
            if (loan.refusal() != null) {
                loan.wake();
            }
        }
    }

    private void stopTime() {
        CompletableFuture<@Nullable Void> limit = timer;
        if (limit != null) {
            limit.complete(null);
        }
    }

    private void decided() {
        if (!waits.compareAndSet(true, false)) {
            return;
        }
        PgException refusal = loan.refusal();
        if (refusal != null) {
            fail(refusal);
        } else {
            look(System.nanoTime());
        }
    }

    /** It is served; what it got may be of no use. */
    private void look(long now) {
        Inspection.Finding finding;
        try {
            finding = inspection.look(loan.slot(), now);
            if (finding == Inspection.Finding.UNSURE) {
                ask(now);
            }
        } catch (RuntimeException unforeseen) {
            Log.warn("a connection of pool " + config.name() + " could not be looked at", unforeseen);
            finding = Inspection.Finding.LOST;
        }
        if (finding == Inspection.Finding.GOOD) {
            succeed();
        } else if (finding == Inspection.Finding.LOST) {
            retry();
        }
    }

    private void ask(long now) {
        inspection.ask(loan.slot(), now, loan.until()).thenAccept(good -> loan.held()
                .execute(good ? this::succeed : this::retry));
    }

    private void retry() {
        lending.lose(loan);
        if (isDone()) {
            lending.replenish();
        } else {
            take();
        }
    }

    private void succeed() {
        stopTime();
        Recording.borrowed(event, config.name(), null);
        if (!complete(loan) && loan.end()) {
            lending.giveBack(loan);
        }
    }

    private void fail(PgException why) {
        stopTime();
        Recording.borrowed(event, config.name(), why);
        CallSite asked = site;
        if (asked != null) {
            asked.explain(why);
        }
        completeExceptionally(why);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            giveUp();
        }
        return cancelled;
    }

    private void giveUp() {
        QueryCanceledException why = new QueryCanceledException(
                QueryCanceledException.Reason.INTERRUPT,
                "the wait for a connection of pool " + config.name() + " was cancelled");
        if (lending.leave(loan, why)) {
            waits.set(false);
            fail(why);
        }
    }
}
