package dev.pgwire.internal.codec.system;

import dev.pgwire.error.DataException;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.LongCodec;
import dev.pgwire.internal.codec.Utf8;
import dev.pgwire.internal.codec.number.WholeNumbers;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * xid8: eight bytes without sign, read as a Long. From 2^63 on, which no transaction of a server has yet, no Long holds it: a
 * conversion to BigInteger gives it, and {@link #textOf} as text. Source: PostgreSQL manual, 8.19 Object Identifier Types.
 */
public final class Xid8Codec extends FieldCodec<Long> implements LongCodec {
    /** The codec of xid8. */
    public static final Xid8Codec INSTANCE = new Xid8Codec();

    private static final int MOST_DIGITS = 20;

    private Xid8Codec() {
        super("xid8", Long.class);
    }

    @Override
    public Long decodeBinary(byte[] source, int offset, int length) {
        return binaryLong(source, offset, length);
    }

    @Override
    public Long decodeText(byte[] source, int offset, int length) {
        return textLong(source, offset, length);
    }

    @Override
    public long binaryLong(byte[] source, int offset, int length) {
        checkLength(length, 8);
        return signed(BigEndian.getLong(source, offset));
    }

    @Override
    public long textLong(byte[] source, int offset, int length) {
        return signed(bits(source, offset, length));
    }

    private long signed(long bits) {
        if (bits < 0) {
            throw outOfRange(
                    Long.toUnsignedString(bits), "within Long; get(i, BigInteger.class) and getString give it");
        }
        return bits;
    }

    private long bits(byte[] source, int offset, int length) {
        try {
            if (length > 0 && length <= MOST_DIGITS && source[offset] != '+') {
                return Long.parseUnsignedLong(Utf8.decode(source, offset, length));
            }
        } catch (NumberFormatException | DataException e) {
            // The text itself says what is wrong.
        }
        throw badText(source, offset, length);
    }

    @Override
    @SuppressWarnings("unchecked") // The class is tested.
    public <V> V decodeAs(byte[] source, int offset, int length, Format format, Class<V> target) {
        if (target == BigInteger.class) {
            if (format == Format.BINARY) {
                checkLength(length, 8);
            }
            long bits = format == Format.BINARY ? BigEndian.getLong(source, offset) : bits(source, offset, length);
            return (V) new BigInteger(Long.toUnsignedString(bits));
        }
        return super.decodeAs(source, offset, length, format, target);
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        if (format == Format.TEXT) {
            return Utf8.decode(source, offset, length);
        }
        checkLength(length, 8);
        return Long.toUnsignedString(BigEndian.getLong(source, offset));
    }

    @Override
    public String format(Long value) {
        if (value < 0) {
            throw outOfRange(value.toString(), expected());
        }
        return Long.toString(value);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof BigInteger number
                ? number.signum() >= 0 && number.bitLength() <= Long.SIZE
                : WholeNumbers.isWithin(value, 0, Long.MAX_VALUE);
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeLong(WholeNumbers.of(value));
    }

    @Override
    public String expected() {
        return "a whole number from 0 to 9223372036854775807, or a BigInteger up to 18446744073709551615";
    }

    @Override
    protected @Nullable Object convertTo(Long value, Class<?> target) {
        return WholeNumbers.convert(this, value, target);
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return WholeNumbers.areConvertedTo(target);
    }

    @Override
    protected String conversions() {
        return WholeNumbers.CONVERSIONS;
    }
}
