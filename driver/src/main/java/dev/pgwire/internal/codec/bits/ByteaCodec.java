package dev.pgwire.internal.codec.bits;

import dev.pgwire.error.DataException;
import dev.pgwire.error.SqlState;
import dev.pgwire.internal.codec.Ascii;
import dev.pgwire.internal.codec.FieldCodec;
import dev.pgwire.internal.codec.Octal;
import dev.pgwire.type.FieldWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * bytea: bytes, read as a {@code byte[]}. As text both forms of {@code bytea_output} are read, hex and escape; what is
 * formatted is hex. Writing a ByteBuffer does not move its position. Source: PostgreSQL manual, 8.4 Binary Data Types.
 */
public final class ByteaCodec extends FieldCodec<byte[]> {
    /** The codec of bytea. */
    public static final ByteaCodec INSTANCE = new ByteaCodec();

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

    private ByteaCodec() {
        super("bytea", byte[].class);
    }

    @Override
    public byte[] decodeBinary(byte[] source, int offset, int length) {
        return Arrays.copyOfRange(source, offset, offset + length);
    }

    @Override
    public byte[] decodeText(byte[] source, int offset, int length) {
        boolean hex = length >= 2 && source[offset] == '\\' && source[offset + 1] == 'x';
        return hex ? decodeHex(source, offset, length) : decodeEscape(source, offset, length);
    }

    private byte[] decodeHex(byte[] source, int offset, int length) {
        byte[] bytes = new byte[length / 2 - 1];
        boolean valid = length % 2 == 0;
        for (int i = 0; valid && i < bytes.length; i++) {
            int high = Ascii.hex(source[offset + 2 + 2 * i]);
            int low = Ascii.hex(source[offset + 3 + 2 * i]);
            valid = high >= 0 && low >= 0;
            bytes[i] = (byte) (high << 4 | low);
        }
        if (!valid) {
            throw badText(source, offset, length);
        }
        return bytes;
    }

    private byte[] decodeEscape(byte[] source, int offset, int length) {
        byte[] bytes = new byte[length];
        int count = 0;
        int end = offset + length;
        for (int i = offset; i < end; count++) {
            if (source[i] != '\\') {
                bytes[count] = source[i++];
            } else if (i + 1 < end && source[i + 1] == '\\') {
                bytes[count] = '\\';
                i += 2;
            } else {
                int value = Octal.escaped(source, i, end);
                if (value < 0) {
                    throw badText(source, offset, length);
                }
                bytes[count] = (byte) value;
                i += 4;
            }
        }
        return Arrays.copyOf(bytes, count);
    }

    @Override
    public String format(byte[] value) {
        if (value.length > (Integer.MAX_VALUE - 16) / 2) {
            throw new DataException(
                    SqlState.DATA_EXCEPTION,
                    value.length + " bytes of type bytea are too long to be written as text",
                    null);
        }
        byte[] text = new byte[2 + 2 * value.length];
        text[0] = '\\';
        text[1] = 'x';
        for (int i = 0; i < value.length; i++) {
            text[2 + 2 * i] = HEX[value[i] >> 4 & 0xF];
            text[3 + 2 * i] = HEX[value[i] & 0xF];
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean accepts(Object value) {
        return value instanceof byte[] || value instanceof ByteBuffer;
    }

    @Override
    public void encode(Object value, FieldWriter out) {
        if (value instanceof byte[] bytes) {
            out.writeBytes(bytes);
            return;
        }
        ByteBuffer buffer = (ByteBuffer) value;
        if (buffer.hasArray()) {
            out.writeBytes(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        } else {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            out.writeBytes(bytes);
        }
    }

    @Override
    public String expected() {
        return "a byte[] or a ByteBuffer";
    }

    @Override
    protected @Nullable Object convertTo(byte[] value, Class<?> target) {
        return target == ByteBuffer.class ? ByteBuffer.wrap(value) : null;
    }

    @Override
    protected boolean convertsTo(Class<?> target) {
        return target == ByteBuffer.class;
    }

    @Override
    protected String conversions() {
        return "byte[], ByteBuffer, String";
    }
}
