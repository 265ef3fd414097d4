package dev.pgwire.internal.codec.bits;

import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.BooleanCodec;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.protocol.Format;
import dev.pgwire.type.FieldWriter;

/**
 * boolean: one byte, read as a Boolean. The wire's text format says "t" and "f", the cast to text "true" and "false".
 * Source: PostgreSQL manual, 8.6 Boolean Type.
 */
public final class BoolCodec extends FieldCodec<Boolean> implements BooleanCodec {
    /** The codec of bool. */
    public static final BoolCodec INSTANCE = new BoolCodec();

    private BoolCodec() {
        super("bool", Boolean.class);
    }

    @Override
    public Boolean decodeBinary(byte[] source, int offset, int length) {
        return binaryBoolean(source, offset, length);
    }

    @Override
    public Boolean decodeText(byte[] source, int offset, int length) {
        return textBoolean(source, offset, length);
    }

    @Override
    public boolean binaryBoolean(byte[] source, int offset, int length) {
        checkLength(length, 1);
        byte value = source[offset];
        if ((value & ~1) != 0) {
            throw badBinary("byte " + (value & 0xFF) + ", expected 0 or 1");
        }
        return value == 1;
    }

    @Override
    public boolean textBoolean(byte[] source, int offset, int length) {
        if (length == 1 && source[offset] == 't' || Ascii.equals(source, offset, length, "true")) {
            return true;
        }
        if (length == 1 && source[offset] == 'f' || Ascii.equals(source, offset, length, "false")) {
            return false;
        }
        throw badText(source, offset, length);
    }

    @Override
    public String format(Boolean value) {
        return value.toString();
    }

    @Override
    public String textOf(byte[] source, int offset, int length, Format format) {
        boolean value =
                format == Format.BINARY ? binaryBoolean(source, offset, length) : textBoolean(source, offset, length);
        return Boolean.toString(value);
    }

    @Override
    public String output(Boolean value) {
        return value ? "t" : "f";
    }

    @Override
    public String outputOf(byte[] source, int offset, int length, Format format) {
        return output(
                format == Format.BINARY ? binaryBoolean(source, offset, length) : textBoolean(source, offset, length));
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof Boolean;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        out.writeByte((Boolean) value ? 1 : 0);
    }

    @Override
    public String expected() {
        return "a Boolean";
    }
}
