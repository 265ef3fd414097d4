package dev.pgwire.protocol.dialogue;

import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds where messages begin and end in the bytes of one side, which may come in any pieces. How a frame begins (with a tag, with a
 * length, or as a single byte) is the caller's to say: {@link Dialogue} knows.
 *
 * <p>For one thread at a time.
 */
public final class FrameCutter {
    private static final int LEAST = 16 * 1024;
    private static final int LONGEST_OPENING = 10_000;
    private static final byte[] NOTHING = {};

    private final Side side;
    // Bytes are only ever added behind the others. When the array is full another takes its place, so frames stay as
    // they are.
    private byte[] bytes = NOTHING;
    private int from;
    private int end;
    private long offset;

    public FrameCutter(Side side) {
        this.side = side;
    }

    /** Takes bytes: they are copied, and the reader index moves to the end. */
    public void add(ByteBuf more) {
        int count = more.readableBytes();
        makeRoom(count);
        more.readBytes(bytes, end, count);
        end += count;
    }

    /** Takes bytes of an array. */
    public void add(byte[] more, int from, int count) {
        makeRoom(count);
        System.arraycopy(more, from, bytes, end, count);
        end += count;
    }

    private void makeRoom(int count) {
        if (count > bytes.length - end) {
            int kept = end - from;
            long wished = Math.max(LEAST, Math.max(2L * kept, (long) kept + count));
            if ((long) kept + count > Integer.MAX_VALUE - 16) {
                throw new ProtocolViolation("more than 2 GB without the end of a message");
            }
            byte[] next = new byte[(int) Math.min(wished, Integer.MAX_VALUE - 16)];
            System.arraycopy(bytes, from, next, 0, kept);
            bytes = next;
            from = 0;
            end = kept;
        }
    }

    /** How many bytes wait for the rest of their message. */
    public int waiting() {
        return end - from;
    }

    /** How many bytes were cut off so far. */
    public long offset() {
        return offset;
    }

    /** The next byte, or -1. */
    int peek() {
        return peek(0);
    }

    /** One of the bytes that wait, the next one for 0; -1 behind the last. */
    public int peek(int ahead) {
        return ahead < end - from ? bytes[from + ahead] & 0xFF : -1;
    }

    /** The next message that has a tag; null before it is there as a whole. */
    public @Nullable Frame tagged(PasswordKind expected) {
        return next(Wire.HEADER, expected, Wire.LENGTH + Wire.MAX_BODY);
    }

    /** The same, where no message is longer than this; a length that is greater is refused before its bytes are there. */
    public @Nullable Frame tagged(PasswordKind expected, int longest) {
        return next(Wire.HEADER, expected, longest);
    }

    /** The next message without a tag, which PostgreSQL believes up to 10,000 bytes; null before it is there as a whole. */
    public @Nullable Frame opening() {
        return next(Wire.LENGTH, PasswordKind.PASSWORD, LONGEST_OPENING);
    }

    /** The next byte as a frame; null before it is there. */
    public @Nullable Frame single() {
        return from == end ? null : cut(from + 1, 0, PasswordKind.PASSWORD);
    }

    /** All bytes that wait, which are given up as messages. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, from, end);
        offset += rest.length;
        from = 0;
        end = 0;
        bytes = NOTHING;
        return rest;
    }

    private @Nullable Frame next(int head, PasswordKind expected, int longest) {
        if (end - from < head) {
            return null;
        }
        int at = from + head - Wire.LENGTH;
        int length = (bytes[at] & 0xFF) << 24
                | (bytes[at + 1] & 0xFF) << 16
                | (bytes[at + 2] & 0xFF) << 8
                | bytes[at + 3] & 0xFF;
        if (length < Wire.LENGTH || length > longest) {
            throw new ProtocolViolation("a message of the " + side.name().toLowerCase(Locale.ROOT) + " with the "
                    + (head == Wire.HEADER ? "tag " + ProtocolViolation.show(bytes[from]) + " and the " : "")
                    + "length " + length + " behind " + offset + " bytes, expected " + Wire.LENGTH + " to " + longest);
        }
        // As a long: a length near the greatest, behind others in the same array.
        long to = (long) at + length;
        return to > end ? null : cut((int) to, head, expected);
    }

    private Frame cut(int to, int head, PasswordKind expected) {
        Frame frame = new Frame(side, expected, offset, bytes, from, to, head);
        offset += to - from;
        from = to;
        return frame;
    }
}
