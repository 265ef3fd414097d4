package dev.pgwire.internal.net;

import dev.pgwire.error.ConnectionFailureException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection that lives on an event loop with a thread of its own, which no call may block. All but {@link #execute} and
 * {@link #close} is for that thread.
 */
public final class LoopTurns {
    /** The most bytes of one read: rows that no reader takes grow by no more than this. */
    private static final int LARGEST_READ = 32 * 1024;
    /** A record of TLS, of which all but the last byte may lie in its buffer; the rest of it comes on top. */
    private static final int LARGEST_RECORD = 16 * 1024;

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
        transport.received().limit(transport.isEncrypted() ? LARGEST_READ - LARGEST_RECORD : LARGEST_READ);
        transport.channel().pipeline().addBefore("frames", "progress", new Progress(happens));
        if (!loop.register(transport.channel()).awaitUninterruptibly().isSuccess()) {
            ConnectionFailureException lost =
                    new ConnectionFailureException("the connection could not be moved to its event loop", null);
            transport.markClosed();
            transport.breakOff(lost);
            transport.release();
            throw lost;
        }
        // What is on its way through the connection's memory when it ends comes to its end first, and the driver is
        // told before.
        whenEnded(() -> {
            if (!execute(transport::release)) {
                transport.release();
            }
        });
    }

    /** Runs something when the connection has ended, behind what the loop's thread is doing. May be called by any thread. */
    public void whenEnded(Runnable told) {
        ChannelFuture end = transport.channel().closeFuture();
        // A loop that has ended tells no listener any more.
        if (end.isDone() && loop.isShuttingDown()) {
            told.run();
            return;
        }
        AtomicBoolean once = new AtomicBoolean();
        Runnable tell = () -> {
            if (once.compareAndSet(false, true)) {
                told.run();
            }
        };
        end.addListener(closed -> {
            if (!execute(tell)) {
                tell.run();
            }
        });
        // It may have ended meanwhile.
        if (end.isDone() && loop.isShuttingDown()) {
            tell.run();
        }
    }

    /** Runs a task on the loop's thread, unless the loop has ended; returns whether. May be called by any thread. */
    public boolean execute(Runnable task) {
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException ended) {
            return false;
        }
    }

    /** Whether the current thread is the loop's. */
    public boolean isHere() {
        return loop.inEventLoop();
    }

    /**
     * Runs a task on the loop's thread at a time, which is a value of {@link System#nanoTime}.
     *
     * @return null if the loop has ended
     */
    public @Nullable Future<?> at(long time, Runnable task) {
        try {
            return loop.schedule(task, Math.max(0, time - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ended) {
            return null;
        }
    }

    /** Says whether more is to be read from the socket. */
    public void reads(boolean wanted) {
        transport.channel().config().setAutoRead(wanted);
    }

    /** Says goodbye to the server, if it still listens, and closes the socket. May be called by any thread. */
    public void close() {
        if (!transport.isClosed()) {
            transport.markClosed();
            if (loop.inEventLoop()) {
                transport.hangUp();
            } else {
                execute(transport::hangUp);
            }
        }
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
