package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The client's answer to a SASL challenge.
 *
 * <pre>
 * Byte1 'p'
 * Int32 length
 * Byten data
 * </pre>
 */
public record SASLResponse(byte[] data) implements FrontendMessage {
    public static final byte TAG = 'p';

    public static SASLResponse read(ByteBuf body) {
        return new SASLResponse(Body.of("SASLResponse", body).rest());
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, data.length);
        out.writeBytes(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SASLResponse that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "SASLResponse[" + data.length + " bytes]";
    }
}
