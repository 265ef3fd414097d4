package dev.pgwire.protocol;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A message whose tag is not known here, such as one of a protocol that is still to come.
 *
 * <pre>
 * Byte1 tag
 * Int32 length
 * Byten body
 * </pre>
 */
public record UnknownMessage(byte tag, byte[] body) implements Message {
    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, tag, body.length);
        out.writeBytes(body);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UnknownMessage that && tag == that.tag && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return 31 * tag + Arrays.hashCode(body);
    }

    @Override
    public String toString() {
        return "UnknownMessage[" + ProtocolViolation.show(tag) + ", " + Excerpt.of(body) + "]";
    }
}
