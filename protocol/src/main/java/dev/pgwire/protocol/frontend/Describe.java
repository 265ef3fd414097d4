package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * Asks for the parameters and columns of a statement, or for the columns of a portal.
 *
 * <pre>
 * Byte1  'D'
 * Int32  length
 * Byte1  'S' for a statement, 'P' for a portal
 * String name, empty for the unnamed one
 * </pre>
 */
public record Describe(Target target, String name) implements FrontendMessage {
    public static final byte TAG = 'D';

    public static Describe read(ByteBuf body) {
        Body in = Body.of("Describe", body);
        Describe message = new Describe(Target.read(in), in.cString("name"));
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
