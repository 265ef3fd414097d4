package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/** smallint: two bytes, read as a Short. Source: PostgreSQL manual, 8.1 Numeric Types. */
public final class Int2Codec extends FieldCodec<Short> implements LongCodec {
    /** The codec of int2. */
    public static final Int2Codec INSTANCE = new Int2Codec();

    private Int2Codec() {
        super("int2", Short.class);
    }

    @Override
    public Short decodeBinary(byte[] source, int offset, int length) {
        return (short) binaryLong(source, offset, length);
    }

    @Override
    public Short decodeText(byte[] source, int offset, int length) {
        return (short) textLong(source, offset, length);
    }

    @Override
    public long binaryLong(byte[] source, int offset, int length) {
        checkLength(length, 2);
        return BigEndian.getShort(source, offset);
    }

    @Override
    public long textLong(byte[] source, int offset, int length) {
        return Ascii.wholeNumber(this, source, offset, length, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public String format(Short value) {
        return Integer.toString(value);
    }

    @Override
    public boolean accepts(Object value) {
        return WholeNumbers.isWithin(value, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeShort((int) WholeNumbers.of(value));
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        out.writeDecimal(WholeNumbers.of(value));
    }

    @Override
    public String expected() {
        return "a whole number from -32768 to 32767";
    }

    @Override
    protected @Nullable Object convertTo(Short value, Class<?> target) {
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
