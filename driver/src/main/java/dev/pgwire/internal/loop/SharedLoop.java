package dev.pgwire.internal.loop;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
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

    /** A loop whose thread has a name that begins so. */
    public SharedLoop(String name) {
        group = new MultiThreadIoEventLoopGroup(
                1, new Threads(name), NioIoHandler.newFactory(SelectorProvider.provider(), () -> pace));
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
