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
    private final Session session;
    private final CallerTurns turns;
    private final CallerDriver driver;
    private final Unfinished unfinished;
    private final ServerState server;

    SessionNotifications(Session session, CallerTurns turns, CallerDriver driver, Unfinished unfinished) {
        this.session = session;
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
        NotificationQueue queue = server.notifications().queue();
        Notification next = queue.poll();
        if (next != null) {
            return next;
        }
        if (limit != null && limit.isZero()) {
            look();
            return queue.poll();
        }
        long until = limit == null ? Wait.NEVER : System.nanoTime() + limit.toNanos();
        while (next == null && listen(queue, until)) {
            next = queue.poll();
        }
        return next;
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

    /** Has the driver wait for something to come, once; returns whether the time is not over. */
    private boolean listen(NotificationQueue queue, long until) {
        session.enter();
        try {
            if (server.transactionStatus() != TransactionStatus.IDLE) {
                throw new InterfaceException(
                        "a transaction is in progress, and the server keeps notifications back until it has"
                                + " ended; expected commit() or rollback() before");
            }
            Transport transport = turns.transport();
            Wait end = driver.awaitUnasked(() -> !queue.isEmpty() || transport.broken() != null, until);
            if (end == Wait.INTERRUPTED) {
                Thread.currentThread().interrupt();
                throw new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the wait for notifications ended because the thread was interrupted, expected a thread that is not");
            }
            if (queue.isEmpty()) {
                transport.checkOpen();
            }
            return end == Wait.READY;
        } finally {
            session.exit();
        }
    }
}
