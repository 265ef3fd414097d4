package dev.pgwire.internal.codec.array;

import dev.pgwire.protocol.Format;

/** The elements of an array as they come, one after the other, those of the last dimension side by side. */
abstract class Elements {
    static final int MOST_DIMENSIONS = 6;
    static final int[] NONE = {};

    final Format format;
    /** How many subscripts each dimension has, the outermost first; none for an empty array. */
    int[] lengths = NONE;

    int[] lowerBounds = NONE;

    /** Where the present element is. */
    byte[] bytes;

    int offset;
    /** Of the present element; -1 if it is NULL. */
    int length;

    Elements(Format format, byte[] bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    /** Goes to the next element. The caller asks for as many as the dimensions have. */
    abstract void next();

    /** There are no more: checks that no byte is left. */
    abstract void end();
}
