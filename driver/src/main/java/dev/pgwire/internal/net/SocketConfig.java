package dev.pgwire.internal.net;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultMessageSizeEstimator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Netty asks a socket about: all of it is settled but whether the socket is read. Netty's own would make its default
 * allocator, with pools for each processor.
 */
final class SocketConfig implements ChannelConfig {
    /** How often one flush writes before others have their turn, as in Netty. */
    private static final int WRITES_IN_A_ROW = 16;

    /** Without pools, since nothing is taken from it that comes again. */
    private static final ByteBufAllocator UNPOOLED = new UnpooledByteBufAllocator(false);

    private final Socket socket;
    private final ReceiveBuffer received;
    private boolean reads = true;

    SocketConfig(Socket socket, ReceiveBuffer received) {
        this.socket = socket;
        this.received = received;
    }

    @Override
    public Map<ChannelOption<?>, Object> getOptions() {
        return Map.of();
    }

    @Override
    public boolean setOptions(Map<ChannelOption<?>, ?> options) {
        return options.isEmpty();
    }

    @Override
    public <T> @Nullable T getOption(ChannelOption<T> option) {
        return null;
    }

    @Override
    public <T> boolean setOption(ChannelOption<T> option, T value) {
        return false;
    }

    /** The thread that waits for the connection has a deadline of its own. */
    @Override
    public int getConnectTimeoutMillis() {
        return 0;
    }

    @Override
    public ChannelConfig setConnectTimeoutMillis(int connectTimeoutMillis) {
        throw settled();
    }

    @Override
    @Deprecated
    public int getMaxMessagesPerRead() {
        return received.maxMessagesPerRead();
    }

    @Override
    @Deprecated
    public ChannelConfig setMaxMessagesPerRead(int maxMessagesPerRead) {
        throw settled();
    }

    @Override
    public int getWriteSpinCount() {
        return WRITES_IN_A_ROW;
    }

    @Override
    public ChannelConfig setWriteSpinCount(int writeSpinCount) {
        throw settled();
    }

    @Override
    public ByteBufAllocator getAllocator() {
        return UNPOOLED;
    }

    @Override
    public ChannelConfig setAllocator(ByteBufAllocator allocator) {
        throw settled();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T extends RecvByteBufAllocator> T getRecvByteBufAllocator() {
        return (T) received;
    }

    @Override
    public ChannelConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
        throw settled();
    }

    @Override
    public boolean isAutoRead() {
        return reads;
    }

    /** To be called by the thread that drives the socket. */
    @Override
    public ChannelConfig setAutoRead(boolean autoRead) {
        if (autoRead != reads) {
            reads = autoRead;
            if (autoRead) {
                socket.read();
            } else {
                socket.stopReading();
            }
        }
        return this;
    }

    @Override
    public boolean isAutoClose() {
        return true;
    }

    @Override
    public ChannelConfig setAutoClose(boolean autoClose) {
        throw settled();
    }

    @Override
    public int getWriteBufferHighWaterMark() {
        return getWriteBufferWaterMark().high();
    }

    @Override
    public ChannelConfig setWriteBufferHighWaterMark(int writeBufferHighWaterMark) {
        throw settled();
    }

    @Override
    public int getWriteBufferLowWaterMark() {
        return getWriteBufferWaterMark().low();
    }

    @Override
    public ChannelConfig setWriteBufferLowWaterMark(int writeBufferLowWaterMark) {
        throw settled();
    }

    @Override
    public MessageSizeEstimator getMessageSizeEstimator() {
        return DefaultMessageSizeEstimator.DEFAULT;
    }

    @Override
    public ChannelConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
        throw settled();
    }

    @Override
    public WriteBufferWaterMark getWriteBufferWaterMark() {
        return WriteBufferWaterMark.DEFAULT;
    }

    @Override
    public ChannelConfig setWriteBufferWaterMark(WriteBufferWaterMark writeBufferWaterMark) {
        throw settled();
    }

    private static UnsupportedOperationException settled() {
        return new UnsupportedOperationException("the socket's settings cannot be changed");
    }
}
