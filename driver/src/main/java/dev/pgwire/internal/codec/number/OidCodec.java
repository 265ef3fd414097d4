package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * oid, xid and cid: four bytes without sign, read as a Long. Source: PostgreSQL manual, 8.19 Object Identifier Types.
 */
public final class OidCodec extends FieldCodec<Long> implements LongCodec {
    /** The codec of oid. */
    public static final OidCodec INSTANCE = new OidCodec("oid");

    /** The codec of xid, the number of a transaction. */
    public static final OidCodec XID = new OidCodec("xid");

    /** The codec of cid, the number of a command in its transaction. */
    public static final OidCodec CID = new OidCodec("cid");

    private static final long MAX = 0xFFFF_FFFFL;

    private OidCodec(String name) {
        super(name, Long.class);
    }

    @Override
    public Long decodeBinary(byte[] source, int offset, int length) {
        return binaryLong(source, offset, length);
    }

    @Override
    public Long decodeText(byte[] source, int offset, int length) {
        return textLong(source, offset, length);
    }

    @Override
    public long binaryLong(byte[] source, int offset, int length) {
        checkLength(length, 4);
        return Integer.toUnsignedLong(BigEndian.getInt(source, offset));
    }

    @Override
    public long textLong(byte[] source, int offset, int length) {
        return Ascii.wholeNumber(this, source, offset, length, 0, MAX);
    }

    @Override
    public String format(Long value) {
        return Long.toString(value);
    }

    @Override
    public boolean accepts(Object value) {
        return WholeNumbers.isWithin(value, 0, MAX);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeInt((int) WholeNumbers.of(value));
    }

    @Override
    public String expected() {
        return "a whole number from 0 to 4294967295";
    }

    @Override
    protected @Nullable Object convertTo(Long value, Class<?> target) {
        return WholeNumbers.convert(this, value, target);
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return WholeNumbers.areConvertedTo(target);
    }

    @Override
    protected String conversions() {
        return WholeNumbers.CONVERSIONS;
    }
}
