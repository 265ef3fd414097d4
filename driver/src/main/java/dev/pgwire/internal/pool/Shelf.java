package dev.pgwire.internal.pool;

// HOT: twice for each borrower

import dev.pgwire.error.PgException;
import dev.pgwire.pool.PoolConfig;
import dev.pgwire.pool.PoolStats;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What a pool has: all connections, and for each {@link Face} those that are idle, and who waits. All of it is used under its lock, for the
 * time of a few assignments; nothing is waited for and nothing is closed meanwhile.
 *
 * <p>The two faces share the places. A borrower that finds none for its face has an idle connection of the other make room, or the next
 * that is given back if its borrower came first.
 *
 * @param <H> what is held
 */
final class Shelf<H extends Held> {
    /**
     * Where each face has connections they are exchanged only for a borrower that has waited for so long, or if they were idle for so long.
     * Otherwise two faces that are both busy would have the other's connections closed all the time.
     */
    private static final long SETTLED = 100_000_000L;

    private final PoolConfig config;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition empty = lock.newCondition();
    private final Set<Slot<H>> slots = new LinkedHashSet<>();
    private final Supply supply = new Supply();
    private final Counters counters = new Counters();
    private final Side<H> blocking;
    private final Side<H> asynchronous;
    /** How the pool was used last. */
    private Face last = Face.BLOCKING;

    /** The places that are taken by connections which are not lent. */
    private int reserved;
    /** Whether the next place that comes free is for one of those. */
    private boolean placeWanted;

    private volatile Beside beside = Beside.NONE;
    private volatile boolean closed;

    Shelf(PoolConfig config) {
        this.config = config;
        this.blocking = new Side<>(counters, config.patience().toNanos());
        // A borrower without a thread need not wake up: what is given back is handed to it at once.
        this.asynchronous = new Side<>(counters, 0);
    }

    private Side<H> side(Face face) {
        return face == Face.BLOCKING ? blocking : asynchronous;
    }

    private Side<H> side(Slot<H> slot) {
        return side(slot.face());
    }

    private Side<H> side(Loan<H> loan) {
        return side(loan.face());
    }

