package dev.pgwire.internal.loop;

import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.InterfaceException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** An event loop with a thread of its own, a daemon, on which any number of connections may live. */
public final class SharedLoop implements AutoCloseable {
    private static final int QUIET_MILLIS = 10;
    private static final int LONGEST_MILLIS = 1_000;

    private final MultiThreadIoEventLoopGroup group;
    private final Pace pace = new Pace();

    /** A loop of the JDK's channels, whose thread has a name that begins so. */
    public SharedLoop(String name) {
        this(name, SocketTransport.NIO);
    }

    /**
     * The same for other channels.
     *
     * @throws InterfaceException if there can be none of them here
     */
    public SharedLoop(String name, SocketTransport transport) {
        group = new MultiThreadIoEventLoopGroup(1, new Threads(name), factory(transport, () -> pace));
    }

    private static IoHandlerFactory factory(SocketTransport transport, SelectStrategyFactory strategy) {
        return transport == SocketTransport.EPOLL
                ? NativeEpoll.factory(0, strategy)
                : NioIoHandler.newFactory(SelectorProvider.provider(), strategy);
    }

    /**
     * Checks that there can be loops for such channels.
     *
     * @throws InterfaceException if not
     */
    public static void require(SocketTransport transport) {
        if (transport == SocketTransport.EPOLL) {
            NativeEpoll.require();
        }
    }

    /** What decides when it asks for news. */
    public Pace pace() {
        return pace;
    }

    /** Where channels are registered. */
    public EventLoop loop() {
        return group.next();
    }

    /**
     * Ends the loop, and its thread soon after; its connections should be closed before. Those that are not are closed: Netty looks for
     * them once more only if the end begins on the loop's thread, and something has been run shortly before.
     */
    @Override
    public void close() {
        try {
            loop().execute(() -> group.shutdownGracefully(QUIET_MILLIS, LONGEST_MILLIS, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException ended) {
            // It was closed before.
        }
    }

    /** Makes threads that are known as those of loops. */
    private static final class Threads extends DefaultThreadFactory {
        Threads(String name) {
            super(name, true);
        }

        @Override
        protected Thread newThread(Runnable task, String name) {
            return new LoopThread(threadGroup, task, name);
        }
    }
}
