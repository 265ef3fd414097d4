package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.loop.LoopThread;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool, as they are lent and given back. Any thread may use it.
 *
 * @param <H> what is held
 */
public final class Stock<H extends Held> {
    /** What {@link #care} says when there is nothing left to look after. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long NO_HURRY = Long.MAX_VALUE - 1;

    private final PoolConfig config;
    private final long acquireNanos;
    private final LeakWatch leaks;
    private final Inspection inspection;
    private final Shelf<H> shelf;
    private final Making<H> making;
    private final Lending<H> lending;

    private Stock(PoolConfig config, Maker<? extends H> maker) {
        this.config = config;
        this.acquireNanos = config.acquireTimeout().toNanos();
        this.inspection = new Inspection(config);
        this.leaks = new LeakWatch(config);
        this.shelf = new Shelf<>(config);
        this.making = new Making<>(config, shelf, maker);
        this.lending = new Lending<>(config, shelf, making);
    }

    /** A stock that fills itself as configured. */
    public static <H extends Held> Stock<H> of(PoolConfig config, Maker<? extends H> maker) {
        Stock<H> stock = new Stock<>(config, maker);
        Keeper.add(stock);
        stock.making.replenish();
        return stock;
    }

    /**
     * Borrows a connection for a thread that waits for answers; waits until there is one.
     *
     * @throws PgException if there is none within the time
     */
    public Loan<H> borrow() {
        return borrow(null);
    }

    /** The same within a shorter time; null for that which is configured. */
    public Loan<H> borrow(@Nullable Duration within) {
        LoopThread.refuseToBlock();
        long now = System.nanoTime();
        Loan<H> loan = new Loan<>(now, now + nanos(within), Face.BLOCKING);
        leaks.begins(loan);
        Object event = Recording.borrows();
        try {
            borrow(loan, now);
        } catch (PgException failure) {
            Recording.borrowed(event, config.name(), failure);
            throw failure;
        }
        Recording.borrowed(event, config.name(), null);
        return loan;
    }

    private long nanos(@Nullable Duration within) {
        return within == null ? acquireNanos : Math.min(acquireNanos, within.toNanos());
    }

    private void borrow(Loan<H> loan, long askedAt) {
        long now = askedAt;
        while (true) {
            if (!lending.take(loan, now)) {
                waitFor(loan);
                now = System.nanoTime();
            }
            try {
                if (isFit(loan, now)) {
                    return;
                }
            } catch (Throwable failed) {
                lending.lose(loan);
                throw failed;
            }
            lending.lose(loan);
            now = System.nanoTime();
        }
    }

    private boolean isFit(Loan<H> loan, long now) {
        Slot<H> slot = loan.slot();
        return switch (inspection.look(slot, now)) {
            case GOOD -> true;
            case UNSURE -> inspection.ask(slot, now, loan.until()).join();
            case LOST -> false;
        };
    }

