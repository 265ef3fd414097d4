package dev.pgwire.laboratory.capture;

import dev.pgwire.protocol.Message;
import dev.pgwire.protocol.ProtocolViolation;
import dev.pgwire.protocol.Wire;
import dev.pgwire.protocol.dialogue.Frame;
import dev.pgwire.protocol.dialogue.Side;
import dev.pgwire.protocol.frontend.Opening;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message, or the part of one that was captured. It may be kept and handed to any thread. */
public final class CapturedMessage implements CaptureEvent {
    private final CapturedConnection connection;
    private final Instant time;
    private final @Nullable String sql;
    private final Side side;
    private final byte tag;
    private final int length;
    private final @Nullable Frame frame;
    private final byte[] part;
    private final Opening.@Nullable Encryption asked;

    CapturedMessage(
            CapturedConnection connection,
            Instant time,
            @Nullable String sql,
            Frame frame,
            Opening.@Nullable Encryption asked) {
        this.asked = asked;
        this.connection = connection;
        this.time = time;
        this.sql = sql;
        this.frame = frame;
        this.side = frame.side();
        this.tag = frame.tag();
        this.length =
                frame.isEncryptionAnswer() ? 1 : Wire.LENGTH + frame.body().readableBytes();
        this.part = new byte[0];
    }

    /** A message of which only the first bytes of the body were captured. */
    CapturedMessage(
            CapturedConnection connection,
            Instant time,
            @Nullable String sql,
            Side side,
            byte tag,
            int length,
            byte[] part) {
        this.connection = connection;
        this.time = time;
        this.sql = sql;
        this.frame = null;
        this.asked = null;
        this.side = side;
        this.tag = tag;
        this.length = length;
        this.part = part;
    }

    @Override
    public CapturedConnection connection() {
        return connection;
    }

    /** When the packet was captured in which the message ends. */
    public Instant time() {
        return time;
    }

    /** The statement that it belongs to, as far as that is known; null for a message that belongs to none. */
    public @Nullable String sql() {
        return sql;
    }

    /** Who sent it. */
    public Side side() {
        return side;
    }

    /** Its tag; 0 for what has none: a message that opens a connection, and the answer to a request for encryption. */
    public byte tag() {
        return tag;
    }

    /** The length that it says to have: of its body and the length itself; 1 for the answer to a request for encryption. */
    public int length() {
        return length;
    }

    /** Whether all of it was captured. */
    public boolean isWhole() {
        return frame != null;
    }

    /** The message as it stands in the stream; null if a part of it is missing. */
    public @Nullable Frame frame() {
        return frame;
    }

    /** What it answers, if it is the byte that answers a request for encryption; else null. */
    public Opening.@Nullable Encryption asked() {
        return asked;
    }

    /** Its body, or the first bytes of it, as a buffer of its own. */
    public ByteBuf body() {
        return frame == null ? Unpooled.wrappedBuffer(part) : frame.body();
    }

    /** What the protocol calls it, as a trace of libpq does, such as {@code RowDescription} or {@code AuthenticationOk}. */
    public String name() {
        return MessageName.of(this);
    }

    /**
     * The message.
     *
     * @throws ProtocolViolation if a part of it is missing or it is not well formed
     */
    public Message message() {
        if (frame == null) {
            throw new ProtocolViolation(part.length + " bytes of the body of a message, expected "
                    + (length - Wire.LENGTH) + ": the others were not captured");
        }
        return frame.message();
    }

    @Override
    public String toString() {
        return time + " " + connection + ": " + name() + (isWhole() ? "" : ", not whole");
    }
}
