package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import dev.pgwire.internal.exchange.Conversation;
import dev.pgwire.internal.exchange.Exchange;
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
    /** Nanoseconds between passing on an interrupt and passing it on again, which doubles from the first to the longest. */
    private static final long FIRST_PAUSE = 100_000_000L;

    private static final long LONGEST_PAUSE = 10_000_000_000L;

    private static final Runnable IGNORED = new Runnable() {
        @Override
        public void run() {}
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
        for (FrontendMessage message : messages) {
            message.encode(out);
        }
        if (trace != null) {
            trace.frontend(out);
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

    /**
     * Does I/O until a goal is reached; an interrupt is passed to the listener, and the wait goes on. The listener hears of
     * it again and again until the goal is reached: a server ignores a cancel request that overtakes the statement.
     */
    public void await(BooleanSupplier goal, Runnable interrupted) {
        boolean restore = false;
        long pause = FIRST_PAUSE;
        CallerEventLoop.Wait end = loop.driveUntil(goal);
        while (end != CallerEventLoop.Wait.READY) {
            restore = true;
            interrupted.run();
            end = loop.driveUntil(goal, System.nanoTime() + pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
        if (restore) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads and writes what is possible without waiting. */
    public void poll() {
        loop.driveNow();
    }

    /** Why the connection is of no use any more, or null while it is. */
    public @Nullable PgException broken() {
        return conversation.ended();
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

    /** Closes the socket without a word. The current thread must have entered. */
    void abort(PgException cause) {
        closed = true;
        conversation.end(cause);
        release();
    }

    private void release() {
        await(new Done(channel.close()), IGNORED);
        loop.destroy();
        received.release();
        if (request.refCnt() > 0) {
            request.release();
        }
    }
}
