package dev.pgwire.internal.session;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.net.CallerTurns;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.internal.server.NotificationQueue;
import dev.pgwire.internal.server.ServerState;
import dev.pgwire.notification.Notification;
import dev.pgwire.protocol.TransactionStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The notifications of a session, for threads that wait for them. */
public final class SessionNotifications {
    /** How often is looked, in nanoseconds, whether what another thread does has ended. */
    private static final long LOOKS_EVERY = 10_000_000;

    private final Session session;
    /** Throws when the session is not the borrower's any more; null if it is lent to none. */
    private final @Nullable Runnable mine;

    private final CallerTurns turns;
    private final CallerDriver driver;
    private final Unfinished unfinished;
    private final ServerState server;

    SessionNotifications(
            Session session, @Nullable Runnable mine, CallerTurns turns, CallerDriver driver, Unfinished unfinished) {
        this.session = session;
        this.mine = mine;
        this.turns = turns;
        this.driver = driver;
        this.unfinished = unfinished;
        this.server = session.server();
    }

    /**
     * The next notification. While it is waited for, other threads may use the connection.
     *
     * @param limit how long it is waited for; null for ever, zero for those that have come
     * @return null if none has come within that time
     * @throws InterfaceException if a transaction is in progress and none has come: the server keeps them back until it ends
     * @throws QueryCanceledException if the thread was interrupted
     * @throws PgException why the connection was lost
     */
    public @Nullable Notification next(@Nullable Duration limit) {
        Notification next = queue().poll();
        if (next != null) {
            return next;
        }
        if (limit != null && limit.isZero()) {
            look();
            return queue().poll();
        }
        long until = Wait.until(limit);
        Wait end = listen(until, true);
        next = after(end);
        while (next == null && end == Wait.READY) {
            end = listen(until, false);
            next = after(end);
        }
        if (end == Wait.INTERRUPTED && next == null) {
            throw new QueryCanceledException(
                    QueryCanceledException.Reason.INTERRUPT,
                    "the wait for notifications ended because the thread was interrupted, expected a thread that is not");
        }
        return next;
    }

    private @Nullable Notification after(Wait end) {
        if (end == Wait.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        return queue().poll();
    }

    /** What has come and was not taken; what comes for the next borrower goes to another queue. */
    private NotificationQueue queue() {
        NotificationQueue queue = server.notifications().queue();
        if (mine != null) {
            mine.run();
        }
        return queue;
    }

    /** Reads what has come, unless rows of an answer come, which nothing may have room for. */
    private void look() {
        session.enterAsItIs();
        try {
            if (!unfinished.isStreaming()) {
                turns.poll();
            }
        } finally {
            session.exit();
        }
    }

    /**
     * Waits for something to come, until another thread wants the connection. What that leaves unfinished is its own: while it is read,
     * notifications come with it.
     *
     * @param first whether this is the call itself, which has what is unfinished set aside, as any other
     * @return {@link Wait#READY} if one may have come, and if the time is not over
     */
    private Wait listen(long until, boolean first) {
        Wait entered = turns.enterToListen(until);
        if (entered != Wait.READY) {
            return entered;
        }
        NotificationQueue queue;
        try {
            session.checkOpen();
            // Only now: a reset by another thread has its turn, and replaces the queue in it.
            queue = queue();
            if (first) {
                unfinished.makeRoom();
                refuseInTransaction();
            }
            if (!unfinished.isInTheWay() && server.transactionStatus() == TransactionStatus.IDLE) {
                Transport transport = turns.transport();
                Wait end = driver.awaitUnasked(() -> !queue.isEmpty() || transport.broken() != null, until);
                if (queue.isEmpty()) {
                    transport.checkOpen();
                }
                return isOver(until) ? Wait.TIMED_OUT : end;
            }
        } finally {
            session.exit();
        }
        try {
            queue.waitForOne(LOOKS_EVERY);
        } catch (InterruptedException interrupted) {
            return Wait.INTERRUPTED;
        }
        return isOver(until) ? Wait.TIMED_OUT : Wait.READY;
    }

    private static boolean isOver(long until) {
        return until != Wait.NEVER && until - System.nanoTime() <= 0;
    }

    private void refuseInTransaction() {
        if (server.transactionStatus() != TransactionStatus.IDLE) {
            throw new InterfaceException(
                    "a transaction is in progress, and the server keeps notifications back until it has"
                            + " ended; expected commit() or rollback() before");
        }
    }
}
