package dev.pgwire.laboratory.replay;

import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.FrameCutter;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.PasswordKind;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A connection to the other side: one thread reads messages while others write. */
final class Peer implements Closeable {
    private final SocketChannel channel;
    private final FrameCutter cutter;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    /** A connection at whose other end this side speaks. */
    Peer(SocketChannel channel, Side other) throws IOException {
        this.channel = channel;
        this.cutter = new FrameCutter(other);
        if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
    }

    /** A connection to a server. */
    static Peer connect(SocketAddress server) throws IOException {
        return new Peer(SocketChannel.open(server), Side.BACKEND);
    }

    /** The next message with a tag; null at the end. */
    @Nullable
    Frame next() throws IOException {
        Frame frame = cutter.tagged(PasswordKind.PASSWORD);
        while (frame == null && receive()) {
            frame = cutter.tagged(PasswordKind.PASSWORD);
        }
        return frame;
    }

    /** The next message without a tag; null at the end. */
    @Nullable
    Frame opening() throws IOException {
        Frame frame = cutter.opening();
        while (frame == null && receive()) {
            frame = cutter.opening();
        }
        return frame;
    }

    private boolean receive() throws IOException {
        int count = channel.read(buffer.clear());
        if (count > 0) {
            cutter.add(buffer.array(), 0, count);
        }
        return count >= 0;
    }

    void send(byte... bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** What a thread does. */
    interface Work {
        void run() throws IOException;
    }

    /** Starts a thread, which may end because its connection is closed. */
    static void thread(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // The other side has gone, or the replay is over.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
