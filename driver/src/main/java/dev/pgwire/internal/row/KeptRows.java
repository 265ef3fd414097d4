package dev.pgwire.internal.row;

/**
 * Rows of a page for keeps: the bytes, and where the first column of each row begins, which is all that a row needs in
 * memory beside itself.
 */
public final class KeptRows {
    final byte[] bytes;
    final int[] starts;

    KeptRows(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** The number of rows. */
    int size() {
        return starts.length;
    }
}
