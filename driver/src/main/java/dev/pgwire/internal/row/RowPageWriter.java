package dev.pgwire.internal.row;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.CopyData;
import dev.pgwire.protocol.backend.DataRow;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

// HOT: see DataRowBenchmark

/**
 * Collects the rows that arrive into pages. The rows stay where the socket's bytes were put, and the page takes that
 * array over, unless they are so few that keeping the whole array for them would waste memory: those are copied to an
 * array of their size.
 */
public final class RowPageWriter {
    /**
     * Arrays that are kept grow up to this: the fewer and the larger they are, the less a collector has to copy. With the
     * header they fill a region of G1, which then leaves them where they are. An array that is larger holds one frame.
     */
    public static final int LARGEST_SHARED = 1024 * 1024 - 16;

    /** A page takes the receiving array over if its rows fill at least this part of it. */
    private static final int WORTH_KEEPING = 4;
    /** An array is used again for a frame if the rest is at most this part of the frame. */
    private static final int MOST_WASTED = 4;

    private @Nullable RowTarget target;
    private byte @Nullable [] source;
    /** As in {@link RowPage#places}. */
    private int[] places = new int[64];

    /** Given back, for the page after this one. */
    private int @Nullable [] spare;

    private int columns;
    /** Whether each frame is one column as a whole. */
    private boolean whole;

    private int count;
    private int appended;
    private int size;
    private byte @Nullable [] taken;
    private int pagesOfTaken;

    /** Whether a large array is of use again, and the one that was given back. */
    private boolean wantsLarge;

    private byte @Nullable [] large;

    /**
     * Adds the DataRows that stand one behind the other in received bytes to the rows of a result.
     *
     * @param from where the first one begins
     * @param to where the received bytes end
     * @return where the first frame begins that is no DataRow, or is not there as a whole
     * @throws ProtocolViolation if a row is not made of exactly the announced columns
     */
    public int append(byte[] bytes, int from, int to, RowTarget target) {
        return append(bytes, from, to, target, DataRow.TAG);
    }

    /** The same of rows in frames of a COPY, which in binary are made as DataRows are. */
    public int appendCopied(byte[] bytes, int from, int to, RowTarget target) {
        return append(bytes, from, to, target, CopyData.TAG);
    }

    private int append(byte[] bytes, int from, int to, RowTarget target, byte tag) {
        begin(bytes, target, false);
        int[] usualWidths = target.usualWidths();
        columns = usualWidths.length;
        int[] noted = places;
        int before = count;
        int place = before * columns;
        int at = from;
        while (to - at >= Wire.HEADER && bytes[at] == tag) {
            int length = BigEndian.getInt(bytes, at + 1);
            if (length > to - at - 1) {
                break;
            }
            int start = at + Wire.HEADER;
            at += 1 + length;
            if (noted.length - place < columns) {
                noted = Arrays.copyOf(noted, Math.max(place + columns, 2 * place));
                places = noted;
            }
            locate(bytes, start, at, usualWidths, noted, place);
            place += columns;
            count++;
            size += 1 + length;
        }
        appended = count - before;
        return at;
    }

    /**
     * Adds the data of a COPY, each piece of it as a row of one column, which is all that it holds. The lengths in the bytes are
     * changed, as that of a column does not count itself.
     *
     * @return where the first frame begins that is no CopyData, or is not there as a whole
     */
    public int appendWhole(byte[] bytes, int from, int to, RowTarget target) {
        begin(bytes, target, true);
        columns = 1;
        int before = count;
        int at = from;
        while (to - at >= Wire.HEADER && bytes[at] == CopyData.TAG) {
            int length = BigEndian.getInt(bytes, at + 1);
            if (length > to - at - 1) {
                break;
            }
            if (length < Wire.LENGTH) {
                throw new ProtocolViolation(
                        "CopyData claims a length of " + length + ", expected at least " + Wire.LENGTH);
            }
            if (count == places.length) {
                places = Arrays.copyOf(places, 2 * count);
            }
            BigEndian.putInt(bytes, at + 1, length - Wire.LENGTH);
            places[count++] = at + 1;
            at += 1 + length;
            size += 1 + length;
        }
        appended = count - before;
        return at;
    }

    private void begin(byte[] bytes, RowTarget to, boolean asWhole) {
        if (bytes != source || to != target) {
            flush();
            source = bytes;
            target = to;
            whole = asWhole;
        }
    }

    /** How many rows the last {@link #append} added. */
    public int appended() {
        return appended;
    }

    /**
     * Hands what has been collected to its result: with the array that it lies in, or as a copy where it is little, since
     * that may be read much later.
     */
    public void flush() {
        hand(source != null && size < source.length / WORTH_KEEPING);
    }

    /** Hands what has been collected to its result where it lies: a reader waits for it, and is soon done with it. */
    public void deliver() {
        hand(false);
    }