    private void waitFor(Loan<H> loan) {
        long until = loan.until();
        boolean interrupted = false;
        while (!loan.isDecided()) {
            long now = System.nanoTime();
            interrupted |= Thread.interrupted();
            if (loan.isCalled()) {
                lending.fetch(loan, now);
            } else if (interrupted) {
                lending.leave(loan, interruptedNow());
            } else if (until - now <= 0) {
                lending.timeOut(loan);
            } else {
                LockSupport.parkNanos(this, until - now);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        PgException refusal = loan.refusal();
        if (refusal != null) {
            // Another thread may have made it, whose stack tells nothing.
            refusal.fillInStackTrace();
            throw refusal;
        }
    }

    private QueryCanceledException interruptedNow() {
        return new QueryCanceledException(
                QueryCanceledException.Reason.INTERRUPT,
                "the thread was interrupted while it waited for a connection of pool " + config.name()
                        + ", expected one that is not");
    }

    /**
     * Borrows a connection for callers that do not wait.
     *
     * @param threads on which one that waits is told that it gets none
     * @param tellsCaller whether what fails tells where it was asked for
     * @param within how long it waits at most; null for as long as is configured
     * @return fails with {@link PgException} as {@link #borrow} does; to cancel it gives up the wait
     */
    public CompletableFuture<Loan<H>> borrowLater(Executor threads, boolean tellsCaller, @Nullable Duration within) {
        LaterBorrow<H> later = new LaterBorrow<>(config, lending, inspection, threads, tellsCaller, nanos(within));
        leaks.begins(later.loan());
        later.begin();
        return later;
    }

    /**
     * Takes a connection back that is clean.
     *
     * @param loan which has ended
     */
    public void giveBack(Loan<H> loan) {
        lending.giveBack(loan);
    }

    /** Takes a connection back that cannot be lent any more, and closes it. */
    public void discard(Loan<H> loan) {
        lending.discard(loan);
    }

    /** The places of its connections, for those that are not lent. */
    public Places<H> places() {
        return new Places<>(shelf, making);
    }

    /** A session was reset on the server. */
    public void countReset() {
        shelf.lock();
        shelf.counters().resets++;
        shelf.unlock();
    }

    /**
     * Closes what is too old, looks whether the idle connections are still open, has missing ones made, and reports leaks.
     *
     * @return in how many nanoseconds it wants to be called again; {@link #NEVER} if there is nothing left
     */
    long care(long now) {
        List<Slot<H>> old;
        List<Slot<H>> idle;
        shelf.lock();
        try {
            if (shelf.isOver()) {
                return NEVER;
            }
            old = shelf.takeOld(now);
            idle = shelf.idle();
        } finally {
            shelf.unlock();
        }
        old.forEach(making::close);
        idle.forEach(this::look);
        findLeaks(now);
        shelf.beside().care(now);
        making.replenish();
        shelf.lock();
        try {
            long pause = shelf.supply().pause(shelf.isWanted(), now);
            return pause == 0 ? NO_HURRY : pause;
        } finally {
            shelf.unlock();
        }
    }

    /** Removes a connection that was lost, unless it is lent meanwhile: then its borrower looks at it. */
    private void look(Slot<H> slot) {
        if (!slot.held().isClosed()) {
            return;
        }
        boolean found;
        shelf.lock();
        try {
            found = shelf.loseIdle(slot);
        } finally {
            shelf.unlock();
        }
        if (found) {
            making.close(slot);
        }
    }

    private void findLeaks(long now) {
        List<Loan<H>> loans;
        shelf.lock();
        try {
            loans = shelf.loans();
        } finally {
            shelf.unlock();
        }
        for (Loan<H> loan : loans) {
            boolean forgotten = leaks.isForgotten(loan) && loan.end();
            if (forgotten || leaks.isLong(loan, now)) {
                shelf.lock();
                shelf.counters().leaks++;
                shelf.unlock();
                leaks.report(loan, forgotten, now);
                Recording.leaks(config.name(), loan);
                if (forgotten) {
                    lending.discard(loan);
                }
            }
        }
    }

    /** What it is doing, and has done. */
    public PoolStats stats() {
        shelf.lock();
        try {
            return shelf.stats(inspection.questions());
        } finally {
            shelf.unlock();
        }
    }

    /** Whether nothing is lent any more. */
    public boolean isClosed() {
        return shelf.isClosed();
    }

    /** Lends nothing any more, and closes what is idle. Does nothing the second time. */
    public void close() {
        List<Slot<H>> idle;
        List<Loan<H>> refused;
        shelf.lock();
        try {
            idle = shelf.close();
            refused = shelf.takeWaiters();
            for (Loan<H> each : refused) {
                each.refuse(lending.closedNow());
            }
        } finally {
            shelf.unlock();
        }
        refused.forEach(Loan::wake);
        idle.forEach(making::close);
        Keeper.nudge();
    }

    /**
     * Checks that the calling thread may wait.
     *
     * @throws IllegalStateException if it is that of an event loop
     */
    public void refuseToBlock() {
        LoopThread.refuseToBlock();
    }

    /** Closes it, waits for what is lent, and closes what is not given back in time; returns whether all was. */
    public boolean drain(Duration limit) {
        refuseToBlock();
        close();
        List<Slot<H>> left;
        boolean vacant;
        boolean interrupted = false;
        shelf.lock();
        try {
            try {
                shelf.awaitEmpty(TimeUnit.NANOSECONDS.convert(limit));
            } catch (InterruptedException stop) {
                interrupted = true;
            }
            vacant = shelf.isVacant();
            left = shelf.takeAll();
        } finally {
            shelf.unlock();
        }
        left.forEach(making::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Keeper.nudge();
        return vacant;
    }
}
