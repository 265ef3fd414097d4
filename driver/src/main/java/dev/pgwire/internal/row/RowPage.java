package dev.pgwire.internal.row;

import org.jspecify.annotations.Nullable;

/**
 * Rows as they came from the wire, while they are read: the bytes, and where in them each column of each row begins. The
 * bytes are not written again unless the page is given back, so that a row may be kept and read by any thread.
 */
public final class RowPage {
    final byte[] bytes;

    /** Row by row, for each column, where its length word stands in the bytes; more room may follow. */
    final int[] places;

    final int columns;
    private final int size;
    private final int rowBytes;

    /** Whether a row of it was handed out for keeps. */
    private boolean kept;

    /** Null once the page was given back, so that it counts only once. */
    private @Nullable RowPageWriter lender;

    /** A page over arrays of its own, or over those of a writer that would like them back. */
    RowPage(byte[] bytes, int[] places, int columns, int size, int rowBytes, @Nullable RowPageWriter lender) {
        this.bytes = bytes;
        this.places = places;
        this.columns = columns;
        this.size = size;
        this.rowBytes = rowBytes;
        this.lender = lender;
    }

    /**
     * One row of one column.
     *
     * @param field its length in four bytes, and the column
     * @param onTheWire how many bytes it took there
     */
    public static RowPage of(byte[] field, int onTheWire) {
        return new RowPage(field, new int[1], 1, 1, onTheWire, null);
    }

    /** Some of its rows, for keeps. */
    public KeptRows keep(int from, int to) {
        kept = true;
        int[] starts = new int[to - from];
        if (columns > 0) {
            for (int i = 0; i < starts.length; i++) {
                starts[i] = places[(from + i) * columns];
            }
        }
        return new KeptRows(bytes, starts);
    }

    /** One of its rows, for keeps. */
    public PageRow keep(RowPlan plan, int row) {
        kept = true;
        return PageRow.of(plan, this, row);
    }

    /**
     * Gives the memory back to be received into again, but for the bytes if rows of them were kept. Only the caller knows the
     * page, and it does not look at it any more. To be called while the connection is held.
     */
    public void giveBack() {
        RowPageWriter owner = lender;
        lender = null;
        if (owner != null) {
            owner.takeBack(places);
            if (!kept) {
                owner.takeBack(bytes);
            }
        }
    }

    /** Whether its memory is to be given back. */
    public boolean isLent() {
        return lender != null;
    }

    /** The bytes in which its rows lie. Not to be changed, nor kept: they may be received into again. */
    public byte[] bytes() {
        return bytes;
    }

    /** Row by row, for each column, where its length word stands in the bytes. Not to be changed, nor kept. */
    public int[] places() {
        return places;
    }

    /** The number of columns. */
    public int columns() {
        return columns;
    }

    /** The number of rows. */
    public int size() {
        return size;
    }

    /** The number of bytes that its rows took on the wire. */
    public int rowBytes() {
        return rowBytes;
    }

    /** The number of bytes that the page keeps alive. */
    public int retainedBytes() {
        return bytes.length + 4 * places.length;
    }
}
