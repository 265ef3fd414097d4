package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of writing a message: its length is computed first, as a {@code long}, and {@link #header} writes nothing
 * unless it fits. What breaks a rule is refused with an {@link IllegalArgumentException} before the first byte is written.
 */
public final class Wire {
    /** The bytes of a message's length, which counts itself and the body, but not the tag. */
    public static final int LENGTH = 4;

    /** The bytes before a body: the tag, which is one byte, and the length. A message that opens a connection has no tag. */
    public static final int HEADER = 1 + LENGTH;

    /** The longest body that is ever sent or believed: 1 GiB - 2, what PostgreSQL itself allows a message to have. */
    public static final int MAX_BODY = (1 << 30) - 2;

    /** The most elements that a list with an Int16 count can have; PostgreSQL and libpq read the count unsigned. */
    public static final int MAX_COUNT = 0xFFFF;

    private Wire() {}

    /** Writes the tag and the length of a message whose body has this many bytes, and makes room for the body. */
    public static void header(ByteBuf out, byte tag, long bodyLength) {
        checkLength(bodyLength);
        out.ensureWritable(HEADER + (int) bodyLength);
        out.writeByte(tag).writeInt(LENGTH + (int) bodyLength);
    }

    /** Writes the length of a message that has no tag: one of those that open a connection. */
    public static void header(ByteBuf out, long bodyLength) {
        checkLength(bodyLength);
        out.ensureWritable(LENGTH + (int) bodyLength);
        out.writeInt(LENGTH + (int) bodyLength);
    }

    private static void checkLength(long bodyLength) {
        if (bodyLength > MAX_BODY) {
            throw new IllegalArgumentException(
                    "a message of " + bodyLength + " bytes, but at most " + MAX_BODY + " can be sent");
        }
    }

    /** The bytes that {@link #cString} will write. */
    public static long cStringLength(String value) {
        return utf8Length(value) + 1;
    }

    /** Writes the string in UTF-8 with the zero byte that ends it. */
    public static void cString(ByteBuf out, String value) {
        long length = utf8Length(value);
        checkLength(length);
        // Not ByteBufUtil, which makes Netty's pooling allocator when it is first touched: see decisions, "The first
        // row".
        if (length > 0) {
            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        }
        out.writeByte(0);
    }

    /** Refuses bytes that are to be sent as a string with a zero byte at its end, but contain one. */
    public static void checkNoZero(byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (value[i] == 0) {
                throw new IllegalArgumentException("a zero byte at index " + i + " of a protocol string");
            }
        }
    }

    /** The bytes of an Int16 count and of that many elements of the same size. */
    public static long listLength(int count, int bytesEach) {
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException(count + " elements in a list that can have at most " + MAX_COUNT);
        }
        return 2 + (long) count * bytesEach;
    }

    /** Writes a count and the code of each format. */
    public static void formats(ByteBuf out, List<Format> formats) {
        out.writeShort(formats.size());
        for (Format format : formats) {
            out.writeShort(format.code());
        }
    }

    /** Writes a count and each oid. */
    public static void oids(ByteBuf out, int[] oids) {
        out.writeShort(oids.length);
        for (int oid : oids) {
            out.writeInt(oid);
        }
    }

    /** The bytes that {@link #value} will write. */
    public static long valueLength(byte @Nullable [] value) {
        return value == null ? 4 : 4L + value.length;
    }

    /** Writes a length and that many bytes; the length -1 alone stands for NULL. */
    public static void value(ByteBuf out, byte @Nullable [] value) {
        if (value == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(value.length).writeBytes(value);
        }
    }

    /** The bytes that {@link #values} will write. */
    public static long valuesLength(List<byte @Nullable []> values) {
        long length = listLength(values.size(), 0);
        for (byte[] value : values) {
            length += valueLength(value);
        }
        return length;
    }

    /** Writes a count and each value with its length. */
    public static void values(ByteBuf out, List<byte @Nullable []> values) {
        out.writeShort(values.size());
        for (byte[] value : values) {
            value(out, value);
        }
    }

    // Not ByteBufUtil.utf8Bytes: it counts in an int, and takes what is no text (a zero, half a surrogate pair).
    private static long utf8Length(String value) {
        long length = value.length();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("a zero character at index " + i + " of a protocol string");
            }
            if (c < 0x80) {
                continue;
            }
            if (c < 0x800) {
                length++;
            } else if (!Character.isSurrogate(c)) {
                length += 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                length += 2;
                i++;
            } else {
                throw new IllegalArgumentException("half a surrogate pair at index " + i + " of a protocol string");
            }
        }
        return length;
    }
}
