package dev.pgwire.internal.row;

import org.jspecify.annotations.Nullable;

/**
 * Rows as they came from the wire: one array of bytes, and where in it the body of each DataRow begins. The bytes of a
 * page are not written again unless it is given back, so that a row may be kept and read by any thread.
 */
public final class RowPage {
    final byte[] bytes;
    final int[] starts;

    private final int rowBytes;

    /** Null once the bytes were given back, so that they count only once. */
    private @Nullable RowPageWriter lender;

    /** A page over bytes of its own, or over those that a writer receives into and would like back. */
    RowPage(byte[] bytes, int[] starts, int rowBytes, @Nullable RowPageWriter lender) {
        this.bytes = bytes;
        this.starts = starts;
        this.rowBytes = rowBytes;
        this.lender = lender;
    }

    /**
     * Gives the bytes back to be received into again: whoever calls this is the only one who knew the page, and will not
     * look at its rows any more. Only while the connection is held.
     */
    public void giveBack() {
        RowPageWriter owner = lender;
        lender = null;
        if (owner != null) {
            owner.takeBack(this);
        }
    }

    /** The number of rows. */
    public int size() {
        return starts.length;
    }

    /** The number of bytes that its rows took on the wire. */
    public int rowBytes() {
        return rowBytes;
    }

    /** The number of bytes that the page keeps alive. */
    public int retainedBytes() {
        return bytes.length + 4 * starts.length;
    }
}
