package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.InterfaceException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.Exchange;
import dev.pgwire.internal.exchange.Loss;
import dev.pgwire.internal.exchange.Outgoing;
import dev.pgwire.protocol.frontend.Command;
import dev.pgwire.protocol.frontend.FrontendMessage;
import dev.pgwire.protocol.trace.WireTrace;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A connection as its session sees it: a buffer to write requests into, a way to send them, a wait for the answers. A
 * thread uses it between {@link #enter} and {@link #exit}.
 */
public final class Transport implements Outgoing {
    private static final int USUAL_REQUEST = 8 * 1024;
    /** A larger buffer is not kept for the next request. */
    private static final int LARGEST_KEPT = 1024 * 1024;

    /** Closing a socket takes no time worth to be cut short. */
    private static final Patience ENDLESS = new Patience() {
        @Override
        public long until() {
            return NEVER;
        }

        @Override
        public void expired() {}

        @Override
        public void interrupted() {}
    };

    private final CallerEventLoop loop;
    private final Channel channel;
    private final ReceiveBuffer received;
    private final Conversation conversation;
    private final @Nullable WireTrace trace;
    private ByteBuf request = Unpooled.directBuffer(USUAL_REQUEST);
    private volatile boolean closed;

    Transport(
            CallerEventLoop loop,
            Channel channel,
            ReceiveBuffer received,
            Conversation conversation,
            @Nullable WireTrace trace) {
        this.loop = loop;
        this.channel = channel;
        this.received = received;
        this.conversation = conversation;
        this.trace = trace;
    }

    /** Takes the connection for the current thread; waits while another has it. */
    public void enter() {
        loop.enter();
    }

    /** Gives the connection back. */
    public void exit() {
        loop.exit();
    }

    /**
     * An empty buffer for the next request. It stays this transport's own: what is written and never sent costs the server
     * nothing.
     */
    public ByteBuf request() {
        if (request.refCnt() == 1 && request.capacity() <= LARGEST_KEPT) {
            request.clear();
        } else {
            // The socket still holds the last one.
            request.release();
            request = Unpooled.directBuffer(USUAL_REQUEST);
        }
        return request;
    }

    /** Queues an exchange, to be followed by {@link #flush}. */
    public void expect(Exchange exchange) {
        conversation.add(exchange);
    }

    /** What an exchange asks for is not sent: it fails as if the connection were lost. */
    public void refuse(Exchange exchange, PgException cause) {
        conversation.refuse(exchange, cause);
    }

    /** Sends what was written into the request buffer, in one write. */
    public void flush() {
        if (trace != null) {
            trace.frontend(request);
        }
        channel.writeAndFlush(request.retain(), channel.voidPromise());
    }

    @Override
    public void send(FrontendMessage... messages) {
        ByteBuf out = Unpooled.directBuffer();
        try {
            for (FrontendMessage message : messages) {
                message.encode(out);
            }
            if (trace != null) {
                trace.frontend(out);
            }
        } catch (Throwable failed) {
            out.release();
            throw failed;
        }
        channel.writeAndFlush(out, channel.voidPromise());
    }

    /** Somebody waits for rows: those that came so far go to their results. */
    public void deliver() {
        conversation.deliver();
    }

    /** How many bytes the rows took on the wire that came and were not yet delivered. */
    public int undeliveredBytes() {
        return conversation.undeliveredBytes();
    }

    /** Whether more may be sent: the socket keeps up, or is gone and takes nothing any more. */
    public boolean hasRoom() {
        return channel.isWritable() || conversation.ended() != null;
    }

    /** Does I/O until a goal is reached or a time has come. */
    CallerEventLoop.Wait await(BooleanSupplier goal, long deadline) {
        return loop.driveUntil(goal, deadline);
    }

    /** Does I/O until a goal is reached; meanwhile it is the patience that says what is to be done. */
    public void await(BooleanSupplier goal, Patience patience) {
        boolean restore = false;
        try {
            CallerEventLoop.Wait end = loop.driveUntil(goal, patience.until());
            while (end != CallerEventLoop.Wait.READY) {
                if (end == CallerEventLoop.Wait.INTERRUPTED) {
                    restore = true;
                    patience.interrupted();
                } else {
                    patience.expired();
                }
                // What has come meanwhile counts, even if the next time has come, too.
                loop.driveNow();
                end = loop.driveUntil(goal, patience.until());
            }
        } finally {
            if (restore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Reads and writes what is possible without waiting. */
    public void poll() {
        loop.driveNow();
    }

    /** Reads what has come, until a goal is reached or there is nothing more, without waiting; returns whether it is reached. */
    public boolean catchUp(BooleanSupplier goal) {
        return loop.catchUp(goal);
    }

    /** Looks whether the server has ended the connection, if nobody has entered it; never waits. */
    public void glance() {
        if (closed || loop.inEventLoop() || !loop.tryEnter()) {
            return;
        }
        try {
            if (!closed) {
                // First its last words, and then that there are no more.
                loop.driveNow();
                loop.driveNow();
            }
        } finally {
            loop.exit();
        }
    }

    /**
     * Checks that this is no callback of the connection.
     *
     * @throws IllegalStateException if it is
     */
    public void refuseReentry() {
        loop.refuseReentry();
    }

    /** Why the connection is of no use any more, or null while it is. */
    public @Nullable PgException broken() {
        return conversation.ended();
    }

    /**
     * Checks that the connection can still be used.
     *
     * @throws InterfaceException if it was closed
     * @throws PgException why it was lost, as the first who noticed was told it
     */
    public void checkOpen() {
        if (closed) {
            throw new InterfaceException("the connection is closed, expected an open one");
        }
        PgException broken = broken();
        if (broken != null) {
            throw Loss.later(broken);
        }
    }

    /** Whether {@link #close} was called. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Says goodbye to the server, if it still listens, and closes the socket. A thread that waits for an answer fails at
     * once. To be called without having entered.
     *
     * @throws IllegalStateException if a callback of this connection calls it
     */
    public void close() {
        if (closed) {
            return;
        }
        boolean free = loop.tryEnter();
        closed = true;
        if (!free) {
            loop.interrupt(this::hangUp);
            loop.enter();
        }
        try {
            hangUp();
            release();
        } finally {
            loop.exit();
        }
    }

    private void hangUp() {
        if (conversation.ended() == null && channel.isActive()) {
            send(Command.TERMINATE);
        }
        conversation.end(new ConnectionFailureException("the connection was closed", null));
        channel.close();
    }

    /** Gives the connection up: everybody who waits is failed. The current thread must have entered. */
    public void breakOff(PgException cause) {
        conversation.end(cause);
        channel.close();
    }

    /** Closes the socket without a word. The current thread must have entered. */
    void abort(PgException cause) {
        closed = true;
        conversation.end(cause);
        release();
    }

    private void release() {
        await(new Done(channel.close()), ENDLESS);
        loop.destroy();
        received.release();
        if (request.refCnt() > 0) {
            request.release();
        }
    }
}
