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

    private @Nullable RowTarget target;
    private byte @Nullable [] source;
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private int count;
    private int size;
    private byte @Nullable [] taken;

    /**
     * Adds a row to those of a result.
     *
     * @throws ProtocolViolation if the row is not made of exactly the announced columns
     */
    public void append(DataRow row, RowTarget target) {
        byte[] bytes = row.buffer().array();
        int start = row.buffer().arrayOffset() + row.index();
        int length = row.length();
        verify(bytes, start, length, target.columnCount());
        if (bytes != source || target != this.target) {
            flush();
            source = bytes;
            this.target = target;
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        starts[count] = start;
        lengths[count++] = length;
        size += length;
    }

    /** Hands what has been collected to its result. */
    public void flush() {
        RowTarget to = target;
        byte[] from = source;
        if (count == 0 || to == null || from == null) {
            return;
        }
        int[] at = Arrays.copyOf(starts, count);
        byte[] kept = from;
        if (size < from.length / WORTH_KEEPING) {
            kept = new byte[size];
            int end = 0;
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, at[i], kept, end, lengths[i]);
                at[i] = end;
                end += lengths[i];
            }
        } else {
            taken = from;
        }
        count = 0;
        size = 0;
        source = null;
        target = null;
        to.add(new RowPage(kept, at));
    }

    /** Whether a page has taken an array over; then nobody may write over its bytes again. */
    public boolean hasTaken(byte[] array) {
        return taken == array;
    }

    /** Forgets an array that will receive nothing more. */
    public void leave(byte[] array) {
        if (taken == array) {
            taken = null;
        }
    }

    /** Invariant: whoever reads a row later relies on every column lying inside it. */
    private static void verify(byte[] bytes, int start, int length, int columns) {
        if (length < 2 || BigEndian.getShort(bytes, start) != (short) columns) {
            throw new ProtocolViolation("DataRow has "
                    + (length < 2 ? "no column count" : (BigEndian.getShort(bytes, start) & 0xffff) + " columns")
                    + ", expected " + columns + " as RowDescription announced");
        }
        int at = start + 2;
        int end = start + length;
        for (int i = 0; i < columns; i++) {
            if (end - at < 4) {
                throw new ProtocolViolation("DataRow ends before the length of column " + i);
            }
            int width = BigEndian.getInt(bytes, at);
            at += 4;
            if (width > 0) {
                if (width > end - at) {
                    throw new ProtocolViolation(
                            "column " + i + " of DataRow claims " + width + " bytes, " + (end - at) + " remain");
                }
                at += width;
            } else if (width < -1) {
                throw new ProtocolViolation(
                        "column " + i + " of DataRow has length " + width + ", expected -1 for NULL or at least 0");
            }
        }
        if (at != end) {
            throw new ProtocolViolation((end - at) + " bytes of DataRow remain behind its last column, expected none");
        }
    }
}
