package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.FloatText;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.type.FieldWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * double precision: eight bytes in IEEE 754 form, read as a Double. Any Number can be written; what is not exactly a
 * double becomes the nearest one, what is beyond all doubles is refused. Source: PostgreSQL manual, 8.1 Numeric Types.
 */
public final class Float8Codec extends FieldCodec<Double> implements DoubleCodec {
    /** The codec of float8. */
    public static final Float8Codec INSTANCE = new Float8Codec();

    private Float8Codec() {
        super("float8", Double.class);
    }

    @Override
    public Double decodeBinary(byte[] source, int offset, int length) {
        return binaryDouble(source, offset, length);
    }

    @Override
    public Double decodeText(byte[] source, int offset, int length) {
        return textDouble(source, offset, length);
    }

    @Override
    public double binaryDouble(byte[] source, int offset, int length) {
        checkLength(length, 8);
        return BigEndian.getDouble(source, offset);
    }

    @Override
    public double textDouble(byte[] source, int offset, int length) {
        return FloatText.parseDouble(this, source, offset, length);
    }

    @Override
    public String format(Double value) {
        return ShortestDecimal.of(value.doubleValue());
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return Double.isFinite(((Number) value).doubleValue());
        }
        return value instanceof Number;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeDouble(((Number) value).doubleValue());
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        int at = out.skip(ShortestDecimal.LONGEST);
        out.cut(ShortestDecimal.write(((Number) value).doubleValue(), out.bytes(), at));
    }

    @Override
    public String expected() {
        return "a number up to 1.7976931348623157e+308 on either side of zero";
    }
}
