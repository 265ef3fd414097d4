package dev.pgwire.async;

import dev.pgwire.LargeObjectMode;
import dev.pgwire.Whence;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A large object that is open, as {@link dev.pgwire.LargeObject} is for callers that wait. What is asked of it is done in the order of the
 * calls, and fails as it does there. A buffer is not to be touched before its future is done.
 */
public interface AsyncLargeObject {
    /** Its number in the catalog, from 1 to 4294967295. */
    long oid();

    /** What it was opened for. */
    LargeObjectMode mode();

    /**
     * Reads what comes next, until the buffer is full or there is no more.
     *
     * @return how many bytes there were; -1 if there are none any more
     */
    CompletableFuture<Integer> read(ByteBuffer target);

    /**
     * Reads what comes next.
     *
     * @param most how many bytes at most; at most 262144 come
     * @return empty if there are none any more
     */
    CompletableFuture<byte[]> read(int most);

    /** Writes all of a buffer, see {@link dev.pgwire.LargeObject#write(ByteBuffer)}; gives how many bytes that were. */
    CompletableFuture<Integer> write(ByteBuffer source);

    /** Writes all of an array. */
    default CompletableFuture<Integer> write(byte[] source) {
        return write(ByteBuffer.wrap(source));
    }

    /** Where it is, in bytes from the start. */
    CompletableFuture<Long> position();

    /** Goes somewhere else, in bytes from the start; gives where that is. */
    default CompletableFuture<Long> position(long position) {
        return seek(position, Whence.START);
    }

    /** Goes somewhere else; gives where that is, in bytes from the start. */
    CompletableFuture<Long> seek(long offset, Whence whence);

    /** How long it is, in bytes. */
    CompletableFuture<Long> size();

    /** Cuts off what is longer, see {@link dev.pgwire.LargeObject#truncate}. */
    CompletableFuture<@Nullable Void> truncate(long size);

    /** Makes it so long, see {@link dev.pgwire.LargeObject#resize}. */
    CompletableFuture<@Nullable Void> resize(long size);

    /** Whether it was neither closed nor its transaction ended, as far as is known. */
    boolean isOpen();

    /** Closes it; does nothing if that was done, or its transaction has failed or ended. */
    CompletableFuture<@Nullable Void> close();
}
