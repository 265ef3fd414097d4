package dev.pgwire.internal.row;

// HOT: rows of a COPY in text or csv

import dev.pgwire.internal.codec.BigEndian;
import java.util.Arrays;

/** Makes a page of rows that came in another shape, field by field. Each row must have as many fields as there are columns. */
public final class RowPageBuilder {
    private static final int LENGTH = 4;

    private final int columns;
    private byte[] bytes;
    private int[] places = new int[64];
    private int end;
    private int field;
    private int fields;
    private int rows;

    /**
     * A page without rows.
     *
     * @param size how many bytes it will have, about
     */
    public RowPageBuilder(int columns, int size) {
        this.columns = columns;
        this.bytes = new byte[size];
    }

    /** Makes room for the next row, whose fields may have that number of bytes together. */
    public void row(int most) {
        long needed = end + (long) most + (long) LENGTH * columns;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, 2L * bytes.length)));
        }
        if (places.length - fields < columns) {
            places = Arrays.copyOf(places, Math.max(fields + columns, 2 * fields));
        }
    }

    /** Begins a field. */
    public void startField() {
        places[fields++] = end;
        end += LENGTH;
        field = end;
    }

    /** Adds a byte to the field. */
    public void put(byte value) {
        bytes[end++] = value;
    }

    /** Ends the field. */
    public void endField() {
        BigEndian.putInt(bytes, field - LENGTH, end - field);
    }

    /** Ends the field as NULL, whatever was put into it. */
    public void endNull() {
        BigEndian.putInt(bytes, field - LENGTH, -1);
        end = field;
    }

    /** How many fields the row has so far that is being made. */
    public int fields() {
        return fields - rows * columns;
    }

    /** Ends the row. */
    public void endRow() {
        rows++;
    }

    /** Whether there is no row. */
    public boolean isEmpty() {
        return rows == 0;
    }

    /**
     * The page; the builder is of no use any more.
     *
     * @param onTheWire how many bytes the rows took there
     */
    public RowPage build(int onTheWire) {
        return new RowPage(bytes, places, columns, rows, onTheWire, null);
    }
}
