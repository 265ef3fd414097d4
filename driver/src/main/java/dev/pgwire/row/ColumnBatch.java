package dev.pgwire.row;

import dev.pgwire.error.DataException;
import dev.pgwire.error.InterfaceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a result as columns: one array for the values of each. Columns and rows count from 0. It may be kept for ever and
 * read by any thread.
 *
 * <p>The arrays have an element for each row, where NULL is 0 or false: {@link #isNull} and {@link #nullCount} tell. They are
 * the batch's own where the class is the type's, and new ones where it is wider; a program that writes into one changes the batch.
 *
 * <p>Every getter throws {@link InterfaceException} for a column that does not exist, and {@link DataException} for one whose type
 * it does not take, with the getters that do.
 */
public interface ColumnBatch {
    /** The number of rows; at least 1. */
    int size();

    /** The columns. */
    List<Column> columns();

    /**
     * The number of the column with a name.
     *
     * @throws InterfaceException if there is none with that name, or more than one
     */
    int indexOf(String name);

    /**
     * Whether a value is NULL.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    boolean isNull(int column, int row);

    /** How many values of a column are NULL. */
    int nullCount(int column);

    /** The values of int8 and oid, and of int2 and int4. */
    long[] longs(int column);

    /** The values of int4, and of int2. */
    int[] ints(int column);

    /** The values of int2. */
    short[] shorts(int column);

    /** The values of float8, and of every other type of numbers; int8 and numeric are rounded to the nearest double. */
    double[] doubles(int column);

    /** The values of float4. */
    float[] floats(int column);

    /** The values of bool. */
    boolean[] booleans(int column);

    /**
     * The bytes of all values of a column, one behind the other, as the server sent them: of text its UTF-8. For columns that no
     * array of numbers or booleans holds.
     */
    byte[] bytes(int column);

    /** Where in {@link #bytes} each value begins; one more at the end. A value that is NULL has no bytes. */
    int[] offsets(int column);

    /**
     * One value of a column that {@link #bytes} takes, as {@link Fields#getString} gives it; null for NULL.
     *
     * @throws IndexOutOfBoundsException if there is no such row
     */
    @Nullable
    String text(int column, int row);
}
