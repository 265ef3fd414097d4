package dev.pgwire.internal.codec.number;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.FieldWriter;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * money: eight bytes that count the smallest unit of the currency, read as a BigDecimal with two digits after the point. How
 * many digits there are the server's lc_monetary says, and the bytes do not: where it is not two, the number is to be moved.
 * Text is read and written as under lc_monetary C: "-$1,234.56". Source: PostgreSQL manual, 8.2 Monetary Types.
 */
public final class MoneyCodec extends FieldCodec<BigDecimal> {
    /** The codec of money. */
    public static final MoneyCodec INSTANCE = new MoneyCodec();

    private static final int SCALE = 2;
    /** Before the point. */
    private static final int MOST_DIGITS = 17;

    private MoneyCodec() {
        super("money", BigDecimal.class);
    }

    @Override
    public BigDecimal decodeBinary(byte[] source, int offset, int length) {
        checkLength(length, 8);
        return BigDecimal.valueOf(BigEndian.getLong(source, offset), SCALE);
    }

    @Override
    public BigDecimal decodeText(byte[] source, int offset, int length) {
        boolean negative = length > 0 && source[offset] == '-';
        int start = negative ? offset + 1 : offset;
        int point = offset + length - 1 - SCALE;
        // The shortest is $0.00.
        if (point < start + 2 || source[start] != '$' || source[point] != '.') {
            throw bad(source, offset, length);
        }
        byte[] digits = new byte[length];
        int count = 0;
        if (negative) {
            digits[count++] = '-';
        }
        for (int i = start + 1; i < offset + length; i++) {
            boolean comma = i < point && (point - i) % 4 == 0;
            if (comma ? source[i] != ',' || i == start + 1 : i != point && !Ascii.isDigit(source[i])) {
                throw bad(source, offset, length);
            }
            if (!comma && i != point) {
                digits[count++] = source[i];
            }
        }
        return BigDecimal.valueOf(Ascii.wholeNumber(this, digits, 0, count, Long.MIN_VALUE, Long.MAX_VALUE), SCALE);
    }

    private DataException bad(byte[] source, int offset, int length) {
        return badText(source, offset, length, " under lc_monetary C");
    }

    @Override
    public String format(BigDecimal value) {
        if (!accepts(value)) {
            throw outOfRange("a BigDecimal", expected());
        }
        String digits = decimal(value).setScale(SCALE).abs().toPlainString();
        StringBuilder out = new StringBuilder(32);
        out.append(value.signum() < 0 ? "-$" : "$");
        int point = digits.length() - 1 - SCALE;
        for (int i = 0; i < digits.length(); i++) {
            if (i > 0 && i < point && (point - i) % 3 == 0) {
                out.append(',');
            }
            out.append(digits.charAt(i));
        }
        return out.toString();
    }

    @Override
    public boolean accepts(Object value) {
        if (value instanceof BigDecimal decimal) {
            return fits(decimal);
        }
        boolean whole = value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof BigInteger;
        return whole && fits(decimal(value));
    }

    /** Looks at the size before anything is computed with the number, whose scale may be immense. */
    private static boolean fits(BigDecimal value) {
        return value.signum() == 0
                || (long) value.precision() - value.scale() <= MOST_DIGITS
                        && WholeNumbers.isLong(value.scaleByPowerOfTen(SCALE));
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? BigDecimal.ZERO : decimal;
        }
        return value instanceof BigInteger number
                ? new BigDecimal(number)
                : BigDecimal.valueOf(((Number) value).longValue());
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(decimal(value).scaleByPowerOfTen(SCALE).longValueExact());
    }

    @Override
    public String expected() {
        return "a BigDecimal or a whole number from -92233720368547758.08 to 92233720368547758.07"
                + " with two digits after the point";
    }
}
