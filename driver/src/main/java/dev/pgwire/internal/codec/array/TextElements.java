package dev.pgwire.internal.codec.array;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import java.util.Arrays;

/**
 * An array in text format, as the server prints it: {@code [0:1]={"a b",NULL}}, braces for each dimension, the bounds only
 * where they do not begin at 1. Source: PostgreSQL manual, 8.15.6 Array Input and Output Syntax.
 */
final class TextElements extends Elements {
    private static final byte[] NULL = {'N', 'U', 'L', 'L'};

    private final FieldCodec<?> array;
    private final byte[] source;
    private final int from;
    private final int end;
    private final byte delimiter;
    private int at;

    /** The elements without quotes and backslashes, one behind the other. */
    private final byte[] plain;

    private int used;
    /** Where each element ends in {@link #plain}; the complement of that if it is NULL. */
    private int[] ends = new int[16];

    private int count;
    private int taken;

    TextElements(FieldCodec<?> array, char delimiter, byte[] source, int from, int size) {
        super(Format.TEXT, source);
        this.array = array;
        this.delimiter = (byte) delimiter;
        this.source = source;
        this.from = from;
        this.at = from;
        this.end = from + size;
        this.plain = new byte[size];
        readBounds();
        int[] printed = lengths;
        lengths = new int[MOST_DIMENSIONS];
        int dimensions = readBraces(0);
        if (at != end) {
            throw bad();
        }
        lengths = count == 0 ? NONE : Arrays.copyOf(lengths, dimensions);
        if (printed.length == 0) {
            lowerBounds = new int[lengths.length];
            Arrays.fill(lowerBounds, 1);
        } else if (!Arrays.equals(printed, lengths)) {
            throw bad();
        }
        bytes = plain;
    }

    private DataException bad() {
        return array.badText(source, from, end - from);
    }

    private int look() {
        return at < end ? source[at] : -1;
    }

    private void take(char c) {
        if (look() != c) {
            throw bad();
        }
        at++;
    }

    private void readBounds() {
        int dimensions = 0;
        int[] bounds = new int[MOST_DIMENSIONS];
        int[] sizes = new int[MOST_DIMENSIONS];
        while (look() == '[') {
            if (dimensions == MOST_DIMENSIONS) {
                throw bad();
            }
            at++;
            int lower = readNumber(':');
            long size = (long) readNumber(']') - lower + 1;
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw bad();
            }
            bounds[dimensions] = lower;
            sizes[dimensions++] = (int) size;
        }
        if (dimensions > 0) {
            take('=');
            lowerBounds = Arrays.copyOf(bounds, dimensions);
            lengths = Arrays.copyOf(sizes, dimensions);
        }
    }

    private int readNumber(char behind) {
        int start = at;
        while (look() == '-' || Ascii.isDigit(look())) {
            at++;
        }
        int number = (int) Ascii.wholeNumber(array, source, start, at - start, Integer.MIN_VALUE, Integer.MAX_VALUE);
        take(behind);
        return number;
    }

    /** Reads what stands in braces; returns how many dimensions there are, counted from the outermost. */
    private int readBraces(int dimension) {
        take('{');
        if (look() == '}' && dimension == 0) {
            at++;
            return 1;
        }
        int deepest = 0;
        int length = 0;
        while (true) {
            int depth;
            if (look() == '{') {
                if (dimension + 1 == MOST_DIMENSIONS) {
                    throw bad();
                }
                depth = readBraces(dimension + 1);
            } else {
                readElement();
                depth = dimension + 1;
            }
            if (deepest != 0 && depth != deepest) {
                throw bad();
            }
            deepest = depth;
            length++;
            if (look() == '}') {
                at++;
                break;
            }
            take((char) delimiter);
        }
        if (lengths[dimension] != 0 && lengths[dimension] != length) {
            throw bad();
        }
        lengths[dimension] = length;
        return deepest;
    }

    private void readElement() {
        int start = used;
        boolean quoted = look() == '"';
        if (quoted) {
            at++;
            while (look() != '"') {
                readByte();
            }
            at++;
        } else {
            while (look() != delimiter && look() != '}') {
                if (look() == '"' || look() == '{') {
                    throw bad();
                }
                readByte();
            }
            if (used == start) {
                throw bad();
            }
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        if (!quoted && Arrays.equals(plain, start, used, NULL, 0, NULL.length)) {
            used = start;
            ends[count++] = ~start;
        } else {
            ends[count++] = used;
        }
    }

    private void readByte() {
        if (look() == '\\') {
            at++;
        }
        if (at == end) {
            throw bad();
        }
        plain[used++] = source[at++];
    }

    @Override
    void next() {
        int last = taken == 0 ? 0 : ends[taken - 1];
        int next = ends[taken++];
        offset = last < 0 ? ~last : last;
        length = next < 0 ? -1 : next - offset;
    }

    /** All bytes were looked at when it was made. */
    @Override
    void end() {}
}
