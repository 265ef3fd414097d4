package dev.pgwire.internal.row;

// HOT: see DataRowBenchmark

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.backend.DataRow;
import dev.pgwire.type.BigEndian;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the rows that arrive into pages. The rows stay where the socket's bytes were put, and the page takes that
 * array over, unless they are so few that keeping the whole array for them would waste memory: those are copied to an
 * array of their size.
 */
public final class RowPageWriter {
    /** A page takes the receiving array over if its rows fill at least one part in so many of it. */
    private static final int WORTH_KEEPING = 4;

    private static final int HEADER = 5;

    private @Nullable RowTarget target;
    private byte @Nullable [] source;
    private int[] starts = new int[64];
    private int count;
    private int size;
    private byte @Nullable [] taken;
    private int pagesOfTaken;

    /**
     * Adds the DataRows that stand one behind the other in received bytes to the rows of a result.
     *
     * @param from where the first one begins
     * @param to where the received bytes end
     * @return where the first frame begins that is no DataRow, or is not there as a whole
     * @throws ProtocolViolation if a row is not made of exactly the announced columns
     */
    public int append(byte[] bytes, int from, int to, RowTarget target) {
        if (bytes != source || target != this.target) {
            flush();
            source = bytes;
            this.target = target;
        }
        int columns = target.columnCount();
        int at = from;
        while (to - at >= HEADER && bytes[at] == DataRow.TAG) {
            int length = BigEndian.getInt(bytes, at + 1);
            if (length > to - at - 1) {
                break;
            }
            int start = at + HEADER;
            at += 1 + length;
            verify(bytes, start, at, columns);
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = start;
            size += length - 4;
        }
        return at;
    }

    /** Hands what has been collected to its result. */
    public void flush() {
        RowTarget to = target;
        byte[] from = source;
        source = null;
        target = null;
        if (count == 0 || to == null || from == null) {
            return;
        }
        int[] at = Arrays.copyOf(starts, count);
        int onTheWire = size + HEADER * count;
        RowPage page;
        if (onTheWire < from.length / WORTH_KEEPING) {
            page = new RowPage(copy(from, at), at, onTheWire, null);
        } else {
            page = new RowPage(from, at, onTheWire, this);
            pagesOfTaken = taken == from ? pagesOfTaken + 1 : 1;
            taken = from;
        }
        count = 0;
        size = 0;
        to.add(page);
    }

    /** The rows' bytes in an array of their size; the places where they begin change with it. */
    private byte[] copy(byte[] from, int[] at) {
        byte[] kept = new byte[size];
        int end = 0;
        for (int i = 0; i < at.length; i++) {
            int length = BigEndian.getInt(from, at[i] - 4) - 4;
            System.arraycopy(from, at[i], kept, end, length);
            at[i] = end;
            end += length;
        }
        return kept;
    }

    /** Whether rows live on in an array; then nobody may write over its bytes. */
    public boolean hasTaken(byte[] array) {
        return taken == array;
    }

    /** Nobody will look at the rows of a page again. */
    void takeBack(RowPage page) {
        if (page.bytes == taken && --pagesOfTaken == 0) {
            taken = null;
        }
    }

    /** Forgets an array that will receive nothing more. */
    public void leave(byte[] array) {
        if (taken == array) {
            taken = null;
        }
    }

    /** Invariant: whoever reads a row later relies on every column lying inside it. */
    private static void verify(byte[] bytes, int start, int end, int columns) {
        int at = start + 2;
        if (end < at || BigEndian.getShort(bytes, start) != (short) columns) {
            throw new ProtocolViolation("DataRow has "
                    + (end < at ? "no column count" : (BigEndian.getShort(bytes, start) & 0xffff) + " columns")
                    + ", expected " + columns + " as RowDescription announced");
        }
        for (int i = 0; i < columns; i++) {
            int width = end - at < 4 ? Integer.MIN_VALUE : BigEndian.getInt(bytes, at);
            at += 4;
            if (width > 0 && width <= end - at) {
                at += width;
            } else if (width != 0 && width != -1) {
                throw new ProtocolViolation("column " + i + " of DataRow "
                        + (width == Integer.MIN_VALUE && end < at
                                ? "is missing, its row ends before"
                                : "has length " + width + ", expected -1 for NULL or 0 to " + (end - at)));
            }
        }
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes of DataRow remain behind its last column, expected none");
        }
    }
}
