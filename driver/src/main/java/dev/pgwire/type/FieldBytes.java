package dev.pgwire.type;

import dev.pgwire.error.DataException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** The bytes of a value, somewhere in an array. */
final class FieldBytes implements FieldReader {
    private final ByteBuffer bytes;
    private final Function<String, DataException> invalid;

    FieldBytes(ByteBuffer bytes, Function<String, DataException> invalid) {
        this.bytes = bytes;
        this.invalid = invalid;
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
        int begin = bytes.position();
        bytes.position(begin + length);
        String text = new String(bytes.array(), begin, length, StandardCharsets.UTF_8);
        // The constructor is fast, but replaces what is no UTF-8: a replacement needs a second look.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.array(), begin, length));
            } catch (CharacterCodingException e) {
                throw invalid("text that is not UTF-8");
            }
        }
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
        return invalid.apply(what);
    }

    private void need(int length) {
        if (length < 0 || length > remaining()) {
            throw invalid("it has " + remaining() + " bytes left, expected " + length);
        }
    }
}
