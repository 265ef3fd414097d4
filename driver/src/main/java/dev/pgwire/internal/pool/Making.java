package dev.pgwire.internal.pool;

import dev.pgwire.internal.server.LastingFailure;
import dev.pgwire.internal.server.Log;
import dev.pgwire.pool.PoolConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Has the connections made that a pool lacks, on threads of their own.
 *
 * @param <H> what is made
 */
final class Making<H extends Held> {
    private final PoolConfig config;
    private final Shelf<H> shelf;
    private final Maker<? extends H> maker;

    Making(PoolConfig config, Shelf<H> shelf, Maker<? extends H> maker) {
        this.config = config;
        this.shelf = shelf;
        this.maker = maker;
    }

    /** Has made what is missing. */
    void replenish() {
        int ordered;
        List<Slot<H>> leaving = new ArrayList<>();
        shelf.lock();
        try {
            ordered = shelf.order(System.nanoTime(), leaving);
        } finally {
            shelf.unlock();
        }
        make(ordered, leaving);
    }

    /** Has as many made as were ordered, and closes those that make room for them. */
    void make(int ordered, List<Slot<H>> leaving) {
        leaving.forEach(this::close);
        for (int i = 0; i < ordered; i++) {
            try {
                Makers.run(this::makeOne);
            } catch (Throwable refused) {
                // The system gives no more threads.
                failed(begin(), refused);
            }
        }
    }

    private Face begin() {
        shelf.lock();
        try {
            return shelf.making();
        } finally {
            shelf.unlock();
        }
    }

    private void makeOne() {
        Object event = Recording.connects();
        Face face = begin();
        H made;
        try {
            made = maker.make(face);
        } catch (Throwable failure) {
            Recording.connected(event, config.name(), failure);
            failed(face, failure);
            return;
        }
        Recording.connected(event, config.name(), null);
        long now = System.nanoTime();
        Slot<H> slot = new Slot<>(made, now, retirement(made, now));
        Loan<H> first = null;
        boolean late;
        shelf.lock();
        try {
            shelf.supply().made();
            shelf.made(face);
            shelf.counters().connects++;
            late = shelf.isClosed();
            if (!late) {
                first = shelf.add(slot, now);
            }
        } finally {
            shelf.unlock();
        }
        if (late) {
            close(slot);
        } else if (first != null) {
            first.wake();
        }
        replenish();
    }

    private void failed(Face face, Throwable failure) {
        List<Loan<H>> refused = List.of();
        shelf.lock();
        try {
            shelf.supply().unmade(failure, System.nanoTime());
            shelf.made(face);
            shelf.counters().connectFailures++;
            if (shelf.isEmpty() && shelf.supply().connecting() == 0 && LastingFailure.is(failure)) {
                refused = shelf.takeWaiters();
                for (Loan<H> each : refused) {
                    each.refuse(shelf.shortage("no connection of pool " + config.name() + " can be made"));
                }
            }
        } finally {
            shelf.unlock();
        }
        refused.forEach(Loan::wake);
        Keeper.nudge();
    }

    /** When a connection that is made now is too old: up to a tenth earlier than it might be. */
    private long retirement(H made, long now) {
        long most = made.lifetime(config.maxLifetime()).toNanos();
        return most == 0
                ? now + Long.MAX_VALUE / 2
                : now + most - ThreadLocalRandom.current().nextLong(most / 10 + 1);
    }

    /** Closes a connection that was forgotten. */
    void close(Slot<H> slot) {
        try {
            slot.held().close();
        } catch (RuntimeException failure) {
            Log.warn("a connection of pool " + config.name() + " could not be closed", failure);
        }
    }
}
