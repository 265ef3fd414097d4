package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Runs a portal.
 *
 * <pre>
 * Byte1  'E'
 * Int32  length
 * String portal, empty for the unnamed one
 * Int32  how many rows to return before PortalSuspended, or 0 for all
 * </pre>
 */
public record Execute(String portal, int maxRows) implements FrontendMessage {
    public static final byte TAG = 'E';

    public static Execute read(ByteBuf body) {
        Body in = Body.of("Execute", body);
        Execute message = new Execute(in.cString("portal"), in.int32("number of rows"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(portal) + 4);
        Wire.cString(out, portal);
        out.writeInt(maxRows);
    }
}
