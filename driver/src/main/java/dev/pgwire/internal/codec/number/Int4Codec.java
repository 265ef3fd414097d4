package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/** integer: four bytes, read as an Integer. Source: PostgreSQL manual, 8.1 Numeric Types. */
public final class Int4Codec extends FieldCodec<Integer> implements LongCodec {
    /** The codec of int4. */
    public static final Int4Codec INSTANCE = new Int4Codec();

    private Int4Codec() {
        super("int4", Integer.class);
    }

    @Override
    public Integer decodeBinary(byte[] source, int offset, int length) {
        return (int) binaryLong(source, offset, length);
    }

    @Override
    public Integer decodeText(byte[] source, int offset, int length) {
        return (int) textLong(source, offset, length);
    }

    @Override
    public long binaryLong(byte[] source, int offset, int length) {
        checkLength(length, 4);
        return BigEndian.getInt(source, offset);
    }

    @Override
    public long textLong(byte[] source, int offset, int length) {
        return Ascii.wholeNumber(this, source, offset, length, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public String format(Integer value) {
        return Integer.toString(value);
    }

    @Override
    public boolean accepts(Object value) {
        return WholeNumbers.isWithin(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeInt((int) WholeNumbers.of(value));
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        out.writeDecimal(WholeNumbers.of(value));
    }

    @Override
    public String expected() {
        return "a whole number from -2147483648 to 2147483647";
    }

    @Override
    protected @Nullable Object convertTo(Integer value, Class<?> target) {
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
