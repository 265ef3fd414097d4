package dev.pgwire.internal.copy;

// HOT: what a raw COPY costs the client

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.result.RowSlice;
import org.jspecify.annotations.Nullable;

/** The data of a COPY without what stands between its pieces: page after page in one array, which is used again. */
public final class RawBytes {
    private byte[] bytes = new byte[0];
    private int length;
    private long total;

    /** Takes the pieces of a page; returns false if there is none. */
    public boolean take(@Nullable RowSlice slice) {
        length = 0;
        if (slice == null) {
            return false;
        }
        byte[] source = slice.page().bytes();
        int[] places = slice.page().places();
        // What stands between them is more than nothing, so that this is enough.
        int most = slice.page().rowBytes();
        if (bytes.length < most) {
            bytes = new byte[most];
        }
        byte[] target = bytes;
        int end = 0;
        for (int row = slice.from(); row < slice.to(); row++) {
            int at = places[row];
            int size = BigEndian.getInt(source, at);
            System.arraycopy(source, at + 4, target, end, size);
            end += size;
        }
        length = end;
        total += end;
        return true;
    }

    /** The bytes of the page: the first {@link #length} count. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many they are. */
    public int length() {
        return length;
    }

    /** How many bytes were taken so far. */
    public long total() {
        return total;
    }
}
