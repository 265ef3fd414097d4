package dev.pgwire.internal.codec.number;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What numeric can store. Source: PostgreSQL manual, 8.1 Numeric Types, table 8.2. */
final class NumericLimits {
    static final int MAX_INTEGER_DIGITS = 131072;
    static final int MAX_SCALE = 16383;

    private NumericLimits() {}

    static boolean holds(BigDecimal value) {
        if (value.scale() > MAX_SCALE) {
            return false;
        }
        return value.signum() == 0 || (long) value.precision() - value.scale() <= MAX_INTEGER_DIGITS;
    }

    /** Any Number, known or not, as a decimal; null when it is none or too large. */
    static @Nullable BigDecimal decimal(Number value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return BigDecimal.valueOf(value.longValue());
        }
        if (value instanceof BigInteger big) {
            BigDecimal decimal = new BigDecimal(big);
            return holds(decimal) ? decimal : null;
        }
        try {
            BigDecimal decimal = new BigDecimal(value.toString());
            return holds(decimal) ? decimal : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
