package dev.pgwire.protocol.frontend;

import dev.pgwire.protocol.Body;
import dev.pgwire.protocol.Excerpt;
import dev.pgwire.protocol.Wire;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a copy, cut anywhere: the server does not care where rows begin.
 *
 * <pre>
 * Byte1 'd'
 * Int32 length
 * Byten data
 * </pre>
 */
public record CopyData(byte[] data) implements FrontendMessage {
    public static final byte TAG = 'd';

    public static CopyData read(ByteBuf body) {
        return new CopyData(Body.of("CopyData", body).rest());
    }

    @Override
    public void encode(ByteBuf out) {
        Wire.header(out, TAG, data.length);
        out.writeBytes(data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CopyData that && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "CopyData[" + Excerpt.of(data) + "]";
    }
}
