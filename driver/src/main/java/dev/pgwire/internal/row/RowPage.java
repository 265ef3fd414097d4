package dev.pgwire.internal.row;

/**
 * Rows as they came from the wire: one array of bytes, and where in it the body of each DataRow begins. The bytes of a
 * page are never written again once it exists, so that a row may be kept and read by any thread.
 */
public final class RowPage {
    final byte[] bytes;
    final int[] starts;

    RowPage(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** The number of rows. */
    public int size() {
        return starts.length;
    }

    /** The number of bytes that the page keeps alive. */
    public int retainedBytes() {
        return bytes.length + 4 * starts.length;
    }
}
