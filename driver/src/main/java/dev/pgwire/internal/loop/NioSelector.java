package dev.pgwire.internal.loop;

// HOT: one wait for each round trip

import dev.pgwire.error.ConnectionFailureException;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandle;
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
final class NioSelector extends SocketSelector implements Consumer<SelectionKey> {
    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Selector selector;
    private @Nullable Registration registration;
    private int ready;

    /**
     * A selector without a socket.
     *
     * @throws ChannelException if the system has none left
     */
    NioSelector() {
        try {
            selector = Selector.open();
        } catch (IOException failure) {
            throw new ChannelException("no selector could be opened", failure);
        }
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return NioIoHandle.class.isAssignableFrom(type);
    }

    @Override
    public IoRegistration register(IoHandle socket) throws ClosedChannelException {
        NioIoHandle handle = (NioIoHandle) socket;
        Registration made = new Registration(handle.selectableChannel().register(selector, 0), handle);
        registration = made;
        handle.registered();
        return made;
    }

    @Override
    public int await(long until) {
        ready = 0;
        try {
            if (until == NEVER) {
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

    @Override
    public int look() {
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

    @Override
    public void handle(int ops) {
        Registration registered = registration;
        if (registered != null) {
            registered.handle.handle(registered, new Readiness(NioIoOps.valueOf(ops)));
        }
    }

    @Override
    public void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() {
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