    private Side<H> other(Side<H> side) {
        return side == blocking ? asynchronous : blocking;
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

    private int waiting() {
        return blocking.waiting() + asynchronous.waiting();
    }

    /** Whether a borrower waits. */
    boolean isWanted() {
        return waiting() > 0;
    }

    /** Whether as many wait as may. */
    boolean isFull() {
        return waiting() >= config.maxWaiters();
    }

    /** Serves a borrower from what is idle; returns whether there was something that it may have. */
    boolean serve(Loan<H> loan, long now) {
        return side(loan).serve(loan, now);
    }

    /** Has a borrower wait; returns whether it is the first. */
    boolean enqueue(Loan<H> loan) {
        last = loan.face();
        side(loan).enqueue(loan);
        return waiting() == 1;
    }

    /** A borrower goes; returns whether it was still waiting. */
    boolean leave(Loan<H> loan) {
        return side(loan).leave(loan);
    }

    /** Adds a new connection, as {@link #lend} does. */
    @Nullable
    Loan<H> add(Slot<H> slot, long now) {
        slots.add(slot);
        side(slot).size(1);
        return lend(slot, now);
    }

    /** Takes a connection that is free; returns who is to be woken for it, served or called, or null. */
    @Nullable
    Loan<H> lend(Slot<H> slot, long now) {
        return side(slot).lend(slot, now);
    }

    /** Whether a connection that is free is to make room for one of the other face. */
    boolean isInTheWay(Slot<H> slot, long now) {
        if (placeWanted && room() <= 0) {
            return true;
        }
        Side<H> side = side(slot);
        Side<H> other = other(side);
        return other.hasWaited(now, other.size() == 0 ? 0 : SETTLED)
                && other.isBefore(side)
                && other.making() == 0
                && other.missing() > 0
                && room() <= 0
                && supply.lastFailure() == null;
    }

    /** Who is to be woken to fetch what is idle, when one that was called has gone; null if as many are on their way. */
    @Nullable
    Loan<H> callNext(Loan<H> gone) {
        return side(gone).callNext();
    }

    /** A borrower comes that was called; if others were quicker, it waits on. Returns who is to be woken next. */
    @Nullable
    Loan<H> fetch(Loan<H> loan, long now) {
        return side(loan).fetch(loan, now);
    }

    /** A connection is there no more. */
    void forget(Slot<H> slot) {
        slot.lend(null);
        if (slots.remove(slot)) {
            side(slot).size(-1);
        }
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
        boolean found = side(slot).remove(slot);
        if (found) {
            lose(slot);
        }
        return found;
    }

    /**
     * How many connections are to be made now.
     *
     * @param leaving gets the idle connections of one face that make room for the other
     */
    int order(long now, List<Slot<H>> leaving) {
        if (closed) {
            return 0;
        }
        int lacking = Math.max(0, blocking.missing()) + Math.max(0, asynchronous.missing());
        int wanted = Math.max(lacking, config.minSize() - slots.size());
        if (wanted > 0 && supply.lastFailure() == null) {
            makeRoom(blocking, now, leaving);
            makeRoom(asynchronous, now, leaving);
        }
        int missing = Math.min(wanted, config.maxSize() - reserved - slots.size() - (placeWanted ? 1 : 0));
        return missing <= supply.connecting() ? 0 : supply.order(missing, isWanted(), now);
    }

    /** How many connections more there may be. */
    private int room() {
        return config.maxSize() - reserved - slots.size() - supply.connecting();
    }

    private void makeRoom(Side<H> side, long now, List<Slot<H>> leaving) {
        // Those that are ordered and not begun will be of the face that lacks them.
        int ordered = supply.connecting() - blocking.making() - asynchronous.making();
        while (side.missing() - side.making() - ordered > Math.max(0, room())) {
            Slot<H> unused = other(side).evict(now, side.size() == 0 ? 0 : SETTLED);
            if (unused == null) {
                return;
            }
            retire(unused);
            leaving.add(unused);
        }
    }

    private void retire(Slot<H> slot) {
        counters.retired++;
        forget(slot);
    }

    /** The making of a connection begins: of the face that lacks one, and whose borrower came first. */
    Face making() {
        boolean lacking = blocking.missing() > blocking.making();
        boolean lackingOther = asynchronous.missing() > asynchronous.making();
        Face face = last;
        if (lacking && (!lackingOther || blocking.isBefore(asynchronous))) {
            face = Face.BLOCKING;
        } else if (lackingOther) {
            face = Face.ASYNCHRONOUS;
        }
        side(face).making(1);
        return face;
    }

    /** One was made, or could not be made. */
    void made(Face face) {
        side(face).making(-1);
    }

    /**
     * Takes the place of a connection for one that is not lent.
     *
     * @param evicted gets the idle connection that has to go for it
     * @return whether there is a place
     */
    boolean reserve(List<Slot<H>> evicted) {
        long now = System.nanoTime();
        if (closed || supply.pause(isWanted(), now) > 0) {
            return false;
        }
        if (room() <= 0) {
            Slot<H> unused = isWanted() ? null : evict(now);
            if (unused == null) {
                // One that serves many is worth more than one that serves the first of them.
                placeWanted = reserved == 0;
                return false;
            }
            retire(unused);
            evicted.add(unused);
        }
        placeWanted = false;
        reserved++;
        return true;
    }

    private @Nullable Slot<H> evict(long now) {
        Slot<H> unused = blocking.evict(now, 0);
        return unused == null ? asynchronous.evict(now, 0) : unused;
    }

    /** Gives such a place back. */
    void unreserve() {
        reserved--;
        empty.signalAll();
    }

    /** Says what takes such places: it is looked after, and counted, with the connections that are lent. */
    void beside(Beside others) {
        beside = others;
    }

    /** What takes places and is not lent. */
    Beside beside() {
        return beside;
    }

    /** Whether all places are free. */
    boolean isVacant() {
        return slots.isEmpty() && reserved == 0;
    }

    /** What a borrower is told that gets no connection. */
    PgException shortage(String what) {
        return Shortage.of(what, slots, slots.size(), config.maxSize(), waiting(), System.nanoTime())
                .exception(supply.lastFailure());
    }

    /** Takes away what is idle and too old, or was idle for too long. */
    List<Slot<H>> takeOld(long now) {
        List<Slot<H>> old = new ArrayList<>();
        long most = config.idleTimeout().toNanos();
        for (Side<H> side : List.of(blocking, asynchronous)) {
            side.takeIf(
                    slot -> slot.isOld(now)
                            || (most > 0 && now - slot.idleSince() > most && slots.size() > config.minSize()),
                    slot -> {
                        retire(slot);
                        old.add(slot);
                    });
        }
        return old;
    }

    /** What is idle. */
    List<Slot<H>> idle() {
        List<Slot<H>> all = new ArrayList<>(blocking.listIdle());
        all.addAll(asynchronous.listIdle());
        return all;
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
        List<Loan<H>> all = new ArrayList<>(blocking.takeWaiters());
        all.addAll(asynchronous.takeWaiters());
        return all;
    }

    /** Lends nothing any more, and takes away what is idle. */
    List<Slot<H>> close() {
        closed = true;
        List<Slot<H>> all = new ArrayList<>(blocking.takeIdle());
        all.addAll(asynchronous.takeIdle());
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
        all.forEach(this::forget);
        return all;
    }

    /** What it is doing, and has done. */
    PoolStats stats(long validations) {
        return counters.stats(
                config.maxSize(),
                slots.size(),
                blocking.idle() + asynchronous.idle(),
                supply.connecting(),
                waiting(),
                validations,
                beside);
    }
}
