package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The client's next step of GSSAPI or SSPI.
 *
 * <pre>
 * Byte1 'p'
 * Int32 length
 * Byten data
 * </pre>
 */
public record GSSResponse(byte[] data) implements FrontendMessage {
    public static final byte TAG = 'p';

    public static GSSResponse read(ByteBuf body) {
        return new GSSResponse(Body.of("GSSResponse", body).rest());
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, data.length);
        out.writeBytes(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GSSResponse that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "GSSResponse[" + data.length + " bytes]";
    }
}
