package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Ends a copy to the server with an error, so that nothing of it stays.
 *
 * <pre>
 * Byte1  'f'
 * Int32  length
 * String reason, which becomes part of the error that the server reports
 * </pre>
 */
public record CopyFail(String reason) implements FrontendMessage {
    public static final byte TAG = 'f';

    public static CopyFail read(ByteBuf body) {
        Body in = Body.of("CopyFail", body);
        CopyFail message = new CopyFail(in.cString("reason"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(reason));
        Wire.cString(out, reason);
    }
}
