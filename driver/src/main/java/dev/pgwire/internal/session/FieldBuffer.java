package dev.pgwire.internal.session;

// HOT: a million rows a second pass here, see docs/decisions.md "The bulk writer"

import dev.pgwire.error.OperationalException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Wire;
import dev.pgwire.type.Utf8;
import dev.pgwire.type.ValueWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes of values, in one array that grows. A field is a length and that many bytes; Bind, COPY and the arrays of the
 * server have the same.
 */
final class FieldBuffer implements ValueWriter {
    private static final int USUAL = 1024;
    private static final int LARGEST_KEPT = 1024 * 1024;
    /** So much at most, so that it fits into a message with what stands around it there. */
    private static final int MOST = Wire.MAX_BODY - (1 << 20);

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private byte[] bytes = new byte[USUAL];
    private int size;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.BIG_ENDIAN);
    }

    /** Forgets what was written. */
    void clear() {
        size = 0;
        if (bytes.length > LARGEST_KEPT) {
            bytes = new byte[USUAL];
        }
    }

    /** The array, which changes when it grows; the first {@link #size} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** What stands at an index. */
    int intAt(int index) {
        return (int) INT.get(bytes, index);
    }

    /** Writes NULL. */
    void writeNull() {
        writeInt(-1);
    }

    /** Begins a field; its length is filled in by {@link #end}. */
    int begin() {
        writeInt(0);
        return size;
    }

    void end(int start) {
        INT.set(bytes, start - 4, size - start);
    }

    /** Makes room and leaves it to be filled by {@link #put}; returns where it begins. */
    int skip(long length) {
        reserve(length);
        int at = size;
        size = at + (int) length;
        return at;
    }

    void put(int index, FieldBuffer source, int from, int length) {
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
        RequestWriter.putUtf8(value, (int) length, bytes, size);
        size += (int) length;
    }

    /** Has room for so many bytes more, which may take another array. */
    private void reserve(long more) {
        long needed = size + more;
        if (needed > bytes.length) {
            grow(needed);
        }
    }

    private void grow(long needed) {
        if (needed > MOST) {
            throw new OperationalException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "takes the row to " + needed + " bytes or more, expected at most " + MOST,
                    null);
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, 2L * bytes.length)));
    }
}
