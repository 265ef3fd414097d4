package dev.pgwire.internal.tls.record;

// HOT: one for each read through TLS

import java.nio.ByteBuffer;

/** Records that came and are not decrypted yet: small until a read fills it. */
final class RecordBuffer {
    private static final int FIRST_SIZE = 8 * 1024;
    /** Taken once a read has filled the first size: a connection that receives little does not hold much. */
    private static final int LARGEST_SIZE = 64 * 1024;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_SIZE);
    /** Where the next record begins, and where the received bytes end. */
    private int from;

    private int to;

    /** The memory to receive into, from its position to its limit. */
    ByteBuffer free() {
        if (from > 0) {
            System.arraycopy(bytes.array(), from, bytes.array(), 0, to - from);
            to -= from;
            from = 0;
        }
        return bytes.limit(bytes.capacity()).position(to);
    }

    /**
     * This number of bytes came into the free memory. If that is full, the next read gets more.
     *
     * @return all that is there, of which {@link #taken} is told what is not needed any more
     */
    ByteBuffer received(int count) {
        to += count;
        if (to == bytes.capacity()) {
            grow(LARGEST_SIZE);
        }
        return bytes.limit(to).position(from);
    }

    /** What lies before the position of the bytes was read. */
    void taken() {
        from = bytes.position();
        if (from == to) {
            from = 0;
            to = 0;
        }
    }

    /** Makes room for this number of bytes more, and one, up to the largest size. */
    void growFor(int more) {
        grow(Math.min(2 * Integer.highestOneBit(to - from + more), LARGEST_SIZE));
    }

    private void grow(int size) {
        if (bytes.capacity() < size) {
            ByteBuffer small = bytes.limit(to).position(from);
            bytes = ByteBuffer.allocate(size).put(small);
            to -= from;
            from = 0;
        }
    }

    int capacity() {
        return bytes.capacity();
    }

    /** Moves as many bytes as there are and have room. */
    static int move(ByteBuffer source, ByteBuffer room) {
        int limit = source.limit();
        int part = Math.min(source.remaining(), room.remaining());
        room.put(source.limit(source.position() + part));
        source.limit(limit);
        return part;
    }
}
