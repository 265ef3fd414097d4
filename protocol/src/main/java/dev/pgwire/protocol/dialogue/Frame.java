package dev.pgwire.protocol.dialogue;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.backend.BackendDecoder;
import dev.pgwire.protocol.frontend.FrontendDecoder;
import dev.pgwire.protocol.frontend.PasswordKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One message as it stands in the stream, not yet decoded. It is a window over bytes that do not change, so it may be kept and
 * handed to any thread.
 */
public final class Frame {
    private final Side side;
    private final PasswordKind expected;
    private final long offset;
    private final byte[] bytes;
    private final int from;
    private final int to;
    /** The bytes before the body. */
    private final int head;

    Frame(Side side, PasswordKind expected, long offset, byte[] bytes, int from, int to, int head) {
        this.side = side;
        this.expected = expected;
        this.offset = offset;
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.head = head;
    }

    /** Who sent it. */
    public Side side() {
        return side;
    }

    /** Its tag; 0 for what has none: a message that opens a connection, and the answer to a request for encryption. */
    public byte tag() {
        return head == Wire.HEADER ? bytes[from] : 0;
    }

    /** How many bytes its sender had sent before it on this connection. */
    public long offset() {
        return offset;
    }

    /** All its bytes, with tag and length. */
    public int size() {
        return to - from;
    }

    /** All its bytes, with tag and length: a buffer of its own over the same bytes, not to be written to. */
    public ByteBuf bytes() {
        return Unpooled.wrappedBuffer(bytes, from, to - from);
    }

    /** The bytes behind the length: a buffer of its own over the same bytes, not to be written to. */
    public ByteBuf body() {
        return Unpooled.wrappedBuffer(bytes, from + head, to - from - head);
    }

    /** Writes all its bytes: those that came. */
    public void writeTo(ByteBuf out) {
        out.writeBytes(bytes, from, to - from);
    }

    /** Whether it is the single byte that answers a request for encryption. */
    public boolean isEncryptionAnswer() {
        return head == 0;
    }

    /** What the tag {@code p} stood for when it was sent. */
    public PasswordKind expected() {
        return expected;
    }

    /**
     * The message: a {@code FrontendMessage} of the client, a {@code BackendMessage} of the server, or an {@link EncryptionAnswer}.
     *
     * @throws ProtocolViolation if the tag is unknown or the body is not well formed
     */
    public Message message() {
        if (head == 0) {
            return new EncryptionAnswer(bytes[from]);
        }
        if (side == Side.BACKEND) {
            return BackendDecoder.decode(tag(), body());
        }
        return head == Wire.LENGTH ? FrontendDecoder.opening(body()) : FrontendDecoder.decode(tag(), body(), expected);
    }

    /** The message, or what is wrong with it. */
    @Override
    public String toString() {
        try {
            return message().toString();
        } catch (ProtocolViolation e) {
            return "[" + size() + " bytes that are no message: " + e.getMessage() + "]";
        }
    }
}
