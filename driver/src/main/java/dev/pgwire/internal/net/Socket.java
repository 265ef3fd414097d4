package dev.pgwire.internal.net;

import dev.pgwire.config.Config;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelId;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.FileRegion;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.nio.AbstractNioByteChannel;
import io.netty.channel.nio.NioIoOps;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection, on Netty's pipeline. Netty's own takes an allocator with pools for each processor, looks for
 * the machine's network cards to make up an id, and is opened by a Bootstrap whose resolver remembers every loop in a table
 * of the JVM's: none of it is of use here, and together it took as long as all else until the first row.
 */
final class Socket extends AbstractNioByteChannel {
    private static final int MOST_BUFFERS = 1024;
    private static final int MOST_BYTES = 1024 * 1024;

    private final SocketConfig config;
    private final ReceiveBuffer received;
    private final FrameDecoder reader;

    private Socket(SocketChannel channel, ReceiveBuffer received, FrameDecoder reader) {
        super(null, channel);
        this.received = received;
        this.reader = reader;
        config = new SocketConfig(this, received);
    }

    /**
     * A socket that is registered with a loop, and not connected. The current thread must have entered the loop.
     *
     * @throws ChannelException if none can be made
     */
    static Socket open(CallerEventLoop loop, ReceiveBuffer received, FrameDecoder reader, Config config, boolean unix) {
        Socket socket = new Socket(unix ? openUnix() : openTcp(config), received, reader);
        socket.pipeline().addLast("frames", reader);
        ChannelPromise registered = socket.newPromise();
        socket.unsafe().register(loop, registered);
        if (!registered.isSuccess()) {
            socket.unsafe().closeForcibly();
            throw new ChannelException("the socket could not be registered", registered.cause());
        }
        return socket;
    }

    private static SocketChannel openUnix() {
        try {
            return SocketChannel.open(StandardProtocolFamily.UNIX);
        } catch (IOException | UnsupportedOperationException failure) {
            throw new ChannelException("the system has no Unix sockets", failure);
        }
    }

