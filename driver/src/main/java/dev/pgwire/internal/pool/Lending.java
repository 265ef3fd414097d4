package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.pool.PoolConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens between the connections of a pool and its borrowers, a step at a time. Nothing here waits: a borrower that has to wait does
 * so on its thread, see {@link Stock}, or leaves a future behind, see {@link LaterBorrow}.
 *
 * @param <H> what is held
 */
final class Lending<H extends Held> {
    private final PoolConfig config;
    private final Shelf<H> shelf;
    private final Making<H> making;

    Lending(PoolConfig config, Shelf<H> shelf, Making<H> making) {
        this.config = config;
        this.shelf = shelf;
        this.making = making;
    }

    /**
     * Serves a borrower at once, or has it wait; returns whether it is served.
     *
     * @throws PgException if it must not wait
     */
    boolean take(Loan<H> loan, long now) {
        int ordered;
        List<Slot<H>> leaving = List.of();
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
            leaving = new ArrayList<>();
            ordered = shelf.order(now, leaving);
            if (first && ordered == 0 && shelf.supply().lastFailure() != null) {
                Keeper.nudge();
            }
        } finally {
            shelf.unlock();
        }
        making.make(ordered, leaving);
        return false;
    }

    /** A borrower that was called takes what is there. */
    void fetch(Loan<H> loan, long now) {
        Loan<H> next;
        shelf.lock();
        try {
            next = shelf.fetch(loan, now);
        } finally {
            shelf.unlock();
        }
        wake(next);
    }

    /** A borrower has waited for too long; it may have been served at the last moment. */
    void timeOut(Loan<H> loan) {
        Loan<H> next;
        shelf.lock();
        try {
            if (!shelf.leave(loan)) {
                return;
            }
            next = shelf.callNext(loan);
            shelf.counters().timeouts++;
            loan.refuse(shelf.shortage("no connection of pool " + config.name() + " came free within "
                    + Shortage.seconds(Duration.ofNanos(loan.until() - loan.askedAt()))));
        } finally {
            shelf.unlock();
        }
        wake(next);
    }

    /** A borrower waits no longer; returns whether it did, or was served at the last moment. */
    boolean leave(Loan<H> loan, PgException why) {
        Loan<H> next;
        shelf.lock();
        try {
            if (!shelf.leave(loan)) {
                return false;
            }
            next = shelf.callNext(loan);
            loan.refuse(why);
        } finally {
            shelf.unlock();
        }
        wake(next);
        return true;
    }

    private static void wake(@Nullable Loan<?> next) {
        if (next != null) {
            next.wake();
        }
    }

    /** Has made what is missing. */
    void replenish() {
        making.replenish();
    }

    /** What was lent is of no use; the borrower may try again. */
    void lose(Loan<H> loan) {
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

    /** Takes a connection back that is clean. */
    void giveBack(Loan<H> loan) {
        Slot<H> slot = loan.slot();
        long now = System.nanoTime();
        Loan<H> first = null;
        boolean leaves;
        shelf.lock();
        try {
            slot.usedUntil(now);
            leaves = shelf.isClosed() || slot.isOld(now) || shelf.isInTheWay(slot, now);
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
    void discard(Loan<H> loan) {
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

    InterfaceException closedNow() {
        return new InterfaceException("the pool " + config.name() + " is closed, expected an open one");
    }
}
