package dev.pgwire.internal.session;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.error.QueryCanceledException;
import dev.pgwire.internal.cancel.Deadline;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.line.OpenLine;
import dev.pgwire.internal.net.Transport;
import dev.pgwire.internal.net.Wait;
import dev.pgwire.protocol.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a program speaks the protocol itself. From {@link #begin} to {@link #end} the connection is the thread's that has begun;
 * other threads wait for their turn, but may close it.
 */
public final class SessionLine {
    private final Session session;
    private final CallerDriver driver;
    private final Duration grace;
    private final OpenLine line;
    private @Nullable Thread owner;

    SessionLine(Session session, CallerDriver driver, Duration grace) {
        this.session = session;
        this.driver = driver;
        this.grace = grace;
        this.line = new OpenLine(session.dispatch());
    }

    /** Takes the connection, with nothing unfinished on it. */
    public void begin() {
        session.enter();
        try {
            driver.policy().begin(null);
            session.restoreDateStyle();
            line.begin();
            owner = Thread.currentThread();
        } catch (Throwable failed) {
            session.exit();
            throw failed;
        }
        driver.leaves();
    }

    /** Refuses other threads, and calls outside of the block. */
    public void check() {
        if (owner != Thread.currentThread()) {
            throw new InterfaceException("the raw line is used "
                    + (owner == null ? "after its block has ended" : "by another thread")
                    + ", expected calls inside of the block, by the thread that runs it");
        }
    }

    /** Sends messages. */
    public void send(Message... messages) {
        ByteBuf out = Unpooled.buffer();
        for (Message message : messages) {
            message.encode(out);
        }
        send(out);
    }

    /** Sends bytes. */
    public void sendRaw(byte... bytes) {
        send(Unpooled.copiedBuffer(bytes));
    }

    private void send(ByteBuf bytes) {
        check();
        driver.comesBack();
        try {
            driver.policy().begin(null);
            driver.run(line.sending(bytes));
        } finally {
            driver.leaves();
        }
    }

    /**
     * Waits for the next message.
     *
     * @param limit null for none
     * @return null if none came within the limit
     */
    public @Nullable Message receive(@Nullable Duration limit) {
        check();
        Message there = line.poll();
        if (there != null) {
            return there;
        }
        driver.comesBack();
        try {
            Wait wait = driver.awaitWithoutCancel(line::hasNews, Wait.until(limit));
            if (wait == Wait.INTERRUPTED) {
                Thread.currentThread().interrupt();
                throw new QueryCanceledException(
                        QueryCanceledException.Reason.INTERRUPT,
                        "the thread was interrupted while it waited for a message, expected a thread that is not");
            }
        } finally {
            driver.leaves();
        }
        Message came = line.poll();
        PgException lost = line.lost();
        if (came == null && lost != null) {
            throw Loss.later(lost);
        }
        return came;
    }

    /**
     * Brings the session into a known state, and gives the connection back.
     *
     * @throws PgException if that cannot be done; the connection is closed then
     */
    public void end() {
        driver.comesBack();
        owner = null;
        boolean interrupted = Thread.interrupted();
        try {
            Deadline deadline = session.newDeadline();
            driver.policy().begin(deadline == null ? Deadline.of(grace) : deadline);
            driver.run(line.settling());
            line.withdraw();
        } catch (PgException failed) {
            Transport transport = session.dispatch().transport();
            if (transport.broken() == null) {
                transport.breakOff(
                        failed instanceof ConnectionFailureException
                                ? failed
                                : new ConnectionFailureException(
                                        "the connection was closed behind its raw line", failed));
            }
            throw failed;
        } finally {
            session.exit();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
