package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldBuffer;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.FloatText;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.type.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * real: four bytes in IEEE 754 form, read as a Float. A Double can be written when it is in the range, and becomes the
 * nearest Float; a whole number when a Float holds it exactly. Source: PostgreSQL manual, 8.1 Numeric Types.
 */
public final class Float4Codec extends FieldCodec<Float> implements DoubleCodec {
    /** The codec of float4. */
    public static final Float4Codec INSTANCE = new Float4Codec();

    private Float4Codec() {
        super("float4", Float.class);
    }

    @Override
    public Float decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 4);
        return BigEndian.getFloat(source, offset);
    }

    @Override
    public Float decodeText(byte[] source, int offset, int length) {
        return FloatText.parseFloat(this, source, offset, length);
    }

    @Override
    public double binaryDouble(byte[] source, int offset, int length) {
        checkLength(length, 4);
        return BigEndian.getFloat(source, offset);
    }

    @Override
    public double textDouble(byte[] source, int offset, int length) {
        return FloatText.parseFloat(this, source, offset, length);
    }

    @Override
    public String format(Float value) {
        return ShortestDecimal.of(value.floatValue());
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof Double number) {
            float nearest = number.floatValue();
            return nearest == 0 ? number == 0 : Float.isFinite(nearest) || !Double.isFinite(number);
        }
        return value instanceof Float
                || (WholeNumbers.isWithin(value, Long.MIN_VALUE, Long.MAX_VALUE) && isExact(WholeNumbers.of(value)));
    }

    private static boolean isExact(long value) {
        // The cast back saturates, so Long.MAX_VALUE would look exact.
        return value != Long.MAX_VALUE && (long) (float) value == value;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeFloat(((Number) value).floatValue());
    }

    @Override
    public void encodeText(Object value, FieldBuffer out) {
        int at = out.skip(ShortestDecimal.LONGEST);
        out.cut(ShortestDecimal.write(((Number) value).floatValue(), out.bytes(), at));
    }

    @Override
    public String expected() {
        return "a Float, or a number in its range (up to 3.4028235e+38 on either side of zero)";
    }

    @Override
    protected @Nullable Object convertTo(Float value, Class<?> target) {
        return target == Double.class ? value.doubleValue() : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Double.class;
    }

    @Override
    protected String conversions() {
        return "Float, Double, String";
    }
}
