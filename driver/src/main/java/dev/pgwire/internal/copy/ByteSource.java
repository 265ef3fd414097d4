package dev.pgwire.internal.copy;

import java.io.IOException;

/** Where the data of a COPY comes from. */
public interface ByteSource extends AutoCloseable {
    /** Whether {@link #read} need not wait. */
    default boolean isReady() {
        return true;
    }

    /**
     * The next bytes.
     *
     * @param into is filled from its beginning
     * @return how many there are, at least one; -1 at the end
     * @throws Exception why they cannot be had
     */
    int read(byte[] into) throws Exception;

    /** No more is read; called once. */
    @Override
    void close() throws IOException;
}
