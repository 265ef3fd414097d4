package dev.pgwire.internal.net;

// HOT: one for each read of the socket

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * The memory outside the heap that a connection's socket is read into, the same one again and again: an allocator would be
 * asked for each read, and answers slowly on threads that are not its own.
 *
 * <p>There is one read for each turn of the loop, so that rows are consumed while they are still in the processor's cache.
 */
final class ReceiveBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    private static final int FIRST_SIZE = 8 * 1024;
    /** Taken once a read has filled the first size: a connection that receives little does not hold much. */
    private static final int LARGEST_SIZE = 64 * 1024;

    private final Gathering gathering;
    private int largest = LARGEST_SIZE;
    private ByteBuf buffer = Unpooled.directBuffer(FIRST_SIZE, FIRST_SIZE);
    private ByteBuffer view = buffer.nioBuffer(0, FIRST_SIZE);

    /** A buffer that tells how much each read gave. */
    ReceiveBuffer(Gathering gathering) {
        super(1);
        this.gathering = gathering;
    }

    /** Reads at most that many bytes at once from now on. To be called between reads. */
    void limit(int most) {
        largest = most;
        if (buffer.capacity() > most) {
            replace(most);
        }
    }

    /** Frees the memory. The channel must be closed. */
    void release() {
        if (buffer.refCnt() > 0) {
            buffer.release();
        }
    }

    /** The memory to read into past the pipeline. What is in it has been used when the next read comes. */
    ByteBuffer room() {
        return view.clear();
    }

    /** A read gave this many bytes. */
    void received(int bytes) {
        gathering.received(bytes, buffer.capacity());
        if (bytes == FIRST_SIZE && buffer.capacity() == FIRST_SIZE) {
            replace(largest);
        }
    }

    private ByteBuf next() {
        if (buffer.refCnt() > 1) {
            // A reader has kept what was received last.
            replace(buffer.capacity());
        }
        return buffer.clear();
    }

    private void replace(int size) {
        buffer.release();
        buffer = Unpooled.directBuffer(size, size);
        view = buffer.nioBuffer(0, size);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty deprecates the handle's type, and asks for it here.
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return next().retain();
            }

            @Override
            public void lastBytesRead(int bytes) {
                super.lastBytesRead(bytes);
                received(bytes);
            }

            @Override
            public int guess() {
                return buffer.capacity();
            }
        };
    }
}
