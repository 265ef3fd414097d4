package dev.pgwire.laboratory.socket;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.function.Consumer;

/** Accepts connections, on a thread of its own, until it is closed. */
public final class Listener implements Closeable {
    private static final int AFTER_FAILURE_MILLIS = 100;

    private final ServerSocketChannel channel;
    private final SocketAddress address;
    private final Failures failures;

    /** Listens at this address, which may be that of a Unix socket. */
    public Listener(SocketAddress listen, Failures failures) throws IOException {
        this.failures = failures;
        channel = listen instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        try {
            channel.bind(listen);
            address = channel.getLocalAddress();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Gives each connection to this, one after the other. */
    public void start(String name, Consumer<SocketChannel> accepted) {
        thread(name, () -> accept(accepted));
    }

    private void accept(Consumer<SocketChannel> accepted) {
        while (channel.isOpen()) {
            try {
                SocketChannel client = channel.accept();
                try {
                    if (client.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
                        client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    }
                    accepted.accept(client);
                } catch (IOException | RuntimeException e) {
                    client.close();
                    throw e;
                }
            } catch (IOException | RuntimeException e) {
                if (channel.isOpen()) {
                    failures.add(e);
                    pause();
                }
            }
        }
    }

    /** Or a process without file descriptors would do nothing else. */
    private static void pause() {
        try {
            Thread.sleep(AFTER_FAILURE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens. */
    public SocketAddress address() {
        return address;
    }

    /**
     * The port that clients connect to.
     *
     * @throws IllegalStateException if it listens at a Unix socket
     */
    public int port() {
        if (address instanceof InetSocketAddress inet) {
            return inet.getPort();
        }
        throw new IllegalStateException("the Unix socket " + address + " has no port");
    }

    /** Listens no longer; a Unix socket's file goes with it. */
    @Override
    public void close() throws IOException {
        boolean wasOpen = channel.isOpen();
        channel.close();
        if (wasOpen && address instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }

    /** A thread that does not keep the JVM alive. */
    public static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
