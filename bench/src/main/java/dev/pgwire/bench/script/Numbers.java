package dev.pgwire.bench.script;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as texts have them. */
final class Numbers {
    private static final Pattern INTEGER = Pattern.compile("\\s*[-+]?[0-9]+\\s*");
    private static final Pattern DECIMAL = Pattern.compile("\\s*[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?");
    private static final Pattern NONZERO = Pattern.compile("[1-9]");

    private Numbers() {}

    /** The number that all of a text is, of whatever type it has the form; null if it is none, or does not fit. */
    static @Nullable Value read(String text) {
        if (INTEGER.matcher(text).matches()) {
            Long integer = integer(text.trim());
            return integer == null ? null : Value.of(integer);
        }
        if (DECIMAL.matcher(text).matches()) {
            Double decimal = decimal(text.trim());
            return decimal == null ? null : Value.of(decimal);
        }
        return null;
    }

    /** An integer of 64 bits; null if it does not fit. */
    static @Nullable Long integer(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return null;
        }
    }

    /** A double; null if it is beyond the range, or too near to zero. */
    static @Nullable Double decimal(String text) {
        double value = Double.parseDouble(text);
        int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
        boolean isZero = !NONZERO.matcher(exponent < 0 ? text : text.substring(0, exponent))
                .find();
        return Double.isInfinite(value) || (value == 0 && !isZero) ? null : (Double) value;
    }
}
