package dev.pgwire.internal.loop;

// HOT: one wait for each round trip

import dev.pgwire.config.SocketTransport;
import dev.pgwire.error.InterfaceException;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.nio.channels.SelectionKey;

/** Says when one socket is ready, to the thread that drives it. */
public abstract class SocketSelector {
    /** What is ready when something has come, and nothing else. */
    public static final int READ = SelectionKey.OP_READ;

    /** In place of a time: that it never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    SocketSelector() {}

    /**
     * A selector without a socket.
     *
     * @param driver on whose threads it is used, one at a time
     * @throws ChannelException if the system has none left
     * @throws InterfaceException if the transport cannot be used here
     */
    public static SocketSelector of(SocketTransport transport, ThreadAwareExecutor driver) {
        return transport == SocketTransport.EPOLL ? new EpollSelector(driver) : new NioSelector();
    }

    /** Whether it takes sockets of this kind. */
    public abstract boolean isCompatible(Class<? extends IoHandle> type);

    /** Says when the socket is ready; for one after another. */
    public abstract IoRegistration register(IoHandle handle) throws Exception;

    /**
     * Waits until the socket is ready, a time has come, the thread is interrupted, or {@link #wakeup} is called. May end before.
     *
     * @param until a value of {@link System#nanoTime}, or {@link #NEVER}
     * @return what the socket is ready for and was not done yet, 0 for nothing
     */
    public abstract int await(long until);

    /** Looks without waiting; returns 0 if there was nothing, and what is left to be done else. */
    public abstract int look();

    /** Has the channel do what the socket is ready for. */
    public abstract void handle(int ops);

    /** Ends the wait under way, or the next one. May be called by any thread. */
    public abstract void wakeup();

    /** Gives back what the system gave. */
    public abstract void close();
}
