package dev.pgwire.internal.insert;

import dev.pgwire.internal.codec.FieldBuffer;

/**
 * Turns the rows of a chunk into one array for each column, in the server's binary form.
 *
 * <pre>
 * Int32 number of dimensions: 1
 * Int32 whether there are NULLs: 0 or 1
 * Int32 oid of the elements' type
 * Int32 number of elements
 * Int32 lower bound: 1
 * for each element: Int32 length or -1 for NULL, Byten value
 * </pre>
 */
final class ColumnArrays {
    private static final int HEADER = 20;
    private static final int COUNT = 2;

    private ColumnArrays() {}

    /**
     * Writes the arrays one behind the other, each as a field.
     *
     * @param types the oid of the type of each column
     */
    static void write(RowChunk chunk, int[] types, FieldBuffer out) {
        int columns = chunk.columns();
        FieldBuffer rows = chunk.fields();
        int[] sizes = new int[columns];
        boolean[] nulls = new boolean[columns];
        for (int row = 0, at = 0; row < chunk.rows(); row++) {
            at += COUNT;
            for (int column = 0; column < columns; column++) {
                int length = rows.intAt(at);
                nulls[column] |= length < 0;
                sizes[column] += 4 + Math.max(0, length);
                at += 4 + Math.max(0, length);
            }
        }
        int[] ends = new int[columns];
        for (int column = 0; column < columns; column++) {
            out.writeInt(HEADER + sizes[column]);
            out.writeInt(1);
            out.writeInt(nulls[column] ? 1 : 0);
            out.writeInt(types[column]);
            out.writeInt(chunk.rows());
            out.writeInt(1);
            ends[column] = out.skip(sizes[column]);
        }
        for (int row = 0, at = 0; row < chunk.rows(); row++) {
            at += COUNT;
            for (int column = 0; column < columns; column++) {
                int bytes = 4 + Math.max(0, rows.intAt(at));
                out.put(ends[column], rows, at, bytes);
                ends[column] += bytes;
                at += bytes;
            }
        }
    }
}
