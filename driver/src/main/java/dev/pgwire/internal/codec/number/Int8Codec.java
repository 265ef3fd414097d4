package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/** bigint: eight bytes, read as a Long. Source: PostgreSQL manual, 8.1 Numeric Types. */
public final class Int8Codec extends FieldCodec<Long> implements LongCodec {
    /** The codec of int8. */
    public static final Int8Codec INSTANCE = new Int8Codec();

    private Int8Codec() {
        super("int8", Long.class);
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
        checkLength(length, 8);
        return BigEndian.getLong(source, offset);
    }

    @Override
    public long textLong(byte[] source, int offset, int length) {
        return Ascii.wholeNumber(this, source, offset, length, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public String format(Long value) {
        return Long.toString(value);
    }

    @Override
    public boolean accepts(Object value) {
        return WholeNumbers.isWithin(value, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(WholeNumbers.of(value));
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        out.writeDecimal(WholeNumbers.of(value));
    }

    @Override
    public String expected() {
        return "a whole number from -9223372036854775808 to 9223372036854775807";
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
