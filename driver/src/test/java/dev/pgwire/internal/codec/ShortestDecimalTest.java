package dev.pgwire.internal.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pgwire.internal.registry.Samples;
import dev.pgwire.testing.Seed;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortestDecimalTest {
    /** What a PostgreSQL 15 server printed. */
    @ParameterizedTest
    @CsvSource({
        "1e15, 1e+15",
        "1e16, 1e+16",
        "123456789012345680, 1.2345678901234568e+17",
        "1e14, 100000000000000",
        "999999999999999, 999999999999999",
        "1234567890123456, 1.234567890123456e+15",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "0.00012345, 0.00012345",
        "1e300, 1e+300",
        "4.9e-324, 5e-324",
        "2e-323, 2e-323",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "9007199254740993, 9.007199254740992e+15",
        "1e23, 9.999999999999999e+22",
        "-0.0, -0",
        "0.0, 0",
        "100, 100",
        "100000, 100000",
        "4.35, 4.35",
        "-1.5, -1.5",
        "12345678901234567890, 1.2345678901234567e+19",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity"
    })
    void doublesArePrintedAsTheServerPrintsThem(double value, String text) {
        assertEquals(text, ShortestDecimal.of(value));
    }

    @ParameterizedTest
    @CsvSource({
        "1e5, 100000",
        "1e6, 1e+06",
        "123456, 123456",
        "1234567, 1.234567e+06",
        "12345678, 1.2345678e+07",
        "999999, 999999",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "1.4e-45, 1e-45",
        "3.4028235e38, 3.4028235e+38",
        "16777217, 1.6777216e+07",
        "1e10, 1e+10",
        "-0.0, -0",
        "33554432, 3.3554432e+07",
        "8.5899346e9, 8.589935e+09",
        "0.3, 0.3",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void floatsArePrintedAsTheServerPrintsThem(float value, String text) {
        assertEquals(text, ShortestDecimal.of(value));
    }

    @Test
    void everyDoubleReadsBackAndNoFewerDigitsWould() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < 100_000; i++) {
            double value = Samples.doubleNumber(random);
            String text = ShortestDecimal.of(value);
            assertEquals(value, Double.parseDouble(text));
            int digits = Double.isFinite(value)
                    ? new BigDecimal(text).stripTrailingZeros().precision()
                    : 1;
            if (digits > 1) {
                for (RoundingMode mode : new RoundingMode[] {RoundingMode.DOWN, RoundingMode.UP}) {
                    BigDecimal shorter = new BigDecimal(value).round(new MathContext(digits - 1, mode));
                    // A number just at the limit of the interval reads back, but the server never takes it.
                    assertTrue(shorter.doubleValue() != value || isLimit(value, shorter), () -> text + " " + shorter);
                }
                BigDecimal exact = new BigDecimal(value);
                BigDecimal error = exact.subtract(new BigDecimal(text)).abs();
                BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
                assertTrue(
                        nearest.subtract(exact).abs().compareTo(error) == 0
                                || nearest.doubleValue() != value
                                || isLimit(value, nearest),
                        () -> text + ", expected the nearest: " + nearest);
            }
        }
    }

    private static boolean isLimit(double value, BigDecimal decimal) {
        BigDecimal two = BigDecimal.valueOf(2);
        BigDecimal exact = new BigDecimal(value);
        double neighbour = decimal.compareTo(exact) > 0 ? Math.nextUp(value) : Math.nextDown(value);
        return Double.isFinite(neighbour)
                && exact.add(new BigDecimal(neighbour)).compareTo(decimal.multiply(two)) == 0;
    }

    @Test
    void everyFloatReadsBack() {
        SplittableRandom random = Seed.take().splittableRandom();
        for (int i = 0; i < 100_000; i++) {
            float value = Samples.realNumber(random);
            assertEquals(value, Float.parseFloat(ShortestDecimal.of(value)));
        }
    }
}
