package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has: all connections, those of them that are idle, and who waits for one. All of it is used under its lock, for the time
 * of a few assignments; nothing is waited for and nothing is closed meanwhile.
 *
 * <p>Borrowers are served in the order in which they come. Once the first has waited for a while ({@link PoolConfig#patience}), a connection
 * that is given back is handed to it, and lies idle until its thread has woken up. Before that the first is only called, and fetches what is
 * there when it comes: a borrower that runs already may be quicker. Where there are more threads than processors that is worth a
 * fifth of the throughput.
 *
 * <p>Of several idle connections the one that was used last is lent first, so that those that are not needed grow old.
 *
 * @param <H> what is held
 */
final class Shelf<H extends Held> {
    private final PoolConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Slot<H>> slots = new LinkedHashSet<>();
    private final ArrayDeque<Slot<H>> idle = new ArrayDeque<>();
    private final LinkedHashSet<Loan<H>> waiters = new LinkedHashSet<>();
    private final Supply supply = new Supply();
    private final Counters counters = new Counters();
    private final long patience;
    /** How many waiters were called and have not come yet. */
    private int called;

    /** The places that are taken by connections which are not lent. */
    private int reserved;

    private volatile boolean closed;

    Shelf(PoolConfig config) {
        this.config = config;
        this.patience = config.patience().toNanos();
    }

    void lock() {
        lock.lock();
    }

    void unlock() {
        lock.unlock();
    }

    /** What has happened. */
    Counters counters() {
        return counters;
    }

    /** What decides when connections are made. */
    Supply supply() {
        return supply;
    }

    /** Whether nothing is lent any more. May be asked without the lock. */
    boolean isClosed() {
        return closed;
    }

    /** Whether there is nothing left, and nothing comes. */
    boolean isOver() {
        return closed && slots.isEmpty() && supply.connecting() == 0;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /** Whether a borrower waits. */
    boolean isWanted() {
        return !waiters.isEmpty();
    }

    /** Whether as many wait as may. */
    boolean isFull() {
        return waiters.size() >= config.maxWaiters();
    }

    /** Serves a borrower from what is idle; returns whether there was something that it may have. */
    boolean serve(Loan<H> loan, long now) {
        Slot<H> slot = mayOvertake(now) ? idle.pollLast() : null;
        if (slot == null) {
            return false;
        }
        counters.borrows++;
        loan.serve(slot, now);
        return true;
    }

    /** Has a borrower wait; returns whether it is the first. */
    boolean enqueue(Loan<H> loan) {
        waiters.add(loan);
        return waiters.size() == 1;
    }

    /** A borrower goes; returns whether it was still waiting. */
    boolean leave(Loan<H> loan) {
        if (loan.uncall()) {
            called--;
        }
        return waiters.remove(loan);
    }

    /** Adds a new connection, as {@link #lend} does. */
    @Nullable
    Loan<H> add(Slot<H> slot, long now) {
        slots.add(slot);
        return lend(slot, now);
    }

    /** Takes a connection that is free; returns who is to be woken for it, served or called, or null. */
    @Nullable
    Loan<H> lend(Slot<H> slot, long now) {
        if (mayOvertake(now)) {
            slot.lend(null);
            idle.addLast(slot);
            return callNext();
        }
        Loan<H> first = waiters.iterator().next();
        serveWaiter(first, slot, now);
        // It may have been on its way to fetch another one that is idle.
        Loan<H> next = callNext();
        if (next != null) {
            next.wake();
        }
        return first;
    }

    private void serveWaiter(Loan<H> loan, Slot<H> slot, long now) {
        leave(loan);
        counters.borrows++;
        counters.waits++;
        counters.waitedNanos += now - loan.askedAt();
        loan.serve(slot, now);
    }

    /** Whether no borrower waits that must be served before one that comes. */
    private boolean mayOvertake(long now) {
        return waiters.isEmpty() || now - waiters.iterator().next().askedAt() < patience;
    }

    /** Who is to be woken to fetch what is idle; null if as many are on their way. */
    @Nullable
    Loan<H> callNext() {
        if (called >= idle.size() || called >= waiters.size()) {
            return null;
        }
        for (Loan<H> each : waiters) {
            if (each.call()) {
                called++;
                return each;
            }
        }
        return null;
    }

    /** A borrower comes that was called; if others were quicker, it waits on. Returns who is to be woken next. */
    @Nullable
    Loan<H> fetch(Loan<H> loan, long now) {
        if (!loan.uncall()) {
            return null;
        }
        called--;
        Slot<H> slot = idle.pollLast();
        if (slot != null) {
            serveWaiter(loan, slot, now);
        }
        return callNext();
    }

    /** A connection is there no more. */
    void forget(Slot<H> slot) {
        slot.lend(null);
        slots.remove(slot);
        if (slots.isEmpty()) {
            empty.signalAll();
        }
    }

    /** A connection was lost: the server may be gone. */
    void lose(Slot<H> slot) {
        counters.lost++;
        supply.suspect();
        forget(slot);
    }

    /** The same, if it is idle; returns whether it is. */
    boolean loseIdle(Slot<H> slot) {
        boolean found = idle.remove(slot);
        if (found) {
            lose(slot);
        }
        return found;
    }

    /** How many connections are to be made now. */
    int order(long now) {
        if (closed) {
            return 0;
        }
        // What is idle is fetched by borrowers that were called.
        int wanted = Math.max(waiters.size() - idle.size(), config.minSize() - slots.size());
        int missing = Math.min(wanted, config.maxSize() - reserved - slots.size());
        return missing <= supply.connecting() ? 0 : supply.order(missing, isWanted(), now);
    }

    /**
     * Takes the place of a connection for one that is not lent.
     *
     * @param evicted gets the idle connection that has to go for it
     * @return whether there is a place
     */
    boolean reserve(List<Slot<H>> evicted) {
        if (closed) {
            return false;
        }
        if (slots.size() + supply.connecting() + reserved >= config.maxSize()) {
            Slot<H> unused = waiters.isEmpty() ? idle.pollFirst() : null;
            if (unused == null) {
                return false;
            }
            counters.retired++;
            forget(unused);
            evicted.add(unused);
        }
        reserved++;
        return true;
    }

    /** Gives such a place back. */
    void unreserve() {
        reserved--;
        empty.signalAll();
    }

    /** Whether all places are free. */
    boolean isVacant() {
        return slots.isEmpty() && reserved == 0;
    }

    /** What a borrower is told that gets no connection. */
    PgException shortage(String what) {
        return Shortage.of(what, slots, slots.size(), config.maxSize(), waiters.size(), System.nanoTime())
                .exception(supply.lastFailure());
    }

    /** Takes away what is idle and too old, or was idle for too long. */
    List<Slot<H>> takeOld(long now) {
        List<Slot<H>> old = new ArrayList<>();
        long most = config.idleTimeout().toNanos();
        for (Iterator<Slot<H>> each = idle.iterator(); each.hasNext(); ) {
            Slot<H> slot = each.next();
            boolean unused = most > 0 && now - slot.idleSince() > most && slots.size() > config.minSize();
            if (unused || slot.isOld(now)) {
                each.remove();
                counters.retired++;
                forget(slot);
                old.add(slot);
            }
        }
        return old;
    }

    /** What is idle. */
    List<Slot<H>> idle() {
        return List.copyOf(idle);
    }

    /** What is lent. */
    List<Loan<H>> loans() {
        List<Loan<H>> loans = new ArrayList<>();
        for (Slot<H> slot : slots) {
            Loan<H> loan = slot.loan();
            if (loan != null) {
                loans.add(loan);
            }
        }
        return loans;
    }

    /** Takes away all who wait. */
    List<Loan<H>> takeWaiters() {
        List<Loan<H>> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(Loan::uncall);
        called = 0;
        return all;
    }

    /** Lends nothing any more, and takes away what is idle. */
    List<Slot<H>> close() {
        closed = true;
        List<Slot<H>> all = idle();
        idle.clear();
        all.forEach(this::forget);
        return all;
    }

    /** Waits until all is given back. */
    void awaitEmpty(long nanos) throws InterruptedException {
        for (long left = nanos; (!slots.isEmpty() || reserved > 0) && left > 0; ) {
            left = empty.awaitNanos(left);
        }
    }

    /** Takes away all that there is. */
    List<Slot<H>> takeAll() {
        List<Slot<H>> all = List.copyOf(slots);
        slots.clear();
        return all;
    }

    /** What it is doing, and has done. */
    PoolStats stats(long validations) {
        return counters.stats(
                config.maxSize(), slots.size(), idle.size(), supply.connecting(), waiters.size(), validations);
    }
}
