package dev.pgwire.laboratory.server;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The binary form of numeric: digits to the base of 10,000, the weight of the first, a sign and a scale. */
final class NumericBytes {
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int DIGITS_EACH = 4;
    private static final int NEGATIVE = 0x4000;

    private NumericBytes() {}

    static byte[] of(BigDecimal number) {
        int scale = Math.max(0, number.scale());
        // Whole digits of the base behind the point.
        int groups = (scale + DIGITS_EACH - 1) / DIGITS_EACH;
        BigInteger rest = number.abs().setScale(groups * DIGITS_EACH).unscaledValue();
        List<Short> digits = new ArrayList<>();
        while (rest.signum() > 0) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits.add(0, parts[1].shortValueExact());
            rest = parts[0];
        }
        ByteBuffer out = ByteBuffer.allocate(8 + 2 * digits.size());
        out.putShort((short) digits.size());
        out.putShort((short) (digits.size() - groups - 1));
        out.putShort((short) (number.signum() < 0 ? NEGATIVE : 0));
        out.putShort((short) scale);
        digits.forEach(out::putShort);
        return out.array();
    }

    static BigDecimal read(ByteBuffer in) {
        int count = in.getShort();
        int weight = in.getShort();
        int sign = in.getShort() & 0xFFFF;
        int scale = in.getShort();
        if (sign != 0 && sign != NEGATIVE) {
            throw new IllegalArgumentException("a numeric that is not finite, expected one that a BigDecimal can be");
        }
        BigInteger unscaled = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            unscaled = unscaled.multiply(BASE).add(BigInteger.valueOf(in.getShort()));
        }
        BigDecimal number = new BigDecimal(unscaled).scaleByPowerOfTen(DIGITS_EACH * (weight - count + 1));
        return (sign == 0 ? number : number.negate()).setScale(scale);
    }
}
