package dev.pgwire.internal.codec.range;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;

/**
 * A range in binary format.
 *
 * <pre>
 * Byte1 flags: 1 empty, 2 lower bound inclusive, 4 upper bound inclusive, 8 no lower bound, 16 no upper bound
 * Int32 length, Byten lower bound, if there is one
 * Int32 length, Byten upper bound, if there is one
 * </pre>
 */
final class BinaryBounds {
    private static final int KNOWN = Bounds.EMPTY
            | Bounds.LOWER_INCLUSIVE
            | Bounds.UPPER_INCLUSIVE
            | Bounds.LOWER_INFINITE
            | Bounds.UPPER_INFINITE;

    private final FieldCodec<?> range;
    private final byte[] source;
    private final int end;
    private int at;

    private BinaryBounds(FieldCodec<?> range, byte[] source, int offset, int length) {
        this.range = range;
        this.source = source;
        this.at = offset;
        this.end = offset + length;
    }

    static Bounds read(FieldCodec<?> range, byte[] source, int offset, int length) {
        return new BinaryBounds(range, source, offset, length).read();
    }

    private Bounds read() {
        if (at == end) {
            throw range.badBinary("no bytes, expected flags");
        }
        Bounds bounds = new Bounds(Format.BINARY, source);
        bounds.flags = source[at++] & 0xFF;
        if ((bounds.flags & ~KNOWN) != 0) {
            throw range.badBinary("flags " + bounds.flags + ", expected at most " + KNOWN);
        }
        if (bounds.is(Bounds.LOWER_INCLUSIVE) && !bounds.hasLower()
                || bounds.is(Bounds.UPPER_INCLUSIVE) && !bounds.hasUpper()) {
            throw range.badBinary("flags " + bounds.flags + ", which include a bound that is not there");
        }
        if (bounds.hasLower()) {
            bounds.lowerLength = readLength();
            bounds.lowerAt = at;
            at += bounds.lowerLength;
        }
        if (bounds.hasUpper()) {
            bounds.upperLength = readLength();
            bounds.upperAt = at;
            at += bounds.upperLength;
        }
        if (at != end) {
            throw range.badBinary((end - at) + " bytes behind its bounds, expected none");
        }
        return bounds;
    }

    private int readLength() {
        if (end - at < 4) {
            throw range.badBinary("it ends before a bound");
        }
        int length = BigEndian.getInt(source, at);
        at += 4;
        if (length < 0 || length > end - at) {
            throw range.badBinary("a bound of " + length + " bytes, expected 0 to " + (end - at));
        }
        return length;
    }
}
