package dev.pgwire.internal.net;

// HOT: one wait for each round trip

import dev.pgwire.error.ConnectionFailureException;
import io.netty.channel.ChannelException;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.nio.NioIoEvent;
import io.netty.channel.nio.NioIoHandle;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's selector for one socket. Netty's handler of selectors serves any number of them: it collects what is ready, asks
 * for the clock and counts wakeups, all of which one socket can do without.
 */
final class SocketSelector implements Consumer<SelectionKey> {
    /** What is ready when something has come, and nothing else. */
    static final int READ = SelectionKey.OP_READ;

    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Selector selector;
    private @Nullable Registration registration;
    private int ready;

    /**
     * A selector without a socket.
     *
     * @throws ChannelException if the system has none left
     */
    SocketSelector() {
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new ChannelException("no selector could be opened", failure);
        }
    }

    /** Says when the socket is ready; for one after another. */
    IoRegistration register(NioIoHandle handle) throws ClosedChannelException {
        Registration made = new Registration(handle.selectableChannel().register(selector, 0), handle);
        registration = made;
        handle.registered();
        return made;
    }

    /**
     * Waits until the socket is ready, a time has come, the thread is interrupted, or {@link #wakeup} is called.
     *
     * @param until a value of {@link System#nanoTime}, or {@link Wait#NEVER}
     * @return what it is ready for, 0 for nothing
     */
    int await(long until) {
        ready = 0;
        try {
            if (until == Wait.NEVER) {
                selector.select(this);
            } else {
                awaitUntil(until);
            }
        } catch (IOException failure) {
            throw failed(failure);
        }
        return ready;
    }

    private void awaitUntil(long until) throws IOException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            selector.selectNow(this);
        } else {
            // Rounded up, so that the time has come when the wait is over.
            selector.select(this, 1 + (left - 1) / NANOS_OF_MILLI);
        }
    }

    /** What the socket is ready for now, 0 for nothing. */
    int look() {
        ready = 0;
        try {
            selector.selectNow(this);
        } catch (IOException failure) {
            throw failed(failure);
        }
        return ready;
    }

    private static ConnectionFailureException failed(IOException failure) {
        return new ConnectionFailureException(
                "the system could not wait for the socket: " + failure.getMessage(), failure);
    }

    /** The selector's own call: the socket is ready. */
    @Override
    public void accept(SelectionKey key) {
        ready = key.readyOps();
    }

    /** Has the channel do what the socket is ready for. */
    void handle(int ops) {
        Registration registered = registration;
        if (registered != null) {
            registered.handle.handle(registered, new Readiness(NioIoOps.valueOf(ops)));
        }
    }

    /** Ends the wait under way, or the next one. May be called by any thread. */
    void wakeup() {
        selector.wakeup();
    }

    void close() {
        try {
            selector.close();
        } catch (IOException failure) {
            // It was of no use any more.
        }
    }

    private record Readiness(NioIoOps ops) implements NioIoEvent {}

    /** The channel's hold on its registration. */
    private static final class Registration implements IoRegistration {
        private final SelectionKey key;
        private final NioIoHandle handle;

        Registration(SelectionKey key, NioIoHandle handle) {
            this.key = key;
            this.handle = handle;
        }

        @Override
        @SuppressWarnings("unchecked") // Netty asks for the key, and for nothing else.
        public <T> T attachment() {
            return (T) key;
        }

        @Override
        public long submit(IoOps ops) {
            if (!isValid()) {
                return -1;
            }
            int wanted = ((NioIoOps) ops).value();
            key.interestOps(wanted);
            return wanted;
        }

        @Override
        public boolean isValid() {
            return key.isValid();
        }

        @Override
        public boolean cancel() {
            if (!isValid()) {
                return false;
            }
            key.cancel();
            handle.unregistered();
            return true;
        }
    }
}