    /** How many bytes the rows took on the wire that were collected and not yet handed on. */
    public int collectedBytes() {
        return size;
    }

    private void hand(boolean asCopy) {
        RowTarget to = target;
        byte[] from = source;
        int onTheWire = size;
        source = null;
        target = null;
        if (count == 0 || to == null || from == null) {
            return;
        }
        RowPage page;
        if (asCopy) {
            int[] at = Arrays.copyOf(places, count * columns);
            page = new RowPage(copy(from, at), at, columns, count, onTheWire, null);
        } else {
            page = new RowPage(from, places, columns, count, onTheWire, this);
            places = spare != null ? spare : new int[places.length];
            spare = null;
            pagesOfTaken = taken == from ? pagesOfTaken + 1 : 1;
            taken = from;
        }
        count = 0;
        size = 0;
        to.add(page);
    }

    /** The columns' bytes in an array of their size; the places where they begin change with it. */
    private byte[] copy(byte[] from, int[] at) {
        byte[] kept = new byte[size - (whole ? 1 : Wire.HEADER + 2) * count];
        int end = 0;
        for (int row = 0; columns > 0 && row < count; row++) {
            int first = row * columns;
            int start = at[first];
            int length = whole ? Wire.LENGTH + BigEndian.getInt(from, start) : BigEndian.getInt(from, start - 6) - 6;
            System.arraycopy(from, start, kept, end, length);
            for (int i = first; i < first + columns; i++) {
                at[i] += end - start;
            }
            end += length;
        }
        return kept;
    }

    /** Whether rows lie in an array that were handed on or will be; its bytes must not be written over then. */
    public boolean hasTaken(byte[] array) {
        return taken == array || (source == array && count > 0);
    }

    /** The bytes of a page are not looked at again. */
    void takeBack(byte[] bytes) {
        if (bytes == taken) {
            if (--pagesOfTaken == 0) {
                taken = null;
            }
        } else if (wantsLarge && bytes.length > LARGEST_SHARED) {
            large = bytes;
        }
    }

    /**
     * An array for a frame that needs a large one, if one was given back that is not much larger. To clear a new one costs as
     * much as to receive into it.
     */
    public byte @Nullable [] large(int frame) {
        wantsLarge = true;
        byte[] array = large;
        large = null;
        return array != null && array.length >= frame && array.length - frame <= frame / MOST_WASTED ? array : null;
    }

    /** No large frame will follow soon: large arrays are left to the collector. */
    public void dropLarge() {
        wantsLarge = false;
        large = null;
    }

    /** The places of a page are not looked at again. */
    void takeBack(int[] places) {
        spare = places;
    }

    /** Forgets an array that will receive nothing more. */
    public void leave(byte[] array) {
        if (taken == array) {
            taken = null;
        }
    }

    /**
     * Notes where each column begins. Invariant: a row that is read later relies on every column lying inside it; one that
     * does not makes the columns end elsewhere than their row. A width that was guessed right does not have to be waited
     * for: the processor goes on with the guess while it is still loading the length.
     */
    private static void locate(byte[] bytes, int start, int end, int[] usualWidths, int[] places, int place) {
        int columns = usualWidths.length;
        if (end - start < 2 || BigEndian.getShort(bytes, start) != (short) columns) {
            throw violation(bytes, start, end, columns);
        }
        int at = start + 2;
        try {
            for (int i = 0; i < columns; i++) {
                int width = BigEndian.getInt(bytes, at);
                int usual = usualWidths[i];
                places[place + i] = at;
                at += 4;
                if (width == usual) {
                    at += usual;
                } else if (width > 0) {
                    at += width;
                } else if (width < -1) {
                    throw violation(bytes, start, end, columns);
                }
            }
        } catch (IndexOutOfBoundsException beyondTheArray) {
            throw violation(bytes, start, end, columns);
        }
        if (at != end) {
            throw violation(bytes, start, end, columns);
        }
    }

    /** Says what is wrong with a row. */
    private static ProtocolViolation violation(byte[] bytes, int start, int end, int columns) {
        int at = start + 2;
        if (end < at || BigEndian.getShort(bytes, start) != (short) columns) {
            return new ProtocolViolation("DataRow has "
                    + (end < at ? "no column count" : (BigEndian.getShort(bytes, start) & 0xffff) + " columns")
                    + ", expected " + columns + " as RowDescription announced");
        }
        for (int i = 0; i < columns; i++) {
            int left = end - at - 4;
            if (left < 0) {
                return new ProtocolViolation("column " + i + " of DataRow is missing, its row ends before");
            }
            int width = BigEndian.getInt(bytes, at);
            if (width < -1 || width > left) {
                return new ProtocolViolation(
                        "column " + i + " of DataRow has length " + width + ", expected -1 for NULL or 0 to " + left);
            }
            at += 4 + Math.max(0, width);
        }
        return new ProtocolViolation((end - at) + " bytes of DataRow remain behind its last column, expected none");
    }
}
