package dev.pgwire.internal.codec.bits;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.BigEndian;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.type.BitString;
import dev.pgwire.type.FieldWriter;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * bit and varbit: the number of bits in four bytes, then the bits, eight in each byte, the first one highest; read as a
 * BitString. Source: PostgreSQL manual, 8.10 Bit String Types.
 */
public final class BitCodec extends FieldCodec<BitString> {
    /** The codec of bit. */
    public static final BitCodec BIT = new BitCodec("bit");

    /** The codec of varbit. */
    public static final BitCodec VARBIT = new BitCodec("varbit");

    private static final int HEADER = 4;
    /** The longest String of every JVM. */
    private static final int LONGEST_TEXT = Integer.MAX_VALUE - 16;

    private BitCodec(String name) {
        super(name, BitString.class);
    }

    @Override
    public BitString decodeBinary(byte[] source, int offset, int length) {
        int bits = length < HEADER ? -1 : BigEndian.getInt(source, offset);
        if (bits < 0 || length - HEADER != (bits + 7L) / 8) {
            throw badBinary(length + " bytes, expected the number of bits and as many");
        }
        return BitString.of(Arrays.copyOfRange(source, offset + HEADER, offset + length), bits);
    }

    @Override
    public BitString decodeText(byte[] source, int offset, int length) {
        byte[] bytes = new byte[(int) ((length + 7L) / 8)];
        for (int i = 0; i < length; i++) {
            int bit = source[offset + i] - '0';
            if ((bit & ~1) != 0) {
                throw badText(source, offset, length);
            }
            bytes[i >> 3] |= (byte) (bit << 7 - (i & 7));
        }
        return BitString.of(bytes, length);
    }

    @Override
    public String format(BitString value) {
        if (value.length() > LONGEST_TEXT) {
            throw new DataException(
                    SqlState.DATA_EXCEPTION, value.length() + " bits are too long to be written as text", null);
        }
        return value.toString();
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof BitString || value instanceof Boolean;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        BitString bits = value instanceof BitString string ? string : BitString.of((Boolean) value ? "1" : "0");
        out.writeInt(bits.length());
        out.writeBytes(bits.toByteArray());
    }

    @Override
    public String expected() {
        return "a BitString, or a Boolean for a single bit";
    }

    @Override
    protected @Nullable Object convertTo(BitString value, Class<?> target) {
        if (target == Boolean.class) {
            if (value.length() != 1) {
                throw new DataException(
                        SqlState.DATA_EXCEPTION, value.length() + " bits of type " + name() + " are no Boolean", null);
            }
            return value.get(0);
        }
        return target == BitSet.class ? value.toBitSet() : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == Boolean.class || target == BitSet.class;
    }

    @Override
    protected String conversions() {
        return "BitString, BitSet, Boolean (of one bit), String";
    }
}
