package dev.pgwire.internal.codec;

import dev.pgwire.error.DataException;
import dev.pgwire.type.FieldReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a value, for a codec of a program. */
public final class FieldBytes implements FieldReader {
    private final FieldCodec<?> type;
    private final ByteBuffer bytes;

    /** The bytes of a value of a type. */
    public FieldBytes(FieldCodec<?> type, byte[] source, int offset, int length) {
        this.type = type;
        this.bytes = ByteBuffer.wrap(source, offset, length);
    }

    @Override
    public int remaining() {
        return bytes.remaining();
    }

    @Override
    public FieldReader order(ByteOrder order) {
        bytes.order(order);
        return this;
    }

    @Override
    public byte readByte() {
        need(Byte.BYTES);
        return bytes.get();
    }

    @Override
    public short readShort() {
        need(Short.BYTES);
        return bytes.getShort();
    }

    @Override
    public int readInt() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    @Override
    public long readLong() {
        need(Long.BYTES);
        return bytes.getLong();
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat(readInt());
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    @Override
    public byte[] readBytes(int length) {
        need(length);
        byte[] read = new byte[length];
        bytes.get(read);
        return read;
    }

    @Override
    public String readUtf8(int length) {
        need(length);
        String text = Utf8.decode(bytes.array(), bytes.arrayOffset() + bytes.position(), length);
        bytes.position(bytes.position() + length);
        return text;
    }

    @Override
    public int checkCount(int count, int size) {
        if (count < 0 || (long) count * size > remaining()) {
            throw invalid(count + " things of " + size + " bytes or more, expected not more than " + remaining()
                    + " bytes have room for");
        }
        return count;
    }

    @Override
    public DataException invalid(String what) {
        return type.badBinary(what);
    }

    private void need(int length) {
        if (length < 0 || length > remaining()) {
            throw invalid("it has " + remaining() + " bytes left, expected " + length);
        }
    }
}
