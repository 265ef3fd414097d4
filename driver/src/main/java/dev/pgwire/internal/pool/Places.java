package dev.pgwire.internal.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * The places of a pool's connections, as those take them that the pool does not lend: they count as its own.
 *
 * @param <H> what is held
 */
public final class Places<H extends Held> {
    private final Shelf<H> shelf;
    private final Making<H> making;

    Places(Shelf<H> shelf, Making<H> making) {
        this.shelf = shelf;
        this.making = making;
    }

    /** Says what takes the places: it is looked after, and counted, with the pool's own connections. */
    public void takenBy(Beside others) {
        shelf.beside(others);
    }

    /** Takes a place, if need be that of an idle connection, which is closed; returns whether there is one. */
    public boolean reserve() {
        List<Slot<H>> evicted = new ArrayList<>();
        boolean reserved;
        shelf.lock();
        try {
            reserved = shelf.reserve(evicted);
        } finally {
            shelf.unlock();
        }
        evicted.forEach(making::close);
        return reserved;
    }

    /** Whether borrowers wait for connections. */
    public boolean areWanted() {
        shelf.lock();
        try {
            return shelf.isWanted();
        } finally {
            shelf.unlock();
        }
    }

    /** The connection was made for which a place was taken. */
    public void connected() {
        shelf.lock();
        try {
            shelf.supply().succeeded();
        } finally {
            shelf.unlock();
        }
    }

    /** Gives a place back whose connection could not be made: for a while none is tried. */
    public void unreserve(Throwable failure) {
        shelf.lock();
        try {
            shelf.supply().failed(failure, System.nanoTime());
        } finally {
            shelf.unlock();
        }
        unreserve();
    }

    /** Gives a place back. */
    public void unreserve() {
        shelf.lock();
        try {
            shelf.unreserve();
        } finally {
            shelf.unlock();
        }
        making.replenish();
    }
}
