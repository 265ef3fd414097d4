package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;

/**
 * The current value of a setting that clients care about, at the start and whenever it changes.
 *
 * <pre>
 * Byte1  'S'
 * Int32  length
 * String name, String value
 * </pre>
 */
public record ParameterStatus(String name, String value) implements BackendMessage {
    public static final byte TAG = 'S';

    public static ParameterStatus read(ByteBuf body) {
        Body in = Body.of("ParameterStatus", body);
        ParameterStatus message = new ParameterStatus(in.cString("name"), in.cString("value"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.cStringLength(name) + Wire.cStringLength(value));
        Wire.cString(out, name);
        Wire.cString(out, value);
    }
}
