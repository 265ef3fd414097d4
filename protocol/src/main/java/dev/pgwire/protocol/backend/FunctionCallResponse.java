package dev.pgwire.protocol.backend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The result of a FunctionCall.
 *
 * <pre>
 * Byte1 'V'
 * Int32 length
 * Int32 length of the value or -1 for NULL, Byten value
 * </pre>
 */
public record FunctionCallResponse(byte @Nullable [] value) implements BackendMessage {
    public static final byte TAG = 'V';

    public static FunctionCallResponse read(ByteBuf body) {
        Body in = Body.of("FunctionCallResponse", body);
        FunctionCallResponse message = new FunctionCallResponse(in.value("value"));
        in.end();
        return message;
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, Wire.valueLength(value));
        Wire.value(out, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FunctionCallResponse that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "FunctionCallResponse[" + Excerpt.of(value) + "]";
    }
}
