package dev.pgwire.bench.script;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as C prints them with {@code %.15g}. */
final class DoubleText {
    private static final int DIGITS = 15;
    private static final MathContext HALF_EVEN = new MathContext(DIGITS, RoundingMode.HALF_EVEN);

    private DoubleText() {}

    static String of(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        String sign = value < 0 || (value == 0 && 1 / value < 0) ? "-" : "";
        if (Double.isInfinite(value)) {
            return sign + "Infinity";
        }
        if (value == 0) {
            return sign + "0";
        }
        BigDecimal rounded = new BigDecimal(Math.abs(value)).round(HALF_EVEN).stripTrailingZeros();
        String digits = rounded.unscaledValue().toString();
        int exponent = digits.length() - 1 - rounded.scale();
        if (exponent >= -4 && exponent < DIGITS) {
            return sign + rounded.toPlainString();
        }
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String power = Integer.toString(Math.abs(exponent));
        return sign
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (power.length() == 1 ? "0" : "")
                + power;
    }
}
