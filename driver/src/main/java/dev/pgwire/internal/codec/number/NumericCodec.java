package dev.pgwire.internal.codec.number;

import dev.pgwire.error.DataException;
import dev.pgwire.error.NumericOutOfRangeException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.DoubleCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.ShortestDecimal;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * numeric: decimal numbers of up to 131072 digits before the point and 16383 after it, read as a BigDecimal whose
 * scale is the server's display scale. NaN and the infinities are no BigDecimal: {@link #generic}, {@link
 * #binaryDouble} and a conversion to Double give them as doubles, {@link #textOf} as text. Source: PostgreSQL manual,
 * 8.1.2 Arbitrary Precision Numbers.
 */
public final class NumericCodec extends FieldCodec<BigDecimal> implements DoubleCodec {
    /** The codec of numeric. */
    public static final NumericCodec INSTANCE = new NumericCodec();

    private static final double LOG10_OF_2 = 0.30102999566398120;

    private NumericCodec() {
        super("numeric", BigDecimal.class);
    }

    @Override
    public BigDecimal decodeBinary(byte[] source, int offset, int length) {
        BigDecimal usual = ShortNumeric.decode(source, offset, length);
        if (usual != null) {
            return usual;
        }
        double special = NumericBinary.special(this, source, offset, length);
        if (special != 0) {
            throw noDecimal(special);
        }
        return NumericBinary.decode(this, source, offset, length);
    }

    @Override
    public BigDecimal decodeText(byte[] source, int offset, int length) {
        double special = NumericText.special(source, offset, length);
        if (special != 0) {
            throw noDecimal(special);
        }
        return NumericText.decode(this, source, offset, length);
    }

    @Override
    public Object generic(byte[] source, int offset, int length, Format format) {
        double special = special(source, offset, length, format);
        if (special != 0) {
            return special;
        }
        return format == Format.BINARY ? decodeBinary(source, offset, length) : decodeText(source, offset, length);
    }

    @Override
    public double binaryDouble(byte[] source, int offset, int length) {
        double usual = ShortNumeric.toDouble(source, offset, length);
        if (!Double.isNaN(usual)) {
            return usual;
        }
        double special = NumericBinary.special(this, source, offset, length);
        return special != 0 ? special : NumericBinary.toDouble(this, source, offset, length);
    }

    @Override
    public double textDouble(byte[] source, int offset, int length) {
        double special = NumericText.special(source, offset, length);
        return special != 0 ? special : toDouble(NumericText.decode(this, source, offset, length));
    }

    double toDouble(BigDecimal value) {
        double nearest = value.doubleValue();
        if (Double.isInfinite(nearest)) {
            throw outOfRange(shown(value), "within Double");
        }
        return nearest;
    }

    @Override
    @SuppressWarnings("unchecked") // The class is tested.
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        boolean toDouble = target == Double.class || target == double.class;
        if (toDouble || target == Float.class || target == float.class) {
            double special = special(source, offset, length, format);
            if (special != 0) {
                return toDouble ? (V) (Object) special : (V) (Object) (float) special;
            }
        }
        return super.decodeAs(source, offset, length, format, target);
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        if (format == Format.TEXT) {
            return Utf8.decode(source, offset, length);
        }
        double special = NumericBinary.special(this, source, offset, length);
        return special != 0 ? Double.toString(special) : NumericBinary.text(this, source, offset, length);
    }

    @Override
    public String format(BigDecimal value) {
        if (!NumericLimits.holds(value)) {
            throw outOfRange("a BigDecimal", expected());
        }
        return value.toPlainString();
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return true;
        }
        if (value instanceof BigDecimal decimal) {
            return NumericLimits.holds(decimal);
        }
        if (value instanceof Double || value instanceof Float) {
            return true;
        }
        return value instanceof Number number && NumericLimits.decimal(number) != null;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        if (value instanceof BigDecimal decimal) {
            NumericBinary.encode(decimal, out);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                // By its shortest digits: the float 0.1 is the numeric 0.1 and not 0.100000001490116...
                String digits = value instanceof Float single
                        ? ShortestDecimal.of(single.floatValue())
                        : ShortestDecimal.of(number);
                NumericBinary.encode(new BigDecimal(digits), out);
            } else {
                NumericBinary.encodeSpecial(number, out);
            }
        } else {
            BigDecimal decimal = NumericLimits.decimal((Number) value);
            if (decimal == null) {
                throw outOfRange("a number", expected());
            }
            NumericBinary.encode(decimal, out);
        }
    }

    @Override
    public String expected() {
        return "a number with at most 131072 digits before the decimal point and 16383 after it";
    }

    @Override
    protected @Nullable Object convertTo(BigDecimal value, Class<?> target) {
        if (target == Double.class) {
            return toDouble(value);
        }
        if (target == Float.class) {
            float nearest = value.floatValue();
            if (Float.isInfinite(nearest)) {
                throw outOfRange(shown(value), "within Float");
            }
            return nearest;
        }
        if (target == BigInteger.class) {
            try {
                return value.toBigIntegerExact();
            } catch (ArithmeticException e) {
                throw outOfRange(shown(value), "a whole number");
            }
        }
        if (target == Long.class || target == Integer.class || target == Short.class) {
            if (!WholeNumbers.isLong(value)) {
                throw outOfRange(shown(value), "a whole number within Long");
            }
            return WholeNumbers.convert(this, value.longValueExact(), target);
        }
        return null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return WholeNumbers.areConvertedTo(target);
    }

    @Override
    protected String conversions() {
        return "BigDecimal, BigInteger, Double, Float, Long, Integer, Short, String";
    }

    private double special(byte[] source, int offset, int length, Format format) {
        return format == Format.BINARY
                ? NumericBinary.special(this, source, offset, length)
                : NumericText.special(source, offset, length);
    }

    private static String shown(BigDecimal value) {
        int digits = (int) (value.unscaledValue().bitLength() * LOG10_OF_2) + 1;
        return digits > 40 ? "a number of about " + digits + " digits" : value.toString();
    }

    private static DataException noDecimal(double special) {
        return new NumericOutOfRangeException(
                SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                "the numeric is " + special + ", which no BigDecimal holds; getDouble, getString and get(i) give it",
                null);
    }
}
