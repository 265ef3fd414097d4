package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import dev.pgwire.error.PgException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A connection that lives on an event loop with a thread of its own, which no call may block. All but {@link #execute} and
 * {@link #close} is for that thread.
 */
public final class LoopTurns {
    /** With half of a large read at hand, a second one makes no more than a whole. */
    private static final int LARGEST_READ = 32 * 1024;

    private final Transport transport;
    private final EventLoop loop;

    /** What is told of progress. */
    public interface Happening {
        /** Bytes have come, or room, or the end of the connection. */
        void happened();
    }

    LoopTurns(Transport transport, EventLoop loop, Happening happens) {
        this.transport = transport;
        this.loop = loop;
        transport.received().limit(LARGEST_READ);
        transport.channel().pipeline().addBefore("frames", "progress", new Progress(happens));
        if (!loop.register(transport.channel()).awaitUninterruptibly().isSuccess()) {
            ConnectionFailureException lost =
                    new ConnectionFailureException("the connection could not be moved to its event loop", null);
            transport.markClosed();
            transport.breakOff(lost);
            transport.release();
            throw lost;
        }
    }

    /** Runs a task on the loop's thread; may be called by any thread. */
    public void execute(Runnable task) {
        loop.execute(task);
    }

    /** Runs a task on the loop's thread at a time, which is a value of {@link System#nanoTime}. */
    public Future<?> at(long time, Runnable task) {
        return loop.schedule(task, Math.max(0, time - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Whether the current thread is the loop's. */
    public boolean isInLoop() {
        return loop.inEventLoop();
    }

    /** Says whether more is to be read from the socket. */
    public void reads(boolean wanted) {
        Channel channel = transport.channel();
        if (channel.config().isAutoRead() != wanted) {
            channel.config().setAutoRead(wanted);
            if (wanted) {
                channel.read();
            }
        }
    }

    /** Says goodbye to the server, if it still listens, and closes the socket. May be called by any thread. */
    public void close() {
        if (loop.inEventLoop()) {
            closeNow();
        } else {
            loop.execute(this::closeNow);
        }
    }

    private void closeNow() {
        if (!transport.isClosed()) {
            transport.markClosed();
            transport.hangUp();
            transport.closing().addListener(closed -> transport.release());
        }
    }

    /** Gives the connection up: all that waits for an answer fails. */
    public void breakOff(PgException cause) {
        transport.breakOff(cause);
    }

    /** Tells of progress behind what understands the bytes. */
    private static final class Progress extends ChannelInboundHandlerAdapter {
        private final Happening happens;

        Progress(Happening happens) {
            this.happens = happens;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            context.fireChannelRead(message);
            happens.happened();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            happens.happened();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            context.fireChannelInactive();
            happens.happened();
        }

        @Override
        @SuppressWarnings("deprecation") // Netty deprecates it for handlers of what is sent.
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.fireExceptionCaught(cause);
            happens.happened();
        }
    }
}
