package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.loop.LoopThread;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import java.time.Duration;
import java.util.List;
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

    private Stock(PoolConfig config, Maker<? extends H> maker) {
        this.config = config;
        this.acquireNanos = config.acquireTimeout().toNanos();
        this.inspection = new Inspection(config);
        this.leaks = new LeakWatch(config);
        this.shelf = new Shelf<>(config);
        this.making = new Making<>(config, shelf, maker);
    }

    /** A stock that fills itself as configured. */
    public static <H extends Held> Stock<H> of(PoolConfig config, Maker<? extends H> maker) {
        Stock<H> stock = new Stock<>(config, maker);
        Keeper.add(stock);
        stock.making.replenish();
        return stock;
    }

    /**
     * Borrows a connection; waits until there is one.
     *
     * @throws PgException if there is none within the time
     */
    public Loan<H> borrow() {
        LoopThread.refuseToBlock();
        long now = System.nanoTime();
        Loan<H> loan = new Loan<>(now);
        leaks.begins(loan);
        Object event = Recording.borrows();
        try {
            borrow(loan, now, now + acquireNanos);
        } catch (PgException failure) {
            Recording.borrowed(event, config.name(), failure);
            throw failure;
        }
        Recording.borrowed(event, config.name(), null);
        return loan;
    }

    private void borrow(Loan<H> loan, long askedAt, long until) {
        long now = askedAt;
        while (true) {
            if (!take(loan, now)) {
                waitFor(loan, until);
                now = System.nanoTime();
            }
            try {
                if (inspection.isFit(loan.slot(), now, until)) {
                    return;
                }
            } catch (Throwable failed) {
                lose(loan);
                throw failed;
            }
            lose(loan);
            now = System.nanoTime();
        }
    }

    /** Serves a borrower at once, or has it wait; returns whether it is served. */
    private boolean take(Loan<H> loan, long now) {
        int ordered;
        shelf.lock();
        try {
            if (shelf.isClosed()) {
                throw closedNow();
            }
            if (shelf.serve(loan, now)) {
                return true;
            }
            if (shelf.isFull()) {
                shelf.counters().refusals++;
                throw shelf.shortage("too many borrowers wait for a connection of pool " + config.name());
            }
            boolean first = shelf.enqueue(loan);
            ordered = shelf.order(now);
            if (first && ordered == 0 && shelf.supply().lastFailure() != null) {
                Keeper.nudge();
            }
        } finally {
            shelf.unlock();
        }
        making.make(ordered);
        return false;
    }

    private void waitFor(Loan<H> loan, long until) {
        boolean interrupted = false;
        while (!loan.isDecided()) {
            long now = System.nanoTime();
            interrupted |= Thread.interrupted();
            if (loan.isCalled()) {
                fetch(loan, now);
            } else if (interrupted || until - now <= 0) {
                leave(loan, interrupted);
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

    private void fetch(Loan<H> loan, long now) {
        Loan<H> next;
        shelf.lock();
        try {
            next = shelf.fetch(loan, now);
        } finally {
            shelf.unlock();
        }
        wake(next);
    }

    /** The wait is over, unless the borrower was served at the last moment. */
    private void leave(Loan<H> loan, boolean interrupted) {
        Loan<H> next;
        shelf.lock();
        try {
            if (!shelf.leave(loan)) {
                return;
            }
            next = shelf.callNext();
            if (interrupted) {
                loan.refuse(new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the thread was interrupted while it waited for a connection of pool " + config.name()
                                + ", expected one that is not"));
            } else {
                shelf.counters().timeouts++;
                loan.refuse(shelf.shortage("no connection of pool " + config.name() + " came free within "
                        + Shortage.seconds(config.acquireTimeout())));
            }
        } finally {
            shelf.unlock();
        }
        wake(next);
    }

    private static void wake(@Nullable Loan<?> next) {
        if (next != null) {
            next.wake();
        }
    }

    /** What was lent is of no use; the borrower tries again. */
    private void lose(Loan<H> loan) {
        Slot<H> slot = loan.slot();
        loan.unserve();
        shelf.lock();
        try {
            shelf.counters().borrows--;
            shelf.lose(slot);
        } finally {
            shelf.unlock();
        }
        making.close(slot);
    }

    /**
     * Takes a connection back that is clean.
     *
     * @param loan which has ended
     */
    public void giveBack(Loan<H> loan) {
        Slot<H> slot = loan.slot();
        long now = System.nanoTime();
        Loan<H> first = null;
        boolean leaves;
        shelf.lock();
        try {
            slot.usedUntil(now);
            leaves = shelf.isClosed() || slot.isOld(now);
            if (leaves) {
                shelf.counters().retired++;
                shelf.forget(slot);
            } else {
                first = shelf.lend(slot, now);
            }
        } finally {
            shelf.unlock();
        }
        wake(first);
        if (leaves) {
            making.close(slot);
            making.replenish();
        }
    }

    /** Takes a connection back that cannot be lent any more, and closes it. */
    public void discard(Loan<H> loan) {
        Slot<H> slot = loan.slot();
        boolean lost = slot.held().isClosed();
        shelf.lock();
        try {
            if (lost) {
                shelf.lose(slot);
            } else {
                shelf.counters().discarded++;
                shelf.forget(slot);
            }
        } finally {
            shelf.unlock();
        }
        making.close(slot);
        making.replenish();
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
                    discard(loan);
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
                each.refuse(closedNow());
            }
        } finally {
            shelf.unlock();
        }
        refused.forEach(Loan::wake);
        idle.forEach(making::close);
        Keeper.nudge();
    }

    /** Closes it, waits for what is lent, and closes what is not given back in time; returns whether all was. */
    public boolean drain(Duration limit) {
        close();
        List<Slot<H>> left;
        boolean vacant;
        boolean interrupted = false;
        shelf.lock();
        try {
            try {
                shelf.awaitEmpty(limit.toNanos());
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

    private InterfaceException closedNow() {
        return new InterfaceException("the pool " + config.name() + " is closed, expected an open one");
    }
}
