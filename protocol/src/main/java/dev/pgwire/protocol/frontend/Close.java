package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Forgets a prepared statement or a portal; it is no error when there is none.
 *
 * <pre>
 * Byte1  'C'
 * Int32  length
 * Byte1  'S' for a statement, 'P' for a portal
 * String name, empty for the unnamed one
 * </pre>
 */
public record Close(Target target, String name) implements FrontendMessage {
    public static final byte TAG = 'C';

    public static Close read(ByteBuf body) {
        Body in = Body.of("Close", body);
        Close message = new Close(Target.read(in), in.cString("name"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, 1 + Wire.cStringLength(name));
        out.writeByte(target.code());
        Wire.cString(out, name);
    }
}
