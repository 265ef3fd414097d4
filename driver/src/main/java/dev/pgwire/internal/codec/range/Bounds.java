package dev.pgwire.internal.codec.range;

import dev.pgwire.protocol.Format;

/** A range as it came: which bounds it has, and where their bytes are. */
final class Bounds {
    static final int EMPTY = 1;
    static final int LOWER_INCLUSIVE = 2;
    static final int UPPER_INCLUSIVE = 4;
    static final int LOWER_INFINITE = 8;
    static final int UPPER_INFINITE = 16;

    final Format format;
    final byte[] bytes;
    /** Those above, as they stand in the binary format. */
    int flags;

    int lowerAt;
    int lowerLength;
    int upperAt;
    int upperLength;

    Bounds(Format format, byte[] bytes) {
        this.format = format;
        this.bytes = bytes;
    }

    boolean is(int flag) {
        return (flags & flag) != 0;
    }

    boolean hasLower() {
        return (flags & (EMPTY | LOWER_INFINITE)) == 0;
    }

    boolean hasUpper() {
        return (flags & (EMPTY | UPPER_INFINITE)) == 0;
    }
}
