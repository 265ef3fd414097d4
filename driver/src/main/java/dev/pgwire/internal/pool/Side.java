package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The idle connections of one kind, and who waits for one. Part of a {@link Shelf}, whose lock guards it.
 *
 * <p>Borrowers are served in the order in which they come. Once the first has waited for a while, a connection that is given back is handed
 * to it, and lies idle until its thread has woken up. Before that the first is only called, and fetches what is there when it comes: a
 * borrower that runs already may be quicker. Where there are more threads than processors that is worth a fifth of the throughput.
 *
 * <p>Of several idle connections the one that was used last is lent first, so that those that are not needed grow old.
 *
 * @param <H> what is held
 */
final class Side<H extends Held> {
    private final ArrayDeque<Slot<H>> idle = new ArrayDeque<>();
    private final LinkedHashSet<Loan<H>> waiters = new LinkedHashSet<>();
    private final Counters counters;
    private final long patience;
    /** How many waiters were called and have not come yet. */
    private int called;
    /** How many connections of the kind are being made. */
    private int making;
    /** How many there are, lent ones as well. */
    private int size;

    Side(Counters counters, long patience) {
        this.counters = counters;
        this.patience = patience;
    }

    /** How many connections are idle. */
    int idle() {
        return idle.size();
    }

    /** How many borrowers wait. */
    int waiting() {
        return waiters.size();
    }

    /** How many connections are missing, without those that are being made. */
    int missing() {
        // What is idle is fetched by borrowers that were called.
        return waiters.size() - idle.size();
    }

    /** How many connections of the kind are being made. */
    int making() {
        return making;
    }

    /** The making of one begins, or is over. */
    void making(int change) {
        making += change;
    }

    /** How many connections of the kind there are, lent ones as well. */
    int size() {
        return size;
    }

    /** There is one more, or one less. */
    void size(int change) {
        size += change;
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

    /** Has a borrower wait. */
    void enqueue(Loan<H> loan) {
        waiters.add(loan);
    }

    /** A borrower goes; returns whether it was still waiting. */
    boolean leave(Loan<H> loan) {
        if (loan.uncall()) {
            called--;
        }
        return waiters.remove(loan);
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
        return waiters.isEmpty() || !isPatienceOver(now);
    }

    /** Whether a borrower waits that has waited for long. */
    boolean isPatienceOver(long now) {
        // Without patience whatever the clock says, which was read before the lock was had.
        return hasWaited(now, patience);
    }

    /** Whether a borrower has waited for so long. */
    boolean hasWaited(long now, long nanos) {
        return !waiters.isEmpty()
                && (nanos == 0 || now - waiters.iterator().next().askedAt() >= nanos);
    }

    /** Whether the first who waits came before the first of another side. */
    boolean isBefore(Side<H> other) {
        return !waiters.isEmpty()
                && (other.waiters.isEmpty()
                        || waiters.iterator().next().askedAt()
                                        - other.waiters.iterator().next().askedAt()
                                < 0);
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

    /** Takes away the one that was idle longest, and for so long; null if there is none, or borrowers are on their way to it. */
    @Nullable
    Slot<H> evict(long now, long nanos) {
        Slot<H> longest = idle.peekFirst();
        boolean may = longest != null && waiters.isEmpty() && (nanos == 0 || now - longest.idleSince() >= nanos);
        return may ? idle.pollFirst() : null;
    }

    /** Takes one away, if it is idle; returns whether it is. */
    boolean remove(Slot<H> slot) {
        return idle.remove(slot);
    }

    /** Takes away the idle ones of which something is so, one by one. */
    void takeIf(Predicate<Slot<H>> test, Consumer<Slot<H>> taken) {
        for (Iterator<Slot<H>> each = idle.iterator(); each.hasNext(); ) {
            Slot<H> slot = each.next();
            if (test.test(slot)) {
                each.remove();
                taken.accept(slot);
            }
        }
    }

    /** Takes away all that is idle. */
    List<Slot<H>> takeIdle() {
        List<Slot<H>> all = List.copyOf(idle);
        idle.clear();
        return all;
    }

    /** What is idle. */
    List<Slot<H>> listIdle() {
        return List.copyOf(idle);
    }

    /** Takes away all who wait. */
    List<Loan<H>> takeWaiters() {
        List<Loan<H>> all = List.copyOf(waiters);
        waiters.clear();
        all.forEach(Loan::uncall);
        called = 0;
        return all;
    }
}
