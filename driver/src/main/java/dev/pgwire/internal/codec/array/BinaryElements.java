package dev.pgwire.internal.codec.array;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;

/**
 * An array in binary format.
 *
 * <pre>
 * Int32 number of dimensions, 0 to 6
 * Int32 whether there are NULLs: 0 or 1
 * Int32 oid of the elements' type
 * for each dimension: Int32 length, Int32 lower bound
 * for each element: Int32 length or -1 for NULL, Byten value
 * </pre>
 */
final class BinaryElements extends Elements {
    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private final FieldCodec<?> array;
    private final int end;
    private int at;

    BinaryElements(FieldCodec<?> array, int elementType, byte[] source, int from, int size) {
        super(Format.BINARY, source);
        this.array = array;
        end = from + size;
        if (size < HEADER) {
            throw array.badBinary(size + " bytes, expected at least " + HEADER);
        }
        int dimensions = BigEndian.getInt(source, from);
        int flags = BigEndian.getInt(source, from + 4);
        int type = BigEndian.getInt(source, from + 8);
        if (dimensions < 0 || dimensions > MOST_DIMENSIONS || size - HEADER < dimensions * DIMENSION) {
            throw array.badBinary(Integer.toUnsignedString(dimensions) + " dimensions in " + size
                    + " bytes, expected at most " + MOST_DIMENSIONS);
        }
        if ((flags & ~1) != 0) {
            throw array.badBinary("flags " + flags + ", expected 0 or 1");
        }
        if (type != elementType) {
            throw array.badBinary("elements of the type with oid " + Integer.toUnsignedString(type) + ", expected "
                    + Integer.toUnsignedString(elementType));
        }
        at = from + HEADER;
        if (dimensions > 0) {
            readDimensions(dimensions);
        }
    }

    private void readDimensions(int dimensions) {
        lengths = new int[dimensions];
        lowerBounds = new int[dimensions];
        int most = (end - at - dimensions * DIMENSION) / 4;
        long count = 1;
        for (int i = 0; i < dimensions; i++) {
            int length = BigEndian.getInt(bytes, at);
            int lower = BigEndian.getInt(bytes, at + 4);
            count *= length;
            // Each element has four bytes at least, so the product stays small.
            if (length < 1 || count > most || (long) lower + length > Integer.MAX_VALUE) {
                throw array.badBinary("a dimension of " + length + " elements from " + lower
                        + " on, expected at least one, and not more than there are bytes for");
            }
            lengths[i] = length;
            lowerBounds[i] = lower;
            at += DIMENSION;
        }
    }

    @Override
    void next() {
        if (end - at < 4) {
            throw array.badBinary("it ends before its last element");
        }
        length = BigEndian.getInt(bytes, at);
        at += 4;
        if (length < -1 || length > end - at) {
            throw array.badBinary("an element of " + length + " bytes, expected at most " + (end - at));
        }
        offset = at;
        at += Math.max(0, length);
    }

    @Override
    void end() {
        if (at != end) {
            throw array.badBinary((end - at) + " bytes behind its last element, expected none");
        }
    }
}
