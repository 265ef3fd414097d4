package dev.pgwire.internal.codec.number;

import dev.pgwire.internal.codec.FieldCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole numbers of whatever class, and the classes that a number can be converted to without loss. */
public final class WholeNumbers {
    public static final String CONVERSIONS = "Short, Integer, Long, BigInteger, BigDecimal, Float, Double, String";

    private static final Set<Class<?>> CONVERTED_TO = Set.of(
            Short.class,
            Integer.class,
            Long.class,
            BigInteger.class,
            BigDecimal.class,
            Number.class,
            Float.class,
            Double.class);

    private WholeNumbers() {}

    /** Whether it is a number without a fraction from min to max. */
    public static boolean isWithin(Object value, long min, long max) {
        if (value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte) {
            long number = ((Number) value).longValue();
            return number >= min && number <= max;
        }
        if (value instanceof BigInteger big) {
            return big.bitLength() <= 63 && big.longValue() >= min && big.longValue() <= max;
        }
        if (value instanceof BigDecimal decimal) {
            return isLong(decimal) && decimal.longValueExact() >= min && decimal.longValueExact() <= max;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            // 2^63 is a double and Long.MAX_VALUE is not: the cast would make one of the other.
            return number == Math.rint(number) && number < 0x1p63 && number >= min && number <= max;
        }
        return false;
    }

    /** The number that {@link #isWithin} said true to. */
    public static long of(Object value) {
        return ((Number) value).longValue();
    }

    static boolean isLong(BigDecimal value) {
        if (value.signum() == 0) {
            return true;
        }
        long integerDigits = (long) value.precision() - value.scale();
        if (integerDigits <= 0 || integerDigits > 19) {
            return false;
        }
        try {
            value.longValueExact();
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /**
     * The number as one of {@link #CONVERSIONS}, or null when the target is another class.
     *
     * @throws dev.pgwire.error.DataException in the name of the codec, when the number does not fit
     */
    public static @Nullable Object convert(FieldCodec<?> codec, long value, Class<?> target) {
        if (target == Long.class) {
            return value;
        }
        if (target == Integer.class) {
            return (int) within(codec, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        if (target == Short.class) {
            return (short) within(codec, value, Short.MIN_VALUE, Short.MAX_VALUE);
        }
        if (target == BigInteger.class) {
            return BigInteger.valueOf(value);
        }
        if (target == BigDecimal.class || target == Number.class) {
            return BigDecimal.valueOf(value);
        }
        if (target == Double.class) {
            return (double) value;
        }
        if (target == Float.class) {
            return (float) value;
        }
        return null;
    }

    /** Whether a class is one that {@link #convert} makes, never a primitive one. */
    public static boolean areConvertedTo(Class<?> target) {
        return CONVERTED_TO.contains(target);
    }

    private static long within(FieldCodec<?> codec, long value, long min, long max) {
        if (value < min || value > max) {
            throw codec.outOfRange(Long.toString(value), "from " + min + " to " + max);
        }
        return value;
    }
}
