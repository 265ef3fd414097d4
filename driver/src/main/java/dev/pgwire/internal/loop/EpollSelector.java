package dev.pgwire.internal.loop;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;

/** Netty's epoll for one socket, until that moves to a loop with a thread of its own. What the socket is ready for is done at once. */
final class EpollSelector extends SocketSelector implements IoHandlerContext {
    /** It does not hear of interrupts, nor of a wakeup just before a wait: the one who waits looks so often. */
    private static final long GLANCE = 20_000_000L;

    private static final int MOST_EVENTS = 4;

    private final IoHandler handler;
    private boolean waits;
    private long until;

    EpollSelector(ThreadAwareExecutor driver) {
        handler = NativeEpoll.factory(MOST_EVENTS, DefaultSelectStrategyFactory.INSTANCE)
                .newHandler(driver);
        handler.initialize();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return handler.isCompatible(type);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return handler.register(handle);
    }

    @Override
    public int await(long time) {
        long glance = System.nanoTime() + GLANCE;
        until = time == NEVER || time - glance > 0 ? glance : time;
        waits = true;
        handler.run(this);
        return 0;
    }

    @Override
    public int look() {
        waits = false;
        return handler.run(this);
    }

    /** It was done. */
    @Override
    public void handle(int ops) {}

    @Override
    public void wakeup() {
        handler.wakeup();
    }

    @Override
    public void close() {
        handler.prepareToDestroy();
        handler.destroy();
    }

    @Override
    public boolean canBlock() {
        return waits;
    }

    @Override
    public long delayNanos(long now) {
        return Math.max(0, until - now);
    }

    @Override
    public long deadlineNanos() {
        return until;
    }
}
