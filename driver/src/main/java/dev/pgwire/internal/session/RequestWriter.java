package dev.pgwire.internal.session;

import dev.pgwire.error.OperationalException;
import dev.pgwire.error.SqlState;
import dev.pgwire.protocol.Wire;
import dev.pgwire.type.Utf8;
import dev.pgwire.type.ValueWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Parameter values as they will stand in a Bind message, each behind its length. One per session, used again and again. */
final class RequestWriter implements ValueWriter {
    private static final int USUAL = 1024;
    private static final int LARGEST_KEPT = 1024 * 1024;

    private ByteBuf values = Unpooled.buffer(USUAL);

    /** Forgets what was written. */
    void clear() {
        if (values.capacity() > LARGEST_KEPT) {
            values = Unpooled.buffer(USUAL);
        } else {
            values.clear();
        }
    }

    /** What was written. */
    ByteBuf values() {
        return values;
    }

    /** Writes NULL. */
    void writeNull() {
        values.writeInt(-1);
    }

    /** Begins a value; its length is filled in by {@link #end}. */
    int begin() {
        values.writeInt(0);
        return values.writerIndex();
    }

    void end(int start) {
        values.setInt(start - 4, values.writerIndex() - start);
    }

    @Override
    public void writeByte(int value) {
        values.writeByte(value);
    }

    @Override
    public void writeShort(int value) {
        values.writeShort(value);
    }

    @Override
    public void writeInt(int value) {
        values.writeInt(value);
    }

    @Override
    public void writeLong(long value) {
        values.writeLong(value);
    }

    @Override
    public void writeFloat(float value) {
        values.writeFloat(value);
    }

    @Override
    public void writeDouble(double value) {
        values.writeDouble(value);
    }

    @Override
    public void writeBytes(byte[] bytes) {
        writeBytes(bytes, 0, bytes.length);
    }

    @Override
    public void writeBytes(byte[] bytes, int offset, int length) {
        reserve(length);
        values.writeBytes(bytes, offset, length);
    }

    @Override
    public void writeUtf8(String text) {
        long length = Utf8.length(text);
        reserve(length);
        values.ensureWritable((int) length);
        putUtf8(text, (int) length, values.array(), values.arrayOffset() + values.writerIndex());
        values.writerIndex(values.writerIndex() + (int) length);
    }

    /** Writes text into an array, without one in between; the length is what {@link Utf8#length} has found. */
    @SuppressWarnings("deprecation") // It takes the low byte of each character, which is all there is of ASCII.
    static void putUtf8(String text, int length, byte[] to, int at) {
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

    /** A message may not be larger than the protocol allows; found out before memory is taken for it. */
    private void reserve(long length) {
        long total = values.writerIndex() + length;
        if (total > Wire.MAX_BODY) {
            throw new OperationalException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the parameters take " + total + " bytes or more, expected at most " + Wire.MAX_BODY,
                    null);
        }
    }
}
