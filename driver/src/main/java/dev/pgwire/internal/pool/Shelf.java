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
 * <p>Borrowers are served in the order in which they come: while one waits, nothing is idle, and a connection that is given back goes to the
 * first. Of several idle connections the one that was used last is lent first, so that those that are not needed grow old.
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
    private volatile boolean closed;

    Shelf(PoolConfig config) {
        this.config = config;
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

    /** Serves a borrower from what is idle; returns whether there was something. */
    boolean serve(Loan<H> loan, long now) {
        Slot<H> slot = waiters.isEmpty() ? idle.pollLast() : null;
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
        return waiters.remove(loan);
    }

    /** Adds a new connection, and lends it as {@link #lend}. */
    @Nullable
    Loan<H> add(Slot<H> slot, long now) {
        slots.add(slot);
        return lend(slot, now);
    }

    /** Lends a connection to the first who waits, who is to be woken; null if none does, and the connection is idle then. */
    @Nullable
    Loan<H> lend(Slot<H> slot, long now) {
        if (waiters.isEmpty()) {
            slot.lend(null);
            idle.addLast(slot);
            return null;
        }
        Iterator<Loan<H>> queue = waiters.iterator();
        Loan<H> first = queue.next();
        queue.remove();
        counters.borrows++;
        counters.waits++;
        counters.waitedNanos += now - first.askedAt();
        first.serve(slot, now);
        return first;
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
        int missing =
                Math.min(Math.max(waiters.size(), config.minSize() - slots.size()), config.maxSize() - slots.size());
        return missing <= supply.connecting() ? 0 : supply.order(missing, isWanted(), now);
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
        for (long left = nanos; !slots.isEmpty() && left > 0; ) {
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
    PoolStats stats() {
        return counters.stats(config.maxSize(), slots.size(), idle.size(), supply.connecting(), waiters.size());
    }
}
