package dev.pgwire;

import dev.pgwire.error.InterfaceException;
import dev.pgwire.internal.lob.Descriptor;
import dev.pgwire.internal.session.Session;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A large object that is open: up to 4 TiB of bytes that are read and written from a position on. Opened by
 * {@link LargeObjects#open}, closed by {@link #close} or with its transaction.
 *
 * <p>It is a channel that throws what a statement does, unchecked, in place of an IOException: {@link InterfaceException} if it is
 * closed, or its transaction has ended; {@link dev.pgwire.error.PgException} what the server has against it, which fails the transaction.
 * Each call is a round trip, or one for each 256 KiB of a large buffer. It belongs to one thread. Source: PostgreSQL manual, chapter 33,
 * Large Objects.
 */
public final class LargeObject implements SeekableByteChannel {
    private final Connection connection;
    private final Descriptor descriptor;
    private final LargeObjectMode mode;

    LargeObject(Connection connection, Descriptor descriptor, LargeObjectMode mode) {
        this.connection = connection;
        this.descriptor = descriptor;
        this.mode = mode;
    }

    private Session session() {
        return connection.session();
    }

    /** Its number in the catalog, from 1 to 4294967295. */
    public long oid() {
        return descriptor.oid();
    }

    /** What it was opened for. */
    public LargeObjectMode mode() {
        return mode;
    }

    /**
     * Reads what comes next, until the buffer is full or there is no more.
     *
     * @return how many bytes there were; -1 if there are none any more
     */
    @Override
    public int read(ByteBuffer target) {
        mode.checkReads(oid());
        return session().run(descriptor.read(target), connection.deadline());
    }

    /**
     * Reads what comes next.
     *
     * @param most how many bytes at most, for which room is made as they come; at most 262144 come
     * @return empty if there are none any more
     */
    public byte[] read(int most) {
        mode.checkReads(oid());
        return session().run(descriptor.read(most), connection.deadline());
    }

    /**
     * Writes all of a buffer, from the position on. What lies between the end and the position is filled with zeros, which take no
     * room.
     *
     * @return how many bytes that were
     */
    @Override
    public int write(ByteBuffer source) {
        mode.checkWrites(oid());
        return session().run(descriptor.write(source), connection.deadline());
    }

    /** Writes all of an array. */
    public int write(byte[] source) {
        return write(ByteBuffer.wrap(source));
    }

    /** Where it is, in bytes from the start. */
    @Override
    public long position() {
        return session().run(descriptor.tell(), connection.deadline());
    }

    /**
     * Goes somewhere else, also behind the end.
     *
     * @param position in bytes from the start
     */
    @Override
    public LargeObject position(long position) {
        seek(position, Whence.START);
        return this;
    }

    /**
     * Goes somewhere else, also behind the end.
     *
     * @param offset in bytes
     * @return where it is now, in bytes from the start
     */
    public long seek(long offset, Whence whence) {
        return session().run(descriptor.seek(offset, whence.code()), connection.deadline());
    }

    /** How long it is, in bytes. */
    @Override
    public long size() {
        return session().run(descriptor.size(), connection.deadline());
    }

    /**
     * Cuts off what is longer; a shorter one stays as it is. A position behind the new end becomes that.
     *
     * @param size in bytes
     */
    @Override
    public LargeObject truncate(long size) {
        mode.checkWrites(oid());
        session().run(descriptor.truncate(size), connection.deadline());
        return this;
    }

    /**
     * Makes it so long: cuts off what is longer, and fills up with zeros what is shorter, which take no room. The position stays.
     *
     * @param size in bytes
     */
    public void resize(long size) {
        mode.checkWrites(oid());
        session().run(descriptor.resize(size), connection.deadline());
    }

    /** What comes next as a stream, which reads 256 KiB at once. To close it closes the large object. */
    public InputStream inputStream() {
        mode.checkReads(oid());
        return new LargeObjectInput(this);
    }

    /**
     * A stream that writes from the position on, 256 KiB at once, and what is left when it is flushed or closed. To close it closes the
     * large object.
     */
    public OutputStream outputStream() {
        mode.checkWrites(oid());
        return new LargeObjectOutput(this);
    }

    /** Whether it was neither closed nor its transaction ended. It never waits. */
    @Override
    public boolean isOpen() {
        return descriptor.isOpen() && !connection.isClosed();
    }

    /** Closes it; does nothing if that was done, or its transaction has failed or ended. */
    @Override
    public void close() {
        if (isOpen()) {
            session().run(descriptor.close(), connection.deadline());
        }
    }

    /** Never waits, and asks the server nothing. */
    @Override
    public String toString() {
        return "LargeObject[" + oid() + ", " + mode + (isOpen() ? "]" : ", closed]");
    }
}
