package dev.pgwire.internal.codec;

import dev.pgwire.error.OperationalException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Wire;
import dev.pgwire.type.FieldWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

// HOT: a million rows a second pass here, see docs/decisions.md "The bulk writer"

/**
 * Bytes of values, in one array that grows, used again and again. A field is a length and that many bytes; Bind, COPY and the
 * arrays of the server have the same.
 */
public final class FieldBuffer implements FieldWriter {
    private static final int USUAL = 1024;
    private static final int LARGEST_KEPT = 1024 * 1024;
    /** The most of rows, so that they fit into a message with what stands around them there. */
    private static final int MOST_OF_ROWS = Wire.MAX_BODY - (1 << 20);

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final String full;
    private final int most;
    private byte[] bytes = new byte[USUAL];
    private int size;
    private ByteBuf view = Unpooled.wrappedBuffer(bytes);

    /** A buffer for rows. */
    public FieldBuffer() {
        this("takes the row to", MOST_OF_ROWS);
    }

    private FieldBuffer(String full, int most) {
        this.full = full;
        this.most = most;
    }

    /** A buffer for the values of a Bind, which may fill the message. */
    public static FieldBuffer ofParameters() {
        return new FieldBuffer("the parameters take", Wire.MAX_BODY);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }

    /** Forgets what was written. */
    public void clear() {
        size = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[USUAL];
        }
    }

    /** Forgets what was written from there on. */
    public void cut(int end) {
        size = end;
    }

    /** The array, which changes when it grows; the first {@link #size} bytes count. */
    public byte[] bytes() {
        return bytes;
    }

    public int size() {
        return size;
    }

    /** What was written, for as long as nothing more is. */
    public ByteBuf view() {
        return view(0, size);
    }

    /** A part of what was written, for as long as nothing more is and no other part is looked at. */
    public ByteBuf view(int from, int to) {
        if (view.array() != bytes) {
            view = Unpooled.wrappedBuffer(bytes);
        }
        return view.setIndex(from, to);
    }

    /** What stands at an index. */
    public int intAt(int index) {
        return (int) INT.get(bytes, index);
    }

    /** Writes over what stands at an index. */
    public void setInt(int index, int value) {
        INT.set(bytes, index, value);
    }

    @Override
    public void writeNull() {
        writeInt(-1);
    }

    @Override
    public int startField() {
        writeInt(0);
        return size;
    }

    @Override
    public void endField(int start) {
        INT.set(bytes, start - 4, size - start);
    }

    /** Makes room and leaves it to be filled by {@link #put}; returns where it begins. */
    public int skip(long length) {
        reserve(length);
        int at = size;
        size = at + (int) length;
        return at;
    }

    public void put(int index, FieldBuffer source, int from, int length) {
        System.arraycopy(source.bytes, from, bytes, index, length);
    }

    @Override
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    @Override
    public void writeShort(int value) {
        reserve(2);
        SHORT.set(bytes, size, (short) value);
        size += 2;
    }

    @Override
    public void writeInt(int value) {
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    @Override
    public void writeLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    @Override
    public void writeFloat(float value) {
        writeInt(Float.floatToRawIntBits(value));
    }

    @Override
    public void writeDouble(double value) {
        writeLong(Double.doubleToRawLongBits(value));
    }

    /** Writes a whole number in decimal digits. */
    public void writeDecimal(long value) {
        reserve(Decimal.LONGEST_WHOLE);
        size = Decimal.write(value, bytes, size);
    }

    @Override
    public void writeBytes(byte[] value) {
        writeBytes(value, 0, value.length);
    }

    @Override
    public void writeBytes(byte[] value, int offset, int length) {
        reserve(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    @Override
    public void writeUtf8(String value) {
        long length = Utf8.length(value);
        reserve(length);
        putUtf8(value, (int) length, bytes, size);
        size += (int) length;
    }

    /** Writes text into an array, without one in between; the length is what {@link Utf8#length} has found. */
    @SuppressWarnings("deprecation") // It takes the low byte of each character, which is all there is of ASCII.
    private static void putUtf8(String text, int length, byte[] to, int at) {
        if (length == text.length()) {
            text.getBytes(0, length, to, at);
            return;
        }
        int i = 0;
        int end = at + length;
        while (at < end) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c < 0x80) {
                to[at++] = (byte) c;
            } else if (c < 0x800) {
                to[at++] = (byte) (0xC0 | c >> 6);
                to[at++] = (byte) (0x80 | c & 0x3F);
            } else {
                if (c < 0x10000) {
                    to[at++] = (byte) (0xE0 | c >> 12);
                } else {
                    to[at++] = (byte) (0xF0 | c >> 18);
                    to[at++] = (byte) (0x80 | c >> 12 & 0x3F);
                }
                to[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                to[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
    }

    /** Makes room for more bytes, which may take another array. */
    private void reserve(long more) {
        long needed = size + more;
        if (needed > bytes.length) {
            grow(needed);
        }
    }

    /** The size is checked before memory is taken for it. */
    private void grow(long needed) {
        if (needed > most) {
            throw new OperationalException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    full + " " + needed + " bytes or more, expected at most " + most,
                    null);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(needed, 2L * bytes.length)));
    }
}
