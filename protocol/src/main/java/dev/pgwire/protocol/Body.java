package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of reading a message: every count and every length is checked against the bytes that remain before anything
 * is allocated, and the body must be consumed exactly. Any error is a {@link ProtocolViolation} that names the
 * message and the part of it.
 */
public final class Body {
    private final String message;
    private final ByteBuf bytes;

    private Body(String message, ByteBuf bytes) {
        this.message = message;
        this.bytes = bytes;
    }

    /** The readable bytes of the buffer as the body of the message with this name. */
    public static Body of(String message, ByteBuf bytes) {
        return new Body(message, bytes);
    }

    /** How many bytes have not been read. */
    public int remaining() {
        return bytes.readableBytes();
    }

    public byte int8(String what) {
        need(1, what);
        return bytes.readByte();
    }

    public short int16(String what) {
        need(2, what);
        return bytes.readShort();
    }

    public int int32(String what) {
        need(4, what);
        return bytes.readInt();
    }

    /** An unsigned Int16 that counts elements, each of which has at least this number of bytes. */
    public int count(int minBytesEach, String what) {
        return fitting(int16(what) & 0xFFFF, minBytesEach, what);
    }

    /** An Int32 that counts elements, each of which has at least this number of bytes. */
    public int count32(int minBytesEach, String what) {
        return fitting(int32(what), minBytesEach, what);
    }

    private int fitting(int count, int minBytesEach, String what) {
        if (count < 0 || (long) count * minBytesEach > remaining()) {
            throw violation(
                    count + " as the number of " + what + " with " + remaining() + " bytes left",
                    "a number of elements of at least " + minBytesEach + " bytes each that fits");
        }
        return count;
    }

    /**
     * A string with a zero byte at its end. What is no UTF-8 becomes U+FFFD: before the encoding is agreed a server
     * writes errors in its own, and an unreadable error text is better than none.
     */
    public String cString(String what) {
        int length = cLength(what);
        String value;
        if (bytes.hasArray()) {
            int at = bytes.arrayOffset() + bytes.readerIndex();
            value = new String(bytes.array(), at, length, StandardCharsets.UTF_8);
        } else {
            value = bytes.toString(bytes.readerIndex(), length, StandardCharsets.UTF_8);
        }
        bytes.skipBytes(length + 1);
        return value;
    }

    /** The bytes of a string with a zero byte at its end, without that byte. */
    public byte[] cBytes(String what) {
        byte[] value = new byte[cLength(what)];
        bytes.readBytes(value).skipBytes(1);
        return value;
    }

    /** Looks into the array itself, for the reason that {@link Wire#cString} has. */
    private int cLength(String what) {
        int length = bytes.hasArray()
                ? lengthIn(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes())
                : bytes.bytesBefore((byte) 0);
        if (length < 0) {
            throw violation(remaining() + " bytes left for the " + what + " without a zero byte", "one at its end");
        }
        return length;
    }

    private static int lengthIn(byte[] array, int from, int most) {
        for (int i = 0; i < most; i++) {
            if (array[from + i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Exactly this number of bytes. */
    public byte[] bytes(int length, String what) {
        need(length, what);
        byte[] value = new byte[length];
        bytes.readBytes(value);
        return value;
    }

    /** All bytes that remain. */
    public byte[] rest() {
        byte[] value = new byte[remaining()];
        bytes.readBytes(value);
        return value;
    }

    /** An Int32 length and the bytes of that value; null when the length is -1. */
    public byte @Nullable [] value(String what) {
        int length = valueLength(what);
        return length < 0 ? null : bytes(length, what);
    }

    /** Checks a value as {@link #value} does, and leaves it. */
    public void skipValue(String what) {
        bytes.skipBytes(Math.max(0, valueLength(what)));
    }

    private int valueLength(String what) {
        int length = int32(what);
        if (length < -1 || length > remaining()) {
            throw violation(
                    length + " as the length of the " + what,
                    "-1 for NULL or 0 to " + remaining() + ", the bytes left");
        }
        return length;
    }

    /** A count, and that number of values. */
    public List<byte @Nullable []> values(String what) {
        int count = count(4, what + "s");
        List<byte @Nullable []> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(what));
        }
        return Collections.unmodifiableList(values);
    }

    public Format format(String what) {
        int code = int16(what);
        if (code != 0 && code != 1) {
            throw violation(code + " as the " + what, "0 (text) or 1 (binary)");
        }
        return Format.of(code);
    }

    /** A count, and that number of format codes. */
    public List<Format> formats(String what) {
        Format[] formats = new Format[count(2, what + "s")];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = format(what);
        }
        return Collections.unmodifiableList(Arrays.asList(formats));
    }

    /** A count, and that number of type oids. */
    public int[] oids(String what) {
        int[] oids = new int[count(4, what + "s")];
        for (int i = 0; i < oids.length; i++) {
            oids[i] = bytes.readInt();
        }
        return oids;
    }

    /** Checks that nothing is left. */
    public void end() {
        if (bytes.isReadable()) {
            throw violation(remaining() + " bytes left over", "the end of the message");
        }
    }

    /** The violation in this message that found one thing where another was expected. */
    public ProtocolViolation violation(String found, String expected) {
        return new ProtocolViolation(message + ": " + found + ", expected " + expected);
    }

    private void need(int length, String what) {
        if (length < 0 || length > bytes.readableBytes()) {
            throw violation(remaining() + " bytes left for the " + what, length + " of them");
        }
    }
}
