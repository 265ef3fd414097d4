package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The SASL mechanism that the client chose, and its first message.
 *
 * <pre>
 * Byte1  'p'
 * Int32  length
 * String mechanism
 * Int32  length of the data or -1 for none, Byten data
 * </pre>
 */
public record SASLInitialResponse(String mechanism, byte @Nullable [] data) implements FrontendMessage {
    public static final byte TAG = 'p';

    public static SASLInitialResponse read(ByteBuf body) {
        Body in = Body.of("SASLInitialResponse", body);
        SASLInitialResponse message = new SASLInitialResponse(in.cString("mechanism"), in.value("data"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(mechanism) + Wire.valueLength(data));
        Wire.cString(out, mechanism);
        Wire.value(out, data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SASLInitialResponse that
                && mechanism.equals(that.mechanism)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * mechanism.hashCode() + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "SASLInitialResponse[" + mechanism + "]";
    }
}
