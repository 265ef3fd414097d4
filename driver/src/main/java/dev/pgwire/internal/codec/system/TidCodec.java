package dev.pgwire.internal.codec.system;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import dev.pgwire.type.Tid;

/**
 * tid: the page in four bytes and the row's number there in two, both without sign, read as a Tid. Source: PostgreSQL manual,
 * 8.19 Object Identifier Types.
 */
public final class TidCodec extends FieldCodec<Tid> {
    /** The codec of tid. */
    public static final TidCodec INSTANCE = new TidCodec();

    private TidCodec() {
        super("tid", Tid.class);
    }

    @Override
    public Tid decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 6);
        return new Tid(
                Integer.toUnsignedLong(BigEndian.getInt(source, offset)),
                Short.toUnsignedInt(BigEndian.getShort(source, offset + 4)));
    }

    @Override
    public Tid decodeText(byte[] source, int offset, int length) {
        int end = offset + length;
        int comma = offset;
        while (comma < end && source[comma] != ',') {
            comma++;
        }
        if (comma == end || source[offset] != '(' || source[end - 1] != ')') {
            throw badText(source, offset, length);
        }
        return new Tid(Ascii.wholeNumber(this, source, offset + 1, comma - offset - 1, 0, 0xFFFF_FFFFL), (int)
                Ascii.wholeNumber(this, source, comma + 1, end - comma - 2, 0, 0xFFFF));
    }

    @Override
    public String format(Tid value) {
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Tid;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        Tid tid = (Tid) value;
        out.writeInt((int) tid.block());
        out.writeShort(tid.offset());
    }

    @Override
    public String expected() {
        return "a Tid";
    }
}
