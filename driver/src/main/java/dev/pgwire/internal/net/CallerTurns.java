package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.loop.LoopThread;
import dev.pgwire.internal.loop.SharedLoop;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Who may use a connection that its callers drive, and how they wait: threads take turns, and the one whose turn it is does
 * the I/O of its own wait. It uses the {@link Transport} between {@link #enter} and {@link #exit}.
 */
public final class CallerTurns {
    private final CallerEventLoop loop;
    private final Transport transport;

    CallerTurns(CallerEventLoop loop, Transport transport) {
        this.loop = loop;
        this.transport = transport;
    }

    /** The connection that they are turns of. */
    public Transport transport() {
        return transport;
    }

    /**
     * Takes the connection for the current thread; waits while another has it.
     *
     * @throws IllegalStateException if a callback of this connection calls it, or a callback on the thread of a shared event loop
     */
    public void enter() {
        LoopThread.refuseToBlock();
        loop.enter();
    }

    /**
     * As {@link #enter}, for a thread that has nothing to ask: one that waits for what the server tells unasked does not give way to it.
     *
     * @param until a value of {@link System#nanoTime}, or {@link Wait#NEVER}
     * @return {@link Wait#READY} if it has entered
     */
    public Wait enterToListen(long until) {
        LoopThread.refuseToBlock();
        loop.refuseReentry();
        try {
            long left = until == Wait.NEVER ? Long.MAX_VALUE : until - System.nanoTime();
            Turn turn = loop.turn();
            long end = System.nanoTime() + left;
            if (!turn.tryLock(left, TimeUnit.NANOSECONDS)) {
                return Wait.TIMED_OUT;
            }
            boolean entered = false;
            try {
                entered = turn.awaitBack(until == Wait.NEVER ? Long.MAX_VALUE : end - System.nanoTime());
            } finally {
                // Also when it is interrupted, which a condition tells only once it has the lock again.
                if (!entered) {
                    turn.unlock();
                }
            }
            return entered ? Wait.READY : Wait.TIMED_OUT;
        } catch (InterruptedException interrupted) {
            return Wait.INTERRUPTED;
        }
    }

    /** As {@link #enter}, but does not wait; returns whether the connection was free. */
    public boolean tryEnter() {
        return loop.tryEnter();
    }

    /** Gives the connection back. */
    public void exit() {
        loop.exit();
    }

    /**
     * Code of the program begins that may take as long as it likes. The connection stays the current thread's, but can be closed
     * meanwhile. The current thread must have entered.
     */
    public void leave() {
        loop.turn().away();
    }

    /** That code has ended; the connection may be closed now. */
    public void comeBack() {
        loop.turn().back();
    }

    /** As {@link #enter}, but does not wait for a thread that has left; returns whether the connection was entered. */
    public boolean enterUnlessLeft() {
        LoopThread.refuseToBlock();
        loop.refuseReentry();
        Turn turn = loop.turn();
        if (turn.hasQueuedThreads() || !turn.tryLock()) {
            turn.queue();
        }
        boolean entered = !turn.isAway();
        if (!entered) {
            turn.unlock();
        }
        return entered;
    }

    /**
     * Checks that this is no callback of the connection.
     *
     * @throws IllegalStateException if it is
     */
    public void refuseReentry() {
        loop.refuseReentry();
    }

    /**
     * Does I/O until a goal is reached or a time has come.
     *
     * @param until a value of {@link System#nanoTime}, or {@link Wait#NEVER}
     */
    public Wait await(BooleanSupplier goal, long until) {
        return loop.driveUntil(goal, until);
    }

    /** As {@link #await}, but also ends, as if the goal were reached, when another thread wants to enter. */
    public Wait awaitUnlessWanted(BooleanSupplier goal, long until) {
        return loop.turn().driveUnlessWanted(goal, until);
    }

    /** Has the waits that follow look for what they wait for, for this time, before they sleep. */
    public void lookAwake(Duration limit) {
        loop.lookAwake(limit);
    }

    /** Reads and writes what is possible without waiting. */
    public void poll() {
        loop.driveNow();
    }

    /** Reads what has come, until a goal is reached or there is nothing more, without waiting; returns whether it is reached. */
    public boolean catchUp(BooleanSupplier goal) {
        return loop.catchUp(goal);
    }

    /** Has the thread that waits look at its goal again. May be called by any thread. */
    public void wake() {
        loop.wake();
    }

    /** Looks whether the server has ended the connection, unless a thread has entered it; never waits. */
    public void glance() {
        if (transport.isClosed() || loop.inEventLoop() || !loop.tryEnter()) {
            return;
        }
        try {
            if (!transport.isClosed()) {
                // First its last words, and then that there are no more.
                loop.driveNow();
                loop.driveNow();
            }
        } finally {
            loop.exit();
        }
    }

    /**
     * Says goodbye to the server, if it still listens, and closes the socket. A thread that waits for an answer fails at
     * once. To be called without having entered.
     *
     * @throws IllegalStateException if a callback of this connection calls it
     */
    public void close() {
        if (transport.isClosed()) {
            return;
        }
        boolean free = loop.tryEnter();
        transport.markClosed();
        if (!free) {
            loop.interrupt(transport::hangUp);
            // A holder who is away is not waited for.
            loop.turn().lock();
        }
        try {
            transport.hangUp();
            release();
        } finally {
            loop.exit();
        }
    }

    /** Closes the socket without a word. The current thread must have entered. */
    public void abort(PgException cause) {
        transport.markClosed();
        transport.breakOff(cause);
        release();
    }

    /**
     * Moves the connection, on which nothing may be under way, to an event loop that has a thread of its own. From then on
     * it is used on that thread only, and no caller takes a turn any more.
     *
     * @param happens is told, on the loop's thread, whenever something may have come of what is waited for
     * @throws PgException why the connection was lost meanwhile
     */
    public LoopTurns moveTo(SharedLoop target, LoopTurns.Happening happens) {
        loop.enter();
        try {
            Done left = new Done(transport.channel().deregister());
            awaitSurely(left);
            // The selector forgets it only when it is asked for news.
            loop.driveNow();
            if (!transport.channel().isOpen()) {
                // A channel that is registered with no loop tells its handlers nothing of its end.
                abort(new ConnectionFailureException("the server closed the connection", null));
                throw Loss.later(Objects.requireNonNull(transport.broken()));
            }
            return new LoopTurns(transport, target.loop(), happens);
        } finally {
            loop.destroy();
            loop.exit();
        }
    }

    private void awaitSurely(Done done) {
        boolean interrupted = false;
        while (loop.driveUntil(done) == Wait.INTERRUPTED) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void release() {
        // Closing a socket takes no time worth to be cut short.
        awaitSurely(new Done(transport.closing()));
        loop.destroy();
        transport.release();
    }
}