    private static SocketChannel openTcp(Config config) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            TcpOptions.apply(channel, config);
            SocketChannel opened = channel;
            channel = null;
            return opened;
        } catch (IOException failure) {
            throw new ChannelException("the socket could not be opened", failure);
        } finally {
            close(channel);
        }
    }

    private static void close(@Nullable SocketChannel failed) {
        if (failed != null) {
            try {
                failed.close();
            } catch (IOException alsoFailed) {
                // It was of no use already.
            }
        }
    }

    @Override
    protected ChannelId newId() {
        return new SocketId();
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    protected SocketChannel javaChannel() {
        return (SocketChannel) super.javaChannel();
    }

    @Override
    public boolean isActive() {
        return javaChannel().isOpen() && javaChannel().isConnected();
    }

    /** Reads nothing more until it is asked to. */
    void stopReading() {
        clearReadPending();
    }

    // HOT: nearly every request and every answer is small, and nothing is queued before it

    /**
     * Sends bytes: past the pipeline, as long as nothing is queued and the system takes them, and through it for the rest. The
     * buffer stays the caller's, and may be used again when it is the only one who holds it.
     */
    void send(ByteBuf bytes) {
        if (isClear()) {
            ByteBuffer left = bytes.internalNioBuffer(bytes.readerIndex(), bytes.readableBytes());
            if (sendNow(left)) {
                return;
            }
            bytes.readerIndex(bytes.writerIndex() - left.remaining());
        }
        writeAndFlush(bytes.retain(), voidPromise());
    }

    /**
     * As {@link #send(ByteBuf)}, of bytes in memory that is used for others when this returns.
     *
     * @throws IOException if they cannot be sent; the channel is left as it is, since the caller may know the reason
     */
    void send(ByteBuffer bytes) throws IOException {
        if (isClear()) {
            javaChannel().write(bytes);
        }
        if (bytes.hasRemaining()) {
            writeAndFlush(Unpooled.directBuffer(bytes.remaining()).writeBytes(bytes), voidPromise());
        }
    }

    /** Whether nothing is queued to be sent. */
    boolean isClear() {
        ChannelOutboundBuffer queued = unsafe().outboundBuffer();
        return queued != null && queued.isEmpty();
    }

    /** Returns whether all has left. */
    private boolean sendNow(ByteBuffer bytes) {
        try {
            javaChannel().write(bytes);
            return !bytes.hasRemaining();
        } catch (IOException failure) {
            // It closes the channel: nothing is left to be sent.
            pipeline().fireExceptionCaught(failure);
            return true;
        }
    }

    /**
     * Reads once, and gives the bytes to the reader past the pipeline. From a closed socket nothing comes.
     *
     * @return whether bytes came, or the end of the stream, or a failure
     */
    boolean receive() {
        if (!isOpen()) {
            return false;
        }
        ByteBuffer room = received.room();
        int count;
        try {
            count = javaChannel().read(room);
        } catch (IOException failure) {
            pipeline().fireExceptionCaught(failure);
            return true;
        }
        if (count > 0) {
            reader.read(room.flip());
            received.received(count);
        } else if (count < 0) {
            unsafe().close(voidPromise());
        }
        return count != 0;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        try {
            return javaChannel().getLocalAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        try {
            return javaChannel().getRemoteAddress();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local) throws IOException {
        boolean begun = false;
        try {
            if (local != null) {
                javaChannel().bind(local);
            }
            boolean connected = javaChannel().connect(remote);
            if (!connected) {
                addAndSubmit(NioIoOps.CONNECT);
            }
            begun = true;
            return connected;
        } finally {
            if (!begun) {
                doClose();
            }
        }
    }

    @Override
    protected void doFinishConnect() throws IOException {
        if (!javaChannel().finishConnect()) {
            throw new IOException("the connection is not made yet");
        }
    }

    @Override
    protected void doBind(SocketAddress local) throws IOException {
        javaChannel().bind(local);
    }

    @Override
    protected void doDisconnect() throws IOException {
        doClose();
    }

    @Override
    protected void doClose() throws IOException {
        javaChannel().close();
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates the handle's type, and gives no other.
    protected int doReadBytes(ByteBuf buffer) throws IOException {
        RecvByteBufAllocator.Handle handle = unsafe().recvBufAllocHandle();
        handle.attemptedBytesRead(buffer.writableBytes());
        return buffer.writeBytes(javaChannel(), handle.attemptedBytesRead());
    }

    /** Writes what is queued in as few calls as it can be. */
    @Override
    protected void doWrite(ChannelOutboundBuffer queued) throws Exception {
        for (int turns = config.getWriteSpinCount(); turns > 0; turns--) {
            if (queued.isEmpty()) {
                clearOpWrite();
                return;
            }
            ByteBuffer[] buffers = queued.nioBuffers(MOST_BUFFERS, MOST_BYTES);
            int count = queued.nioBufferCount();
            if (count == 0) {
                // Empty ones, which are removed one by one.
                doWrite0(queued);
                continue;
            }
            long written =
                    count == 1 ? javaChannel().write(buffers[0]) : javaChannel().write(buffers, 0, count);
            if (written <= 0) {
                incompleteWrite(true);
                return;
            }
            queued.removeBytes(written);
        }
        incompleteWrite(false);
    }

    @Override
    protected int doWriteBytes(ByteBuf buffer) throws IOException {
        return buffer.readBytes(javaChannel(), buffer.readableBytes());
    }

    @Override
    protected long doWriteFileRegion(FileRegion region) {
        throw new UnsupportedOperationException("files are not sent");
    }

    @Override
    protected ChannelFuture shutdownInput() {
        return newFailedFuture(new UnsupportedOperationException("a connection is not closed by halves"));
    }
}
